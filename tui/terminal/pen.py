"""Pen: goes from place to place and from style to style in the fewest bytes."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style

from tui.terminal.at_once import LinesUpdate

_RESET = "\x1b[0m"
_NO_FORE, _NO_BACK = "39", "49"
_BEGUN = ("", _NO_FORE, _NO_BACK)
Look = tuple[str, str, str]
"""The codes of attributes, of the letters' colour and of the colour behind them."""


@lru_cache(maxsize=2048)
def look_of(style: Style, system: ColorSystem) -> Look:
    """Return the codes of a style, each kind by itself."""
    drawn = style.without_color.render("x", color_system=system)
    attributes = drawn[2 : drawn.index("m")] if drawn.startswith("\x1b[") else ""
    fore, back = style.color, style.bgcolor
    return (
        attributes,
        ";".join(fore.downgrade(system).get_ansi_codes()) if fore else _NO_FORE,
        ";".join(back.downgrade(system).get_ansi_codes(foreground=False))
        if back
        else _NO_BACK,
    )


class Pen:
    """Where the terminal's writing stands, and in which style it writes."""

    def __init__(self, system: ColorSystem) -> None:
        self._system = system
        self._look = _BEGUN
        self._column = self._line = -1

    def go(self, column: int, line: int) -> str:
        """Return what goes to a place."""
        before = (self._column, self._line)
        self._column, self._line = column, line
        if before == (column, line):
            return ""
        if before[1] == line and 0 <= before[0] < column:
            return f"\x1b[{column - before[0]}C"
        return f"\x1b[{line + 1};{column + 1}H" if column else f"\x1b[{line + 1}H"

    def draw(self, segments: Iterable[Segment], width: int) -> str:
        """Return what draws text of that width from where it stands."""
        self._column += width
        return "".join(
            self._change(style or Style.null()) + text for text, style, _ in segments
        )

    def _change(self, style: Style) -> str:
        look, before = look_of(style, self._system), self._look
        if look == before:
            return ""
        self._look = look
        if before[0] in {look[0], ""}:
            codes = [now for now, was in zip(look, before, strict=True) if now != was]
        else:
            wanted = zip(look, _BEGUN, strict=True)
            codes = ["0", *(now for now, was in wanted if now != was)]
        return f"\x1b[{';'.join(codes)}m"

    def rest(self) -> str:
        """Return what ends the writing in no style at all."""
        return "" if self._look == _BEGUN else _RESET


@dataclass(frozen=True, slots=True)
class SparseUpdate(LinesUpdate):
    """Parts of lines, sent in the fewest bytes."""

    def render_segments(self, console: Console) -> str:
        """Return what the terminal is sent."""
        pen = Pen(console._color_system or ColorSystem.TRUECOLOR)  # noqa: SLF001 - as the toolkit's own lines ask
        sent = [
            pen.go(x, y) + pen.draw(strip, strip.cell_length)
            for x, y, strip in self.lines
        ]
        return "".join((*sent, pen.rest()))
