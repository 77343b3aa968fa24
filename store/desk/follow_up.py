"""Follow-up: a refund that failed, why, and what to do for the customer next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from store.errors import Refusal
from store.event import OWN_PREFIX
from store.method import Method
from store.money import Money
from store.refund import FailureReason, Refund, RefundStatus
from store.refusals import desk as desk_refusals
from store.shape.objects import Json

CLOSED = f"{OWN_PREFIX}failed_refund.closed"
RETRIED = f"{OWN_PREFIX}failed_refund.retried"


@dataclass(frozen=True, slots=True)
class FailedRefund:
    """A refund that failed, as the inbox shows it; done once somebody dealt with it."""

    refund: Refund
    payment: str
    customer: str | None
    method: Method
    why: str
    returned: Money | None
    """What came back to the balance; None where no money had left it."""
    returned_at: datetime | None
    refundable: Money
    """What may be refunded of the payment now."""
    next_step: str
    retried_as: str | None = None
    """The refund that took its place."""
    done_by: str | None = None
    done_at: datetime | None = None
    done_note: str | None = None
    seq: int = 0
    """Its place among the refunds that failed, the last one highest."""

    @property
    def id(self) -> str:
        """Return the refund's id."""
        return self.refund.id

    @property
    def is_done(self) -> bool:
        """Tell whether nobody needs to look at it any more."""
        return self.done_at is not None


@dataclass(frozen=True, slots=True)
class _Failure:
    why: str
    next_step: str
    second_try: str | None = None
    """What to expect of the same refund, tried again; None where it may well arrive."""


_FAILURES: dict[FailureReason, _Failure] = {
    FailureReason.LOST_OR_STOLEN_CARD: _Failure(
        "The card was reported lost or stolen.",
        "Pay the customer back another way: this card takes no refund any more.",
        "it will come back again: this card takes no refund any more",
    ),
    FailureReason.EXPIRED_OR_CANCELED_CARD: _Failure(
        "The card has expired or was canceled.",
        "Pay the customer back another way, or try again once the bank has moved"
        " the card's account to a new one.",
        "it comes back again unless the bank has moved the card's account to a new one",
    ),
    FailureReason.CHARGE_FOR_PENDING_REFUND_DISPUTED: _Failure(
        "The customer disputed the payment while the refund waited.",
        "Answer the dispute: its bank decides about the money now.",
    ),
    FailureReason.INSUFFICIENT_FUNDS: _Failure(
        "The balance did not cover it in time.",
        "Top up the balance, then try again.",
    ),
    FailureReason.DECLINED: _Failure(
        "The customer's bank declined it.",
        "Try again; if it is declined again, pay the customer back another way.",
        "the customer's bank may decline it again",
    ),
    FailureReason.MERCHANT_REQUEST: _Failure(
        "It was called back by the merchant.",
        "Try again if it was called back by mistake.",
    ),
    FailureReason.UNKNOWN: _Failure(
        "The bank gave no reason.",
        "Try again; if it fails again, pay the customer back another way.",
        "it may come back again: the bank gave no reason",
    ),
}
"""Why a refund fails (refund-rules §1), and what then helps the customer."""
NOTHING_LEFT = "Nothing of the payment is left to refund: close it with a note."


def _failure(refund: Refund) -> _Failure:
    return _FAILURES[refund.failure_reason or FailureReason.UNKNOWN]


def why(refund: Refund) -> str:
    """Return why a refund failed, in a sentence."""
    return _failure(refund).why


def second_try(refund: Refund) -> str | None:
    """Return what speaks against the same refund arriving this time, or None."""
    return _failure(refund).second_try


def after_failures(refunds: Iterable[Refund]) -> str | None:
    """Return what speaks against one more refund arriving, after the last that failed.

    Args:
        refunds: The refunds of the payment.
    """
    failed = [one for one in refunds if one.status is RefundStatus.FAILED]
    last = max(failed, key=lambda one: one.created, default=None)
    return second_try(last) if last else None


def next_step(refund: Refund, refusal: Refusal | None, left: Money) -> str:
    """Return what to do for the customer, in a sentence.

    Args:
        refund: The refund that failed.
        refusal: Why the payment cannot be refunded now, or None where it can.
        left: What of the payment is not refunded.
    """
    if not left:
        return NOTHING_LEFT
    disputed = FailureReason.CHARGE_FOR_PENDING_REFUND_DISPUTED
    if refusal is not None and refund.failure_reason is not disputed:
        return f"It cannot be tried again: {refusal.message}"
    return _failure(refund).next_step


def why_not_follow_up(refund: Refund) -> Refusal | None:
    """Return why there is nothing to follow up about a refund, or None."""
    if refund.status is RefundStatus.FAILED:
        return None
    return desk_refusals.only_failed(refund.id, refund.status)


def follow_up_shape(refund: Refund, payment: str, **said: str) -> Json:
    """Return what was done about a failed refund, as its event keeps it."""
    money = {"amount": refund.money.amount, "currency": refund.money.currency}
    shape = {"id": refund.id, "object": "failed_refund", "payment": payment}
    return {**shape, **money, **said}
