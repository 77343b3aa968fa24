"""Stripe's JSON → the domain's objects, by kind."""

from collections.abc import Callable

from store.dispute import Dispute
from store.event import Event
from store.intake.charges import charge_of
from store.intake.fields import Fields, Wrong, whole_text
from store.intake.intents import intent_of
from store.intake.others import (
    customer_of,
    dispute_of,
    event_of,
    movement_of,
    review_of,
)
from store.intake.reading import Found
from store.intake.refunds import refund_of
from store.outcome import Movement
from store.payment import Charge, Customer, Intent
from store.refund import Refund
from store.review import Review

Thing = Charge | Intent | Refund | Customer | Dispute | Movement | Event | Review

_READERS: dict[str, Callable[[Fields], Thing | None]] = {
    "charge": charge_of,
    "payment_intent": intent_of,
    "refund": refund_of,
    "customer": customer_of,
    "dispute": dispute_of,
    "balance_transaction": movement_of,
    "event": event_of,
    "review": review_of,
}


def understood(found: Found) -> Thing | None:
    """Return the domain object of a JSON object; None for kinds the store skips.

    Raises:
        Wrong: A field is missing or cannot be what it says.
    """
    reader = _READERS.get(found.kind)
    if reader is None:
        return None
    try:
        return reader(Fields(found.data))
    except Wrong as wrong:
        given = found.data.get("id")
        named = f" {whole_text(given)}" if isinstance(given, str) else ""
        raise Wrong(f"{found.kind}{named[:80]}: {wrong}") from None
