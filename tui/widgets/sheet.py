"""Sheet: what the rows of one kind of list can show, by priority, in exact widths."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

from tui.words.cells import GAP, Cell, fit, spaced
from tui.words.times import Times

GUTTER = 3
"""Cells for the cursor and the mark, in front of the columns."""
EDGE = 1
"""Cells for the thumb that shows where in the list one is, behind the columns."""


class Identified(Protocol):
    """Anything that a list can hold: it goes by an id of its own."""

    @property
    def id(self) -> str:
        """Return the id; no two rows of a list have the same."""


Line = TypeVar("Line", bound=Identified)


def _unchanging(_: object) -> int:
    return 0


@dataclass(frozen=True, slots=True)
class Column(Generic[Line]):
    """One column: its title, its width, and what of a row it shows."""

    title: str
    width: int
    value: Callable[[Line, Times], str]
    right: bool = False
    quiet: bool = False
    """Whether it is drawn in the muted colour."""
    whole: bool = False
    """Whether its texts are never cut, as amounts."""


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Line]):
    """The columns of one kind of row; the first one carries the row's colour."""

    fixed: tuple[Column[Line], ...]
    """The columns that are always there."""
    further: tuple[Column[Line], ...]
    """Those that come after them as far as there is room, in order of priority."""
    stretched: Column[Line]
    """The column that takes what room is left."""
    widest: int
    """How wide it gets at most."""
    variable: Callable[[Line], str]
    """The theme variable of a row's state."""
    version: Callable[[Line], int] = _unchanging
    """A number that grows with each change of a row."""


@dataclass(frozen=True, slots=True)
class Layout(Generic[Line]):
    """The columns that fit a width, each with the width it got."""

    columns: tuple[tuple[Column[Line], int], ...]
    hidden: int
    """How many further columns there is no room for."""

    @property
    def title(self) -> str:
        """Return the line of titles."""
        return GAP.join(
            fit(column.title, width, right=column.right)
            for column, width in self.columns
        )

    def texts(self, line: Line, times: Times) -> list[str]:
        """Return what the columns show of a row, together as wide as the titles."""
        return spaced(
            [
                Cell(column.value(line, times), width, column.right, column.whole)
                for column, width in self.columns
            ]
        )


def of_titles(sheet: Sheet[Line], titles: tuple[str, ...]) -> Sheet[Line]:
    """Return the sheet with these further columns in this order; none means all.

    A title that no column has, as an older settings file may hold, is left out.
    """
    known = {column.title: column for column in sheet.further}
    chosen = tuple(known[title] for title in titles if title in known)
    return replace(sheet, further=chosen) if chosen else sheet


def lay_out(sheet: Sheet[Line], width: int, skipped: int = 0) -> Layout[Line]:
    """Return the columns that fit, with the first `skipped` further ones left out."""
    fixed = sheet.fixed
    used = sum(column.width for column in fixed) + len(GAP) * (len(fixed) - 1)
    chosen = [*fixed]
    rest = sheet.further[skipped:]
    for column in rest:
        needed = len(GAP) + column.width
        if used + needed > width:
            break
        chosen.append(column)
        used += needed
    spare = max(0, width - used)
    return Layout(
        tuple((column, _stretched(sheet, column, spare)) for column in chosen),
        len(rest) - (len(chosen) - len(fixed)),
    )


def _stretched(sheet: Sheet[Line], column: Column[Line], spare: int) -> int:
    if column is not sheet.stretched:
        return column.width
    return min(column.width + spare, sheet.widest)
