"""Events: the log of what happened."""

from typing import Unpack

from store.event import Event
from store.sql import lists, reads
from store.sql.engine import Database
from store.verbs.reading import page, retrieve
from store.window import Listed, Window


class Events:
    """Read verbs of events."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def newest(
        self, *, object_id: str | None = None, limit: int = 100
    ) -> tuple[Event, ...]:
        """Return the events written last, of one object or of all, latest first."""
        with self._database.read() as connection:
            return reads.events(connection, object_id, limit)

    def retrieve(self, event: str) -> Event:
        """Return an event.

        Raises:
            Refused: There is none (`resource_missing`).
        """
        return retrieve(self._database, lists.EVENTS, event)

    def list(
        self,
        *,
        type: str | None = None,  # noqa: A002 - the API's name
        object_id: str | None = None,
        **window: Unpack[Window],
    ) -> Listed[Event]:
        """Return a page of events, newest first, of one type or object or of all.

        Raises:
            Refused: The cursor is unknown, or there are two.
        """
        return page(
            self._database, lists.EVENTS, window, type=type, object_id=object_id
        )
