"""Stores as released programs left them: frozen statements, and rows of theirs."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from sqlalchemy import ColumnClause, Connection, create_engine, insert, table
from sqlalchemy import column as named

from rows import Rows
from store.sql import schema
from store.sql.engine import Reached

STORIES = Path(__file__).parent / "released"
_GUARD = ("CREATE TRIGGER", "CREATE FUNCTION")


def rows_of(release: str) -> dict[str, Rows]:
    """Return the rows of a store that a released program wrote, by table."""
    found: dict[str, Rows] = json.loads((STORIES / f"{release}.json").read_text())
    return found


@contextmanager
def in_memory() -> Iterator[Connection]:
    """Hold an empty database that is gone once it is let go."""
    engine = create_engine("sqlite://")
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def bring_back(url: str, release: str) -> None:
    """Make a store at an empty place, as that release had left it."""
    versions = "store.sql.migrations.versions"
    first = import_module(f"{versions}.{release}_first")
    reached = Reached(url)
    try:
        with reached.writing() as connection:
            made = list(first.statements(connection))
            guards = [one for one in made if one.startswith(_GUARD)]
            for statement in made:
                if not statement.startswith((*_GUARD, "INSERT")):
                    connection.exec_driver_sql(statement)
            _fill(connection, rows_of(release))
            for statement in guards:
                connection.exec_driver_sql(statement)
            layout = schema.fingerprint(connection)
            meta = table("meta", named("key"), named("value"))
            is_layout = meta.c.key == "layout"
            connection.execute(meta.update().where(is_layout).values(value=layout))
            connection.commit()
    finally:
        reached.engine.dispose()


def _fill(connection: Connection, rows: dict[str, Rows]) -> None:
    for name, written in rows.items():
        if written:
            columns: list[ColumnClause[object]] = list(map(named, written[0]))
            connection.execute(insert(table(name, *columns)), written)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(
            "INSERT INTO payment_text (payment_text) VALUES ('rebuild')"
        )
        return
    for name, written in rows.items():
        if written and "seq" in written[0]:
            connection.exec_driver_sql(
                f"SELECT setval(pg_get_serial_sequence('{name}', 'seq'),"
                f" (SELECT max(seq) FROM {name}))"
            )
