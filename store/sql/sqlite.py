"""SQLite: a file that only its owner reads, and how long to wait for it."""

import os
import random
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from urllib.parse import quote

from sqlalchemy import Connection, Engine, PoolProxiedConnection, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, OperationalError

from store import file_access
from store.errors import NoStore, StoreBusy, StoreError, StoreUnusable
from store.sql import disk

READING: Mapping[str, object] = {}
_WAL_IS_SAFE_IN = ((3, 44, 6), (3, 50, 7), (3, 51, 3))
_WRITES = "writes"
"""On a connection: what it begins next is the write transaction."""
_HURRIES = "hurries"
"""On a connection: what it begins next waits for nobody."""
_PATIENCE = "patience"
"""On a connection: how long it waits, in milliseconds, where it was told."""
_WAITS_MS = 5000
_JOURNAL_BYTES = 1_000_000
"""A journal that stays is cut to this: after an import it would be as large as it."""
_ASKS_AGAIN = 3
_ASKS_MS = 100


def journal(version: tuple[int, int, int]) -> tuple[str, str]:
    """Return journal mode and synchronous level that are safe on a SQLite version.

    Versions before the fixed ones can corrupt a write-ahead log that several
    connections use (store-guards §1). A rollback journal that stays, its head zeroed
    and synced, ends a commit as surely as one that is deleted, and a quarter sooner.
    """
    fixed = any(version[:2] == safe[:2] and version >= safe for safe in _WAL_IS_SAFE_IN)
    if fixed or version >= max(_WAL_IS_SAFE_IN):
        return "WAL", "FULL"
    return "PERSIST", "EXTRA"


def label(where: URL) -> str:
    """Return the file's name."""
    return file(where).name


def file(where: URL) -> Path:
    """Return the file of a store."""
    return Path(where.database or "")


def connect(where: URL, *, throwaway: bool = False, create: bool = True) -> Engine:
    """Return the way to a file, made empty when it is not there.

    Raises:
        StoreUnusable: It cannot be a store, or there is none and none is made.
    """
    path = file(where)
    if not create and not path.exists():
        raise NoStore(path)
    _prepare(path)
    # A file that goes away while it is used must not be made anew, empty.
    only_read = file_access.why_not_writable(path) is not None
    there = f"file:{quote(str(path))}?mode={'ro' if only_read else 'rw'}"
    if only_read and file_access.lacks_log(path):
        there += "&immutable=1"
    engine = create_engine(
        where,
        creator=lambda: sqlite3.connect(there, uri=True, check_same_thread=False),
        # Who wrote last still has in memory what others would have to read again.
        pool_use_lifo=True,
    )
    event.listen(engine, "connect", _pragmas(throwaway=throwaway, only_read=only_read))
    # An event of the engine would cost every statement a little.
    engine.dialect.do_begin = _begin  # type: ignore[method-assign, assignment]
    event.listen(engine, "reset", _let_go)
    return engine


def begin(connection: Connection, *, waits: bool = True) -> Connection:
    """Begin the only write transaction.

    SQLite's waiting is not fair: who waited in vain asks a few times more.
    """
    asked = connection.info
    asked[_WRITES] = True
    try:
        connection.begin()
    except OperationalError as error:
        if not (waits and _is_busy(error)):
            raise
        _ask_again(connection)
    finally:
        del asked[_WRITES]
    return connection


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


@contextmanager
def hurried(engine: Engine) -> Iterator[Connection]:
    """Hold a connection on which what would wait fails."""
    with engine.connect() as connection:
        connection.info[_HURRIES] = True
        try:
            yield connection
        finally:
            del connection.info[_HURRIES]


def announce(connection: Connection) -> None:
    """Do nothing: SQLite counts commits by itself."""
    del connection


class Watch:
    """Asks SQLite's own count of commits, on a connection that never writes.

    The count is one connection's: it sees the commits of all others.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._taken: PoolProxiedConnection | None = None
        self._last = 0
        self._asking = Lock()
        self._path = file(engine.url)
        self._known = _identity(self._path)

    def changes(self) -> int:
        """Return the count, or the one before while somebody is committing.

        Raises:
            StoreUnusable: The file is broken, or another one than it was.
        """
        if _identity(self._path) != self._known:
            raise StoreUnusable(f"The store {self._path.name} is gone from its place.")
        with self._asking:
            try:
                asked = self._own().cursor()
                asked.execute("PRAGMA data_version")
                self._last = int((asked.fetchone() or (self._last,))[0])
            except sqlite3.Error as error:
                if "locked" not in str(error):
                    raise StoreUnusable(f"The store cannot be used: {error}.") from None
            return self._last

    def _own(self) -> PoolProxiedConnection:
        if self._taken is None:
            self._taken = self._engine.raw_connection()
            self._taken.detach()
            # Who asks every second does not wait: the next answer tells.
            self._taken.cursor().execute("PRAGMA busy_timeout=0")
        return self._taken

    def close(self) -> None:
        """Close the connection."""
        with self._asking:
            if self._taken is not None:
                self._taken.close()
                self._taken = None


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what makes a file this one; a copy in its place is another."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def watch(engine: Engine) -> Watch:
    """Return what tells that others have committed."""
    return Watch(engine)


def why_not_writable(connection: Connection) -> str | None:
    """Return why this account cannot write to the file; None where it can."""
    return file_access.why_not_writable(file(connection.engine.url))


def explained(error: DBAPIError) -> StoreError:
    """Return what happened, in one sentence."""
    if _is_busy(error):
        return StoreBusy(
            "The store is busy: another process is writing. Nothing was done; "
            "try again."
        )
    if "unable to open" in str(error.orig):
        return StoreUnusable("The store's file is gone or may not be opened.")
    if "readonly database" in str(error.orig):
        return StoreUnusable(
            "This account may not write to the store, or may not read the journal "
            "beside it."
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
        if kind := disk.remote(path):
            raise StoreUnusable(
                f"The store {path} is on another machine's disk ({kind}), where locks "
                "cannot be trusted: keep it on this machine, or use PostgreSQL."
            )
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


def _pragmas(
    *, throwaway: bool, only_read: bool
) -> Callable[[sqlite3.Connection, object], None]:
    mode, level = journal(sqlite3.sqlite_version_info)
    level = "OFF" if throwaway else level
    writing = (
        f"journal_mode={mode}",
        f"journal_size_limit={_JOURNAL_BYTES}",
        f"synchronous={level}",
    )

    def connecting(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout={_WAITS_MS}",
            *(() if only_read else writing),
            "foreign_keys=ON",
            "recursive_triggers=ON",
            "cell_size_check=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    return connecting


def _begin(connection: PoolProxiedConnection) -> None:
    said, driver = connection.info, connection.cursor()
    patience = 0 if _HURRIES in said else _WAITS_MS
    # It is told when that changes: telling it each time takes as long as to read a row.
    if said.get(_PATIENCE, _WAITS_MS) != patience:
        driver.execute(f"PRAGMA busy_timeout={patience}")
        said[_PATIENCE] = patience
    driver.execute("BEGIN IMMEDIATE" if _WRITES in said else "BEGIN")


def _let_go(connection: sqlite3.Connection, *_: object) -> None:
    """Undo what a commit left open that waited for readers in vain.

    The library takes a transaction whose commit failed for ended; SQLite does not.
    """
    if connection.in_transaction:
        connection.rollback()
