"""Payments: find a payment, and act on the one under the cursor."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.events import Resize
from textual.timer import Timer
from textual.widget import Widget

from store.errors import StoreError
from store.search.language import Tab
from tui.actions import BACK, EXPORT, LIST, MENU, ON_PAYMENT, bindings
from tui.bulk_actions import MARKED
from tui.parts.exporting import Exporting
from tui.parts.marked import MarkedPayments
from tui.parts.narrowed import NarrowedPayments
from tui.status import TABS
from tui.widgets.columns import preview_width
from tui.widgets.filter_bar import FilterBar
from tui.widgets.payments_table import PaymentsTable
from tui.widgets.preview import Preview
from tui.widgets.tab_bar import TabBar
from tui.words.times import Times

if TYPE_CHECKING:
    from store import Store
    from store.lists.page import Cursor, Page
    from store.outcome import PaymentLine
    from tui.flows.exports import Source

REST_SECONDS = 0.12
"""How long the cursor must rest before the preview follows it."""


class PaymentsScreen(Exporting, MarkedPayments, NarrowedPayments):
    """The list of payments: tabs, filter, order, marks, preview."""

    CSS_PATH = "payments.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        BACK, LIST, MARKED, ON_PAYMENT, MENU, EXPORT
    )
    preview = getters.query_one(Preview)

    def __init__(self) -> None:
        super().__init__()
        self._rest: Timer | None = None
        self._shown: str | None = None
        """Which payment the preview follows already, with the list that came."""

    def body(self) -> Iterable[Widget]:
        """Return tabs, filter, list and preview."""
        yield TabBar()
        yield FilterBar()
        with Horizontal():
            yield PaymentsTable()
            yield Preview()

    def on_mount(self) -> None:
        """Give the preview its room before the first frame."""
        self._make_room(self.app.size.width)

    def renew(self) -> None:
        """Show what changed in the rows and in the preview."""
        super().renew()
        self._preview_if_shown()

    def _make_room(self, width: int) -> None:
        room = preview_width(width)
        self.preview.display = bool(room)
        self.preview.styles.width = room

    def action_back(self) -> None:
        """Leave a range, or else clear the filter, or else the last result."""
        if self.table.leave_range():
            return
        if self.bar.query_text or self.bar.is_editing:
            self.bar.clear()
            self.table.focus()
        else:
            self.result.clear()

    # The payment under the cursor.

    @on(PaymentsTable.Loaded)
    def _preview_at_once(self, event: PaymentsTable.Loaded) -> None:
        """Another list came, which nobody runs through with a held key."""
        if not event.empty:
            self._shown = self.target
            self._preview_if_shown()

    @on(PaymentsTable.Highlighted)
    def _preview_soon(self, event: PaymentsTable.Highlighted) -> None:
        if self._rest:
            self._rest.stop()
        shown, self._shown = self._shown, None
        if event.id is None:
            self.preview.clear()
        elif self.preview.display and event.id != shown:
            self._rest = self.set_timer(REST_SECONDS, self._preview)

    @work(exclusive=True, group="preview")
    async def _preview(self) -> None:
        if not (target := self.target):
            return
        try:
            detail, now = await self.ask.read(
                lambda store: (store.payments.detail(target), store.now())
            )
        except StoreError as failed:
            self.tell_failure(failed)
            return
        self.preview.tell(detail, Times(self.zone, now))

    @on(PaymentsTable.Opened)
    def _open(self, event: PaymentsTable.Opened) -> None:
        from tui.screens.payment import PaymentScreen

        self.app.push_screen(PaymentScreen(event.id))

    def source(self) -> "Source[PaymentLine]":
        """Return the payments as they are filtered, ordered and shown now."""
        from store.exports import exported
        from tui.flows.exports import PAGE, Source

        narrowed, sort, sheet = self._filter, self._sort, self.table.sheet

        def page(store: "Store", after: "Cursor | None") -> "Page[PaymentLine]":
            return store.payments.page(narrowed, sort, after=after, size=PAGE)

        titles = [column.title for column in (*sheet.fixed, *sheet.further)]
        tab = "" if self.tabs.active is Tab.ALL else TABS[self.tabs.active].title
        words = " ".join(filter(None, (tab, self.bar.query_text)))
        return Source(exported.payments_with(titles), page, self.THINGS, words)

    def zone_changed(self) -> None:
        """Show the times in the zone that is read now."""
        self.table.redraw()
        self.show_session()
        self._preview()

    def on_resize(self, event: Resize) -> None:
        """Give the preview its room, and fill it when it has some now."""
        self._make_room(event.size.width)
        self.call_after_refresh(self._preview_if_shown)

    def _preview_if_shown(self) -> None:
        if self.preview.display:
            self._preview()
