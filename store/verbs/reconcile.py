"""Reconcile: what a file says of objects against what the store knows of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from store.dispute import Dispute
from store.intake.captures import NOT_SEEN, RELEASE, is_release, with_release
from store.intake.fields import Wrong
from store.intake.joining import (
    beside,
    check_sum,
    converted,
    is_earned,
    releases,
    reported,
    settled,
)
from store.intake.merging import merged
from store.outcome import Movement
from store.payment import Charge, Customer, Intent
from store.refund import Refund
from store.review import Review
from store.sql import bulk
from store.sql.bulk import Shelf
from store.sql.transaction import Transaction
from store.verbs.tally import Tally

T = TypeVar("T", Charge, Customer, Dispute, Intent, Movement, Refund, Review)

Known = TypeVar("Known", Customer, Dispute, Intent)


@dataclass(frozen=True, slots=True)
class Difference(Generic[T]):
    """Objects to add and objects to rewrite."""

    new: list[T]
    changed: list[T]

    @property
    def ids(self) -> set[str]:
        """Return the ids of all of them."""
        return {one.id for one in (*self.new, *self.changed)}


def differences(
    tx: Transaction,
    tally: Tally,
    shelf: Shelf[T],
    seen: Mapping[str, T],
    keep: Callable[[T, T], T] = lambda _old, new: new,
) -> Difference[T]:
    """Compare with what is there; `keep` holds what may not change of it."""
    there = {one.id: one for one in bulk.load(tx.connection, shelf, seen)}
    new: list[T] = []
    changed: list[T] = []
    for given, thing in seen.items():
        old = there.get(given)
        if old is None:
            new.append(thing)
            continue
        with tally.noting(shelf.name, given):
            joined = keep(old, merged(old, thing))
            if shelf.values(joined) != shelf.values(old):
                changed.append(joined)
    return Difference(new, changed)


def keep_movement(old: Movement, new: Movement) -> Movement:
    """Return a balance transaction that becomes available when the store says so."""
    return replace(new, status=old.status, available_on=old.available_on)


def keep_origin(old: Known, new: Known) -> Known:
    """Return an object that stays the store's own if it was."""
    return replace(new, imported=old.imported)


def keep_charge(old: Charge, new: Charge) -> Charge:
    """Return a charge whose amount, and capture once made, stay as they were.

    Only an authorisation that was made elsewhere may be raised until it is captured.

    Raises:
        Wrong: More was captured than the charge that is there allows.
    """
    raised = old.imported and not old.amount_captured and old.money < new.money
    money = new.money if raised else old.money
    if new.amount_captured > money.amount:
        raise Wrong(f"{new.id} would capture more than its amount of {money}.")
    taken = old.amount_captured or new.amount_captured
    share = new.share if old.imported else old.share
    return replace(
        new, money=money, amount_captured=taken, share=share, imported=old.imported
    )


def keep_refund(old: Refund, new: Refund) -> Refund:
    """Return a refund whose promise stays as it was; only its state moves on."""
    return replace(
        new,
        charge=old.charge,
        payment_intent=old.payment_intent,
        settlement=old.settlement,
        holder=old.holder,
        refund_application_fee=old.refund_application_fee,
        created=old.created,
        reason=old.reason,
        note=old.note,
        actor=old.actor,
        key=old.key,
        imported=old.imported,
    )


def charges(
    tx: Transaction,
    tally: Tally,
    seen: Mapping[str, Charge],
    movements: Iterable[Movement],
    disputes: Iterable[Dispute],
) -> Difference[Charge]:
    """Compare charges, and join them with their earnings, disputes and refunds."""
    earned = {m.source: m for m in movements if m.source and is_earned(m)}
    disputed = {d.charge for d in disputes if d.charge}
    touched = (earned.keys() | disputed) - seen.keys()
    world = {one.id: one for one in bulk.load(tx.connection, bulk.CHARGES, touched)}
    world.update(seen)
    named = {c.balance_transaction for c in seen.values() if c.balance_transaction}
    by_id = {m.id: m for m in earned.values()}
    for movement in bulk.load(tx.connection, bulk.MOVEMENTS, named - by_id.keys()):
        by_id[movement.id] = movement
    for dispute in bulk.load(tx.connection, bulk.DISPUTES, seen, by="charge"):
        disputed.add(dispute.charge or "")
    ready: dict[str, Charge] = {}
    for given, charge in world.items():
        income = by_id.get(charge.balance_transaction or "") or earned.get(given)
        joined = settled(charge, income)
        if given in disputed and not joined.disputed:
            joined = replace(joined, disputed=True)
        ready[given] = joined
    found = differences(tx, tally, bulk.CHARGES, ready, keep_charge)
    return _with_refunds(tx, tally, found)


def _with_refunds(
    tx: Transaction, tally: Tally, found: Difference[Charge]
) -> Difference[Charge]:
    """Join charges with refunds that came before them, and hold the ceiling."""
    refunds = refunds_of(tx, found.ids)
    old_ids = [one.id for one in found.changed]
    there = {one.id: one for one in bulk.load(tx.connection, bulk.CHARGES, old_ids)}
    new: list[Charge] = []
    changed: list[Charge] = []
    for charge in (*found.new, *found.changed):
        known = refunds[charge.id]
        said = reported(charge, known)
        joined = charge
        if said != charge.reported_refunded:
            joined = replace(charge, reported_refunded=said)
        old = there.get(charge.id)
        with tally.noting(bulk.CHARGES.name, charge.id):
            check_sum(joined, known)
        if old is None:
            new.append(joined)
        elif bulk.CHARGES.values(old) != bulk.CHARGES.values(joined):
            changed.append(joined)
    return Difference(new, changed)


def refunds_of(tx: Transaction, ids: Iterable[str]) -> dict[str, list[Refund]]:
    """Return the refunds of charges that are there, by charge."""
    found: dict[str, list[Refund]] = defaultdict(list)
    for one in bulk.load(tx.connection, bulk.REFUNDS, ids, by="charge"):
        found[one.charge or ""].append(one)
    return found


@dataclass(frozen=True, slots=True)
class Refunds:
    """What an import does to refunds, and to the charges that counted them."""

    found: Difference[Refund]
    charges: list[Charge]


def refunds(tx: Transaction, tally: Tally, seen: Mapping[str, Refund]) -> Refunds:
    """Compare the refunds of some charges; every refund of a charge must be in."""
    named = {one.balance_transaction for one in seen.values()} - {None}
    moved = {
        one.id: one for one in bulk.load(tx.connection, bulk.MOVEMENTS, map(str, named))
    }
    found = differences(tx, tally, bulk.REFUNDS, seen, keep_refund)
    priced = [
        converted(one, moved.get(one.balance_transaction or "")) for one in found.new
    ]
    at = {one.charge for one in (*priced, *found.changed) if one.charge}
    there = {one.id: one for one in bulk.load(tx.connection, bulk.CHARGES, at)}
    known = refunds_of(tx, there)
    ready: list[Refund] = []
    changed_charges: list[Charge] = []
    by_charge: dict[str | None, list[Refund]] = defaultdict(list)
    for one in priced:
        by_charge[one.charge].append(one)
    changed = {one.id: one for one in found.changed}
    for given, mine in by_charge.items():
        if given not in there:
            ready += mine
    for given, charge in there.items():
        old = [changed.get(one.id, one) for one in known[given]]
        with tally.noting(bulk.REFUNDS.name, _first(by_charge[given], old)):
            joined = _fitting(charge, old, by_charge[given])
            ready += joined
            after = reported(charge, (*old, *joined))
            now = replace(charge, reported_refunded=after)
            let_go = [one.id for one in joined if one.charge is None]
            if let_go and charge.extra.get(RELEASE) == NOT_SEEN:
                now = with_release(now, let_go[0])
            if now != charge:
                changed_charges.append(now)
    return Refunds(Difference(ready, found.changed), changed_charges)


def _first(new: list[Refund], old: list[Refund]) -> str:
    return next(one.id for one in (*new, *old))


def _fitting(charge: Charge, old: list[Refund], new: list[Refund]) -> list[Refund]:
    """Return new refunds that the charge has room for; releases stand beside it.

    Raises:
        Wrong: A refund in another currency, or more than was captured.
    """
    for one in new:
        if one.money.currency != charge.money.currency:
            raise Wrong(f"{one.id} is in another currency than {charge.id}.")
    told = [beside(one) if is_release(one, charge) else one for one in new]
    try:
        check_sum(charge, (*old, *_counted(told)))
    except Wrong:
        told = [beside(one) if releases(one, charge) else one for one in new]
        check_sum(charge, (*old, *_counted(told)))
    return told


def _counted(refunds: list[Refund]) -> list[Refund]:
    return [one for one in refunds if one.charge]
