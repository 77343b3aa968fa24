"""What verbs answer: the object's new state and what it did to the balance."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from store.badge import Badge
from store.event import Event
from store.method import Method
from store.money import Money
from store.payment import Payment
from store.refund import CANCEL_WINDOW, Refund
from store.shared_refund import SharedRefund
from store.timeline.story import Entry


@dataclass(frozen=True, slots=True)
class RefundOutcome:
    """What a refund verb did, or, in a preview, would do."""

    refund: Refund
    payment: Payment
    available_before: Money
    available_after: Money
    queue_position: int | None = None
    """Its place among the refunds that wait for funds; 1 is next."""
    short: Money | None = None
    """What is missing until it can go out."""
    cancelable_until: datetime | None = None
    fee_kept: Money | None = None
    """The processing fee, which a refund never returns."""
    shared: SharedRefund | None = None
    """Who pays it where the charge is shared with a connected account."""
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class PaymentOutcome:
    """What a payment verb did, or, in a preview, would do."""

    payment: Payment
    released: Money
    """What of the authorisation the customer gets free again."""
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class TopupOutcome:
    """What a top-up did, or would do."""

    id: str
    money: Money
    released: tuple[Refund, ...]
    available_after: Money
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class Movement:
    """A balance transaction."""

    id: str
    type: str
    money: Money
    fee: int
    net: int
    created: datetime
    available_on: datetime
    status: str
    source: str | None
    description: str | None
    reporting_category: str | None = None
    exchange_rate: str | None = None
    holder: str | None = None
    """The connected account whose balance moved; None is the platform."""
    extra: Mapping[str, object] = field(default_factory=dict)
    balance: Money | None = None
    """What the balance was after it, pending money included; in whole lists only."""


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """A payment as one row of the list."""

    id: str
    seq: int
    created: datetime
    badge: Badge
    money: Money
    refunded: Money
    failed_refunds: int
    """The amount of refunds that failed, in minor units."""
    name: str | None
    email: str | None
    method: Method
    charge: str | None
    intent: str | None
    actor: str | None
    """Who changed it last, if anyone of ours did."""
    expires_at: datetime | None
    """When an uncaptured authorisation ends."""
    version: int

    @property
    def customer(self) -> str | None:
        """Return the name the row goes by."""
        return self.name or self.email


@dataclass(frozen=True, slots=True)
class PaymentGist:
    """What is kept of each of very many payments: enough to count and to sum them."""

    id: str
    badge: Badge
    money: Money


@dataclass(frozen=True, slots=True)
class PaymentDetail:
    """Everything the payment screen shows, read in one transaction."""

    payment: Payment
    badge: Badge
    timeline: tuple[Entry, ...]
    movements: tuple[Movement, ...]
    events: tuple[Event, ...]
    fee: Money | None
    net: Money | None
    """What is left after its fee and its dispute; refunds are not in it."""
    disputed: Money | None = None
    """What its dispute took, with the fee, or gave back; None where nothing moved."""
    cancel_window: timedelta = CANCEL_WINDOW
    """How long a card refund that was sent can be called back in this store."""


@dataclass(frozen=True, slots=True)
class RefundDetail:
    """Everything the refund screen shows, read in one transaction."""

    refund: Refund
    payment: Payment | None
    movements: tuple[Movement, ...]
    events: tuple[Event, ...]
    reference_since: datetime | None
    reference_expected_by: datetime | None
    cancel_window: timedelta = CANCEL_WINDOW
    """How long a card refund that was sent can be called back in this store."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import brought in, by kind of object."""

    source: str
    read: int
    added: dict[str, int]
    changed: dict[str, int]
    unchanged: int
    skipped: dict[str, int]
    """Objects of kinds that the store does not keep."""


def with_refund(payment: Payment, refund: Refund) -> Payment:
    """Return a payment to which a new refund came and nothing else happened."""
    charge = payment.charge
    if charge is None:
        return payment
    refunded = charge.amount_refunded + refund.money.amount * refund.is_live
    # An import may hold refunds that were made later by another clock.
    newest_first = sorted(
        (refund, *payment.refunds), key=lambda one: one.created, reverse=True
    )
    return replace(
        payment,
        charge=replace(charge, amount_refunded=refunded),
        refunds=tuple(newest_first),
        version=payment.version + 1,
    )
