"""Forward: a list that the store continues in one direction only, read in both."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic

from store.lists.page import Cursor, Page
from tui.ask import Ask
from tui.widgets.sheet import Line

if TYPE_CHECKING:
    from store import Store


@dataclass(frozen=True, slots=True)
class _Place:
    """A page that was read: how it was asked for, and what it began with."""

    after: Cursor | None
    first: Cursor | None
    ids: tuple[str, ...]


class Forward(Generic[Line]):
    """Pages of such a list; it remembers where each page that was read began.

    Rows may be added at the top; none may be added elsewhere while it is read.
    """

    def __init__(
        self, ask: Ask, page: "Callable[[Store, Cursor | None], Page[Line]]"
    ) -> None:
        self._ask = ask
        self._page = page
        self._places: list[_Place] = []
        self._lock = threading.Lock()

    async def __call__(
        self,
        *,
        after: Cursor | None = None,
        before: Cursor | None = None,
        around: Line | None = None,
        last: bool = False,
    ) -> Page[Line]:
        """Return a page; see `Fetch`. A page around a row may begin before it."""

        def read(store: "Store") -> Page[Line]:
            with self._lock:  # an older question may still be under way
                if last:
                    return self._to_the_end(store)
                if before is not None:
                    return self._before(store, before)
                if around is not None:
                    return self._around(store, around)
                return self._read(store, after)

        return await self._ask.read(read)

    def _read(self, store: "Store", after: Cursor | None) -> Page[Line]:
        page = self._page(store, after)
        known = [one.after for one in self._places]
        number = known.index(after) if after in known else len(known)
        ids = tuple(row.id for row in page.rows)
        if number == 0 and self._places and self._places[0].ids != ids:
            self._places.clear()
        self._places[number : number + 1] = [_Place(after, page.first, ids)]
        return page

    def _to_the_end(self, store: "Store") -> Page[Line]:
        place = self._places[-1].after if self._places else None
        page = self._read(store, place)
        while page.more:
            page = self._read(store, page.last)
        return replace(page, more=len(self._places) > 1)

    def _before(self, store: "Store", first: Cursor) -> Page[Line]:
        """Return the page that precedes the one which begins there."""
        found = [n for n, one in enumerate(self._places) if one.first == first]
        if not found or found[0] == 0:
            return Page((), None, None, more=False)
        number = found[0] - 1
        place, follows = self._places[number], self._places[number + 1]
        page = self._page(store, place.after)
        rows, begins = list(page.rows), page.first
        while page.more and follows.ids and not _holds(page, follows.ids[0]):
            page = self._page(store, page.last)  # rows were added above
            rows += page.rows
        ids = [row.id for row in rows]
        if follows.ids and follows.ids[0] in ids:
            rows = rows[: ids.index(follows.ids[0])]
        known = replace(place, first=begins, ids=tuple(row.id for row in rows))
        self._places[number] = known
        return Page(tuple(rows), begins, follows.after, more=number > 0)

    def _around(self, store: "Store", row: Line) -> Page[Line]:
        """Return the page with that row and the one that follows it."""
        found = [one for one in self._places if row.id in one.ids]
        page = self._read(store, found[0].after if found else None)
        if not page.more:
            return page
        more = self._read(store, page.last)
        return Page((*page.rows, *more.rows), page.first, more.last, more=more.more)


def _holds(page: Page[Line], id_: str) -> bool:
    return any(row.id == id_ for row in page.rows)
