"""SQLite: a file that only its owner reads, and how long to wait for it."""

import os
import random
import sqlite3
import stat
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, OperationalError

from store.errors import StoreBusy, StoreError, StoreUnusable

READING: Mapping[str, object] = {}
_WAL_IS_SAFE_IN = ((3, 44, 6), (3, 50, 7), (3, 51, 3))
_WAITS_MS = 5000
_ASKS_AGAIN = 3
_ASKS_MS = 100


def journal(version: tuple[int, int, int]) -> tuple[str, str]:
    """Return journal mode and synchronous level that are safe on a SQLite version.

    Versions before the fixed ones can corrupt a write-ahead log that several
    connections use (store-guards §1).
    """
    fixed = any(version[:2] == safe[:2] and version >= safe for safe in _WAL_IS_SAFE_IN)
    if fixed or version >= max(_WAL_IS_SAFE_IN):
        return "WAL", "FULL"
    return "DELETE", "EXTRA"


def label(where: URL) -> str:
    """Return the file's name."""
    return file(where).name


def file(where: URL) -> Path:
    """Return the file of a store."""
    return Path(where.database or "")


def connect(where: URL, *, throwaway: bool = False) -> Engine:
    """Return the way to a file, made empty when it is not there.

    Raises:
        StoreUnusable: It cannot be a store.
    """
    _prepare(file(where))
    engine = create_engine(where)
    event.listen(engine, "connect", _pragmas(throwaway=throwaway))
    event.listen(engine, "begin", _begin)
    return engine


def begin(connection: Connection) -> Connection:
    """Begin the only write transaction.

    SQLite's waiting is not fair: who waited in vain asks a few times more.
    """
    writer = connection.execution_options(writes=True)
    try:
        writer.begin()
    except OperationalError as error:
        if not _is_busy(error):
            raise
        _ask_again(writer)
    return writer


def _ask_again(writer: Connection) -> None:
    driver = writer.connection.cursor()
    driver.execute(f"PRAGMA busy_timeout={_ASKS_MS}")
    try:
        for left in range(_ASKS_AGAIN - 1, -1, -1):
            time.sleep(random.uniform(0.01, 0.1))  # noqa: S311 - falls out of step
            try:
                writer.begin()
            except OperationalError as error:
                if not (left and _is_busy(error)):
                    raise
            else:
                return
    finally:
        driver.execute(f"PRAGMA busy_timeout={_WAITS_MS}")


def explained(error: DBAPIError) -> StoreError:
    """Return what happened, in one sentence."""
    if _is_busy(error):
        return StoreBusy(
            "The store is busy: another process is writing. Nothing was done; "
            "try again."
        )
    if "full" in str(error.orig):
        return StoreUnusable("The disk is full. Nothing was done.")
    return StoreUnusable(f"The store cannot be used: {error.orig}.")


def _is_busy(error: DBAPIError) -> bool:
    said = str(error.orig)
    return isinstance(error, OperationalError) and ("locked" in said or "busy" in said)


def _prepare(path: Path) -> None:
    """Make an empty file that only its owner can read, where there is none."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        found = path.stat()
    except OSError as error:
        raise StoreUnusable(
            f"The store {path} cannot be opened: {error.strerror}."
        ) from error
    if not stat.S_ISREG(found.st_mode):
        raise StoreUnusable(f"The store {path} cannot be opened: it is no file.")
    if found.st_nlink > 1:
        # Each name would have a journal of its own, and a crash would lose one.
        raise StoreUnusable(
            f"The store {path} has a second name (a hard link); remove one of them."
        )


def _pragmas(*, throwaway: bool) -> Callable[[sqlite3.Connection, object], None]:
    mode, level = journal(sqlite3.sqlite_version_info)
    level = "OFF" if throwaway else level

    def connecting(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout={_WAITS_MS}",
            f"journal_mode={mode}",
            f"synchronous={level}",
            "foreign_keys=ON",
            "recursive_triggers=ON",
            "cell_size_check=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    return connecting


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
