"""Early: the first payments on the terminal while the console is still loading.

Drawn in the terminal's own colours, in the places where the list will be; the
console's first frame replaces it. Nothing here needs the toolkit.
"""

import os
from collections.abc import Iterator

from store.glance import Glance
from store.outcome import PaymentLine
from tui.widgets.columns import PAYMENTS, preview_width
from tui.widgets.sheet import EDGE, GUTTER, Column, lay_out
from tui.words.cells import GAP, plain
from tui.words.times import Times
from tui.words.zone import Zone

ENTER = "\x1b[?1049h"
"""Goes to the terminal's second screen, which leaves the first as it was."""
LEAVE = "\x1b[?25h\x1b[?1049l"
_HIDE_CURSOR, _BOLD, _QUIET, _PLAIN = "\x1b[?25l", "\x1b[1m", "\x1b[2m", "\x1b[m"
_ABOVE, _BELOW = 3, 2
"""Lines above the titles and below the rows that the console will fill."""


def drawn(seen: Glance, zone: Zone, size: os.terminal_size) -> str:
    """Return what to write for the first payments of a store."""
    width = size.columns - preview_width(size.columns)
    layout = lay_out(PAYMENTS, width - GUTTER - EDGE)
    times = Times(zone, seen.at)
    lines = [""] * _ABOVE
    lines[0] = f"{_BOLD} {plain(seen.mode.upper())} {_PLAIN}  Payments"
    lines.append(f"{_BOLD}{' ' * GUTTER}{layout.title}{_PLAIN}")
    room = max(0, size.lines - len(lines) - _BELOW)
    for row in seen.page.rows[:room]:
        cells = layout.texts(row, times)
        lines.append(" " * GUTTER + GAP.join(_quieted(cells, layout.columns)))
    return ENTER + _HIDE_CURSOR + "\x1b[H\x1b[2J" + "\r\n".join(lines)


def _quieted(
    cells: list[str], columns: tuple[tuple[Column[PaymentLine], int], ...]
) -> Iterator[str]:
    for text, (column, _) in zip(cells, columns, strict=True):
        yield f"{_QUIET}{text}{_PLAIN}" if column.quiet else text
