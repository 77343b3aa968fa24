"""News: how many payments came since a list was read."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from store.lists.page import Count, Cursor, Page
from store.outcome import PaymentLine
from store.search.language import Filter
from tui.ask import Ask

if TYPE_CHECKING:
    from store import Store


class News:
    """Knows the newest payment of a list when it was read, and counts what came."""

    def __init__(
        self, ask: Ask, narrowed: Filter, newest: Cursor | None = None
    ) -> None:
        self._ask = ask
        self._filter = narrowed
        self._newest = newest

    async def begin(self) -> None:
        """Take what is there now as seen, where the newest was not known.

        Raises:
            StoreError: The store cannot be read.
        """
        page = await self._ask.read(
            lambda store: store.payments.page(self._filter, size=1)
        )
        self._newest = page.first

    async def count(self, known: Collection[str]) -> Count:
        """Return how many payments came that are not among the known ones.

        Raises:
            StoreError: The store cannot be read.
        """

        def read(store: "Store") -> Page[PaymentLine]:
            return store.payments.page(self._filter, before=self._newest)

        page = await self._ask.read(read)
        came = sum(row.id not in known for row in page.rows)
        return Count(came, capped=page.more and came == len(page.rows))
