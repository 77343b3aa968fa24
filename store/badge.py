"""Badge: the one word that sums a payment up, by the Dashboard's precedence."""

from enum import StrEnum

from store.dispute import Dispute
from store.payment import (
    CancellationReason,
    Charge,
    ChargeStatus,
    Intent,
    IntentStatus,
    Payment,
)
from store.refund import PendingReason, Refund, RefundStatus


class Badge(StrEnum):
    """The one word that sums a payment up, by the Dashboard's precedence."""

    SUCCEEDED = "succeeded"
    PARTIAL_REFUND = "partial_refund"
    REFUNDED = "refunded"
    REVERSED = "reversed"
    PARTIALLY_REVERSED = "partially_reversed"
    REFUND_HELD = "refund_held"
    REFUND_PROCESSING = "refund_processing"
    REFUND_WAITS_FOR_CHARGE = "refund_waits_for_charge"
    REFUND_NEEDS_CUSTOMER = "refund_needs_customer"
    REFUND_FAILED = "refund_failed"
    UNCAPTURED = "uncaptured"
    PROCESSING = "processing"
    INCOMPLETE = "incomplete"
    CANCELED = "canceled"
    EXPIRED = "expired"
    FAILED = "failed"
    BLOCKED = "blocked"
    DISPUTE_NEEDS_RESPONSE = "dispute_needs_response"
    DISPUTE_UNDER_REVIEW = "dispute_under_review"
    DISPUTE_WON = "dispute_won"
    DISPUTE_LOST = "dispute_lost"


REFUND_PENDING = (
    Badge.REFUND_HELD,
    Badge.REFUND_NEEDS_CUSTOMER,
    Badge.REFUND_WAITS_FOR_CHARGE,
    Badge.REFUND_PROCESSING,
)
DISPUTED = (
    Badge.DISPUTE_NEEDS_RESPONSE,
    Badge.DISPUTE_UNDER_REVIEW,
    Badge.DISPUTE_WON,
    Badge.DISPUTE_LOST,
)


def badge(payment: Payment) -> Badge:
    """Sum a payment up (precedence of refund-rules §4)."""
    charge = payment.charge
    if charge is None:
        return _badge_of_intent(payment.intent)
    if charge.status is ChargeStatus.FAILED:
        return _badge_of_failure(charge, payment.intent)
    if charge.disputed and (found := _badge_of_dispute(payment.dispute)):
        return found
    if payment.is_given_up:
        return _badge_of_refunds(payment, charge) or _badge_of_intent(payment.intent)
    if charge.status is ChargeStatus.PENDING:
        return _badge_of_refunds(payment, charge) or Badge.PROCESSING
    if not charge.captured:
        return _badge_of_authorisation(payment.intent)
    return _badge_of_refunds(payment, charge) or _badge_of_captured(payment.intent)


def _badge_of_captured(intent: Intent | None) -> Badge:
    """Return how a charge stands of which a part may still wait for its capture."""
    waits = intent is not None and intent.status is IntentStatus.REQUIRES_CAPTURE
    return Badge.UNCAPTURED if waits else Badge.SUCCEEDED


def _badge_of_intent(intent: Intent | None) -> Badge:
    if intent is None:
        return Badge.INCOMPLETE
    match intent.status:
        case IntentStatus.SUCCEEDED:
            return Badge.SUCCEEDED
        case IntentStatus.CANCELED:
            return Badge.CANCELED
        case IntentStatus.PROCESSING:
            return Badge.PROCESSING
        case IntentStatus.REQUIRES_CAPTURE:
            return Badge.UNCAPTURED
        case _:
            return Badge.INCOMPLETE


def _badge_of_failure(charge: Charge, intent: Intent | None) -> Badge:
    if charge.outcome_type == "blocked":
        return Badge.BLOCKED
    # A charge that nobody has refused fails because its payment was canceled.
    refused = charge.failure_code or intent is None
    if not refused and _badge_of_intent(intent) is Badge.CANCELED:
        return Badge.CANCELED
    return Badge.FAILED


def _badge_of_authorisation(intent: Intent | None) -> Badge:
    if intent is None or intent.status is not IntentStatus.CANCELED:
        return Badge.UNCAPTURED
    ended = (CancellationReason.AUTOMATIC, CancellationReason.EXPIRED)
    return Badge.EXPIRED if intent.cancellation_reason in ended else Badge.CANCELED


def _badge_of_dispute(dispute: Dispute | None) -> Badge | None:
    match dispute.status if dispute else "needs_response":
        case "won":
            return Badge.DISPUTE_WON
        case "lost":
            return Badge.DISPUTE_LOST
        case "under_review" | "warning_under_review":
            return Badge.DISPUTE_UNDER_REVIEW
        case "warning_closed" | "prevented":
            return None
        case _:
            return Badge.DISPUTE_NEEDS_RESPONSE


def _badge_of_refunds(payment: Payment, charge: Charge) -> Badge | None:
    live = [refund for refund in payment.refunds if refund.is_live]
    if waiting := [b for refund in live if (b := _badge_of_waiting(refund))]:
        return min(waiting, key=REFUND_PENDING.index)
    if not charge.amount_refunded:
        failed = any(r.status is RefundStatus.FAILED for r in payment.refunds)
        return Badge.REFUND_FAILED if failed else None
    reversal = bool(live) and all(refund.is_reversal for refund in live)
    if charge.amount_refunded < charge.amount_captured:
        return Badge.PARTIALLY_REVERSED if reversal else Badge.PARTIAL_REFUND
    return Badge.REVERSED if reversal else Badge.REFUNDED


def _badge_of_waiting(refund: Refund) -> Badge | None:
    if refund.status is RefundStatus.REQUIRES_ACTION:
        return Badge.REFUND_NEEDS_CUSTOMER
    if refund.status is not RefundStatus.PENDING:
        return None
    match refund.pending_reason:
        case PendingReason.INSUFFICIENT_FUNDS:
            return Badge.REFUND_HELD
        case PendingReason.CHARGE_PENDING:
            return Badge.REFUND_WAITS_FOR_CHARGE
        case _:
            return Badge.REFUND_PROCESSING
