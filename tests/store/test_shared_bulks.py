"""A store whose bulk refunds knew nothing of shares is brought up to date."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from bulks import MIA, run_out, started
from shares import share

import server
from conftest import Funds, Pay
from rows import rows
from store import Store, open_store
from store.bulk import BulkState
from store.clock import StandingClock
from store.sql.engine import Reached
from store.sql.migrations.run import migrate
from store.sql.schema import SCHEMA

_OLDER = "0007"
_NEW = ("reverse_transfer", "refund_application_fee")


@pytest.fixture
def laid_out_again(engine: str, request: pytest.FixtureRequest) -> Iterator[None]:
    """Lay the worker's schema out anew, and drop the copy that a migration kept."""
    yield
    if engine == "postgresql":
        schema: server.Schema = request.getfixturevalue("schema")
        schema.anew()
        dropped = f"DROP SCHEMA IF EXISTS {schema.name}_schema_{_OLDER} CASCADE"
        server.run(server.SERVER, dropped)


def test_older_bulks_are_kept_and_newer_ones_choose(
    store: Store,
    laid_out_again: None,
    url: str,
    pay: Pay,
    funds: Funds,
    clock: StandingClock,
) -> None:
    """They asked for nothing back; one that stood still goes on as it was begun."""
    del laid_out_again
    funds()
    done = run_out(store, started(store, [pay(700)]))
    left = started(store, [share(store, fee=120)])
    store.close()
    _back(url)
    before = rows(url)
    assert migrate(url).after == SCHEMA
    after = rows(url)
    unasked = dict.fromkeys(_NEW)
    assert after["bulk"] == [{**one, **unasked} for one in before["bulk"]]
    assert after["bulk_item"] == before["bulk_item"]
    with open_store(url, clock=clock) as again:
        assert again.examine() == ()
        assert again.bulk.retrieve(done.id) == done
        assert run_out(again, again.bulk.retrieve(left.id)).state is BulkState.DONE
        paid = share(again, 900)
        plan = again.bulk.plan(payments=[paid.id], reverse_transfer=True)
        run_out(again, again.bulk.start(plan, actor=MIA))
        assert again.payments.find(paid.id).refunds[0].reverse_transfer
        assert again.examine() == ()


def _back(url: str) -> None:
    """Take away what the revision brings."""
    reached = Reached(url)
    try:
        with reached.writing() as connection:
            if url.startswith("sqlite"):
                guards = connection.exec_driver_sql(
                    "SELECT name FROM sqlite_master"
                    " WHERE type = 'trigger' AND tbl_name = 'bulk'"
                )
                for name in guards.scalars().all():
                    connection.exec_driver_sql(f"DROP TRIGGER {name}")
            for name in _NEW:
                connection.exec_driver_sql(f"ALTER TABLE bulk DROP COLUMN {name}")
            connection.exec_driver_sql(
                f"UPDATE meta SET value = '{_OLDER}' WHERE key = 'schema'"
            )
            connection.commit()
    finally:
        reached.close()
