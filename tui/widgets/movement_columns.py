"""Movement columns: what a row of the balance's movements shows, by priority."""

from store.money import Money
from store.outcome import Movement
from tui.status import BAD, DISPUTE, GOOD, PART, QUIET, WAITS
from tui.widgets.sheet import Column, Sheet
from tui.words.cells import NOTHING, plain
from tui.words.names import short
from tui.words.times import Times
from tui.words.zone import brief

KINDS: dict[str, tuple[str, str]] = {
    "charge": ("● charge", GOOD),
    "refund": ("↩ refund", PART),
    "refund_failure": ("✗ returned", BAD),
    "topup": ("▲ top-up", GOOD),
    "payout": ("▼ payout", QUIET),
    "dispute": ("⚑ dispute", DISPUTE),
    "dispute_reversal": ("⚐ disp. won", GOOD),
    "transfer": ("▼ transfer", QUIET),
    "transfer_reversal": ("▲ pulled back", PART),
    "platform_earning": ("● earned fee", GOOD),
    "platform_earning_refund": ("↩ fee back", PART),
    "fee": ("▼ fee", WAITS),
}
"""For each kind of movement, by the API's reporting category: its name, its colour."""


def name(kind: str) -> str:
    """Return what a kind of movement is called, without its glyph."""
    return _look(kind)[0].partition(" ")[2]


def _look(kind: str) -> tuple[str, str]:
    found = KINDS.get(kind)
    return found or (f"· {plain(kind).replace('_', ' ')}", QUIET)


def _kind(row: Movement, _: Times) -> str:
    return _look(row.reporting_category or row.type)[0]


def _variable(row: Movement) -> str:
    return _look(row.reporting_category or row.type)[1]


def _net(row: Movement, _: Times) -> str:
    return str(Money(row.net, row.money.currency))


def _balance(row: Movement, _: Times) -> str:
    return row.balance.digits() if row.balance is not None else NOTHING


def _created(row: Movement, times: Times) -> str:
    return brief(row.created, times.zone, times.now)


def _fee(row: Movement, _: Times) -> str:
    return Money(row.fee, row.money.currency).digits() if row.fee else NOTHING


def _available(row: Movement, times: Times) -> str:
    return times.day(row.available_on) if row.status == "pending" else "yes"


def _source(row: Movement, _: Times) -> str:
    return short(row.source) if row.source else NOTHING


def _words(row: Movement, _: Times) -> str:
    return plain(row.description)


def _id(row: Movement, _: Times) -> str:
    return plain(row.id)


WORDS = Column("DESCRIPTION", 18, _words, quiet=True)
"""The column that takes what room is left."""
MOVEMENTS = Sheet(
    fixed=(
        Column("KIND", 13, _kind),
        Column("NET", 15, _net, right=True, whole=True),
    ),
    further=(
        Column("BALANCE", 13, _balance, right=True, whole=True),
        Column("CREATED", 9, _created, right=True),
        Column("SOURCE", 14, _source),
        Column("FEE", 8, _fee, right=True, whole=True),
        Column("AVAILABLE", 11, _available, quiet=True),
        WORDS,
        Column("ID", 27, _id, quiet=True),
    ),
    stretched=WORDS,
    widest=48,
    variable=_variable,
)
"""What the list of movements shows."""
