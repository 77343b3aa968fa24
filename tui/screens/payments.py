"""Payments: find a payment, and act on the one under the cursor."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, tzinfo
from typing import ClassVar

from textual import getters, on, work
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.events import Resize
from textual.timer import Timer
from textual.widget import Widget

from store.errors import StoreError
from store.money import Money, zero
from store.page import Order, Sort
from store.search import SearchError, Tab, parse
from tui.actions import BACK, LIST, MENU, ON_PAYMENT, bindings
from tui.screens.listed import ListedPayments
from tui.status import BAD
from tui.text import line, plain
from tui.times import Times
from tui.widgets.columns import preview_width
from tui.widgets.filter_bar import FilterBar
from tui.widgets.payments_table import PaymentsTable
from tui.widgets.preview import Preview
from tui.widgets.tab_bar import TabBar, beside

REST_SECONDS = 0.12
"""How long the cursor must rest before the preview follows it."""


class PaymentsScreen(ListedPayments):
    """The list of payments: tabs, filter, order, marks, preview."""

    CSS_PATH = "payments.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(BACK, LIST, ON_PAYMENT, MENU)
    preview = getters.query_one(Preview)

    def __init__(self) -> None:
        super().__init__()
        self._rest: Timer | None = None

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

    # Narrowing and ordering.

    @on(FilterBar.Changed)
    def _narrow(self, event: FilterBar.Changed) -> None:
        try:
            self._filter = parse(
                event.text, self.tabs.active, now=self.ask.now, zone=self._days()
            )
        except SearchError as wrong:
            where = f"character {wrong.position + 1}: "
            self.result.tell(line(("✗ ", f"${BAD}"), where, plain(str(wrong))))
            return
        self.result.clear()
        self._list()
        self._count_again()

    def _days(self) -> tzinfo:
        """Return whose days `today` and `last week` are meant in."""
        now = self.ask.now
        return (self.zone.place(now).tzinfo if now else None) or UTC

    @on(FilterBar.Left)
    def _to_the_list(self) -> None:
        self.table.focus()

    def action_filter(self) -> None:
        """Type a filter."""
        self.bar.edit()

    def action_back(self) -> None:
        """Clear the filter, or else the last result."""
        if self.bar.query_text or self.bar.is_editing:
            self.bar.clear()
            self.table.focus()
        else:
            self.result.clear()

    def action_next_tab(self) -> None:
        """Show the next tab."""
        self._show_tab(beside(self.tabs.active, 1))

    def action_previous_tab(self) -> None:
        """Show the tab before."""
        self._show_tab(beside(self.tabs.active, -1))

    def _show_tab(self, tab: Tab) -> None:
        self.tabs.active = tab
        self._filter = replace(self._filter, tab=tab)
        self._list()
        self._count_again()

    def action_sort(self) -> None:
        """Order by the other key; the cursor stays on its payment."""
        other = Order.AMOUNT if self._sort.order is Order.CREATED else Order.CREATED
        self._order(Sort(other, self._sort.ascending))

    def action_reverse(self) -> None:
        """Turn the order round; the cursor stays on its payment."""
        self._order(Sort(self._sort.order, not self._sort.ascending))

    def _order(self, sort: Sort) -> None:
        self._sort = sort
        self._list(around=self.table.line)
        self._count_again()

    # The payment under the cursor.

    @on(PaymentsTable.Highlighted)
    def _preview_soon(self, event: PaymentsTable.Highlighted) -> None:
        if self._rest:
            self._rest.stop()
        if event.line is None:
            self.preview.clear()
        elif self.preview.display:
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

    @on(PaymentsTable.MarksChanged)
    def _count_marks(self, event: PaymentsTable.MarksChanged) -> None:
        sums: dict[str, Money] = {}
        for marked in event.marks:
            currency = marked.money.currency
            sums[currency] = sums.get(currency, zero(currency)) + marked.money
        total = " + ".join(map(str, sums.values()))
        told = f"{len(event.marks)} marked · {total}" if sums else ""
        self.result.aside = line((told, "$accent"))

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
