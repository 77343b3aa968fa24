"""Together: several writes of one thread, made lasting by one commit.

Each is a part that is undone alone; none is there before all are.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import local
from typing import Any, cast

from sqlalchemy import Connection

from store.errors import StoreBusy


class Joined(local):
    """How this thread asks, other than each request by itself."""

    whole: Connection | None = None
    """The transaction that its writes are joined in, if there is one."""
    waits = True
    """Whether what this thread asks for may wait for others."""


class _Part:
    """A connection whose commit ends a part of a transaction and makes none lasting."""

    def __init__(self, whole: Connection) -> None:
        self._whole = whole
        self.is_open = True

    def __getattr__(self, name: str) -> Any:
        return getattr(self._whole, name)

    def commit(self) -> None:
        """End the part."""
        self._whole.exec_driver_sql("RELEASE part")
        self.is_open = False

    def rollback(self) -> None:
        """Undo the part, and nothing before it."""
        self._whole.exec_driver_sql("ROLLBACK TO part")
        self.commit()


@contextmanager
def part(whole: Connection) -> Iterator[Connection]:
    """Hold a part of a transaction; who does not commit it has done nothing.

    Raises:
        StoreBusy: The database has ended the transaction.
    """
    alive(whole)
    whole.exec_driver_sql("SAVEPOINT part")
    held = _Part(whole)
    try:
        yield cast("Connection", held)
    finally:
        if held.is_open and _goes_on(whole):
            held.rollback()


def alive(whole: Connection) -> None:
    """Refuse to go on where a failure has ended the transaction.

    Raises:
        StoreBusy: It has; nothing of it was done.
    """
    if not _goes_on(whole):
        raise StoreBusy("Nothing was done, as something before it failed; try again.")


def _goes_on(whole: Connection) -> bool:
    driver = whole.connection.dbapi_connection
    return bool(driver is not None and getattr(driver, "in_transaction", True))
