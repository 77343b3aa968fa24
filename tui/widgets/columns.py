"""Columns: what a row of the payments shows, by priority."""

from store.money import Money
from store.outcome import PaymentLine
from tui.status import BADGES
from tui.widgets.sheet import Column, Sheet
from tui.words.cells import NOTHING, plain
from tui.words.method import brief as brief_method
from tui.words.times import Times
from tui.words.zone import brief, distance


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
    Column("AMOUNT", 14, _amount, right=True, whole=True),
)
"""The columns that are always there."""
CUSTOMER = Column("CUSTOMER", 14, _customer)
"""The column that takes what room is left."""
FURTHER = (
    Column("REFUNDED", 12, _refunded, right=True, whole=True),
    CUSTOMER,
    Column("METHOD", 10, _method, quiet=True),
    Column("CREATED", 9, _created, quiet=True),
    Column("BY", 8, _by, quiet=True),
    Column("ID", 27, _id, quiet=True),
)
"""The columns that come after them as far as there is room, in order of priority."""
TITLES = tuple(column.title for column in FURTHER)
"""The titles of the columns that can be chosen."""
WIDEST_CUSTOMER = 40


def _variable(line: PaymentLine) -> str:
    return BADGES[line.badge].variable


def _version(line: PaymentLine) -> int:
    return line.version


PAYMENTS = Sheet(FIXED, FURTHER, CUSTOMER, WIDEST_CUSTOMER, _variable, _version)
"""What the list of payments shows."""
ROOM_FOR_PREVIEW = 120
"""From how many cells on the payment under the cursor is shown beside the list."""
_LEAST_PREVIEW, _MOST_PREVIEW = 41, 64


def preview_width(width: int) -> int:
    """Return how much of a screen's width the preview takes."""
    if width < ROOM_FOR_PREVIEW:
        return 0
    return min(max(width // 3, _LEAST_PREVIEW), _MOST_PREVIEW)
