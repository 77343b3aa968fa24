"""DrawnRows: the lines of a window of rows, drawn one by one and only when changed."""

from collections.abc import Callable
from datetime import UTC, datetime

from textual import events
from textual.geometry import Region
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from store.outcome import PaymentLine
from tui.text import Zone
from tui.times import Times
from tui.widgets.columns import EDGE, GUTTER, lay_out
from tui.widgets.row import COMPONENTS, RowPainter
from tui.widgets.window import Window

HEADER = 1
NOTE_AT = 2
"""The line on which a note begins."""
_UNREAD = Times(Zone(), datetime.min.replace(tzinfo=UTC))
"""What times are drawn with before there are any."""


def _unknown() -> Times | None:
    return None


class DrawnRows(Widget, inherit_bindings=False):
    """What a list shows: titles, a window's rows, its cursor and its marks."""

    total: reactive[int | None] = reactive[int | None](None, init=False)
    """How many rows the whole list has, when that is known exactly."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.times: Callable[[], Times | None] = _unknown
        """Tells how times are read; asked anew for every list that is shown."""
        self._note: tuple[str, ...] = ()
        self._window = Window()
        self._cursor = 0
        self._top = 0
        self._skipped = 0
        self._marks: dict[str, PaymentLine] = {}
        self._painter: RowPainter | None = None

    @property
    def line(self) -> PaymentLine | None:
        """Return the payment under the cursor."""
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
        self._note = lines
        if not self._window.rows:
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

    def _redraw(self, index: int) -> None:
        line = HEADER + index - self._top
        if HEADER <= line < self.size.height:
            self.refresh(Region(0, line, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        """Draw one line: the titles, a payment, or why there is none."""
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
            marked=line.id in self._marks,
            thumb=thumb,
        )

    def _is_thumb(self, line: int) -> bool:
        """Tell whether that line shows where in the whole list one is."""
        before, total, page = self._window.rank, self.total, self._page
        if before is None or total is None or total <= page:
            return False
        size = max(1, page * page // total)
        start = (before + self._top) * (page - size) // (total - page)
        return min(start, page - size) <= line < min(start, page - size) + size

    def _paint(self) -> RowPainter:
        if self._painter is None:
            width = self.size.width
            styles = {
                name: self.get_component_rich_style(name, partial=name == "row--cursor")
                for name in COMPONENTS
            }
            self._painter = RowPainter(
                layout=lay_out(width - GUTTER - EDGE, self._skipped),
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
        self._painter = None

    def watch_total(self) -> None:
        """Draw only the thumb anew."""
        edge = self.size.width - EDGE
        self.refresh(Region(edge, HEADER, EDGE, self.size.height - HEADER))
