"""The schema: laid out in a new store, and found unaltered in one that is opened."""

import hashlib
from collections.abc import Mapping
from typing import Protocol

from sqlalchemy import Connection, select
from sqlmodel import SQLModel

from store.errors import StoreUnusable
from store.sql import layout_postgres, layout_sqlite
from store.sql.guards import core as guards
from store.sql.tables import META

SCHEMA = "0008"
"""The newest revision of `migrations`; every revision is a number."""
_OURS = {"meta", "charge", "refund", "posting"}


class Layout(Protocol):
    """What the engines each say in their own way; a module for each."""

    def tables(self, connection: Connection) -> set[str]:
        """Return the name of every table."""

    def wording(self, connection: Connection) -> str:
        """Return the whole layout in words that stay the same while it does."""

    def clauses(self, connection: Connection) -> set[str]:
        """Return what the layout says, in whatever order and spelling it is said."""

    def index_text(self, connection: Connection) -> None:
        """Make searches for a part of a text quick, where that is possible."""

    def put_up_guards(self, connection: Connection) -> None:
        """Make every trigger."""

    def take_down_guards(self, connection: Connection) -> None:
        """Drop every trigger: a table is about to be rebuilt."""


_LAYOUTS: Mapping[str, Layout] = {
    "sqlite": layout_sqlite,
    "postgresql": layout_postgres,
}


def of(connection: Connection) -> Layout:
    """Return how the connection's engine says things."""
    return _LAYOUTS[connection.dialect.name]


def lay_out(connection: Connection, mode: str) -> None:
    """Make a new store, unless another process was sooner."""
    if of(connection).tables(connection):
        return
    build(connection)
    settings = {"schema": SCHEMA, "mode": mode, "layout": fingerprint(connection)}
    for key, value in settings.items():
        connection.execute(META.insert().values(key=key, value=value))


def build(connection: Connection) -> None:
    """Make every table, index and guard, and the rows that a store begins with."""
    SQLModel.metadata.create_all(connection, checkfirst=False)
    of(connection).index_text(connection)
    for statement in guards.seeds():
        connection.exec_driver_sql(statement)
    of(connection).put_up_guards(connection)


def fingerprint(connection: Connection) -> str:
    """Return a digest of every table, index and guard."""
    return hashlib.sha256(of(connection).wording(connection).encode()).hexdigest()


def kept(connection: Connection, label: str) -> dict[str, str]:
    """Return the settings of a store of any schema.

    Raises:
        StoreUnusable: It is no store.
    """
    if not of(connection).tables(connection) >= _OURS:
        raise StoreUnusable(f"{label} is a database, but no Refund Desk store.")
    return {row.key: row.value for row in connection.execute(select(META))}


def checked(connection: Connection, label: str) -> dict[str, str]:
    """Return the settings of a store that this program can read.

    Raises:
        StoreUnusable: It is no store, an older one, or was altered.
    """
    settings = kept(connection, label)
    version = settings.get("schema", "")
    if not version.isdecimal() or int(version) < int(SCHEMA):
        raise StoreUnusable(
            f"{label} was written by an older Refund Desk (schema {version}, this one "
            f"writes {SCHEMA}): bring it up to date with refund-desk migrate."
        )
    if settings.get("layout") != fingerprint(connection):
        raise StoreUnusable(
            f"{label} was altered: its tables or guards are not those it was made "
            "with. Import its data into a new store."
        )
    return settings


def why_read_only(settings: Mapping[str, str], label: str) -> str | None:
    """Return why a store can be read only: a newer program wrote it."""
    version = settings.get("schema", SCHEMA)
    if int(version) <= int(SCHEMA):
        return None
    return (
        f"{label} is read-only: a newer Refund Desk wrote it (schema {version}, this "
        f"one writes {SCHEMA}). Update Refund Desk to change anything."
    )
