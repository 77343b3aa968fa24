"""Two sightings of one object → what is true of it, whichever was seen first.

The state that is further along wins, by documented progress; where both are equally
far, what is known beats what is not, and a fixed order of values decides the rest.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar, cast

from store.connect import ConnectType, Share
from store.dispute import Dispute
from store.event import Event
from store.intake.charges import UNKNOWN
from store.intake.fields import Wrong
from store.intake.objects import Thing
from store.intake.others import DisputeStatus
from store.outcome import Movement
from store.payment import Charge, ChargeStatus, Customer, Intent, IntentStatus
from store.reference import Destination, ReferenceStatus
from store.refund import DEAD, Refund, RefundStatus
from store.review import Review

T = TypeVar(
    "T",
    Charge,
    Intent,
    Refund,
    Customer,
    Dispute,
    Movement,
    Destination,
    Review,
    Share,
)
M = TypeVar("M", bound=Thing)
Progress = tuple[int, ...]

_OF_CHARGES = (ChargeStatus.PENDING, ChargeStatus.FAILED, ChargeStatus.SUCCEEDED)
_OF_INTENTS = tuple(IntentStatus)
_OF_REFUNDS = (
    RefundStatus.REQUIRES_ACTION,
    RefundStatus.PENDING,
    RefundStatus.SUCCEEDED,
    RefundStatus.FAILED,
    RefundStatus.CANCELED,
)
_OF_DISPUTES = tuple(DisputeStatus)
_OF_REFERENCES = (
    None,
    ReferenceStatus.PENDING,
    ReferenceStatus.UNAVAILABLE,
    ReferenceStatus.AVAILABLE,
)
_STATE = frozenset(
    (
        "pending_reason",
        "failure_reason",
        "expires_at",
        "cancellation_reason",
        "canceled_at",
        "destination",
    )
)
"""Fields that belong to a state: never filled in from an earlier one."""


def merged(one: M, other: M) -> M:
    """Return what two sightings of the same object say together.

    Raises:
        Wrong: They cannot both be true.
    """
    if one == other:
        return one
    return cast("M", _MERGES[type(one)](one, other))


def merge_customers(one: Customer, other: Customer) -> Customer:
    """Return what two sightings of a customer say together."""
    return _joined(*_ordered(one, other, lambda _: ()))


def merge_reviews(one: Review, other: Review) -> Review:
    """Return what two sightings of a review say together; a closed one stays so."""
    return _joined(*_ordered(one, other, lambda review: (not review.is_open,)))


def merge_charges(one: Charge, other: Charge) -> Charge:
    """Return what two sightings of a charge say together; sums only grow."""
    _same("currency", one.id, one.money.currency, other.money.currency)
    ahead, behind = _ordered(one, other, _charge_progress)
    unknown = ahead.method.type == UNKNOWN.type
    return replace(
        _joined(ahead, behind),
        method=behind.method if unknown else ahead.method,
        reported_refunded=max(ahead.reported_refunded, behind.reported_refunded),
        disputed=ahead.disputed or behind.disputed,
        share=_merge_shares(one.share, other.share),
    )


def _charge_progress(charge: Charge) -> Progress:
    return (
        _OF_CHARGES.index(charge.status),
        charge.captured,
        charge.amount_captured,
        charge.reported_refunded,
        charge.disputed,
        charge.money.amount,
    )


def _merge_shares(one: Share | None, other: Share | None) -> Share | None:
    """Return what two sightings say of how a charge is shared."""
    if one is None or other is None:
        return one or other
    ahead, behind = _ordered(one, other, lambda s: (s.type is ConnectType.DESTINATION,))
    back = max(one.reversed_elsewhere, other.reversed_elsewhere)
    fee = max(one.fee_refunded_elsewhere, other.fee_refunded_elsewhere)
    joined = _joined(ahead, behind)
    return replace(joined, reversed_elsewhere=back, fee_refunded_elsewhere=fee)


def merge_intents(one: Intent, other: Intent) -> Intent:
    """Return what two sightings of a payment intent say together."""
    _same("currency", one.id, one.money.currency, other.money.currency)
    ended = {one.status, other.status}
    if ended == {IntentStatus.CANCELED, IntentStatus.SUCCEEDED}:
        raise Wrong(f"{one.id} cannot have both succeeded and been canceled.")
    ahead, behind = _ordered(one, other, _intent_progress)
    return _joined(ahead, behind)


def _intent_progress(intent: Intent) -> Progress:
    return (_OF_INTENTS.index(intent.status), intent.received, intent.money.amount)


def merge_refunds(one: Refund, other: Refund) -> Refund:
    """Return what two sightings of a refund say together."""
    _same("amount", one.id, one.money, other.money)
    if one.charge and other.charge:
        _same("charge", one.id, one.charge, other.charge)
    if {one.status, other.status} == DEAD:
        raise Wrong(f"{one.id} cannot have both failed and been canceled.")
    ahead, behind = _ordered(one, other, _refund_progress)
    return replace(
        _joined(ahead, behind),
        destination=_merge_destinations(one.destination, other.destination),
        reverse_transfer=one.reverse_transfer or other.reverse_transfer,
    )


def _refund_progress(refund: Refund) -> Progress:
    return (_OF_REFUNDS.index(refund.status), _where(refund.destination))


def _where(destination: Destination | None) -> int:
    return _OF_REFERENCES.index(destination.status) if destination else 0


def _merge_destinations(
    one: Destination | None, other: Destination | None
) -> Destination | None:
    if one is None or other is None:
        return one or other
    return _joined(*_ordered(one, other, lambda d: (_where(d),)))


def merge_disputes(one: Dispute, other: Dispute) -> Dispute:
    """Return what two sightings of a dispute say together."""
    ahead, behind = _ordered(one, other, _dispute_progress)
    return _joined(ahead, behind)


def _dispute_progress(dispute: Dispute) -> Progress:
    return (_OF_DISPUTES.index(DisputeStatus(dispute.status)),)


def merge_movements(one: Movement, other: Movement) -> Movement:
    """Return what two sightings of a balance transaction say together."""
    _same("amount", one.id, one.money, other.money)
    _same("fee", one.id, one.fee, other.fee)
    ahead, behind = _ordered(one, other, lambda m: (m.status == "available",))
    return _joined(ahead, behind)


def merge_events(one: Event, other: Event) -> Event:
    """Return one of two sightings of an event, which never changes."""
    return max(one, other, key=str)


_MERGES: dict[type, Callable[[Any, Any], Thing]] = {
    Charge: merge_charges,
    Customer: merge_customers,
    Dispute: merge_disputes,
    Event: merge_events,
    Intent: merge_intents,
    Movement: merge_movements,
    Refund: merge_refunds,
    Review: merge_reviews,
}


def _same(name: str, given: str, one: object, other: object) -> None:
    if one != other:
        first, second = sorted((str(one), str(other)))
        raise Wrong(f"{given} has two different values of {name}: {first}, {second}.")


def _ordered(one: T, other: T, progress: Callable[[T], Progress]) -> tuple[T, T]:
    """Return the sighting that is further along, then the other."""
    first = (progress(one), _plain(one)) >= (progress(other), _plain(other))
    return (one, other) if first else (other, one)


def _plain(thing: T) -> tuple[tuple[int, str], ...]:
    """Return the values in a fixed order, absent ones first, without JSON."""
    values = [getattr(thing, one.name) for one in fields(thing)]
    return tuple(
        (0, "") if value is None else (1, str(value))
        for value in values
        if not isinstance(value, (Mapping, Destination))
    )


def _joined(ahead: T, behind: T) -> T:
    """Return `ahead` with what only `behind` knows."""
    changes: dict[str, Any] = {}
    for one in fields(ahead):
        mine, theirs = getattr(ahead, one.name), getattr(behind, one.name)
        if isinstance(mine, Mapping):
            changes[one.name] = _united(mine, theirs)
        elif mine is None and one.name not in _STATE:
            changes[one.name] = theirs
    return replace(ahead, **changes)


def _united(one: object, other: object) -> Any:
    """Join two JSON values leaf by leaf: known beats unknown, then the fixed order."""
    if one is None or other is None:
        return other if one is None else one
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        keys = {**one, **other}
        return {key: _united(one.get(key), other.get(key)) for key in keys}
    return max(one, other, key=_weight)


def _weight(value: object) -> tuple[int, str]:
    empty = value in ("", [], {})
    return (0 if empty else 1, json.dumps(value, sort_keys=True))
