"""A payment that was declined once and then paid."""

from dataclasses import dataclass

from store import Store
from store.event import Actor


@dataclass(frozen=True)
class Tried:
    """Its intent, and both of its charges."""

    intent: str
    failed: str
    paid: str


def declined_then_paid(store: Store, actor: Actor, amount: int = 5000) -> Tried:
    """Let a customer pay with a card that is declined, then with one that is not."""
    declined = store.payment_intents.create(
        amount=amount,
        currency="usd",
        payment_method="pm_card_chargeDeclined",
        actor=actor,
    ).payment
    paid = store.payment_intents.confirm(
        declined.id, payment_method="pm_card_bypassPending", actor=actor
    ).payment
    assert declined.charge is not None
    assert paid.charge is not None
    assert paid.charge.id != declined.charge.id
    return Tried(paid.id, declined.charge.id, paid.charge.id)
