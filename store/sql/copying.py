"""Copying: a SQLite store to and from a file, while others use it."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from store.errors import StoreBusy, StoreUnusable

PATIENCE = 60.0
"""Seconds after which a copy that does not come to an end is given up."""
_STEPS_BETWEEN_LOOKS = 100
_WAITING = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_BESIDE = ("-journal", "-wal", "-shm")


def copy_out(source: Path, target: Path, patience: float = PATIENCE) -> None:
    """Fill an empty file with a store as it is at one moment; writers wait meanwhile.

    Python's own `backup` begins anew after every write of another process, and may
    never end; this reads under one lock.

    Raises:
        StoreBusy: It took too long.
        StoreUnusable: The source cannot be read, or the target not written.
    """
    ends = time.monotonic() + patience
    with _said(source, target, ends), closing(sqlite3.connect(source)) as connection:
        connection.execute(f"PRAGMA busy_timeout={int(patience * 1000)}")
        connection.set_progress_handler(
            lambda: time.monotonic() > ends, _STEPS_BETWEEN_LOOKS
        )
        connection.execute("VACUUM INTO ?", (str(target),))
    _outlast(target)


def copy_in(source: Path, target: Path, patience: float) -> None:
    """Put what a copy holds in the place of all that a store holds, or nothing.

    It is one transaction of the target's: no crash leaves it between the two, and no
    journal of the old one is left to be played back into the new.

    Raises:
        StoreBusy: Others are using the store.
    """
    ends = time.monotonic() + patience

    def look(status: int, _left: int, _pages: int) -> None:
        if status in _WAITING and time.monotonic() > ends:
            raise StoreBusy(
                f"{target} is in use; close every Refund Desk that has it open. "
                "Nothing was restored."
            )

    with (
        _said(source, target, ends),
        closing(sqlite3.connect(source)) as given,
        closing(sqlite3.connect(target)) as taken,
    ):
        taken.execute("PRAGMA busy_timeout=0")
        given.backup(taken, progress=look, sleep=0.05)


def is_database(file: Path) -> bool:
    """Tell whether SQLite can read a file, and so keep others from it."""
    try:
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.DatabaseError as error:
        return "locked" in str(error)
    return True


def clear(target: Path) -> None:
    """Remove a file that is no database, and the journals beside it."""
    for path in (target, *(Path(f"{target}{end}") for end in _BESIDE)):
        path.unlink(missing_ok=True)


def make(target: Path) -> None:
    """Make an empty file that only its owner can read.

    Raises:
        StoreUnusable: It is there already, or cannot be made.
    """
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreUnusable(f"{target} cannot be written: {error.strerror}.") from error


def _outlast(path: Path) -> None:
    """Make a file outlast a power cut: old versions of SQLite leave that to us."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


@contextmanager
def _said(source: Path, target: Path, ends: float) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        if time.monotonic() > ends or "locked" in str(error):
            raise StoreBusy(
                f"{source} is written too busily to be copied; try again."
            ) from error
        raise StoreUnusable(f"{source} was not copied to {target}: {error}.") from error
    except sqlite3.DatabaseError as error:
        raise StoreUnusable(f"{source} was not copied to {target}: {error}.") from error
