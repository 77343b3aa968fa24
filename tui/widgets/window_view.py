"""WindowView: a list of any length of which only a window is held and drawn."""

from asyncio import TimerHandle, get_running_loop
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Protocol

from textual import events
from textual.message import Message
from textual.worker import Worker

from store.errors import StoreError
from store.lists.page import PAGE_SIZE, Cursor, Page
from tui.widgets.drawn_rows import DrawnRows
from tui.widgets.sheet import Line, Sheet
from tui.widgets.window import Place

PAINTED = 0.005
"""Seconds after a key until what hangs on the cursor's row is told of it: the terminal
shows the cursor first."""
AHEAD = 60
"""How near to the end of the window the next page is asked for, in rows."""


class Fetch(Protocol[Line]):
    """Where the rows come from: a page of an ordered list, read in a thread.

    Raises:
        StoreError: When the page cannot be read.
    """

    async def __call__(
        self,
        *,
        after: Cursor | None = None,
        before: Cursor | None = None,
        around: Line | None = None,
        last: bool = False,
    ) -> Page[Line]:
        """Return the page after or before a place, from a row on, the last, the first.

        `around` begins at that row when the list has it, else where it would be.
        """


class WindowView(DrawnRows[Line], can_focus=True, inherit_bindings=False):
    """The mechanics of a virtual list: what is read, when, and where the cursor is.

    The cursor is on a row, not on a place: it stays there when rows come, go or change.
    """

    @dataclass
    class Highlighted(Message):
        """The cursor came to another row, or the list became empty."""

        id: str | None

    @dataclass
    class Loaded(Message):
        """Another list is on the screen."""

        empty: bool
        came: int = 0
        """How many rows are above the cursor that were not there before."""

    @dataclass
    class LoadFailed(Message):
        """Rows could not be read; what was on the screen still is."""

        error: StoreError

    def __init__(
        self,
        sheet: Sheet[Line],
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        super().__init__(sheet, id)
        self._fetch: Fetch[Line] | None = None
        self._owed = 0
        self._asked: int | None = None
        self._tickets = count(1)
        self._saying: TimerHandle | None = None

    @property
    def holds_top(self) -> bool:
        """Tell whether the list begins with the first row that is held."""
        return not self._window.more_before

    @property
    def top(self) -> Cursor | None:
        """Return the place of the first row that is held; None where there is none."""
        return self._window.before

    @property
    def whole(self) -> int | None:
        """Return how long the list is where all of it is held, else None."""
        held = self._window
        return None if held.more_before or held.more_after else len(held.rows)

    def show(self, fetch: Fetch[Line], around: Line | None = None) -> None:
        """Show another list from its top, or from where `around` is in it."""
        self._fetch = fetch
        self._begin(Place.WITHIN if around else Place.FIRST, around)

    def begin_with(self, page: Page[Line], total: int) -> None:
        """Show the first rows before anybody has asked for them."""
        self.total = total
        self._window.start(page, Place.FIRST)
        self.redraw()

    def reload(self, came: int = 0) -> None:
        """Read the same list again and draw it anew; the cursor stays on its row.

        A cursor at the top of the list stays at the top: what came is under it.
        `came` is how many rows are known to have come above.
        """
        self.redraw()
        if not self._window.more_before and self._cursor == 0:
            self._begin(Place.FIRST, keep=False, stay=True)
        else:
            self.look_again(came)

    def look_again(self, came: int = 0) -> None:
        """Read the same list again; no row that came moves the cursor or the view."""
        window = self._window
        if window.more_before or self._top or came + self._page > PAGE_SIZE:
            self._begin(Place.WITHIN, window.rows[self._top], stay=True)
        else:
            self._begin(Place.FIRST, stay=True)

    async def show_newest(self, is_it: Callable[[Line], bool]) -> None:
        """Read a list whose newest rows are on top; put the cursor on what is meant.

        Where the list does not hold it, the cursor stays on its row.
        """
        self._asked = ticket = next(self._tickets)
        page = await self._read(ticket)
        if page is None:
            return
        found = [index for index, row in enumerate(page.rows) if is_it(row)]
        if not found:
            self.look_again()
            return
        self._window.start(page, Place.FIRST, self.total)
        self._cursor, self._top, self._owed = found[0], 0, 0
        self._follow()
        self.redraw()
        self.post_message(self.Loaded(empty=False))
        self._say_where()
        self._ask_ahead()

    def renew(self, lines: Mapping[str, Line]) -> None:
        """Draw rows that have changed, in place."""
        self._redraw(*self._window.replace(lines))

    # Moving.

    def _move(self, delta: int) -> None:
        rows = self._window.rows
        if not rows:
            return
        wanted = self._cursor + delta
        cursor = min(max(wanted, 0), len(rows) - 1)
        more = self._window.more_after if delta > 0 else self._window.more_before
        self._owed = wanted - cursor if more else 0
        old, old_top = self._cursor, self._top
        self._cursor = cursor
        self._follow(delta)
        if self._top != old_top:
            self.refresh()
        elif old != cursor:
            self._redraw(old, cursor)
        if old != cursor and self._saying is None:
            self._saying = get_running_loop().call_later(PAINTED, self._say_where)
        self._ask_ahead()

    def _say_where(self) -> None:
        if self._saying:
            self._saying.cancel()
            self._saying = None
        self.post_message(self.Highlighted(self.line.id if self.line else None))

    # Reading.

    def _begin(
        self,
        place: Place,
        around: Line | None = None,
        *,
        keep: bool = True,
        stay: bool = False,
    ) -> None:
        self._asked = ticket = next(self._tickets)
        reading = partial(self._read_anew, ticket, place, around, keep=keep, stay=stay)
        self._run(reading)

    async def _read_anew(
        self,
        ticket: int,
        place: Place,
        around: Line | None,
        *,
        keep: bool,
        stay: bool,
    ) -> None:
        """Show a list; `stay` keeps the cursor's place where its row is gone."""
        page = await self._read(ticket, around=around, last=place is Place.LAST)
        if page is None:
            return
        if place is Place.WITHIN and not page.rows:
            self._begin(Place.FIRST)
            return
        kept, on_line = self.line if keep else None, self._cursor - self._top
        before = (self._window.rows, self._cursor, self._top) if stay else None
        self._window.start(page, place, self.total)
        index = self._window.index(kept.id if kept else None)
        last = max(0, len(page.rows) - 1)
        came = index - self._cursor if stay and keep and index is not None else 0
        if index is None and stay:
            index = min(on_line, last)
        self._cursor = (last if place is Place.LAST else 0) if index is None else index
        self._top = max(0, self._cursor - on_line)
        self._owed = 0
        self._follow()
        if before != (self._window.rows, self._cursor, self._top):
            self.redraw()
        self.post_message(self.Loaded(not page.rows, max(0, came)))
        self._say_where()
        self._ask_ahead()

    def _run(self, reading: Callable[[], Coroutine[None, None, None]]) -> None:
        """Begin to read in place of what is being read."""
        _: Worker[None] = self.run_worker(reading, group="read", exclusive=True)

    def _ask_ahead(self) -> None:
        """Ask for the page that the cursor is coming near to, one at a time."""
        if self._asked is not None:
            return
        window, near = self._window, AHEAD + self._page
        if window.more_after and len(window.rows) - self._cursor < near:
            forward = True
        elif window.more_before and self._cursor < near:
            forward = False
        else:
            return
        self._asked = next(self._tickets)
        reading = partial(self._read_on, self._asked, forward=forward)
        self._run(reading)

    async def _read_on(self, ticket: int, *, forward: bool) -> None:
        window = self._window
        after, before = (window.after, None) if forward else (None, window.before)
        page = await self._read(ticket, after=after, before=before)
        if page is None:
            return
        shift = window.append(page) if forward else window.prepend(page)
        self._cursor += shift
        self._top += shift
        if self._owed:
            self._move(self._owed)
        elif len(window.rows) - abs(shift) < self._page:
            self._follow()
            self.refresh()
        self._ask_ahead()

    async def _read(
        self,
        ticket: int,
        *,
        after: Cursor | None = None,
        before: Cursor | None = None,
        around: Line | None = None,
        last: bool = False,
    ) -> Page[Line] | None:
        """Return the page, or None when it failed or somebody asked for another."""
        if (fetch := self._fetch) is None:
            return None
        try:
            page = await fetch(after=after, before=before, around=around, last=last)
        except StoreError as error:
            if ticket == self._asked:
                self._asked = None
                self.post_message(self.LoadFailed(error))
            return None
        if ticket != self._asked:
            return None
        self._asked = None
        return page

    def on_resize(self, _: events.Resize) -> None:
        """Read as many rows as there is room for now."""
        self._ask_ahead()
