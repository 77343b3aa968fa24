"""Refunds that fail, as a bank sends them back."""

from datetime import timedelta

from conftest import Later, Pay
from store import Store
from store.event import Actor
from store.payment import Payment
from store.refund import Reason, Refund, RefundStatus

FAILS = "pm_card_refundFail"
"""A card whose bank sends every refund back."""
RETURNED = timedelta(days=5)
"""By then it has, whatever the weekday."""


def fail(
    store: Store,
    pay: Pay,
    later: Later,
    *,
    amount: int = 2_000,
    reason: Reason | None = Reason.DUPLICATE,
) -> tuple[Payment, Refund]:
    """Refund a part of 50.00 that comes back; return the payment and the refund."""
    payment = pay(5_000, method=FAILS)
    later()
    made = store.refunds.create(
        payment_intent=payment.id, amount=amount, reason=reason, actor=Actor("tom")
    )
    later(RETURNED)
    failed = store.refunds.retrieve(made.refund.id)
    assert failed.status is RefundStatus.FAILED
    return store.payments.find(payment.id), failed


def fail_twice(store: Store, pay: Pay, later: Later) -> list[str]:
    """Let two refunds fail; return their ids in the order in which they are listed."""
    made = [fail(store, pay, later, amount=amount)[1].id for amount in (2_000, 700)]
    return made[::-1]
