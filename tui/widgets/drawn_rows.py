"""DrawnRows: the lines of a window of rows, drawn one by one and only when changed."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Generic

from textual import events
from textual.geometry import Region
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.terminal.at_once import paint
from tui.text import Zone
from tui.widgets.row import COMPONENTS, RowPainter
from tui.widgets.sheet import EDGE, GUTTER, Line, Sheet, lay_out
from tui.widgets.window import Window
from tui.words.times import Times

HEADER = 1
NOTE_AT = 2
"""The line on which a note begins."""
_UNREAD = Times(Zone(), datetime.min.replace(tzinfo=UTC))
"""What times are drawn with before there are any."""


def _unknown() -> Times | None:
    return None


class DrawnRows(Widget, Generic[Line], inherit_bindings=False):
    """What a list shows: titles, a window's rows, its cursor and its marks."""

    total: reactive[int | None] = reactive[int | None](None, init=False)
    """How many rows the whole list has, when that is known exactly."""

    def __init__(
        self,
        sheet: Sheet[Line],
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        super().__init__(id=id)
        self.sheet = sheet
        """What the rows show."""
        self.times: Callable[[], Times | None] = _unknown
        """Tells how times are read; asked anew for every list that is shown."""
        self._note: tuple[str, ...] = ()
        self._window = Window(sheet.version)
        self._cursor = 0
        self._top = 0
        self._skipped = 0
        self._painter: RowPainter[Line] | None = None
        self._drawn: int | None = None

    @property
    def line(self) -> Line | None:
        """Return the row under the cursor."""
        rows = self._window.rows
        return rows[self._cursor] if self._cursor < len(rows) else None

    @property
    def rank(self) -> int | None:
        """Return the cursor's place in the whole list from 0, if it is known."""
        before = self._window.rank
        return None if before is None or not self.line else before + self._cursor

    def explain(self, *lines: str) -> None:
        """Say why there are no rows, in lines of our own words."""
        longest = max(len(lines), len(self._note))
        said, self._note = self._note, lines
        if not self._window.rows and lines != said:
            self.refresh(Region(0, NOTE_AT, self.size.width, longest))

    @property
    def _page(self) -> int:
        return max(1, self.size.height - HEADER)

    def _follow(self, delta: int = 0) -> None:
        """Scroll until the cursor is seen: by half a page, so that less is sent."""
        page = self._page
        if abs(delta) > 1 and abs(delta) >= page // 2:
            self._top += delta
        if not self._top <= self._cursor < self._top + page:
            self._top = self._cursor - page // 2
        self._top = max(0, min(self._top, len(self._window.rows) - page))

    def _redraw(self, *indexes: int) -> None:
        lines = [HEADER + index - self._top for index in indexes]
        seen = [line for line in lines if HEADER <= line < self.size.height]
        if seen and not paint(self, seen):
            self.refresh(*(Region(0, line, self.size.width, 1) for line in seen))

    def render_line(self, y: int) -> Strip:
        """Draw one line: the titles, a row, or why there is none."""
        painter = self._paint()
        rows = self._window.rows
        if y < HEADER:
            return painter.titles()
        if not rows:
            place = y - NOTE_AT
            text = self._note[place] if 0 <= place < len(self._note) else ""
            return painter.note(text, strong=place == 0)
        index = self._top + y - HEADER
        thumb = self._is_thumb(y - HEADER)
        if not 0 <= index < len(rows):
            return painter.blank(thumb=thumb)
        line = rows[index]
        return painter.row(
            line,
            cursor=index == self._cursor,
            sign=self._sign(index),
            thumb=thumb,
        )

    def _sign(self, index: int) -> str:
        """Return what stands beside the cursor of a row: one cell."""
        del index
        return " "

    def _is_thumb(self, line: int) -> bool:
        """Tell whether that line shows where in the whole list one is."""
        return line in self._thumb(self.total)

    def _thumb(self, total: int | None) -> range:
        """Return the lines of the thumb in a list of that length."""
        before, page = self._window.rank, self._page
        if before is None or total is None or total <= page:
            return range(0)
        size = max(1, page * page // total)
        start = (before + self._top) * (page - size) // (total - page)
        return range(min(start, page - size), min(start, page - size) + size)

    def _paint(self) -> RowPainter[Line]:
        if self._painter is None:
            width = self._drawn = self.size.width
            styles = {
                name: self.get_component_rich_style(name, partial=name == "row--cursor")
                for name in COMPONENTS
            }
            self._painter = RowPainter(
                sheet=self.sheet,
                layout=lay_out(self.sheet, width - GUTTER - EDGE, self._skipped),
                width=width,
                times=self.times() or _UNREAD,
                base=self.rich_style,
                styles=styles,
            )
        return self._painter

    def redraw(self) -> None:
        """Draw every line anew, with times as they are read now."""
        self._painter = None
        self.refresh()

    def notify_style_update(self) -> None:
        """Draw with the colours of the theme that is on now."""
        super().notify_style_update()
        self._painter = None

    def on_resize(self, _: events.Resize) -> None:
        """Draw what fits now; the cursor stays in sight."""
        self._follow()
        # What was drawn between the new size and this message had the old columns.
        if self._drawn not in {None, self.size.width}:
            self.redraw()

    def watch_total(self, old: int | None, new: int | None) -> None:
        """Draw the lines anew on which the thumb comes or goes, and no others."""
        self._move_thumb(self._thumb(old), self._thumb(new))

    def place(self, id_: str, before: int) -> None:
        """Show where one is, once it is known how many rows precede one of these."""
        old = self._thumb(self.total)
        self._window.place(id_, before)
        self._move_thumb(old, self._thumb(self.total))

    def _move_thumb(self, old: range, new: range) -> None:
        if moved := set(old) ^ set(new):
            lines = (Region(0, HEADER + y, self.size.width, 1) for y in moved)
            self.refresh(*lines)
