"""Window: the stretch of an ordered list that is held in memory, page by page."""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Generic

from store.lists.page import Cursor, Page
from tui.widgets.sheet import Line

MOST_PAGES = 5


class Place(Enum):
    """Where in the list a window begins."""

    FIRST = "first"
    LAST = "last"
    WITHIN = "within"


class Window(Generic[Line]):
    """Consecutive rows of a list that is too long to hold; never more than five pages.

    Rows keep their order; adding a page at one end may drop one at the other.
    """

    def __init__(self, version: Callable[[Line], int]) -> None:
        self._version = version
        self.rows: list[Line] = []
        self.more_before = False
        self.more_after = False
        self.rank: int | None = 0
        """How many rows precede the first one here; None when that is not known."""
        self._pages: list[Page[Line]] = []
        self._places: dict[str, int] = {}

    def start(self, page: Page[Line], place: Place, total: int | None = None) -> None:
        """Hold this page and nothing else; `total` is how long the list is."""
        self._pages = [page]
        self.more_before = place is Place.WITHIN or (place is Place.LAST and page.more)
        self.more_after = place is not Place.LAST and page.more
        self.rank = 0 if not self.more_before else None
        if place is Place.LAST and total is not None:
            self.rank = max(0, total - len(page.rows))
        self._gather()

    def append(self, page: Page[Line]) -> int:
        """Add the page that follows; return how far the kept rows have shifted."""
        self._pages.append(page)
        self.more_after = page.more
        dropped = 0
        if len(self._pages) > MOST_PAGES:
            dropped = len(self._pages.pop(0).rows)
            self.more_before = True
            if self.rank is not None:
                self.rank += dropped
        self._gather()
        return -dropped

    def prepend(self, page: Page[Line]) -> int:
        """Add the page that precedes; return how far the kept rows have shifted."""
        self._pages.insert(0, page)
        self.more_before = page.more
        if len(self._pages) > MOST_PAGES:
            self._pages.pop()
            self.more_after = True
        if not page.more:
            self.rank = 0
        elif self.rank is not None:
            self.rank = max(0, self.rank - len(page.rows))
        self._gather()
        return len(page.rows)

    def place(self, id_: str, before: int) -> None:
        """Learn how many rows of the whole list precede one of these."""
        if (index := self._places.get(id_)) is not None:
            self.rank = max(0, before - index)

    def replace(self, lines: Mapping[str, Line]) -> list[int]:
        """Put changed rows in the place of the old ones; return where."""
        changed: list[int] = []
        for id_, line in lines.items():
            index = self._places.get(id_)
            if index is not None and self.rows[index] != line:
                self.rows[index] = line
                changed.append(index)
        return changed

    def index(self, id_: str | None) -> int | None:
        """Return where the row of that id is, or None when it is not here."""
        return None if id_ is None else self._places.get(id_)

    @property
    def before(self) -> Cursor | None:
        """Return the place from which the list continues upwards."""
        return self._pages[0].first if self._pages else None

    @property
    def after(self) -> Cursor | None:
        """Return the place from which the list continues downwards."""
        return self._pages[-1].last if self._pages else None

    def before_page_of(self, index: int) -> Cursor | None:
        """Return the place after which the page with that row begins, if known."""
        previous: Page[Line] | None = None
        for page in self._pages:
            if index < len(page.rows):
                break
            index -= len(page.rows)
            previous = page
        return previous.last if previous else None

    def _gather(self) -> None:
        fresh = {line.id: line for line in self.rows}
        rows = [row for page in self._pages for row in page.rows]
        self.rows = [self._newer(fresh.get(row.id), row) for row in rows]
        self._places = {row.id: index for index, row in enumerate(self.rows)}

    def _newer(self, held: Line | None, read: Line) -> Line:
        if held and self._version(held) > self._version(read):
            return held
        return read
