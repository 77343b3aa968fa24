"""Cells: stored text as one safe line, in exactly the cells that it is given."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from store.visible import visible

NOTHING = "–"
"""What stands where there is nothing to show."""
GAP = "  "
"""What is at least between two cells of a row."""
LONGEST = 300
_MORE = "…"


def plain(text: str | None, limit: int = LONGEST) -> str:
    """Return stored text as one safe line; nothing at all becomes a dash."""
    return visible(text, limit) if text else NOTHING


def cells(text: str) -> int:
    """Return how many cells the terminal needs for the text."""
    return cell_len(text)


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Return the text in exactly `width` cells: padded, or cut with `…`."""
    room = width - cell_len(text)
    if room >= 0:
        return " " * room + text if right else text + " " * room
    if width <= 0:
        return ""
    cut = set_cell_size(text, width - 1)
    return f"{cut}{_MORE}"


@dataclass(frozen=True, slots=True)
class Cell:
    """A text, and how wide it stands in its row."""

    text: str
    width: int
    right: bool = False
    whole: bool = False
    """Whether it is never cut, as an amount: a part of it would be another one."""

    @property
    def needs(self) -> int:
        """Return how many cells the whole text takes."""
        return cell_len(self.text)

    def in_width(self, width: int) -> str:
        """Return the text in that many cells; what must be whole is there or is not."""
        text = _MORE if self.whole and self.needs > width else self.text
        return fit(text, width, right=self.right)


def spaced(cells: Sequence[Cell], *, grows: bool = False) -> list[str]:
    """Return the texts of a row, to be joined by `GAP`, together as wide as planned.

    What must be whole and is wider takes room from the cells beside it: first what
    they leave free, then what they show, but nothing of the first. A row that `grows`
    gets wider before anything in it is cut.
    """
    widths = [one.width for one in cells]
    for place, cell in enumerate(cells):
        missing = cell.needs - widths[place]
        if not cell.whole or missing <= 0:
            continue
        for giver, left in _givers(cells, place, cuts=not grows):
            given = max(0, min(missing, widths[giver] - left))
            widths[giver] -= given
            widths[place] += given
            missing -= given
        if grows:
            widths[place] += missing
    return [one.in_width(width) for one, width in zip(cells, widths, strict=True)]


def _givers(
    cells: Sequence[Cell], place: int, *, cuts: bool
) -> Iterator[tuple[int, int]]:
    """Return who gives room to a cell, in order, and how wide each stays at least."""
    beside = [*range(place - 1, -1, -1), *range(place + 1, len(cells))]
    for one in beside:
        yield one, cells[one].needs
    for one in beside if cuts else ():
        if one and not cells[one].whole:
            yield one, 1
