"""Bank: what the outside world does next; a simulation, deterministic from the ids."""

import zlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from store.cards import Behaviour
from store.method import carries_reference
from store.payment import Charge
from store.reference import (
    Destination,
    ReferenceStatus,
    ReferenceType,
    business_days_after,
)
from store.refund import HELD_FOR, PendingReason, Refund, RefundStatus
from store.visible import visible

_LONGEST_WHY = 200
AUTHORISED_FOR = timedelta(days=7)
_DIGITS = {ReferenceType.ARN: 23, ReferenceType.STAN: 6, ReferenceType.RRN: 12}


class Deed(StrEnum):
    """Something the outside world does to an object when its time has come."""

    FUNDS_AVAILABLE = "funds_available"
    REFUND_SUCCEEDS = "refund_succeeds"
    REFUND_FAILS = "refund_fails"
    REFUND_SETTLES = "refund_settles"
    REFUND_EXPIRES = "refund_expires"
    REFERENCE_ARRIVES = "reference_arrives"
    CUSTOMER_REPLIES = "customer_replies"
    REFUND_RETURNED = "refund_returned"
    CHARGE_SETTLES = "charge_settles"
    DISPUTE_OPENS = "dispute_opens"
    AUTHORISATION_EXPIRES = "authorisation_expires"


@dataclass(frozen=True, slots=True)
class Due:
    """A deed on the outside world's agenda."""

    at: datetime
    deed: Deed
    object_id: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """A deed that broke when its time had come, and why; all others go on."""

    due: Due
    why: str

    def __str__(self) -> str:
        return f"{said(self.due)} is set aside: {self.why}"


def said(due: Due) -> str:
    """Return a deed in words: what was to happen to which object, and when."""
    what = due.deed.value.replace("_", " ")
    return f"{due.object_id}: {what}, due {due.at:%Y-%m-%d %H:%M} UTC,"


def why_broken(error: BaseException) -> str:
    """Return the class of what broke and its first line: the rest may be data."""
    first = next(iter(str(error).strip().splitlines()), "")
    return f"{type(error).__name__}: {visible(first, _LONGEST_WHY)}"


def _chance(of: str, among: int) -> int:
    return zlib.crc32(of.encode()) % among


def after_charge(charge: Charge) -> tuple[Due, ...]:
    """Return what follows a payment: its funds, and perhaps an objection."""
    if charge.available_on is None or not charge.balance_transaction:
        return ()
    funds = Due(charge.available_on, Deed.FUNDS_AVAILABLE, charge.balance_transaction)
    if charge.test_behaviour not in (Behaviour.DISPUTED, Behaviour.INQUIRY):
        return (funds,)
    objects = business_days_after(charge.captured_at or charge.created, 1)
    return (funds, Due(objects, Deed.DISPUTE_OPENS, charge.id))


def settling(charge: Charge, now: datetime) -> Due:
    """Return when the customer's bank has paid, or has not."""
    return Due(business_days_after(now, 3), Deed.CHARGE_SETTLES, charge.id)


def funds_available_on(charge: Charge, paid: datetime) -> datetime:
    """Return when the money of a payment becomes available: two business days on."""
    if charge.test_behaviour == Behaviour.BYPASS_PENDING:
        return paid
    return business_days_after(paid, 2)


def starts_pending(charge: Charge) -> bool:
    """Tell whether the bank takes refunds of this charge in without settling them."""
    return charge.test_behaviour == Behaviour.PENDING_REFUND


def after_refund(refund: Refund, charge: Charge, now: datetime) -> tuple[Due, ...]:
    """Return what follows a refund as it stands now."""
    if refund.status is RefundStatus.REQUIRES_ACTION:
        return _asked(refund, now)
    if refund.is_held and refund.expires_at is not None:
        return (Due(refund.expires_at, Deed.REFUND_EXPIRES, refund.id),)
    if refund.pending_reason is PendingReason.CHARGE_PENDING:
        return ()
    due: list[Due] = []
    if refund.pending_reason is PendingReason.PROCESSING:
        days = 1 + _chance(refund.id, 4)
        due.append(Due(business_days_after(now, days), Deed.REFUND_SUCCEEDS, refund.id))
    if charge.test_behaviour == Behaviour.REFUND_FAILS:
        due.append(Due(business_days_after(now, 2), Deed.REFUND_FAILS, refund.id))
    destination = refund.destination
    if destination and destination.status is ReferenceStatus.PENDING:
        days = 2 + _chance(refund.id, 4)
        due.append(
            Due(business_days_after(now, days), Deed.REFERENCE_ARRIVES, refund.id)
        )
    elif refund.status is RefundStatus.SUCCEEDED:
        due.append(Due(business_days_after(now, 2), Deed.REFUND_SETTLES, refund.id))
    return tuple(due)


def _asked(refund: Refund, now: datetime) -> tuple[Due, ...]:
    """Return what follows asking the customer: an answer, or the end of waiting."""
    ends = Due(refund.expires_at or expires_at(now), Deed.REFUND_EXPIRES, refund.id)
    if _chance(refund.id, 2):
        return (ends,)
    answer = Due(business_days_after(now, 5), Deed.CUSTOMER_REPLIES, refund.id)
    return (answer, ends)


def after_reply(refund: Refund, now: datetime) -> tuple[Due, ...]:
    """Return what follows the customer's bank details: the money arrives or returns."""
    wrong = _chance(f"{refund.id}{now:%Y%m%d}", 4) == 0
    deed = Deed.REFUND_RETURNED if wrong else Deed.REFUND_SUCCEEDS
    due = [Due(business_days_after(now, 3), deed, refund.id)]
    destination = refund.destination
    if not wrong and destination and destination.status is ReferenceStatus.PENDING:
        due.append(Due(business_days_after(now, 5), Deed.REFERENCE_ARRIVES, refund.id))
    return tuple(due)


def expires_at(created: datetime) -> datetime:
    """Return when a refund that waits is given up: 45 days on."""
    return created + HELD_FOR


def reference_of(refund: Refund, charge: Charge) -> Destination | None:
    """Return the refund's destination once the bank has answered for its reference."""
    destination = refund.destination
    if destination is None:
        return None
    gives_none = charge.test_behaviour == Behaviour.NO_REFERENCE
    if gives_none or not carries_reference(charge.method):
        return replace(destination, status=ReferenceStatus.UNAVAILABLE)
    return replace(
        destination,
        status=ReferenceStatus.AVAILABLE,
        reference=_number(refund.id, destination.reference_type),
    )


def _number(seed: str, kind: ReferenceType | None) -> str:
    length = _DIGITS.get(kind, 12) if kind else 12
    digits = "".join(
        f"{zlib.crc32(f'{seed}{part}'.encode()):010d}" for part in range(3)
    )
    is_stan = kind is ReferenceType.STAN
    return digits[-length:] if is_stan else "7" + digits[1:length]
