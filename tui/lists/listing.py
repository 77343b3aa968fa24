"""Listing: one narrowed, ordered list of payments, read through the bridge."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from store.lists.page import Count, Cursor, Order, Page, Sort
from store.outcome import PaymentLine
from store.search.language import Filter
from tui.ask import Ask

if TYPE_CHECKING:
    from store import Store

SORT_WORDS = {
    (Order.CREATED, False): "newest first",
    (Order.CREATED, True): "oldest first",
    (Order.AMOUNT, False): "largest first",
    (Order.AMOUNT, True): "smallest first",
}
"""How each order is called: by what, and whether it ascends."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Where the rows of a list come from; equal listings have equal rows."""

    ask: Ask
    filter: Filter
    sort: Sort

    @property
    def order(self) -> str:
        """Return what the order is called."""
        return SORT_WORDS[self.sort.order, self.sort.ascending]

    async def __call__(
        self,
        *,
        after: Cursor | None = None,
        before: Cursor | None = None,
        around: PaymentLine | None = None,
        last: bool = False,
    ) -> Page[PaymentLine]:
        """Return a page; see `Fetch`."""

        def read(store: "Store") -> Page[PaymentLine]:
            place = self._just_before(store, around) if around else after
            return store.payments.page(
                self.filter, self.sort, after=place, before=before, last=last
            )

        return await self.ask.read(read)

    async def count(self) -> Count:
        """Return how many payments match; counting stops at a thousand."""
        return await self.ask.read(lambda store: store.payments.count(self.filter))

    async def preceding(self, line: PaymentLine) -> Count:
        """Return how many rows come before that one, as far as they are counted."""
        return await self.ask.read(
            lambda store: store.payments.preceding(line, self.filter, self.sort)
        )

    def _just_before(self, store: "Store", line: PaymentLine) -> Cursor:
        place = store.payments.cursor(line, self.sort)
        step = -1 if self.sort.ascending else 1
        return replace(place, seq=place.seq + step)
