"""A store that searched in lower case searches without accents once it is migrated."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

import server
from conftest import FUNDED, Pay
from rows import rows
from store import Store, migrate, open_store
from store.event import Actor
from store.payment import Customer
from store.search.folded import folded
from store.search.language import parse
from store.sql import bulk
from store.sql.schema import SCHEMA

ACCENTS = (
    *("Björk Łódź", "ÆGIR Straße", "テスト", "Ada Lovelace", "İnci"),
    *("D\u2019Angelo", "Anne\u2011Marie", "علی\u200cرضا"),
)
SIGNS = {
    "d'angelo": "d\u2019angelo",
    "anne-marie": "anne\u2010marie",
    "عليرضا": "علی\u200cرضا",
}
"""What of these names schema 0004 searched by, where it differs."""
LOWER = {
    "bjork lodz": "björk łódź",
    "aegir strasse": "ægir straße",
    "inci": "i\u0307nci",
    **SIGNS,
    "anne-marie": "anne\u2011marie",
}
"""What of these names schema 0003 searched by: their lower case, where it differs."""
OLDER = {"0003": LOWER, "0004": SIGNS}


@pytest.fixture
def laid_out_again(engine: str, request: pytest.FixtureRequest) -> Iterator[None]:
    """Lay the worker's schema out anew, and drop the copy that a migration kept."""
    yield
    if engine == "postgresql":
        schema: server.Schema = request.getfixturevalue("schema")
        schema.anew()
        for one in OLDER:
            dropped = f"DROP SCHEMA IF EXISTS {schema.name}_schema_{one} CASCADE"
            server.run(server.SERVER, dropped)


@pytest.fixture(params=OLDER)
def older(request: pytest.FixtureRequest) -> str:
    """A schema that folded otherwise."""
    return str(request.param)


@pytest.fixture
def folded_otherwise(store: Store, url: str, pay: Pay, older: str) -> str:
    """The URL of a store of that schema."""
    for name in ACCENTS:
        pay(customer=Customer(f"cus_{ACCENTS.index(name)}", name))
    store.close()
    back = f"UPDATE meta SET value = '{older}' WHERE key = 'schema';"
    back += "ALTER TABLE topup DROP COLUMN details;"
    for now, then in OLDER[older].items():
        said = now.replace("'", "''")
        back += f"UPDATE payment SET search = replace(search, '{said}', '{then}');"
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file:
            file.executescript(back)
    else:
        server.run(url, back)
    return url


@pytest.mark.parametrize("at_once", [1, 2, 5, 2000])
def test_what_is_searched_is_folded(
    folded_otherwise: str,
    older: str,
    laid_out_again: None,
    monkeypatch: pytest.MonkeyPatch,
    at_once: int,
) -> None:
    """In pieces of any size: every row once, nothing else of it, and the text index."""
    del laid_out_again
    monkeypatch.setattr(bulk, "AT_ONCE", at_once)
    url = folded_otherwise
    before = rows(url)
    searched = [str(one["search"]) for one in before["payment"]]
    assert all(any(then in one for one in searched) for then in OLDER[older].values())
    done = migrate(url)
    assert (done.before, done.after) == (older, SCHEMA)
    after = rows(url)
    for table in before.keys() - {"payment", "meta", "sqlite_sequence"}:
        if not table.startswith("payment_text"):
            assert sorted(map(repr, after[table])) == sorted(map(repr, before[table]))
    for row in before["payment"]:
        row["search"] = folded(str(row["search"]))
    assert sorted(map(repr, after["payment"])) == sorted(map(repr, before["payment"]))
    with open_store(url) as store:
        assert store.examine() == ()
        for name in ACCENTS:
            for typed in (name, name.lower(), folded(name), folded(name)[:3]):
                (found,) = store.payments.page(parse(typed)).rows
                assert found.name == name
        store.payment_intents.create(
            amount=100,
            currency="usd",
            payment_method=FUNDED,
            customer=Customer("cus_x", "Bjørk"),
            actor=Actor("mia"),
        )
        assert len(store.payments.page(parse("BJORK")).rows) == 2
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file:
            file.execute(
                "INSERT INTO payment_text (payment_text, rank)"
                " VALUES ('integrity-check', 1)"
            )
