"""ListedPayments: a screen with a list of payments: what it reads and says of it."""

from collections.abc import Iterable, Mapping

from textual import getters, on, work

from store.errors import StoreError
from store.lists.page import Count, Sort
from store.outcome import PaymentLine
from store.search.language import Filter, Tab
from store.search.terms import paid_with
from tui.actions import BACK, NEXT_TAB, PREVIOUS_TAB, RELOAD
from tui.lists.listing import Listing
from tui.lists.news import News
from tui.parts.long_list import LongList
from tui.status import TABS
from tui.text import plain
from tui.widgets.filter_bar import FilterBar
from tui.widgets.payments_table import PaymentsTable
from tui.widgets.tab_bar import TabBar


class ListedPayments(LongList):
    """Keeps a list of payments, its counts and its session line up to date.

    The first frame shows what is known before the store is open.
    """

    THINGS = "payments"
    table = getters.query_one(PaymentsTable)
    tabs = getters.query_one(TabBar)
    bar = getters.query_one(FilterBar)

    def __init__(self) -> None:
        super().__init__()
        self._filter = Filter()
        self._sort = Sort()
        self._begun = False
        self._news: News | None = None
        self._came = 0

    @property
    def target(self) -> str | None:
        """Return the id of the payment under the cursor."""
        return self.table.line.id if self.table.line else None

    def on_mount(self) -> None:
        """Show the store's first page if that can be had at once."""
        self.table.times = self.times
        if seen := self.ask.glance():
            if self.app.settings.lists_plainly:
                self.table.begin_with(seen.page, seen.tabs[Tab.ALL])
                self._show_counts(seen.tabs, Count(seen.tabs[Tab.ALL]))
            self.show_session()

    def read_again(self) -> None:
        """Read the list again; the cursor and the marks stay on their payments."""
        self.table.reload(self._came)
        self._forget_news()

    def look_again(self) -> None:
        """Show what others changed, and how many payments came above."""
        super().look_again()
        self._count_news()

    def came(self, count: int) -> None:
        """Say nothing of rows that were asked for: they are counted before."""

    def _forget_news(self) -> None:
        self.tell_news("", "")
        self._news, self._came = None, 0

    @on(PaymentsTable.Loaded)
    def _go_on_from_here(self) -> None:
        """Count what is not known of the list that came, and wait for news of it."""
        self._count_again(self.table.whole)
        if self._news is None:
            self._begin_news()

    @work(exclusive=True, group="news")
    async def _begin_news(self) -> None:
        if self._sort == Sort() and self.table.holds_top:
            self._news = News(self.ask, self._filter, self.table.top)
            return
        news = News(self.ask, self._filter)
        try:
            await news.begin()
        except StoreError:
            return  # the list itself says what is wrong
        self._news = news

    @work(exclusive=True, group="news")
    async def _count_news(self) -> None:
        if self._news is None:
            return
        try:
            came = await self._news.count(self.table.held)
        except StoreError:
            return  # what is asked next says what is wrong
        self._came = came.number
        self.tell_news(str(came) if came.number else "", RELOAD.key)

    def renew(self) -> None:
        """Show what changed in the rows that are here; none of them goes or moves."""
        if self._begun:
            self._renew()
            self._count_again()
        else:
            self._begun = True
            self.table.focus()
            self._list()

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
        self._forget_news()
        listing = Listing(self.ask, self._filter, self._sort)
        self.show_list(self.table, listing, around)

    @on(PaymentsTable.Loaded)
    def _look_where(self) -> None:
        if self.table.rank is None and (here := self.table.line):
            self._rank(here)

    @work(exclusive=True, group="rank")
    async def _rank(self, here: PaymentLine) -> None:
        """Find out where in the whole list the rows are that begin within it."""
        listing = Listing(self.ask, self._filter, self._sort)
        try:
            before = await listing.preceding(here)
        except StoreError:
            return  # the list itself says what is wrong
        still = listing == Listing(self.ask, self._filter, self._sort)
        if still and not before.capped:
            self.table.place(here.id, before.number)

    @work(exclusive=True, group="counts")
    async def _count_again(self, known: int | None = None) -> None:
        listing = Listing(self.ask, self._filter, self._sort)
        try:
            counts = await self.ask.read(lambda store: store.payments.tabs())
            if self._filter.is_only_tab:
                count = Count(counts[self._filter.tab])
            elif known is not None:
                count = Count(known)
            else:
                count = await listing.count()
        except StoreError as failed:
            self.tell_failure(failed)
            return
        self._show_counts(counts, count)

    def _show_counts(self, counts: Mapping[Tab, int], count: Count) -> None:
        listing = Listing(self.ask, self._filter, self._sort)
        self.tabs.counts = counts
        self.header.waiting = self.app.waiting = counts[Tab.PENDING]
        self.table.total = None if count.capped else count.number
        self.bar.aside = f"{count} of {counts[Tab.ALL]:,} · {listing.order}"

    def why_empty(self) -> Iterable[str]:
        """Return why no payment is listed."""
        if self.bar.query_text:
            typed = plain(self.bar.query_text)
            named = filter(None, map(paid_with, self._filter.words))
            hints = [f"{term} finds what was paid with it." for term in named]
            hints.append(f"{BACK.key} clears the filter.")
            if self._filter.tab is Tab.ALL:
                return (f"Nothing matches {typed}", "", *hints)
            under = TABS[self._filter.tab].title
            others = f"{PREVIOUS_TAB.key} and {NEXT_TAB.key} look under the others."
            return (f"Nothing under {under} matches {typed}", "", others, *hints)
        if self._filter.tab is Tab.ALL:
            return (
                "No payments yet.",
                "",
                "refund-desk import FILE…   brings in Stripe API JSON",
                "refund-desk demo           opens a store to try things on",
                "",
                f"{RELOAD.key} reads the store again.",
            )
        return (f"No payment is under {TABS[self._filter.tab].title}.",)
