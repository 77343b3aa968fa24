"""Stories: what one customer paid and what agents did about it, told in time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from store.event import Actor, Face
from store.method import Method
from store.money import Money
from store.payment import CancellationReason
from store.refund import Reason

NOW = datetime(2026, 11, 20, 14, 2, tzinfo=UTC)
"""Where a demo's clock stands: a Friday afternoon."""
SHOP = Actor("shop", Face.API)
MIA = Actor("mia")
TOM = Actor("tom")


def ago(days: int = 0, hours: int = 0, minutes: int = 0) -> datetime:
    """Return the time so long before the demo's present."""
    return NOW - timedelta(days=days, hours=hours, minutes=minutes)


def usd(amount: int) -> Money:
    """Return US cents."""
    return Money(amount, "usd")


def eur(amount: int) -> Money:
    """Return euro cents."""
    return Money(amount, "eur")


def jpy(amount: int) -> Money:
    """Return yen, which have no decimals."""
    return Money(amount, "jpy")


def kwd(amount: int) -> Money:
    """Return thousandths of a Kuwaiti dinar; the last digit is 0."""
    return Money(amount, "kwd")


@dataclass(frozen=True, slots=True)
class Refunding:
    """An agent refunds; no amount means what is left."""

    at: datetime
    amount: int | None = None
    reason: Reason = Reason.REQUESTED_BY_CUSTOMER
    note: str | None = None
    by: Actor = MIA


@dataclass(frozen=True, slots=True)
class CancelingRefund:
    """An agent calls the latest refund of the payment back."""

    at: datetime
    by: Actor = MIA


@dataclass(frozen=True, slots=True)
class Capturing:
    """The shop takes an authorised amount; none means all of it."""

    at: datetime
    amount: int | None = None
    by: Actor = SHOP


@dataclass(frozen=True, slots=True)
class CancelingPayment:
    """An agent lets an authorisation go."""

    at: datetime
    reason: CancellationReason = CancellationReason.REQUESTED_BY_CUSTOMER
    note: str | None = None
    by: Actor = TOM


Deed = Refunding | CancelingRefund | Capturing | CancelingPayment


@dataclass(frozen=True, slots=True)
class Story:
    """One payment from the customer's click to the last thing that happened to it."""

    at: datetime
    name: str
    email: str | None
    money: Money
    method: str | Method = "pm_card_visa"
    """A test payment method by name, or any other."""
    deeds: tuple[Deed, ...] = ()
    manual: bool = False
    """Whether the payment is only authorised at first."""
    description: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ToppingUp:
    """The holder adds own money to the balance."""

    at: datetime
    money: Money
    by: Actor = TOM
