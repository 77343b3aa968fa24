"""Authorisation: what of it was captured, and what was released instead."""

from store.money import Money, zero
from store.payment import IntentStatus, Payment


def released(payment: Payment) -> Money:
    """Return what was authorised, never captured and let go; nothing while it waits."""
    charge, intent = payment.charge, payment.intent
    waits = intent is not None and intent.status is IntentStatus.REQUIRES_CAPTURE
    if charge is None or not charge.captured or waits:
        return zero(payment.money.currency)
    return charge.money - Money(charge.amount_captured, charge.money.currency)
