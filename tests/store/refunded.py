"""Refunded: what an agent gives back of a payment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.event import Actor

if TYPE_CHECKING:
    from store import Store
    from store.payment import Payment

MIA = Actor("mia")


def refund(store: Store, payment: Payment, amount: int | None = None) -> str:
    """Refund a payment; return the refund's id."""
    made = store.refunds.create(payment_intent=payment.id, amount=amount, actor=MIA)
    return made.refund.id
