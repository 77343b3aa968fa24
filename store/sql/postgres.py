"""PostgreSQL: a database that a team shares, one writer at a time in each schema."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from store.errors import StoreBusy, StoreError, StoreUnusable
from store.sql.place import without_secrets

if TYPE_CHECKING:
    from psycopg import Connection as Driver

READING: Mapping[str, object] = {
    "isolation_level": "REPEATABLE READ",
    "postgresql_readonly": True,
}
_SESSION = (
    "SET lock_timeout = '3s'",
    "SET statement_timeout = '10s'",
    "SET idle_in_transaction_session_timeout = '30s'",
)
_NEXT_WRITER = (
    "SELECT pg_advisory_xact_lock("
    "hashtextextended('refund-desk ' || current_schema(), 0))"
)
_COUNT = (
    "INSERT INTO meta (key, value) VALUES ('writes', '1')"
    " ON CONFLICT (key) DO UPDATE SET value = (meta.value::bigint + 1)::text"
)
_COUNTED = "SELECT value FROM meta WHERE key = 'writes'"
_MAY_WRITE = (
    "SELECT NOT pg_is_in_recovery()"
    " AND current_setting('default_transaction_read_only') = 'off'"
    " AND has_table_privilege('refund', 'INSERT')"
)
_LOCKED, _OUTPACED = "55P03", {"40001", "40P01"}
_TOO_SLOW = "57014"


class Outpaced(StoreBusy):
    """A session outside the store was in the way; the whole may be tried again."""


def why_not_writable(connection: Connection) -> str | None:
    """Return why this account cannot write to the database; None where it can."""
    if connection.exec_driver_sql(_MAY_WRITE).scalar():
        return None
    return "The database lets this account read and not write: it is read-only."


def label(where: URL) -> str:
    """Return the database's name and its server's."""
    return f"{where.database} on {where.host or 'this machine'}"


def file(where: URL) -> Path | None:
    """Return None: the files are the server's."""
    del where
    return None


def connect(where: URL, *, throwaway: bool = False, create: bool = True) -> Engine:
    """Return the way to a database; whether there is a store in it is seen later.

    Raises:
        StoreUnusable: The driver is not installed.
    """
    try:
        del create
        # A console is open for days: a connection that the server dropped is replaced.
        engine = create_engine(where, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise StoreUnusable(
            'PostgreSQL needs its driver: pip install "refund-desk[postgres]".'
        ) from error
    session = (*_SESSION, "SET synchronous_commit = off") if throwaway else _SESSION

    @event.listens_for(engine, "connect")
    def connecting(connection: "Driver", _record: object) -> None:
        for setting in session:
            connection.execute(setting)
        connection.commit()

    return engine


def begin(connection: Connection, *, waits: bool = True) -> Connection:
    """Begin the only write transaction.

    One writer at a time, as on SQLite: events seal each other in the order of their
    commits, and the queue of waiting refunds has no overtaking.
    """
    del waits  # who does not wait was refused before
    connection.exec_driver_sql(_NEXT_WRITER)
    return connection


def hurried(engine: Engine) -> AbstractContextManager[Connection]:
    """Refuse, before anything is asked: whatever a server is asked takes a while.

    Raises:
        StoreBusy: Always.
    """
    del engine
    raise StoreBusy("The store is on a server, which is waited for.")


def announce(connection: Connection) -> None:
    """Count this write, for all to see once it is committed."""
    connection.exec_driver_sql(_COUNT)


class Watch:
    """Asks for the number of writes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def changes(self) -> int:
        """Return how many writes were committed."""
        with self._engine.connect() as connection:
            found = connection.exec_driver_sql(_COUNTED).scalar_one_or_none()
        return int(found or 0)

    def close(self) -> None:
        """Do nothing: it holds nothing."""


def watch(engine: Engine) -> Watch:
    """Return what tells that others have committed."""
    return Watch(engine)


def explained(error: DBAPIError) -> StoreError:
    """Return what happened, in one sentence."""
    state = getattr(error.orig, "sqlstate", None)
    if state in _OUTPACED:
        return Outpaced(
            "The store is busy: another session was in the way. Nothing was done; "
            "try again."
        )
    if state in {_LOCKED, _TOO_SLOW}:
        return StoreBusy(
            "The store is busy: another session is writing. Nothing was done; "
            "try again."
        )
    lines = str(error.orig).strip().splitlines() or ["no answer"]
    said = without_secrets(lines[0]).removesuffix(".")
    return StoreUnusable(f"The store cannot be used: {said}.")
