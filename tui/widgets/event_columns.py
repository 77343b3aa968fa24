"""Event columns: what a row of the log shows, by priority."""

from store.event import Event
from store.money import Money
from tui.status import BAD, DISPUTE, GONE, GOOD, PART, QUIET, WAITS
from tui.widgets.sheet import Column, Sheet
from tui.words.cells import NOTHING, plain
from tui.words.names import short
from tui.words.times import Times

_ENDINGS = {
    "failed": BAD,
    "payment_failed": BAD,
    "canceled": WAITS,
    "expired": WAITS,
    "refunded": GONE,
    "succeeded": GOOD,
}
"""The theme variable of a type by its last part."""


def variable(event: Event) -> str:
    """Return the theme variable of an event's type."""
    if ".dispute." in event.type:
        return DISPUTE
    plainly = PART if event.type.startswith("refund.") else QUIET
    return _ENDINGS.get(event.type.rpartition(".")[2], plainly)


def amount(event: Event) -> str:
    """Return the amount that the event's object has, as far as it has one."""
    number, currency = event.data.get("amount"), event.data.get("currency")
    if not isinstance(number, int) or not isinstance(currency, str):
        return NOTHING
    try:
        return plain(str(Money(number, currency)))
    except ValueError:  # an imported object of no currency that there is
        return NOTHING


def _type(event: Event, _: Times) -> str:
    return plain(event.type)


def _object(event: Event, _: Times) -> str:
    return short(event.object_id)


def _created(event: Event, times: Times) -> str:
    return times.when(event.created)


def _by(event: Event, _: Times) -> str:
    return plain(event.actor)


def _amount(event: Event, _: Times) -> str:
    return amount(event)


def _changed(event: Event, _: Times) -> str:
    return ", ".join(plain(name) for name in event.previous) or NOTHING


def _id(event: Event, _: Times) -> str:
    return plain(event.id)


TYPE = Column("TYPE", 24, _type)
EVENTS = Sheet(
    fixed=(TYPE, Column("OBJECT", 12, _object)),
    further=(
        Column("CREATED", 12, _created, quiet=True),
        Column("BY", 8, _by, quiet=True),
        Column("AMOUNT", 14, _amount, right=True, whole=True, quiet=True),
        Column("CHANGED", 24, _changed, quiet=True),
        Column("EVENT", 28, _id, quiet=True),
    ),
    stretched=TYPE,
    widest=36,
    variable=variable,
)
"""What the log shows."""
