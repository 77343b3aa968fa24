"""Review: a payment that somebody looks at, and what ends the looking."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from store.clock import to_unix
from store.errors import Refusal
from store.payment import Charge
from store.refund import Reason
from store.shape.objects import Json


class Opened(StrEnum):
    """Why a review was opened."""

    RULE = "rule"
    MANUAL = "manual"


class Closed(StrEnum):
    """Why a review was closed."""

    APPROVED = "approved"
    REFUNDED = "refunded"
    REFUNDED_AS_FRAUD = "refunded_as_fraud"
    DISPUTED = "disputed"
    CANCELED = "canceled"
    REDACTED = "redacted"
    PAYMENT_NEVER_SETTLED = "payment_never_settled"
    ACKNOWLEDGED = "acknowledged"


@dataclass(frozen=True, slots=True)
class Review:
    """A look at a payment; open until something closes it, once."""

    id: str
    created: datetime
    charge: str | None = None
    payment_intent: str | None = None
    opened: Opened = Opened.RULE
    closed: Closed | None = None
    imported: bool = False
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Tell whether nothing has closed it yet."""
        return self.closed is None


def close(review: Review, why: Closed) -> Review:
    """Return a review closed; one that is closed stays as it is."""
    return replace(review, closed=why) if review.is_open else review


def closed_by_refund(charge: Charge, reason: Reason | None) -> Closed | None:
    """Return how a refund closes the review of its charge, as it stands after it."""
    if reason is Reason.FRAUDULENT:
        return Closed.REFUNDED_AS_FRAUD
    return None if charge.unrefunded else Closed.REFUNDED


def why_not_approve(review: Review) -> Refusal | None:
    """Return why a review cannot be approved, or None when it can."""
    if review.is_open:
        return None
    return Refusal(f"This review is closed already: {review.closed}.")


def review_shape(review: Review) -> Json:
    """Return a review as the API does."""
    return {
        **review.extra,
        "id": review.id,
        "object": "review",
        "charge": review.charge,
        "closed_reason": review.closed and review.closed.value,
        "created": to_unix(review.created),
        "livemode": False,
        "open": review.is_open,
        "opened_reason": review.opened.value,
        "payment_intent": review.payment_intent,
        "reason": str(review.closed or review.opened),
    }
