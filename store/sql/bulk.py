"""Bulk: many rows of one kind read or written at once, for imports and seeds."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from sqlalchemy import Connection, Table, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from store.bank import Due
from store.clock import to_unix
from store.dispute import Dispute
from store.errors import StoreError
from store.event import Event
from store.ledger import Posting
from store.outcome import Movement
from store.payment import Charge, Customer, Intent
from store.refund import Refund
from store.review import Review
from store.sql import log, tags
from store.sql.accounts import OPEN_ACCOUNT
from store.sql.mapping import money as mapping_money
from store.sql.mapping import payments as mapping
from store.sql.mapping import risk as mapping_risk
from store.sql.mapping.payments import Values
from store.sql.rows import NamedRow
from store.sql.tables import (
    CHARGE,
    CUSTOMER,
    DISPUTE,
    DUE,
    EVENT,
    INTENT,
    MOVEMENT,
    POSTING,
    REFUND,
    REVIEW,
)

T = TypeVar("T")
AT_ONCE = 2000
"""How many keys one query asks for; SQLite allows 32,766."""


class HeldBack(StoreError):
    """The guards of the database refused a row."""


@dataclass(frozen=True)
class Shelf(Generic[T]):
    """Where objects of one kind are kept, and how they become rows."""

    name: str
    table: Table
    values: Callable[[T], Values]
    of: Callable[[NamedRow], T]


def _movement_values(movement: Movement) -> Values:
    return mapping_money.movement_values(movement, movement.extra, imported=True)


CUSTOMERS: Shelf[Customer] = Shelf(
    "customer", CUSTOMER, mapping.customer_values, mapping.customer_of
)
INTENTS: Shelf[Intent] = Shelf(
    "payment_intent", INTENT, mapping.intent_values, mapping.intent_of
)
CHARGES: Shelf[Charge] = Shelf(
    "charge", CHARGE, mapping.charge_values, mapping.charge_of
)
DISPUTES: Shelf[Dispute] = Shelf(
    "dispute", DISPUTE, mapping.dispute_values, mapping.dispute_of
)
REFUNDS: Shelf[Refund] = Shelf(
    "refund", REFUND, mapping_money.refund_values, mapping_money.refund_of
)
REVIEWS: Shelf[Review] = Shelf(
    "review", REVIEW, mapping_risk.review_values, mapping_risk.review_of
)
MOVEMENTS: Shelf[Movement] = Shelf(
    "balance_transaction", MOVEMENT, _movement_values, mapping_money.movement_of
)


def batches(items: Iterable[T], size: int = AT_ONCE) -> Iterator[list[T]]:
    """Cut items into lists of at most `size`."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


@contextmanager
def _guarded() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        raise HeldBack(str(error.orig).splitlines()[0]) from error


def load(
    connection: Connection, shelf: Shelf[T], keys: Iterable[str], by: str = "id"
) -> list[T]:
    """Return the objects whose column `by` is one of the keys."""
    column = shelf.table.c[by]
    rows: list[NamedRow] = []
    for batch in batches(keys):
        rows += connection.execute(select(shelf.table).where(column.in_(batch))).all()
    return [shelf.of(row) for row in rows]


def add(connection: Connection, shelf: Shelf[T], things: Sequence[T]) -> None:
    """Write new objects.

    Raises:
        HeldBack: A guard refuses one of them.
    """
    if things:
        with _guarded():
            connection.execute(
                insert(shelf.table), [shelf.values(one) for one in things]
            )
            _tag(connection, things, new=True)


def change(connection: Connection, shelf: Shelf[T], things: Sequence[T]) -> None:
    """Rewrite objects that are there.

    Raises:
        HeldBack: A guard refuses one of them.
    """
    if not things:
        return
    rows = [shelf.values(one) for one in things]
    columns = [name for name in rows[0] if name != "id"]
    query = (
        update(shelf.table)
        .where(shelf.table.c.id == bindparam("key"))
        .values({name: bindparam(f"to_{name}") for name in columns})
    )
    values = [
        {"key": row["id"], **{f"to_{name}": row[name] for name in columns}}
        for row in rows
    ]
    with _guarded():
        connection.execute(query, values)
        _tag(connection, things, new=False)


def _tag(connection: Connection, things: Sequence[object], *, new: bool) -> None:
    """Keep the metadata of payments where searches find it."""
    owners = [
        (one.id, one.metadata) for one in things if isinstance(one, Charge | Intent)
    ]
    for batch in batches(owners):
        tags.put(connection, batch, new=new)


def known_events(connection: Connection, ids: Collection[str]) -> set[str]:
    """Return which of these events are there already."""
    known: set[str] = set()
    for batch in batches(ids):
        query = select(EVENT.c.id).where(EVENT.c.id.in_(batch))
        known.update(connection.execute(query).scalars())
    return known


def add_events(connection: Connection, events: Sequence[Event], face: str) -> None:
    """Append events in their order."""
    if events:
        rows = [mapping_money.event_values(one, face) for one in events]
        log.Log(connection).append(rows)


def post(connection: Connection, postings: Sequence[Posting], at: int) -> None:
    """Move money, opening the accounts that it needs."""
    if not postings:
        return
    sides = {side for one in postings for side in one.sides}
    accounts = map(mapping_money.account_values, sides)
    opened = sorted(accounts, key=lambda row: str(row["id"]))
    OPEN_ACCOUNT.do(connection, *opened)
    rows = [
        {
            "code": one.code,
            "debit": one.sides[0].id,
            "credit": one.sides[1].id,
            "amount": one.money.amount,
            "currency": one.money.currency,
            "source": one.source,
            "created": at,
        }
        for one in postings
    ]
    with _guarded():
        connection.execute(insert(POSTING), rows)


def schedule(connection: Connection, due: Sequence[Due]) -> None:
    """Put deeds on the outside world's agenda."""
    if due:
        rows = [
            {"at": to_unix(one.at), "deed": one.deed.value, "object_id": one.object_id}
            for one in due
        ]
        connection.execute(insert(DUE), rows)
