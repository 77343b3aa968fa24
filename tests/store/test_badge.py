"""The one word that sums a payment up."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from store.badge import Badge, badge
from store.method import Method
from store.money import Money
from store.payment import (
    CancellationReason,
    Charge,
    ChargeStatus,
    Dispute,
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
HELD = replace(INTENT, status=IntentStatus.REQUIRES_CAPTURE, capturable=1_000)
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


@pytest.mark.parametrize(
    ("payment", "worn"),
    [
        (paid(), Badge.SUCCEEDED),
        (refunded(refund(400)), Badge.PARTIAL_REFUND),
        (refunded(refund(400), refund(600)), Badge.REFUNDED),
        (refunded(REVERSED), Badge.PARTIALLY_REVERSED),
        (refunded(refund(1_000, kind=DestinationKind.REVERSAL)), Badge.REVERSED),
        (refunded(REVERSED, refund(600)), Badge.REFUNDED),
        (refunded(REVERSED, refund(100)), Badge.PARTIAL_REFUND),
        (refunded(DEAD[0]), Badge.REFUND_FAILED),
        (refunded(*DEAD), Badge.REFUND_FAILED),
        (refunded(DEAD[1]), Badge.SUCCEEDED),
        (refunded(DEAD[0], refund(100)), Badge.PARTIAL_REFUND),
        (refunded(DEAD[0], REVERSED), Badge.PARTIALLY_REVERSED),
        (paid(replace(CHARGE, amount_refunded=1_000)), Badge.REFUNDED),
        (paid(replace(CHARGE, amount_refunded=999)), Badge.PARTIAL_REFUND),
        *((refunded(refund(900), one), worn) for worn, one in WAITING.items()),
        *((refunded(DEAD[0], one), worn) for worn, one in WAITING.items()),
    ],
)
def test_badge_of_refunds(payment: Payment, worn: Badge) -> None:
    """Waiting refunds outrank all others; canceled ones vanish."""
    assert badge(payment) is worn


def test_badge_of_several_waiting_refunds() -> None:
    """What the agent can act on comes first: funds, then the customer's answer."""
    waiting = list(WAITING.items())
    for place, (worn, _) in enumerate(waiting):
        later = [one for _, one in reversed(waiting[place:])]
        assert badge(refunded(*later)) is worn


@pytest.mark.parametrize(
    ("status", "worn"),
    [
        ("needs_response", Badge.DISPUTE_NEEDS_RESPONSE),
        ("warning_needs_response", Badge.DISPUTE_NEEDS_RESPONSE),
        ("under_review", Badge.DISPUTE_UNDER_REVIEW),
        ("warning_under_review", Badge.DISPUTE_UNDER_REVIEW),
        ("won", Badge.DISPUTE_WON),
        ("lost", Badge.DISPUTE_LOST),
        ("warning_closed", Badge.REFUND_HELD),
        ("prevented", Badge.REFUND_HELD),
    ],
)
def test_a_dispute_outranks_refunds(status: str, worn: Badge) -> None:
    """A disputed payment says where the dispute stands, unless it came to nothing."""
    disputed = refunded(
        WAITING[Badge.REFUND_HELD], charge=replace(CHARGE, disputed=True)
    )
    dispute = Dispute("du_1", TEN, status, PAID, "ch_1")
    assert badge(replace(disputed, dispute=dispute)) is worn
    unknown = Badge.DISPUTE_NEEDS_RESPONSE
    assert badge(disputed) is unknown


@pytest.mark.parametrize(
    ("payment", "worn"),
    [
        (paid(replace(CHARGE, status=ChargeStatus.FAILED)), Badge.FAILED),
        (
            paid(
                replace(
                    CHARGE,
                    status=ChargeStatus.FAILED,
                    outcome_type="blocked",
                    disputed=True,
                )
            ),
            Badge.BLOCKED,
        ),
        (paid(replace(CHARGE, status=ChargeStatus.PENDING)), Badge.PROCESSING),
        (paid(AUTHORISED, HELD), Badge.UNCAPTURED),
        (paid(AUTHORISED, None), Badge.UNCAPTURED),
        (
            paid(AUTHORISED, replace(HELD, status=IntentStatus.CANCELED)),
            Badge.CANCELED,
        ),
        (
            paid(
                AUTHORISED,
                replace(
                    HELD,
                    status=IntentStatus.CANCELED,
                    cancellation_reason=CancellationReason.AUTOMATIC,
                ),
            ),
            Badge.EXPIRED,
        ),
        (paid(None, HELD), Badge.UNCAPTURED),
        (paid(None, INTENT), Badge.SUCCEEDED),
        (paid(None, replace(INTENT, status=IntentStatus.CANCELED)), Badge.CANCELED),
        (
            paid(None, replace(INTENT, status=IntentStatus.PROCESSING)),
            Badge.PROCESSING,
        ),
        *(
            (paid(None, replace(INTENT, status=status)), Badge.INCOMPLETE)
            for status in (
                IntentStatus.REQUIRES_PAYMENT_METHOD,
                IntentStatus.REQUIRES_CONFIRMATION,
                IntentStatus.REQUIRES_ACTION,
            )
        ),
        (paid(None, None), Badge.INCOMPLETE),
    ],
)
def test_badge_of_a_payment_without_refunds(payment: Payment, worn: Badge) -> None:
    """Failed and blocked outrank all; without a charge the intent speaks."""
    assert badge(payment) is worn
