"""Sparing: of a frame the terminal is sent what it does not show already.

The toolkit sends every line of whatever was repainted; over a slow line most of that
is what stands there anyway.
"""

from collections.abc import Iterable, Iterator

from rich.cells import get_character_cell_size
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.geometry import Size
from textual.strip import Strip

from tui.terminal.at_once import LinesUpdate
from tui.terminal.pen import SparseUpdate

Cell = tuple[str, Style]
"""What stands in a cell, and how; nothing stands in the second half of a wide one."""
Piece = tuple[int, int, Iterable[Segment]]
"""Column, line and what is drawn from there on."""
_NEAR = 8
"""Cells between two changes that cost less than going there anew."""
_PLAIN = Style.null()


class Canvas:
    """What the terminal shows, by all that it was sent."""

    def __init__(self) -> None:
        self._size = Size(0, 0)
        self._lines: list[list[Cell | None]] = []
        self._looks: dict[Style, tuple[Style, Style]] = {}

    def forget(self) -> None:
        """Take nothing for known any more: the next frame is sent whole."""
        self._size = Size(0, 0)

    def changed(self, update: CompositorUpdate, size: Size) -> CompositorUpdate | None:
        """Return what of an update the terminal does not show, and take it as shown.

        None is returned where it shows all of it.

        Args:
            update: What is to be drawn.
            size: The terminal's.
        """
        pieces = _pieces(update)
        if pieces is None:
            self.forget()
            return update
        if size != self._size:
            self._size = size
            self._lines = [[None] * size.width for _ in range(size.height)]
        touched: dict[int, list[Cell | None]] = {}
        for x, y, segments in pieces:
            if 0 <= y < size.height:
                line = touched.setdefault(y, list(self._lines[y]))
                self._draw(line, x, segments)
        lines: list[tuple[int, int, Strip]] = []
        for y, line in sorted(touched.items()):
            for start, end in _runs(self._lines[y], line):
                lines.append((start, y, _strip(line[start:end])))
            self._lines[y] = line
        return SparseUpdate(lines) if lines else None

    def _draw(
        self, line: list[Cell | None], x: int, segments: Iterable[Segment]
    ) -> None:
        for text, style, control in segments:
            if control:
                continue
            look, blank = self._look(style)
            for letter in text:
                if letter == " ":
                    if 0 <= x < len(line):
                        line[x] = (letter, blank)
                    x += 1
                    continue
                wide = 1 if letter.isascii() else get_character_cell_size(letter)
                if wide == 0:
                    before = line[x - 1] if 0 < x <= len(line) else None
                    if before:
                        line[x - 1] = (before[0] + letter, before[1])
                    continue
                if x >= 0 and x + wide <= len(line):
                    line[x] = (letter, look)
                    if wide > 1:
                        line[x + 1] = ("", look)
                x += wide

    def _look(self, style: Style | None) -> tuple[Style, Style]:
        """Return what is seen of a style in a letter, and in a blank."""
        if style is None:
            return _PLAIN, _PLAIN
        looks = self._looks.get(style)
        if looks is None:
            look = style.clear_meta_and_links()
            blank = look if _lined(look) else Style(bgcolor=look.bgcolor)
            looks = self._looks[style] = (look, blank)
        return looks


def _pieces(update: CompositorUpdate) -> Iterator[Piece] | None:
    """Return what an update draws; None of one that cannot be taken apart."""
    match update:
        case LinesUpdate():
            return iter(update.lines)
        case LayoutUpdate():
            return _of_layout(update)
        case ChopsUpdate():
            return _of_chops(update)
    return None


def _of_layout(update: LayoutUpdate) -> Iterator[Piece]:
    for y, strips in enumerate(update.strips, update.region.y):
        x = update.region.x
        for strip in strips:
            yield x, y, strip
            x += strip.cell_length


def _of_chops(update: ChopsUpdate) -> Iterator[Piece]:
    for y, start, stop in update.spans:
        for end, (x, strip) in zip(
            update.chop_ends[y], update.chops[y].items(), strict=False
        ):
            if strip is not None and x <= stop and end > start:
                yield x, y, strip.crop(0, min(end, stop) - x)


def _runs(
    before: list[Cell | None], after: list[Cell | None]
) -> Iterator[tuple[int, int]]:
    """Yield from where to where a line differs; what lies near each other is one."""
    start = end = -1
    for x, (old, new) in enumerate(zip(before, after, strict=True)):
        if new is None or old == new:
            continue
        if start < 0:
            start, end = x, x + 1
        elif x - end <= _NEAR and None not in after[end:x]:
            end = x + 1
        else:
            yield _whole(after, start, end)
            start, end = x, x + 1
    if start >= 0:
        yield _whole(after, start, end)


def _whole(line: list[Cell | None], start: int, end: int) -> tuple[int, int]:
    """Widen a run to whole words, for whoever hears or searches what comes."""
    while start > 0 and _is_letter(line[start - 1]):
        start -= 1
    while end < len(line) and _is_letter(line[end]):
        end += 1
    return start, end


def _is_letter(cell: Cell | None) -> bool:
    return cell is not None and cell[0] != " "


def _lined(look: Style) -> bool:
    """Tell whether a style shows on a blank, besides the colour behind it."""
    return bool(look.underline or look.reverse or look.strike or look.overline)


def _strip(cells: Iterable[Cell | None]) -> Strip:
    """Return cells as a strip; a blank takes the style of what stands before it."""
    segments: list[Segment] = []
    text, look = "", _PLAIN
    for letter, wanted in filter(None, cells):
        same = wanted is look or (
            letter == " "
            and wanted.bgcolor == look.bgcolor
            and not (_lined(look) or _lined(wanted))
        )
        if not same:
            if text:
                segments.append(Segment(text, look))
            text, look = "", wanted
        text += letter
    if text:
        segments.append(Segment(text, look))
    return Strip(segments)
