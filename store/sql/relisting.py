"""Relisting: the list's rows of many payments, brought in step with their objects."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, literal, select, update

from store.dispute import Dispute
from store.payment import Charge, Customer, Intent, Payment
from store.refund import Refund
from store.sql import listed
from store.sql.bulk import (
    CHARGES,
    CUSTOMERS,
    DISPUTES,
    INTENTS,
    REFUNDS,
    Shelf,
    T,
    batches,
)
from store.sql.mapping.payments import Values
from store.sql.tables import CHARGE, INTENT, PAYMENT

_AT_ONCE = 500


def relist(
    connection: Connection,
    *,
    intents: Collection[str],
    charges: Collection[str],
    customers: Collection[str],
) -> None:
    """Bring the rows of all payments in step that these objects belong to."""
    touched_intents, touched_charges = set(intents), set(charges)
    for batch in batches(customers):
        theirs = select(INTENT.c.id).where(INTENT.c.customer.in_(batch))
        touched_intents.update(connection.execute(theirs).scalars())
        paid = select(CHARGE.c.id).where(CHARGE.c.customer.in_(batch))
        touched_charges.update(connection.execute(paid).scalars())
    for batch in batches(sorted(touched_charges), _AT_ONCE):
        alone = _without_intent(connection, batch, touched_intents)
        _write(connection, _payments_of_charges(connection, alone))
    for batch in batches(sorted(touched_intents), _AT_ONCE):
        payments = _payments_of_intents(connection, batch)
        _write(connection, payments)
        joined = {
            one.id
            for payment in payments
            for one in (payment.charge, *payment.attempts)
            if one
        }
        connection.execute(delete(PAYMENT).where(PAYMENT.c.id.in_(joined)))


def _without_intent(
    connection: Connection, charges: list[str], intents: set[str]
) -> list[str]:
    """Return the charges whose intent is not there; note the intents of the others."""
    query = (
        select(CHARGE.c.id, INTENT.c.id)
        .join_from(CHARGE, INTENT, CHARGE.c.payment_intent == INTENT.c.id, isouter=True)
        .where(CHARGE.c.id.in_(charges))
    )
    alone: list[str] = []
    for charge, intent in connection.execute(query):
        if intent is None:
            alone.append(charge)
        else:
            intents.add(intent)
    return alone


def _bare(
    connection: Connection, shelf: Shelf[T], keys: Iterable[str | None], by: str = "id"
) -> list[T]:
    """Return objects in the order they were written, without metadata and extras."""
    table = shelf.table
    columns = [column for column in table.c if column.name != "details"]
    query: Select[Any] = select(*columns, literal("{}").label("details"))
    query = query.order_by(table.c.seq)
    found: list[T] = []
    for batch in batches(sorted({key for key in keys if key})):
        rows = connection.execute(query.where(table.c[by].in_(batch)))
        found += [shelf.of(row) for row in rows]
    return found


def _payments_of_charges(connection: Connection, ids: list[str]) -> list[Payment]:
    found = _bare(connection, CHARGES, ids)
    around = _Around(connection, found, [])
    return [around.payment(one.id, None, one, ()) for one in found]


def _payments_of_intents(connection: Connection, ids: list[str]) -> list[Payment]:
    found = _bare(connection, INTENTS, ids)
    attempts: dict[str, list[Charge]] = defaultdict(list)
    for one in reversed(_bare(connection, CHARGES, ids, by="payment_intent")):
        attempts[one.payment_intent or ""].append(one)
    named = {one.latest_charge for one in found if one.id not in attempts}
    latest = {
        one.id: one
        for one in _bare(connection, CHARGES, named)
        if one.payment_intent is None
    }
    taken: list[tuple[Intent, Charge | None, tuple[Charge, ...]]] = []
    for intent in found:
        tries = _newest_first(attempts[intent.id])
        last = [one for one in tries if one.id == intent.latest_charge]
        known = latest.get(intent.latest_charge or "")
        first = next(iter((*last, *tries)), known)
        rest = tuple(one for one in tries if one is not first)
        taken.append((intent, first, rest))
    charges = [charge for _, charge, _ in taken if charge]
    around = _Around(connection, charges, found)
    return [around.payment(one.id, one, charge, rest) for one, charge, rest in taken]


def _newest_first(charges: list[Charge]) -> list[Charge]:
    return sorted(charges, key=lambda one: one.created, reverse=True)


class _Around:
    """Customers, disputes and refunds of many payments, read together."""

    def __init__(
        self, connection: Connection, charges: list[Charge], intents: list[Intent]
    ) -> None:
        ids = [one.id for one in charges]
        who = [one.customer for one in charges] + [one.customer for one in intents]
        self._customers: dict[str, Customer] = {
            one.id: one for one in _bare(connection, CUSTOMERS, who)
        }
        self._disputes: dict[str, list[Dispute]] = defaultdict(list)
        for dispute in _bare(connection, DISPUTES, ids, by="charge"):
            self._disputes[dispute.charge or ""].append(dispute)
        self._refunds: dict[str, list[Refund]] = defaultdict(list)
        for refund in _bare(connection, REFUNDS, ids, by="charge"):
            self._refunds[refund.charge or ""].append(refund)

    def payment(
        self,
        key: str,
        intent: Intent | None,
        charge: Charge | None,
        attempts: tuple[Charge, ...],
    ) -> Payment:
        """Return a payment with everything around it, as `reads.payment` does."""
        who = (intent and intent.customer) or (charge and charge.customer) or ""
        given = charge.id if charge else ""
        disputes = self._disputes.get(given, [])
        refunds = self._refunds.get(given, [])[::-1]
        refunds.sort(key=lambda one: one.created, reverse=True)
        return Payment(
            id=key,
            intent=intent,
            charge=charge,
            customer=self._customers.get(who),
            dispute=max(disputes[::-1], key=lambda one: one.created, default=None),
            refunds=tuple(refunds),
            attempts=attempts,
        )


def _write(connection: Connection, payments: list[Payment]) -> None:
    """Write new rows and those that differ; a version counts the changes."""
    if not payments:
        return
    query = select(PAYMENT).where(PAYMENT.c.id.in_([one.id for one in payments]))
    there = {row["id"]: row for row in connection.execute(query).mappings()}
    new: list[Values] = []
    for payment in payments:
        row = listed.values(payment, None)
        old = there.get(payment.id)
        if old is None:
            new.append({"version": 1, **row})
        elif any(old[name] != value for name, value in row.items()):
            _rewrite(connection, int(old["seq"]), row)
    if new:
        connection.execute(insert(PAYMENT), new)


def _rewrite(connection: Connection, seq: int, row: dict[str, Any]) -> None:
    query = update(PAYMENT).where(PAYMENT.c.seq == seq)
    connection.execute(query.values(version=PAYMENT.c.version + 1, **row))
