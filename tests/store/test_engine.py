"""A store opens whole, or says in one sentence why it does not."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

import server
from conftest import FUNDED
from rows import rows
from store import Mode, Store, open_store
from store.errors import StoreBusy, StoreUnusable
from store.event import Actor
from store.sql import sqlite
from store.sql.schema import SCHEMA
from store.sql.sqlite import journal

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 37, 0), "PERSIST"),
        ((3, 44, 5), "PERSIST"),
        ((3, 44, 6), "WAL"),
        ((3, 45, 0), "PERSIST"),
        ((3, 50, 6), "PERSIST"),
        ((3, 50, 7), "WAL"),
        ((3, 51, 2), "PERSIST"),
        ((3, 51, 3), "WAL"),
        ((3, 52, 0), "WAL"),
        ((4, 0, 0), "WAL"),
    ],
)
def test_a_log_is_written_ahead_only_where_it_is_safe(
    version: tuple[int, int, int], mode: str
) -> None:
    """A version whose write-ahead log may corrupt a file keeps the old journal."""
    assert journal(version) == (mode, "FULL" if mode == "WAL" else "EXTRA")


@pytest.mark.sqlite
def test_only_its_owner_reads_a_file(store: Store, url: str) -> None:
    """Customers' names are nobody else's on the machine."""
    assert store.label == "desk.db"
    path = Path(url.removeprefix("sqlite:///"))
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("kind", ["folder", "pipe", "second name", "text", "cut"])
def test_what_is_no_store_is_refused(tmp_path: Path, kind: str) -> None:
    """Nothing that is no store is opened, waited for, or changed."""
    there = tmp_path / "there"
    match kind:
        case "folder":
            there.mkdir()
        case "pipe":
            os.mkfifo(there)
        case "second name":
            open_store(f"sqlite:///{tmp_path / 'first'}").close()
            os.link(tmp_path / "first", there)
        case "text":
            there.write_text("no database, but longer than the head of one\n" * 50)
        case _:
            open_store(f"sqlite:///{there}").close()
            os.truncate(there, 4096)
    before = there.read_bytes() if there.is_file() else None
    with pytest.raises(StoreUnusable) as refused:
        open_store(f"sqlite:///{there}")
    assert str(refused.value).count("\n") == 0
    assert before is None or there.read_bytes() == before


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://desk:hunter2@127.0.0.1:1/desk",
        "postgres://desk:hunter2@127.0.0.1:1/desk?connect_timeout=1",
        "postgresql://127.0.0.1:1/desk?password=hunter2",
        "postgresql://desk:hunter2@127.0.0.1:1",
        "postgresql://desk:hunter2@127.0.0.1:nonsense/desk",
        "mysql://desk:hunter2@127.0.0.1/desk",
        "sqlite://desk:hunter2@",
        "desk:hunter2@127.0.0.1",
    ],
)
def test_a_password_is_never_shown(url: str) -> None:
    """Whatever is wrong with a URL, one sentence says it without the password."""
    with pytest.raises(StoreUnusable) as refused:
        open_store(url)
    said = str(refused.value)
    assert "hunter2" not in said
    assert (said.count("\n"), said[-1]) == (0, ".")


@pytest.mark.postgresql
def test_a_database_that_is_not_there(schema: server.Schema, url: str) -> None:
    """A wrong name is told apart from a wrong place."""
    assert schema.url == url
    with pytest.raises(StoreUnusable, match='database "nowhere" does not exist'):
        open_store(url.replace("/test", "/nowhere"))


@pytest.mark.postgresql
def test_a_database_of_something_else() -> None:
    """Tables that are not ours are left alone."""
    with server.schema_of_own("other") as other:
        with other.connect() as connection:
            connection.execute("CREATE TABLE refund (id int)")
        with pytest.raises(StoreUnusable, match="no Refund Desk store"):
            open_store(other.url)
        assert rows(other.url) == {"refund": []}


def write_schema(url: str, version: str) -> None:
    """Pretend that another version of the program wrote a store."""
    sql = f"UPDATE meta SET value = '{version}' WHERE key = 'schema'"
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file:
            file.execute(sql)
            file.commit()
    else:
        server.run(url, sql)


def test_a_newer_store_is_read_only(store: Store, url: str, mia: Actor) -> None:
    """What a newer program wrote can be read, and nothing in it is changed."""
    paid = store.payment_intents.create(
        amount=500, currency="usd", payment_method=FUNDED, actor=mia
    ).payment
    write_schema(url, "9999")
    try:
        before = rows(url)
        with open_store(url) as newer:
            assert newer.payments.detail(paid.id).payment.id == paid.id
            assert newer.read_only is not None
            assert newer.advance() == 0
            assert newer.examine() == ()
            with pytest.raises(StoreUnusable) as refused:
                newer.refunds.create(payment_intent=paid.id, actor=mia)
            assert str(refused.value) == newer.read_only
            assert "newer Refund Desk wrote it (schema 9999" in newer.read_only
        assert rows(url) == before
    finally:
        write_schema(url, SCHEMA)


def test_an_older_store_waits_to_be_migrated(store: Store, url: str) -> None:
    """The sentence says what to do."""
    assert store.read_only is None
    write_schema(url, "0000")
    try:
        with pytest.raises(StoreUnusable, match="refund-desk migrate"):
            open_store(url)
    finally:
        write_schema(url, SCHEMA)


@pytest.mark.sqlite
def test_opening_a_file_loads_no_more_than_it_needs(store: Store, url: str) -> None:
    """Neither migrations nor the other engine's driver delay the first page."""
    store.close()
    script = (
        "import sys, store; store.open_store(sys.argv[1]).close();"
        "print(*{'alembic', 'psycopg', 'mako'} & set(sys.modules))"
    )
    command = (sys.executable, "-c", script, url)
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "\n"


@pytest.mark.sqlite
def test_who_waits_too_long_is_told(
    url: str, mia: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A locked file is asked for a few times more; then nothing was done."""
    monkeypatch.setattr(sqlite, "_WAITS_MS", 50)
    with open_store(url, mode=Mode.SANDBOX) as store:
        path = url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            with pytest.raises(StoreBusy, match="Nothing was done"):
                store.topups.create(amount=100, currency="usd", actor=mia)
            other.execute("ROLLBACK")
        done = store.topups.create(amount=100, currency="usd", actor=mia)
        assert done.money.amount == 100
        with store._database.write() as connection:
            patience = connection.exec_driver_sql("PRAGMA busy_timeout").scalar()
        assert patience == 50


@pytest.mark.sqlite
def test_a_commit_that_readers_hold_up_leaves_nothing_behind(
    url: str, mia: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader outlasts the commit: nothing was done, and the next write is served."""
    monkeypatch.setattr(sqlite, "_WAITS_MS", 50)
    with open_store(url, mode=Mode.SANDBOX) as store:
        path = url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN")
            other.execute("SELECT count(*) FROM topup").fetchall()
            with pytest.raises(StoreBusy, match="Nothing was done"):
                store.topups.create(amount=100, currency="usd", actor=mia)
            other.execute("ROLLBACK")
            assert rows(url)["topup"] == []
            done = store.topups.create(amount=200, currency="usd", actor=mia)
        assert [row["amount"] for row in rows(url)["topup"]] == [200]
    assert done.money.amount == 200
