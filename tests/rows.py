"""Every row of a store, read behind its back."""

import sqlite3
from contextlib import closing
from typing import Any

import psycopg

Rows = list[dict[str, Any]]
_SQLITE = "SELECT name FROM sqlite_master WHERE type = 'table'"
_POSTGRESQL = (
    "SELECT relname FROM pg_class WHERE relkind = 'r'"
    " AND relnamespace = current_schema()::regnamespace"
)


def behind(url: str) -> "sqlite3.Connection | psycopg.Connection":
    """Return a connection behind a store's back; whoever asks for it closes it."""
    if url.startswith("sqlite:///"):
        return sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    return psycopg.connect(url, autocommit=True)


def rows(url: str) -> dict[str, Rows]:
    """Return the rows of every table, in no particular order."""
    with closing(behind(url)) as database:
        is_file = isinstance(database, sqlite3.Connection)
        return _all(database, _SQLITE if is_file else _POSTGRESQL)


def _all(connection: Any, tables: str) -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    for (table,) in connection.execute(tables).fetchall():
        answer = connection.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in answer.description]
        found[table] = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    return found
