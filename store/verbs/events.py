"""Events: the log of what happened."""

from collections.abc import Sequence
from typing import Unpack

from store.errors import Refused
from store.event import Event
from store.lists.page import PAGE_SIZE, Cursor, Page
from store.lists.window import Listed, Window, why_not
from store.sql import event_log, lists, reads
from store.sql.engine import Database
from store.sql.event_log import Narrowed
from store.verbs.reading import page, retrieve


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

    def log(
        self,
        *,
        type: str | None = None,  # noqa: A002 - the API's name
        object: str | None = None,  # noqa: A002 - what the log calls it
        actor: str | None = None,
        after: Cursor | None = None,
        before: Cursor | None = None,
        last: bool = False,
        limit: int = PAGE_SIZE,
    ) -> Page[Event]:
        """Return events, those written last first; a page continues at its `last`.

        Args:
            type: Of this type only, or of those that begin so, as `refund.` does.
            object: About this object only; of a payment, about its objects too.
            actor: By this one only.
            after: The place to go on from.
            before: The place to go back from.
            last: The end of the log, where it began.
            limit: How many at most.
        """
        narrowed = Narrowed(type, object, actor)
        with self._database.read() as connection:
            return event_log.page(
                connection,
                narrowed,
                after=after,
                before=before,
                last=last,
                limit=max(1, limit),
            )

    def retrieve(self, event: str) -> Event:
        """Return an event.

        Raises:
            Refused: There is none (`resource_missing`).
        """
        return retrieve(self._database, lists.EVENTS, event)

    def of_api(
        self, *, types: Sequence[str] = (), **window: Unpack[Window]
    ) -> Listed[Event]:
        """Return a page of events that the API has, newest first; `charge.*` is many.

        Raises:
            Refused: The cursor is unknown, or there are two.
        """
        if refusal := why_not(window):
            raise Refused(refusal)
        wanted = event_log.of_api(types)
        with self._database.read() as connection:
            return lists.page(connection, lists.EVENTS, window, *wanted)

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
