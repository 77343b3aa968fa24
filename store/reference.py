"""Bank references: ARN, STAN, RRN; which one, when, and what to tell the customer."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from store.money import Money

PENDING_BUSINESS_DAYS = 7
_SATURDAY = 5


class ReferenceType(StrEnum):
    """What kind of number the bank gave."""

    ARN = "acquirer_reference_number"
    STAN = "system_trace_audit_number"
    RRN = "retrieval_reference_number"


SHORT_NAMES = {
    ReferenceType.ARN: "ARN",
    ReferenceType.STAN: "STAN",
    ReferenceType.RRN: "RRN",
}


class ReferenceStatus(StrEnum):
    """Whether the bank has given the number yet."""

    PENDING = "pending"
    AVAILABLE = "available"
    UNAVAILABLE = "unavailable"


class DestinationKind(StrEnum):
    """How the refund shows on a card statement."""

    PENDING = "pending"
    REFUND = "refund"
    REVERSAL = "reversal"


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a refund goes and the reference that traces it (`destination_details`)."""

    type: str
    kind: DestinationKind | None = None
    reference: str | None = None
    status: ReferenceStatus | None = None
    reference_type: ReferenceType | None = None
    network_decline_code: str | None = None

    @property
    def is_reversal(self) -> bool:
        """Tell whether the charge is made smaller or dropped instead of credited."""
        return self.kind is DestinationKind.REVERSAL

    @property
    def label(self) -> str:
        """Return ARN, STAN, RRN, or plainly the word reference."""
        kind = self.reference_type
        return SHORT_NAMES[kind] if kind else "reference"


@dataclass(frozen=True, slots=True)
class ReferenceMatch:
    """A refund that a bank reference names; a STAN names several in the long run."""

    kind: ReferenceType | None
    value: str
    refund: str
    payment: str
    amount: Money
    created: datetime

    @property
    def label(self) -> str:
        """Return ARN, STAN, RRN, or plainly the word reference."""
        return SHORT_NAMES[self.kind] if self.kind else "reference"


def card_reference_type(brand: str | None, *, reversal: bool) -> ReferenceType:
    """Return which number a card network gives; a reversal never has an ARN."""
    if reversal:
        return ReferenceType.STAN
    if brand in ("visa", "mastercard", None):
        return ReferenceType.ARN
    return ReferenceType.RRN if brand in ("amex", "discover") else ReferenceType.STAN


def business_days_after(start: datetime, days: int) -> datetime:
    """Return the time that many weekdays after start."""
    at = start
    for _ in range(days):
        at += timedelta(days=1)
        while at.weekday() >= _SATURDAY:
            at += timedelta(days=1)
    return at


def expected_by(sent: datetime) -> datetime:
    """Return when a pending reference should have come."""
    return business_days_after(sent, PENDING_BUSINESS_DAYS)


_MEANS = {
    ReferenceStatus.PENDING: "The bank has not given the reference yet.",
    ReferenceStatus.AVAILABLE: "The bank can trace the refund by this {label}.",
    ReferenceStatus.UNAVAILABLE: "The bank gives no reference for this refund.",
}


def traced_by(destination: Destination) -> str:
    """Return what a reference that has come is good for."""
    return _MEANS[ReferenceStatus.AVAILABLE].format(label=destination.label)


def what_it_means(
    destination: Destination | None,
    *,
    shown: str,
    late: bool = False,
    live: bool = True,
    sent: bool = True,
) -> str:
    """Return the sentence an agent can say to the customer about the reference.

    Args:
        destination: Where the refund went, with its reference.
        shown: What a reversal does to the charge on the customer's statement.
        late: The reference should have come by now.
        live: The refund has neither failed nor been canceled.
        sent: It has gone out, which one that waits has not.
    """
    if destination is not None and destination.is_reversal:
        return (
            f"This is a reversal: {shown}, so there is no separate credit and no ARN."
        )
    if not sent:
        return "The refund has not gone out yet: a reference comes after that."
    if destination is None or destination.status is None:
        return "This refund carries no bank reference."
    if not live and destination.status is ReferenceStatus.PENDING:
        return "The refund came back, so the bank gives no reference for it."
    if late and destination.status is ReferenceStatus.PENDING:
        return "The reference is late: it should have come by now."
    return _MEANS[destination.status].format(label=destination.label)
