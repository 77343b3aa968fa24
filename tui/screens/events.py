"""Events: the log of what happened, by whom, and each event in full."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Resize
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from store.event import Event
from store.exports import exported
from store.search.events import HINT, EventFilter, event_completions, parse_events
from store.search.terms import SearchError
from store.shape.account import event_shape
from tui.actions import BACK, COPY_ID, COPY_MORE, EXPORT, FILTER, PAYMENTS, bindings
from tui.lists.event_log import EventLog
from tui.log_actions import ON_EVENT
from tui.parts.exporting import Exporting
from tui.parts.on_event import OnEvent
from tui.text import plain
from tui.widgets.columns import preview_width
from tui.widgets.event_table import EventTable
from tui.widgets.facts_pane import FactsPane
from tui.widgets.filter_bar import FilterBar
from tui.words.document import document
from tui.words.results import Done

if TYPE_CHECKING:
    from store import Store
    from store.lists.page import Cursor, Page
    from tui.flows.exports import Source

REST_SECONDS = 0.12
"""How long the cursor must rest before the JSON follows it."""


class EventsScreen(Exporting, OnEvent):
    """Every event, the newest first; wide, the JSON of the one under the cursor."""

    CSS_PATH = "events.tcss"
    THINGS = "events"
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        BACK, FILTER, ON_EVENT, EXPORT, COPY_ID, COPY_MORE
    )
    bar = getters.query_one(FilterBar)
    pane = getters.query_one("#pane", FactsPane)

    def __init__(self, typed: str = "") -> None:
        super().__init__()
        self._typed = typed
        self._filter = EventFilter()
        self._begun = False
        self._rest: Timer | None = None
        self._shown: tuple[Event | None, int] = (None, 0)

    def body(self) -> Iterable[Widget]:
        """Return filter, list and JSON."""
        yield FilterBar()
        with Horizontal():
            yield EventTable()
            with FactsPane(id="pane"):
                yield Static(id="json")

    def on_mount(self) -> None:
        """Begin with what is to be looked for."""
        self.table.times = self.times
        self.bar.hint, self.bar.complete = HINT, event_completions
        self.bar.wrong, self.bar.aside = _why_not, "newest first"
        self._make_room(self.app.size.width)

    def read_again(self) -> None:
        """Read the log again; the cursor stays on its event."""
        self.table.reload()

    def renew(self) -> None:
        """Show what happened since; the cursor stays on its event."""
        if self._begun:
            self.table.look_again()
            return
        self._begun = True
        self.table.focus()
        self._filter = parse_events(self._typed)
        self.bar.query_text = self._typed
        self._list()

    async def show_done(self, done: Done) -> None:
        """Show the log as it is now, the cursor on the event of what was just done."""
        await self.table.show_newest(lambda one: one.object_id == done.id)

    def zone_changed(self) -> None:
        """Show the times in the zone that is read now."""
        self.table.redraw()
        self.show_session()

    def _list(self) -> None:
        self.show_list(self.table, EventLog(self.ask, self._filter))

    def source(self) -> "Source[Event]":
        """Return the log as it is narrowed now."""
        from tui.flows.exports import PAGE, Source

        wanted = self._filter

        def page(store: "Store", after: "Cursor | None") -> "Page[Event]":
            return store.events.log(
                type=wanted.type,
                object=wanted.object,
                actor=wanted.actor,
                after=after,
                limit=PAGE,
            )

        return Source(exported.EVENTS, page, self.THINGS, self.bar.query_text)

    def why_empty(self) -> Iterable[str]:
        """Return why no event is listed."""
        if self.bar.query_text:
            typed = plain(self.bar.query_text)
            return (f"No event matches {typed}", "", f"{BACK.key} clears the filter.")
        return (
            "Nothing has happened yet.",
            "",
            f"{PAYMENTS.key} goes to the payments.",
        )

    # The filter.

    @on(FilterBar.Changed)
    def _narrow(self, event: FilterBar.Changed) -> None:
        self._filter = parse_events(event.text)
        self.result.clear()
        self._list()

    @on(FilterBar.Left)
    def _to_the_list(self) -> None:
        self.table.focus()

    def action_filter(self) -> None:
        """Type a filter."""
        self.bar.edit()

    def action_back(self) -> None:
        """Clear the filter, or else the last result, or else go back."""
        if self.bar.query_text or self.bar.is_editing:
            self.bar.clear()
            self.table.focus()
        elif self.result.told.plain or len(self.app.screen_stack) == 1:
            self.result.clear()
        else:
            self.app.pop_screen()

    # The event under the cursor.

    @on(EventTable.Highlighted)
    def _follow_soon(self) -> None:
        if self._rest:
            self._rest.stop()
        if self.pane.display:
            self._rest = self.set_timer(REST_SECONDS, self._follow)

    def _follow(self) -> None:
        event = self.table.line if self.pane.display else None
        thumb = int(not self.pane.show_vertical_scrollbar)
        width = self.pane.scrollable_content_region.width - thumb
        if (event, width) == self._shown:
            return
        self._shown = (event, width)
        told = document(event_shape(event), width) if event else Content("")
        self.query_one("#json", Static).update(told)
        self.pane.scroll_home(animate=False)

    def on_resize(self, event: Resize) -> None:
        """Give the JSON its room, and fill it when it has some now."""
        self._make_room(event.size.width)
        self.call_after_refresh(self._follow)

    def _make_room(self, width: int) -> None:
        room = preview_width(width)
        self.pane.display = bool(room)
        self.pane.styles.width = room


def _why_not(typed: str) -> SearchError | None:
    try:
        parse_events(typed)
    except SearchError as wrong:
        return wrong
    return None
