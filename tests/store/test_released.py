"""A store of every release becomes one of today, with all that was in it."""

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from released_stores import bring_back, in_memory, rows_of

import server
from conftest import FUNDED
from rows import rows
from store import migrate, open_store
from store.clock import StandingClock
from store.errors import StoreUnusable
from store.event import Actor
from store.sql import schema
from store.sql.engine import Reached
from store.sql.migrations.versions import r0001_first
from store.sql.schema import SCHEMA

RELEASED = {"0001": "b90b8a79a36bebcf14c9b34792d88d391c7d4bd641369eaa6aebf96217c39684"}
"""What release 0.1.0 took for the digest of its own layout, on SQLite."""


@pytest.fixture
def place(
    engine: str, url: str, request: pytest.FixtureRequest
) -> Iterator[tuple[str, str]]:
    """A place with nothing in it, and the name of the release that was there."""
    if engine == "sqlite":
        yield url, "r0001"
        return
    own: server.Schema = request.getfixturevalue("schema")
    own.anew()
    yield own.url, "r0001"
    own.anew()


@pytest.mark.sqlite
def test_the_frozen_statements_are_those_of_the_release() -> None:
    """They make, to the letter, the layout that the released program checked."""
    with in_memory() as empty:
        for statement in r0001_first.statements(empty):
            empty.exec_driver_sql(statement)
        assert schema.fingerprint(empty) == RELEASED["0001"]


def digest(url: str) -> str:
    """Return the digest of a place's layout."""
    reached = Reached(url)
    try:
        with reached.engine.connect() as connection:
            return schema.fingerprint(connection)
    finally:
        reached.engine.dispose()


def test_a_released_store_is_brought_up_to_date(
    place: tuple[str, str], clock: StandingClock
) -> None:
    """Nothing is lost, the guards stand, and its layout is that of a new store."""
    url, release = place
    bring_back(url, release)
    before = rows(url)
    with pytest.raises(StoreUnusable, match="refund-desk migrate"):
        open_store(url)
    done = migrate(url)
    assert (done.before, done.after) == ("0001", SCHEMA)
    assert done.backup is not None
    after = rows(url)
    for table in rows_of(release).keys() - {"meta", "transition"}:
        assert by_row(after[table]) == by_row(widened(before[table], after[table]))
    assert {*by_row(before["transition"])} < {*by_row(after["transition"])}
    assert acts_as_new(url, clock)


def widened(
    before: list[dict[str, Any]], after: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return rows with the columns that are new in them: nothing is said there."""
    new = {name: None for one in after for name in one if name not in before[0]}
    return [{**one, **new} for one in before]


def by_row(found: list[dict[str, Any]]) -> list[str]:
    """Return rows in an order of their own."""
    return sorted(map(repr, found))


def acts_as_new(url: str, clock: StandingClock) -> bool:
    """Refund in a migrated store; tell whether its layout is a new store's."""
    mia = Actor("mia")
    with open_store(url, clock=clock) as store:
        assert store.examine() == ()
        paid = store.payment_intents.create(
            amount=900, currency="usd", payment_method=FUNDED, actor=mia
        )
        store.topups.create(amount=90_000, currency="usd", actor=mia)
        store.refunds.create(payment_intent=paid.payment.id, actor=mia)
        assert store.examine() == ()
    kept = {row["key"]: row["value"] for row in rows(url)["meta"]}
    return bool(kept["layout"] == digest(url) == new_layout(url))


def new_layout(url: str) -> str:
    """Return the digest of a layout that is made this moment."""
    if url.startswith("sqlite"):
        with in_memory() as empty:
            schema.build(empty)
            return schema.fingerprint(empty)
    with server.schema_of_own("new") as other:
        open_store(other.url).close()
        return digest(other.url)


def test_a_digest_tells_layouts_apart() -> None:
    """A digest that were always the same would prove nothing."""
    assert new_layout("sqlite://") not in RELEASED.values()
    assert len(new_layout("sqlite://")) == len(hashlib.sha256().hexdigest())
