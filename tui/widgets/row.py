"""Row: one row of a list drawn as one line of exact width."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Generic

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.status import VARIABLES
from tui.widgets.sheet import EDGE, GUTTER, Layout, Line, Sheet
from tui.words.cells import GAP, fit
from tui.words.times import Times

CURSOR, MARK, RANGED = "▸", "●", "┃"
THUMB = "▐"
PARTS = ("title", "quiet", "cursor", "gutter", "note", "thumb")
COMPONENTS = (*(f"row--{part}" for part in PARTS), *VARIABLES)
"""The component classes that a table of such rows must style."""


@dataclass(frozen=True, slots=True)
class RowPainter(Generic[Line]):
    """Draws lines of one layout in one theme; the same row looks the same."""

    sheet: Sheet[Line]
    layout: Layout[Line]
    width: int
    times: Times
    base: Style
    styles: Mapping[str, Style]
    """A style for each of the component classes."""

    def row(self, line: Line, *, cursor: bool, sign: str, thumb: bool) -> Strip:
        """Return the line of a row."""
        first, *others = self.layout.texts(line, self.times)
        gutter = f"{CURSOR if cursor else ' '}{sign} "
        styles = self.styles
        parts = [
            (gutter, styles["row--gutter"]),
            (first + GAP, styles[self.sheet.variable(line)]),
        ]
        columns = [column for column, _ in self.layout.columns[1:]]
        apart = [text + GAP for text in others[:-1]] + others[-1:]
        drawn = zip(columns, apart, strict=True)
        for quiet, run in groupby(drawn, lambda one: one[0].quiet):
            text = "".join(text for _, text in run)
            parts.append((text, styles["row--quiet"] if quiet else self.base))
        return self._strip(parts, cursor=cursor, thumb=thumb)

    def titles(self) -> Strip:
        """Return the line of column titles; `▸` says that there are more columns."""
        style = self.styles["row--title"]
        title = fit(self.layout.title, self.width - GUTTER - EDGE)
        more = CURSOR if self.layout.hidden else " "
        return Strip(
            [Segment(" " * GUTTER, style), Segment(title + more, style)], self.width
        )

    def note(self, text: str, *, strong: bool) -> Strip:
        """Return a line that says why there are no rows."""
        style = self.styles["row--note" if strong else "row--quiet"]
        words = fit(text, self.width - GUTTER)
        return Strip([Segment(" " * GUTTER, style), Segment(words, style)], self.width)

    def blank(self, *, thumb: bool) -> Strip:
        """Return an empty line."""
        return self._strip([], cursor=False, thumb=thumb)

    def _strip(
        self, parts: list[tuple[str, Style]], *, cursor: bool, thumb: bool
    ) -> Strip:
        lit = self.styles["row--cursor"]
        segments = [
            Segment(text, _lit(style, self.base, lit) if cursor else style)
            for text, style in parts
        ]
        strip = Strip(segments).adjust_cell_length(
            self.width - EDGE, lit if cursor else self.base
        )
        edge = Segment(THUMB if thumb else " ", self.styles["row--thumb"])
        return Strip([*strip, edge], self.width)


def _lit(style: Style, base: Style, cursor: Style) -> Style:
    """Return the style under the cursor: a status keeps its colour where it can."""
    if style == base or cursor.reverse:
        return cursor
    return style + cursor + Style(color=style.color)
