"""Payments: find a payment, and act on the one under the cursor."""

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from textual import getters, on, work
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widget import Widget

from store.errors import StoreError
from store.money import Money, zero
from store.outcome import PaymentLine
from store.page import Count, Order, Sort
from store.search import Filter, SearchError, Tab, parse
from tui.actions import BACK, LIST, MENU, ON_PAYMENT, RELOAD, bindings
from tui.listing import Listing
from tui.screens.on_payment import OnPayment
from tui.status import TABS
from tui.text import line, plain
from tui.times import Times
from tui.widgets.filter_bar import FilterBar
from tui.widgets.payments_table import PaymentsTable
from tui.widgets.preview import Preview
from tui.widgets.tab_bar import TabBar, beside

STILL_AFTER = 0.15
"""Seconds without an answer after which the screen says that it is loading."""
REST_SECONDS = 0.12
"""How long the cursor must rest before the preview follows it."""
HOW_TO_BEGIN = (
    "No payments yet.",
    "",
    "refund-desk import FILE…   brings in Stripe API JSON",
    "refund-desk demo           opens a store to try things on",
    "",
    f"{RELOAD.key} reads the store again.",
)


class PaymentsScreen(OnPayment):
    """The list of payments: tabs, filter, order, marks, preview."""

    CSS_PATH = "payments.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(LIST, ON_PAYMENT, MENU)
    table = getters.query_one(PaymentsTable)
    tabs = getters.query_one(TabBar)
    bar = getters.query_one(FilterBar)
    preview = getters.query_one(Preview)

    def __init__(self) -> None:
        super().__init__()
        self._filter = Filter()
        self._sort = Sort()
        self._count: Count | None = None
        self._begun = False
        self._still: Timer | None = None
        self._rest: Timer | None = None

    def body(self) -> Iterable[Widget]:
        """Return tabs, filter, list and preview."""
        yield TabBar()
        yield FilterBar()
        with Horizontal():
            yield PaymentsTable()
            yield Preview()

    @property
    def target(self) -> str | None:
        """Return the id of the payment under the cursor."""
        return self.table.line.id if self.table.line else None

    # Reading.

    def read_again(self) -> None:
        """Read the list again; the cursor and the marks stay on their payments."""
        if self._begun:
            self.table.reload()
        else:
            self._begun = True
            self.table.focus()
            self._list()
        self._count_again()

    def _list(self, *, around: PaymentLine | None = None) -> None:
        self._still = self.set_timer(STILL_AFTER, self._say_loading)
        self.table.show(Listing(self.ask, self._filter, self._sort), around)

    def _say_loading(self) -> None:
        self.table.explain("Loading…")

    @work(exclusive=True, group="counts")
    async def _count_again(self) -> None:
        listing = Listing(self.ask, self._filter, self._sort)
        try:
            counts = await self.ask.read(lambda store: store.payments.tabs())
            if self._filter.is_only_tab:
                count = Count(counts[self._filter.tab])
            else:
                count = await listing.count()
        except StoreError as failed:
            self.tell_failure(failed)
            return
        self._count = count
        self.tabs.counts = counts
        self.header.waiting = counts[Tab.PENDING]
        self.table.total = None if count.capped else count.number
        matching = f"{count} of {counts[Tab.ALL]:,}"
        self.bar.aside = line(f"  {matching} · {listing.order}")

    @on(PaymentsTable.Loaded)
    def _loaded(self, event: PaymentsTable.Loaded) -> None:
        if self._still:
            self._still.stop()
        self.show_session()
        self.table.now = self.ask.now or self.table.now
        self.table.zone = self.zone
        if event.empty:
            self.table.explain(*self._why_empty())

    def _why_empty(self) -> Iterable[str]:
        if self.bar.query_text:
            typed = plain(self.bar.query_text)
            return (f"Nothing matches {typed}", "", f"{BACK.key} clears the filter.")
        if self._filter.tab is Tab.ALL:
            return HOW_TO_BEGIN
        return (f"No payment is under {TABS[self._filter.tab].title}.",)

    @on(PaymentsTable.LoadFailed)
    def _load_failed(self, event: PaymentsTable.LoadFailed) -> None:
        if self._still:
            self._still.stop()
        self.tell_failure(event.error)
        self.table.explain(
            "The payments could not be read.",
            "",
            plain(str(event.error)),
            "",
            f"Nothing was changed. {RELOAD.key} tries again.",
        )

    # Narrowing and ordering.

    @on(FilterBar.Changed)
    def _narrow(self, event: FilterBar.Changed) -> None:
        try:
            self._filter = parse(event.text, self.tabs.active)
        except SearchError as wrong:
            where = f" (at character {wrong.position + 1})"
            self.result.tell(line(("✗ ", "$status-bad"), plain(str(wrong)), where))
            return
        self.result.clear()
        self._list()
        self._count_again()

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
        self.table.zone = self.zone
        self.show_session()
        self._preview()

    def on_resize(self) -> None:
        """Fill the preview when there is room for it now."""
        self.call_after_refresh(self._preview_if_shown)

    def _preview_if_shown(self) -> None:
        if self.preview.display:
            self._preview()
