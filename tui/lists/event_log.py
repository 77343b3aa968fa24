"""Event log: the narrowed log, newest first, read through the bridge page by page."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.event import Event
from store.lists.page import Cursor, Page
from store.search.events import EventFilter
from tui.ask import Ask

if TYPE_CHECKING:
    from store import Store


@dataclass(frozen=True, slots=True)
class EventLog:
    """Where the rows of the log come from; equal logs have equal rows."""

    ask: Ask
    filter: EventFilter

    async def __call__(
        self,
        *,
        after: Cursor | None = None,
        before: Cursor | None = None,
        around: Event | None = None,
        last: bool = False,
    ) -> Page[Event]:
        """Return a page; see `Fetch`."""
        wanted = self.filter
        place = Cursor(0, around.seq + 1) if around else after

        def read(store: "Store") -> Page[Event]:
            return store.events.log(
                type=wanted.type,
                object=wanted.object,
                actor=wanted.actor,
                after=place,
                before=before,
                last=last,
            )

        return await self.ask.read(read)
