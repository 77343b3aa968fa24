"""The one word that sums a payment up."""

from dataclasses import replace

import pytest
from paid import (
    AUTHORISED,
    CHARGE,
    DEAD,
    HELD,
    INTENT,
    PAID,
    REVERSED,
    TEN,
    WAITING,
    paid,
    refund,
    refunded,
)

from store.badge import Badge, badge
from store.dispute import Dispute
from store.payment import CancellationReason, ChargeStatus, IntentStatus, Payment
from store.reference import DestinationKind


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
        (
            paid(
                replace(CHARGE, status=ChargeStatus.FAILED),
                replace(INTENT, status=IntentStatus.CANCELED),
            ),
            Badge.CANCELED,
        ),
        (
            paid(
                replace(
                    CHARGE, status=ChargeStatus.FAILED, failure_code="card_declined"
                ),
                replace(INTENT, status=IntentStatus.CANCELED),
            ),
            Badge.FAILED,
        ),
        (paid(replace(CHARGE, status=ChargeStatus.PENDING)), Badge.PROCESSING),
        *(
            (
                paid(
                    replace(CHARGE, status=ChargeStatus.PENDING),
                    replace(INTENT, status=status),
                ),
                worn,
            )
            for status, worn in {
                IntentStatus.PROCESSING: Badge.PROCESSING,
                IntentStatus.CANCELED: Badge.CANCELED,
                IntentStatus.REQUIRES_PAYMENT_METHOD: Badge.INCOMPLETE,
                IntentStatus.REQUIRES_ACTION: Badge.INCOMPLETE,
            }.items()
        ),
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
