"""ListedPayments: a screen with a list of payments: what it reads and says of it."""

from collections.abc import Iterable, Mapping

from textual import getters, on, work
from textual.timer import Timer

from store.errors import StoreError
from store.outcome import PaymentLine
from store.page import Count, Sort
from store.search import Filter, Tab
from tui.actions import BACK, RELOAD
from tui.listing import Listing
from tui.screens.on_payment import OnPayment
from tui.status import TABS
from tui.text import plain
from tui.times import Times
from tui.widgets.filter_bar import FilterBar
from tui.widgets.payments_table import PaymentsTable
from tui.widgets.tab_bar import TabBar

STILL_AFTER = 0.15
"""Seconds without an answer after which the screen says that it is loading."""
HOW_TO_BEGIN = (
    "No payments yet.",
    "",
    "refund-desk import FILE…   brings in Stripe API JSON",
    "refund-desk demo           opens a store to try things on",
    "",
    f"{RELOAD.key} reads the store again.",
)


class ListedPayments(OnPayment):
    """Keeps a list of payments, its counts and its session line up to date.

    The first frame shows what is known before the store is open.
    """

    table = getters.query_one(PaymentsTable)
    tabs = getters.query_one(TabBar)
    bar = getters.query_one(FilterBar)

    def __init__(self) -> None:
        super().__init__()
        self._filter = Filter()
        self._sort = Sort()
        self._begun = False
        self._still: Timer | None = None

    @property
    def target(self) -> str | None:
        """Return the id of the payment under the cursor."""
        return self.table.line.id if self.table.line else None

    def on_mount(self) -> None:
        """Show the store's first page if that can be had at once."""
        self.table.times = self._times
        if seen := self.ask.glance():
            self.table.begin_with(seen.page, seen.tabs[Tab.ALL])
            self._show_counts(seen.tabs, Count(seen.tabs[Tab.ALL]))
            self.show_session()

    def read_again(self) -> None:
        """Read the list again; the cursor and the marks stay on their payments."""
        self.table.reload()
        self._count_again()

    def renew(self) -> None:
        """Show what changed in the rows that are here; none of them goes or moves."""
        if self._begun:
            self._renew()
        else:
            self._begun = True
            self.table.focus()
            self._list()
        self._count_again()

    @work(exclusive=True, group="read")
    async def _renew(self) -> None:
        held = self.table.held
        try:
            lines = await self.ask.read(lambda store: store.payments.lines(held))
        except StoreError as failed:
            self.tell_failure(failed)
            return
        self.table.renew(lines)

    def _list(self, *, around: PaymentLine | None = None) -> None:
        self._still = self.set_timer(STILL_AFTER, self._say_loading)
        self.table.show(Listing(self.ask, self._filter, self._sort), around)

    def _times(self) -> Times | None:
        return Times(self.zone, self.ask.now) if self.ask.now else None

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
        self._show_counts(counts, count)

    def _show_counts(self, counts: Mapping[Tab, int], count: Count) -> None:
        listing = Listing(self.ask, self._filter, self._sort)
        self.tabs.counts = counts
        self.header.waiting = counts[Tab.PENDING]
        self.table.total = None if count.capped else count.number
        self.bar.aside = f"{count} of {counts[Tab.ALL]:,} · {listing.order}"

    @on(PaymentsTable.Loaded)
    def _loaded(self, event: PaymentsTable.Loaded) -> None:
        if self._still:
            self._still.stop()
        self.show_session()
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
