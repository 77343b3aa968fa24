"""Columns: what a row of the payments shows, by priority, in exact widths."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from store.money import Money
from store.outcome import PaymentLine
from tui.method import brief as brief_method
from tui.status import BADGES
from tui.text import NOTHING, Zone, brief, fit, plain
from tui.zone import distance

GAP = "  "


@dataclass(frozen=True, slots=True)
class Reading:
    """How times are read while rows are drawn."""

    zone: Zone
    now: datetime


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, its width, and what of a payment it shows."""

    title: str
    width: int
    value: Callable[[PaymentLine, Reading], str]
    right: bool = False
    quiet: bool = False
    """Whether it is drawn in the muted colour."""


def _status(line: PaymentLine, _: Reading) -> str:
    return BADGES[line.badge].tag


def _amount(line: PaymentLine, _: Reading) -> str:
    return str(line.money)


def _refunded(line: PaymentLine, _: Reading) -> str:
    if line.refunded:
        return line.refunded.digits()
    if line.failed_refunds:
        return f"failed {Money(line.failed_refunds, line.money.currency).digits()}"
    return NOTHING


def _customer(line: PaymentLine, _: Reading) -> str:
    return plain(line.customer)


def _method(line: PaymentLine, _: Reading) -> str:
    return brief_method(line.method)


def _created(line: PaymentLine, reading: Reading) -> str:
    return brief(line.created, reading.zone, reading.now)


def _by(line: PaymentLine, reading: Reading) -> str:
    if line.expires_at and not line.actor:
        return f"exp {distance(line.expires_at, reading.now)}"
    return plain(line.actor)


def _id(line: PaymentLine, _: Reading) -> str:
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
