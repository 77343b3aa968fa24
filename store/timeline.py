"""Timeline: events and objects told as the story a person reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from store.event import Event
from store.payment import Payment


class Mark(StrEnum):
    """What kind of step an entry is, so that a screen can pick its sign."""

    PAID = "paid"
    AUTHORISED = "authorised"
    FAILED = "failed"
    CAPTURED = "captured"
    CANCELED = "canceled"
    REFUND_SENT = "refund_sent"
    REFUND_WAITS = "refund_waits"
    REFUND_FAILED = "refund_failed"
    REFUND_CANCELED = "refund_canceled"
    REFERENCE = "reference"
    DISPUTE = "dispute"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Entry:
    """One step: when, who, what; `refund` leads to View details."""

    at: datetime
    actor: str
    mark: Mark
    text: str
    refund: str | None = None


def tell(payment: Payment, events: Iterable[Event]) -> tuple[Entry, ...]:
    """Return the story of a payment, newest first."""
    del payment, events
    return ()
