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


def rows(url: str) -> dict[str, Rows]:
    """Return the rows of every table, in no particular order."""
    if url.startswith("sqlite:///"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file:
            return _all(file, _SQLITE)
    with psycopg.connect(url) as server:
        return _all(server, _POSTGRESQL)


def _all(connection: Any, tables: str) -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    for (table,) in connection.execute(tables).fetchall():
        answer = connection.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in answer.description]
        found[table] = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    return found
