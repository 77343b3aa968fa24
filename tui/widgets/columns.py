"""Columns: what a row of the payments shows, by priority, in exact widths."""

from collections.abc import Callable
from dataclasses import dataclass

from store.money import Money
from store.outcome import PaymentLine
from tui.cells import NOTHING, fit, plain
from tui.method import brief as brief_method
from tui.status import BADGES
from tui.times import Times
from tui.zone import brief, distance

GAP = "  "


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, its width, and what of a payment it shows."""

    title: str
    width: int
    value: Callable[[PaymentLine, Times], str]
    right: bool = False
    quiet: bool = False
    """Whether it is drawn in the muted colour."""


def _status(line: PaymentLine, _: Times) -> str:
    return BADGES[line.badge].tag


def _amount(line: PaymentLine, _: Times) -> str:
    return str(line.money)


def _refunded(line: PaymentLine, _: Times) -> str:
    if line.refunded:
        return line.refunded.digits()
    if line.failed_refunds:
        return f"failed {Money(line.failed_refunds, line.money.currency).digits()}"
    return NOTHING


def _customer(line: PaymentLine, _: Times) -> str:
    return plain(line.customer)


def _method(line: PaymentLine, _: Times) -> str:
    return brief_method(line.method)


def _created(line: PaymentLine, times: Times) -> str:
    return brief(line.created, times.zone, times.now)


def _by(line: PaymentLine, times: Times) -> str:
    if line.expires_at and not line.actor:
        return f"exp {distance(line.expires_at, times.now)}"
    return plain(line.actor)


def _id(line: PaymentLine, _: Times) -> str:
    return plain(line.id)


FIXED = (
    Column("STATUS", 6, _status),
    Column("AMOUNT", 14, _amount, right=True),
)
"""The columns that are always there."""
CUSTOMER = Column("CUSTOMER", 14, _customer)
"""The column that takes what room is left."""
FURTHER = (
    Column("REFUNDED", 12, _refunded, right=True),
    CUSTOMER,
    Column("METHOD", 10, _method, quiet=True),
    Column("CREATED", 9, _created, quiet=True),
    Column("BY", 8, _by, quiet=True),
    Column("ID", 27, _id, quiet=True),
)
"""The columns that come after them as far as there is room, in order of priority."""
WIDEST_CUSTOMER = 40
GUTTER = 3
"""Cells for the cursor and the mark, in front of the columns."""
EDGE = 1
"""Cells for the thumb that shows where in the list one is, behind the columns."""
ROOM_FOR_PREVIEW = 120
"""From how many cells on the payment under the cursor is shown beside the list."""
_LEAST_PREVIEW, _MOST_PREVIEW = 41, 64


def preview_width(width: int) -> int:
    """Return how much of a screen's width the preview takes."""
    if width < ROOM_FOR_PREVIEW:
        return 0
    return min(max(width // 3, _LEAST_PREVIEW), _MOST_PREVIEW)


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns that fit a width, each with the width it got."""

    columns: tuple[tuple[Column, int], ...]
    hidden: int
    """How many further columns there is no room for."""

    @property
    def title(self) -> str:
        """Return the line of titles."""
        return GAP.join(
            fit(column.title, width, right=column.right)
            for column, width in self.columns
        )


def lay_out(width: int, skipped: int = 0) -> Layout:
    """Return the columns that fit, with the first `skipped` further ones left out."""
    used = sum(column.width for column in FIXED) + len(GAP) * (len(FIXED) - 1)
    chosen = [*FIXED]
    rest = FURTHER[skipped:]
    for column in rest:
        needed = len(GAP) + column.width
        if used + needed > width:
            break
        chosen.append(column)
        used += needed
    spare = max(0, width - used)
    return Layout(
        tuple((column, _stretched(column, spare)) for column in chosen),
        len(rest) - (len(chosen) - len(FIXED)),
    )


def _stretched(column: Column, spare: int) -> int:
    if column is not CUSTOMER:
        return column.width
    return min(column.width + spare, WIDEST_CUSTOMER)
