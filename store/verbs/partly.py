"""Partly: charges that were captured in part, read with all that a file holds."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from store.intake.captures import (
    NOT_SEEN,
    RELEASE,
    Around,
    Told,
    captured_of,
    counts_release,
    refunded_of,
    release_of,
    told_of,
    with_release,
)
from store.intake.joining import beside, is_earned
from store.outcome import Movement
from store.payment import Charge, ChargeStatus, Intent
from store.refund import Refund
from store.sql import bulk
from store.sql.transaction import Transaction
from store.verbs import reconcile

_Json = Mapping[str, object]


@dataclass(slots=True)
class Partly:
    """Charges of a file that wait for its end: what they say can be read two ways."""

    charges: dict[str, Charge] = field(default_factory=dict)
    _told: dict[str, list[Told]] = field(default_factory=lambda: defaultdict(list))

    def shelf(
        self, charge: Charge, data: _Json, usual: dict[str, Charge]
    ) -> dict[str, Charge]:
        """Return where a charge is put; what was seen of it before moves along."""
        told = told_of(data)
        if told is None and charge.id not in self.charges:
            return usual
        if told is not None and told not in self._told[charge.id]:
            self._told[charge.id].append(told)
        if charge.id in usual:
            self.charges[charge.id] = usual.pop(charge.id)
        return self.charges

    def hold_back(self, tx: Transaction, seen: dict[str, Charge]) -> None:
        """Keep charges that may count refunds which were made in this store."""
        counting = [one.id for one in seen.values() if one.reported_refunded]
        for one in bulk.load(tx.connection, bulk.REFUNDS, counting, by="charge"):
            if not one.imported and one.charge in seen:
                self.charges[one.charge] = seen.pop(one.charge)

    def read(
        self, tx: Transaction, refunds: dict[str, Refund]
    ) -> Iterator[tuple[dict[str, Charge], list[Movement]]]:
        """Yield charges as they are to be written, with their incomes.

        A refund of the file that was their release is set beside them.
        """
        of_charge: dict[str, list[Refund]] = defaultdict(list)
        for one in refunds.values() if self.charges else ():
            of_charge[one.charge or str(one.extra.get("charge"))].append(one)
        for batch in bulk.batches(sorted(self.charges)):
            held = {given: self.charges[given] for given in batch}
            named = [one for given in batch for one in of_charge[given]]
            store = _Store.of(tx, held, named)
            for given, charge in held.items():
                told = self._told.get(given, [])
                around = store.around(charge, of_charge[given])
                whole, release = _whole(charge, told, around, store)
                held[given] = whole
                if release is not None:
                    refunds[release.id] = beside(refunds[release.id])
            yield held, store.incomes


def _whole(
    charge: Charge, told: list[Told], around: Around, store: "_Store"
) -> tuple[Charge, Refund | None]:
    """Return a charge with what was captured and refunded of it, and its release."""
    there = store.charges.get(charge.id)
    if there is not None and not there.imported:
        return replace(charge, reported_refunded=0), None
    captured = captured_of(charge, told, around) if told else charge.amount_captured
    charge = replace(charge, amount_captured=captured)
    release = release_of(charge, told, around)
    said = charge.reported_refunded
    if told:
        said = refunded_of(charge, told, release, around)
    known = there.extra.get(RELEASE) if there else None
    mark = release.id if release else known
    if not mark and counts_release(charge, told, release, around):
        mark = NOT_SEEN
    if mark:
        charge = with_release(charge, str(mark))
    own = sum(one.money.amount for one in around.known if one.is_live and _is_own(one))
    # What was taken for captured once stays so: the rest of it counts as refunded.
    assumed = max(0, there.amount_captured - captured) if there else 0
    return replace(charge, reported_refunded=max(0, said - own) + assumed), release


def _is_own(refund: Refund) -> bool:
    return not refund.imported


@dataclass(frozen=True, slots=True)
class _Store:
    """What the store knows of some charges and of the refunds that a file has."""

    charges: dict[str, Charge]
    intents: dict[str, Intent]
    incomes: list[Movement]
    by_id: dict[str, Movement]
    refunds: dict[str, list[Refund]]
    of_file: dict[str, Refund]

    @classmethod
    def of(
        cls, tx: Transaction, held: Mapping[str, Charge], named: Iterable[Refund]
    ) -> "_Store":
        """Read it."""
        at, refunds = tx.connection, {one.id: one for one in named}
        intents = {c.payment_intent for c in held.values() if c.payment_intent}
        moved = {r.balance_transaction for r in refunds.values()} - {None}
        moved |= {c.balance_transaction for c in held.values()} - {None}
        by_source = bulk.load(at, bulk.MOVEMENTS, held, by="source")
        by_id = bulk.load(at, bulk.MOVEMENTS, map(str, moved))
        return cls(
            {one.id: one for one in bulk.load(at, bulk.CHARGES, held)},
            {one.id: one for one in bulk.load(at, bulk.INTENTS, sorted(intents))},
            [one for one in by_source if is_earned(one)],
            {one.id: one for one in (*by_source, *by_id)},
            reconcile.refunds_of(tx, held),
            {one.id: one for one in bulk.load(at, bulk.REFUNDS, refunds)},
        )

    def around(self, charge: Charge, named: list[Refund]) -> Around:
        """Return what is known of a charge."""
        intent = self.intents.get(charge.payment_intent or "")
        paid = intent and charge.status is ChargeStatus.SUCCEEDED
        income = self._income(charge)
        file = {one.id for one in named}
        stored = self.refunds.get(charge.id, [])
        counted = {one.id for one in stored}
        known = [one for one in stored if one.imported or one.id in file]
        new = [one for one in named if one.id not in counted]
        let_go = [
            one.id
            for one in new
            if one.id in self.of_file and self.of_file[one.id].charge is None
        ]
        there = self.charges.get(charge.id)
        return Around(
            received=intent.received if intent and paid else None,
            income=income,
            new=tuple(new),
            known=tuple(known),
            released=let_go[0] if let_go else None,
            moved={
                one.id: moved.money.amount
                for one in new
                if (moved := self.by_id.get(one.balance_transaction or ""))
                and moved.money.currency == charge.money.currency
            },
            before=there.reported_refunded if there else None,
        )

    def _income(self, charge: Charge) -> int | None:
        named = self.by_id.get(charge.balance_transaction or "")
        found = [one for one in self.incomes if one.source == charge.id]
        income = named or next(iter(found), None)
        if income is None or income.money.currency != charge.money.currency:
            return None
        return income.money.amount if is_earned(income) else None
