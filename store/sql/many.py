"""Many: whole payments by the hundred, with a handful of questions for all of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import BindParameter, Connection, Select, Table, bindparam, select

from store.payment import Charge, Payment
from store.search.filters import Filter
from store.sql import attempts
from store.sql.mapping.money import refund_of
from store.sql.mapping.payments import charge_of, customer_of, dispute_of, intent_of
from store.sql.narrowing import conditions
from store.sql.rows import named
from store.sql.tables import CHARGE, CUSTOMER, DISPUTE, INTENT, PAYMENT, REFUND

AT_ONCE = 400
"""So many ids a question names: engines bound how many they take."""
T = TypeVar("T")
_VERSIONS = select(PAYMENT.c.id, PAYMENT.c.version).where(
    PAYMENT.c.id.in_(bindparam("ids", expanding=True))
)


def chunks(given: Sequence[T], size: int = AT_ONCE) -> Iterator[Sequence[T]]:
    """Return consecutive parts, each of that many at most."""
    return (given[at : at + size] for at in range(0, len(given), size))


def matching(connection: Connection, narrowed: Filter) -> list[str]:
    """Return the ids of every payment that a filter matches, newest first."""
    query = select(PAYMENT.c.id).where(*conditions(connection, narrowed))
    order = (PAYMENT.c.created.desc(), PAYMENT.c.seq.desc())
    return list(connection.execute(query.order_by(*order)).scalars())


def payments(connection: Connection, given: Sequence[str]) -> dict[str, Payment]:
    """Return payments by the ids that name them, as `attempts.payment_named` does."""
    found: dict[str, Payment] = {}
    for part in chunks(given):
        found |= _payments(connection, part)
    return found


def _payments(connection: Connection, given: Sequence[str]) -> dict[str, Payment]:
    intents = _by_id(connection, INTENT, intent_of, given)
    charges = _grouped(connection, CHARGE, charge_of, "payment_intent", intents)
    whole = {
        one: (intent, latest)
        for one, intent in intents.items()
        if (latest := _latest(intent.latest_charge, charges[one]))
    }
    taken = [latest for _, latest in whole.values()]
    who = {intent.customer or latest.customer for intent, latest in whole.values()}
    customers = _by_id(connection, CUSTOMER, customer_of, filter(None, who))
    ids = [one.id for one in taken]
    disputes = _grouped(connection, DISPUTE, dispute_of, "charge", ids)
    refunds = _grouped(connection, REFUND, refund_of, "charge", ids)
    versions = dict(named(connection.execute(_VERSIONS, {"ids": list(whole)})))
    found = {
        one: Payment(
            id=one,
            intent=intent,
            charge=latest,
            customer=customers.get(intent.customer or latest.customer or ""),
            dispute=next(iter(disputes[latest.id]), None),
            refunds=tuple(refunds[latest.id]),
            attempts=tuple(c for c in charges[one] if c.id != latest.id),
            version=versions.get(one, 0),
        )
        for one, (intent, latest) in whole.items()
    }
    # Imports may hold a charge without its intent, or an intent without its charge.
    for one in given:
        if one not in found and (alone := attempts.payment_named(connection, one)):
            found[one] = alone
    return found


def _latest(named: str | None, attempts: Sequence[Charge]) -> Charge | None:
    """Return the charge that an intent names; None where that takes a closer look."""
    return next((one for one in attempts if one.id == named), None)


@cache
def _named(table: Table, column: str) -> Select[Any]:
    """Return the question for rows by what a column names, the newest first."""
    ids: BindParameter[Any] = bindparam("ids", expanding=True)
    query = select(table).where(table.c[column].in_(ids))
    return query.order_by(table.c.created.desc(), table.c.seq.desc())


def _by_id(
    connection: Connection, table: Table, read: Callable[[Any], T], ids: Iterable[str]
) -> dict[str, T]:
    found = connection.execute(_named(table, "id"), {"ids": list(ids)})
    return {row.id: read(row) for row in named(found)}


def _grouped(
    connection: Connection,
    table: Table,
    read: Callable[[Any], T],
    column: str,
    ids: Iterable[str],
) -> dict[str, list[T]]:
    """Return rows by what a column names, the newest of each first."""
    groups: dict[str, list[T]] = defaultdict(list)
    found = connection.execute(_named(table, column), {"ids": list(ids)})
    for row in named(found):
        groups[getattr(row, column)].append(read(row))
    return groups
