"""An older store becomes a new one, whole or not at all."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from released_stores import in_memory
from sqlmodel import SQLModel

import server
from conftest import Funds, Later, Pay
from rows import rows
from store import Store, migrate, open_store
from store.errors import StoreUnusable
from store.event import Actor
from store.sql.migrations import run
from store.sql.migrations.versions import r0001_first, r0003_http
from store.sql.schema import SCHEMA

OLDER = """
PRAGMA foreign_keys = OFF;
BEGIN;
CREATE TABLE older AS SELECT seq, id, amount, currency, status, created FROM topup;
DROP TABLE topup;
CREATE TABLE topup (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
  amount INTEGER NOT NULL, currency TEXT NOT NULL, status TEXT NOT NULL,
  created INTEGER NOT NULL
) STRICT;
INSERT INTO topup SELECT * FROM older;
DROP TABLE older;
DROP INDEX ix_refund_reference;
UPDATE meta SET value = '0000' WHERE key = 'schema';
COMMIT;
"""
"""What an older program would have written: fewer columns, rules and indexes."""
OLDER_POSTGRESQL = """
ALTER TABLE topup DROP COLUMN actor;
ALTER TABLE topup DROP COLUMN details;
ALTER TABLE topup DROP CONSTRAINT ck_topup_amount;
DROP INDEX ix_refund_reference;
UPDATE meta SET value = '0000' WHERE key = 'schema';
"""
FIRST = 'revision = "0000"\ndown_revision = None\n'
RULE = 'topup.create_check_constraint("ck_topup_amount", "amount > 0")'
ROWS = """op.execute("UPDATE topup SET actor = 'unknown'")"""
WRONG = "UPDATE charge SET amount_refunded = amount_refunded + 1"
STEP = f"""
import sqlalchemy as sa
from alembic import op

revision = "{SCHEMA}"
down_revision = "0000"
OPTIONS = {{"sqlite_strict": True, "sqlite_autoincrement": True}}


def upgrade():
    with op.batch_alter_table("topup", table_kwargs=OPTIONS) as topup:
        topup.add_column(sa.Column("actor", sa.Text()))
        topup.add_column(sa.Column("details", sa.Text()))
        {RULE}
    op.create_index("ix_refund_reference", "refund", ["reference"])
    op.execute("UPDATE topup SET actor = 'unknown'")
"""


@pytest.fixture
def revisions(tmp_path: Path) -> Callable[[str], Path]:
    """Return a folder of two revisions, of which the second does what it is given."""

    def making(step: str) -> Path:
        folder = tmp_path / "revisions" / "versions"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        (folder / "r0000.py").write_text(FIRST)
        (folder / "r0001.py").write_text(step)
        return folder.parent

    return making


@pytest.fixture
def older(
    store: Store, url: str, pay: Pay, funds: Funds, later: Later, mia: Actor
) -> str:
    """The URL of a store with a story, as an older program would have left it."""
    funds()
    paid = pay()
    store.refunds.create(payment_intent=paid.id, amount=1_000, actor=mia)
    later()
    store.close()
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file:
            file.executescript(OLDER)
    else:
        server.run(url, OLDER_POSTGRESQL)
    return url


def test_an_older_store_is_brought_up_to_date(
    older: str, revisions: Callable[[str], Path], schema_again: None
) -> None:
    """Every row is kept, every guard stands, and what it was is kept too."""
    del schema_again
    before = rows(older)
    with pytest.raises(StoreUnusable, match="refund-desk migrate"):
        open_store(older)
    done = run.migrate(older, revisions=revisions(STEP))
    assert (done.before, done.after) == ("0000", SCHEMA)
    after = rows(older)
    for table in before.keys() - {"topup", "meta"}:
        assert sorted(map(repr, after[table])) == sorted(map(repr, before[table]))
    assert [one["actor"] for one in after["topup"]] == ["unknown"]
    with open_store(older) as store:
        assert store.examine() == ()
        store.topups.create(amount=100, currency="usd", actor=Actor("mia"))
    assert done.backup
    if older.startswith("sqlite"):
        assert rows(f"sqlite:///{done.backup}") == before
        assert Path(done.backup).stat().st_mode & 0o777 == 0o600
    else:
        here = done.backup.removesuffix("_schema_0000")
        assert rows(older.replace(here, done.backup)) == before
    assert migrate(older).backup is None


@pytest.mark.parametrize(
    ("line", "instead", "why"),
    [
        (RULE, "pass", "its layout would be another"),
        (ROWS, "op.execute('BROKEN')", "syntax error"),
        (ROWS, f"op.execute('{WRONG}')", "would not be sound"),
    ],
    ids=["another layout", "broken", "unsound"],
)
def test_a_migration_that_fails_changes_nothing(
    older: str,
    revisions: Callable[[str], Path],
    schema_again: None,
    line: str,
    instead: str,
    why: str,
) -> None:
    """Where the result would not be a sound new store, the old one is untouched."""
    del schema_again
    before = rows(older)
    with pytest.raises(StoreUnusable, match=why):
        run.migrate(older, revisions=revisions(STEP.replace(line, instead)))
    assert rows(older) == before
    if older.startswith("sqlite"):
        there = Path(older.removeprefix("sqlite:///")).parent
        assert not list(there.glob("*.schema-*"))
    assert run.migrate(older, revisions=revisions(STEP)).after == SCHEMA


@pytest.mark.postgresql
def test_what_was_set_aside_is_never_written_over(
    older: str, revisions: Callable[[str], Path], schema_again: None
) -> None:
    """A second migration from the same schema keeps its own copy."""
    del schema_again
    first = run.migrate(older, revisions=revisions(STEP)).backup
    server.run(older, OLDER_POSTGRESQL)
    second = run.migrate(older, revisions=revisions(STEP)).backup
    assert second == f"{first}_2"


@pytest.fixture
def schema_again(engine: str, request: pytest.FixtureRequest) -> Iterator[None]:
    """Lay the worker's schema out anew after a test that changed its layout."""
    yield
    if engine == "postgresql":
        schema: server.Schema = request.getfixturevalue("schema")
        schema.anew()
        for aside in ("_schema_0000", "_schema_0000_2"):
            dropped = f"DROP SCHEMA IF EXISTS {schema.name}{aside} CASCADE"
            server.run(server.SERVER, dropped)


def test_there_is_nothing_to_do(store: Store, url: str) -> None:
    """A store that is up to date is left alone."""
    assert store.read_only is None
    before = rows(url)
    done = migrate(url)
    assert (done.before, done.after, done.backup) == (SCHEMA, SCHEMA, None)
    assert rows(url) == before


@pytest.mark.sqlite
@pytest.mark.parametrize("schema", ["9999", "x", ""])
def test_another_programs_store_is_left_alone(url: str, schema: str) -> None:
    """A newer store is not taken back, an unknown one not guessed at."""
    open_store(url).close()
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file:
        file.execute("UPDATE meta SET value = ? WHERE key = 'schema'", (schema,))
        file.commit()
    before = rows(url)
    with pytest.raises(StoreUnusable, match="another Refund Desk"):
        migrate(url)
    assert rows(url) == before


def test_new_stores_have_the_newest_schema() -> None:
    """The number that opening compares is that of the newest revision."""
    scripts = ScriptDirectory(str(run.HERE))
    assert scripts.get_current_head() == SCHEMA
    assert all(one.revision.isdecimal() for one in scripts.walk_revisions())


@pytest.mark.sqlite
def test_what_was_pulled_back_is_kept_when_its_table_is_made_anew() -> None:
    """Every row, with its number; from then on some come without a refund."""
    with in_memory() as connection:
        for statement in r0001_first.statements(connection):
            if not statement.startswith("CREATE TRIGGER"):
                connection.exec_driver_sql(statement)
        for name in r0003_http.BACKS:
            connection.exec_driver_sql(
                f"INSERT INTO {name} VALUES (7, 'b', 'tr', 5, 'usd', 'ch', 're', 1)"
            )
            before = connection.exec_driver_sql(f"SELECT * FROM {name}").one()
            with Operations.context(MigrationContext.configure(connection)):
                r0003_http.rebuild(connection, SQLModel.metadata.tables[name])
            after = connection.exec_driver_sql(f"SELECT * FROM {name}").one()
            assert after == (*before, None)
            connection.exec_driver_sql(
                f"INSERT INTO {name} (id, of, amount, currency, charge, created)"
                " VALUES ('c', 'tr', 5, 'usd', 'ch', 2)"
            )
            newest = connection.exec_driver_sql(f"SELECT max(seq) FROM {name}")
            assert newest.scalar_one() == 8
