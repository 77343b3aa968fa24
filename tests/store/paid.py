"""Payments as the rules see them: paid, authorised, refunded, waiting."""

from dataclasses import replace
from datetime import UTC, datetime

from store.badge import Badge
from store.method import Method
from store.money import Money
from store.payment import (
    Charge,
    ChargeStatus,
    Intent,
    IntentStatus,
    Payment,
)
from store.reference import Destination, DestinationKind
from store.refund import PendingReason, Refund, RefundStatus

PAID = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TEN = Money(1_000, "usd")
CARD = Method("card", "visa", "4242")
INTENT = Intent("pi_1", TEN, IntentStatus.SUCCEEDED, PAID, received=1_000)
CHARGE = Charge(
    "ch_1",
    TEN,
    ChargeStatus.SUCCEEDED,
    PAID,
    CARD,
    amount_captured=1_000,
    payment_intent="pi_1",
)
HELD = replace(
    INTENT, status=IntentStatus.REQUIRES_CAPTURE, capturable=1_000, received=0
)
AUTHORISED = replace(CHARGE, captured=False, amount_captured=0)


def paid(charge: Charge | None = CHARGE, intent: Intent | None = INTENT) -> Payment:
    """Return the payment of that charge and intent."""
    return Payment("pi_1", intent, charge)


def refund(
    amount: int = 400,
    status: RefundStatus = RefundStatus.SUCCEEDED,
    waiting: PendingReason | None = None,
    kind: DestinationKind = DestinationKind.REFUND,
) -> Refund:
    """Return a refund of the charge."""
    return Refund(
        f"re_{amount}",
        Money(amount, "usd"),
        status,
        PAID,
        "ch_1",
        pending_reason=waiting,
        destination=Destination("card", kind),
    )


def refunded(*refunds: Refund, charge: Charge = CHARGE) -> Payment:
    """Return the payment with those refunds, their live sum on the charge."""
    live = sum(one.money.amount for one in refunds if one.is_live)
    return replace(paid(replace(charge, amount_refunded=live)), refunds=refunds)


WAITING = {
    Badge.REFUND_HELD: refund(
        100, RefundStatus.PENDING, PendingReason.INSUFFICIENT_FUNDS
    ),
    Badge.REFUND_NEEDS_CUSTOMER: refund(100, RefundStatus.REQUIRES_ACTION),
    Badge.REFUND_WAITS_FOR_CHARGE: refund(
        100, RefundStatus.PENDING, PendingReason.CHARGE_PENDING
    ),
    Badge.REFUND_PROCESSING: refund(
        100, RefundStatus.PENDING, PendingReason.PROCESSING
    ),
}
REVERSED = refund(400, kind=DestinationKind.REVERSAL)
DEAD = (refund(400, RefundStatus.FAILED), refund(300, RefundStatus.CANCELED))
