"""Flows: what moved on the platform's balance, one by one and day by day."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from sqlalchemy import ColumnElement, Connection, case, func, select, tuple_

from store.balance import CurrencyBalance, short_of
from store.clock import from_unix, to_unix
from store.ledger import Account
from store.lists.page import Cursor, Page
from store.money import Money, zero
from store.outcome import Movement
from store.reference import DestinationKind
from store.refund import DEAD, PendingReason
from store.sql import reads
from store.sql.mapping.money import movement_of
from store.sql.queue import account_currencies
from store.sql.rows import NamedRow, named
from store.sql.tables import MOVEMENT, REFUND

_OWN = MOVEMENT.c.holder.is_(None)
OWN = (_OWN,)
"""What holds for what moved on the platform's own balance."""
_ORDER = (MOVEMENT.c.created, MOVEMENT.c.seq)
_DAY = 24 * 60 * 60
_OF_REFUNDS = ("refund", "refund_failure")
QUARTER = 15 * 60
"""Seconds; every zone's midnight falls on the beginning of one."""


def page(
    connection: Connection,
    currency: str,
    kind: str | None,
    *,
    after: Cursor | None,
    limit: int,
) -> Page[Movement]:
    """Return what moved, newest first; with the balance after each in a whole list."""
    query = select(MOVEMENT).where(_OWN, MOVEMENT.c.currency == currency)
    if kind is not None:
        query = query.where(MOVEMENT.c.reporting_category == kind)
    if after is not None:
        query = query.where(tuple_(*_ORDER) < tuple_(after.key, after.seq))
    query = query.order_by(*(column.desc() for column in _ORDER))
    found = named(connection.execute(query.limit(limit + 1)))
    rows = found[:limit]
    if kind is not None:
        return _page(rows, [None] * len(rows), None, more=len(found) > limit)
    left = _before(connection, currency, after)
    balances: list[Money | None] = []
    for row in rows:
        balances.append(left)
        left -= Money(row.net, currency)
    return _page(rows, balances, left, more=len(found) > limit)


def _page(
    rows: Sequence[NamedRow],
    balances: list[Money | None],
    left: Money | None,
    *,
    more: bool,
) -> Page[Movement]:
    moved = tuple(
        movement_of(row, balance) for row, balance in zip(rows, balances, strict=True)
    )
    goes_on = None if left is None else left.amount
    return Page(
        rows=moved,
        first=Cursor(rows[0].created, rows[0].seq) if rows else None,
        last=Cursor(rows[-1].created, rows[-1].seq, goes_on) if rows else None,
        more=more,
    )


def _before(connection: Connection, currency: str, after: Cursor | None) -> Money:
    """Return the balance after the newest movement that follows a place."""
    if after is not None and after.balance is not None:
        return Money(after.balance, currency)
    available = reads.available(connection, currency)
    whole = available + reads.of_account(connection, Account.PENDING, currency)
    if after is None:
        return whole
    since = tuple_(*_ORDER) >= tuple_(after.key, after.seq)
    moved = select(func.coalesce(func.sum(MOVEMENT.c.net), 0))
    moved = moved.where(_OWN, MOVEMENT.c.currency == currency, since)
    return whole - Money(int(connection.execute(moved).scalar_one()), currency)


def sheet(connection: Connection) -> tuple[CurrencyBalance, ...]:
    """Return what the platform has in every currency."""
    held: dict[str, Money] = {}
    for one in reads.waiting(connection):
        if one.is_held and one.holder is None:
            takes = one.takes
            held[takes.currency] = takes + held.get(
                takes.currency, zero(takes.currency)
            )
    coming = _coming(connection)
    found: list[CurrencyBalance] = []
    for currency in sorted(account_currencies(connection) | set(held)):
        available = reads.available(connection, currency)
        waits = held.get(currency, zero(currency))
        found.append(
            CurrencyBalance(
                currency=currency,
                available=available,
                pending=tuple(coming.get(currency, ())),
                held=waits,
                short=short_of(waits, available),
                pending_total=reads.of_account(connection, Account.PENDING, currency),
            )
        )
    return tuple(found)


def _coming(connection: Connection) -> dict[str, list[tuple[date, Money]]]:
    """Return what becomes available on each day, by currency, soonest first."""
    day = MOVEMENT.c.available_on - MOVEMENT.c.available_on % _DAY
    query = (
        select(MOVEMENT.c.currency, day.label("day"), func.sum(MOVEMENT.c.net))
        .where(MOVEMENT.c.status == "pending", _OWN)
        .group_by(MOVEMENT.c.currency, "day")
        .order_by("day")
    )
    found: dict[str, list[tuple[date, Money]]] = {}
    for currency, at, net in connection.execute(query):
        when = from_unix(at).astimezone(UTC).date()
        found.setdefault(currency, []).append((when, Money(int(net), currency)))
    return found


def of_refunds(
    connection: Connection, currency: str, since: datetime
) -> list[tuple[datetime, int, int]]:
    """Return what refunds took and brought back, by the quarter of an hour."""
    net, at = MOVEMENT.c.net, MOVEMENT.c.created
    quarter = (at - at % QUARTER).label("quarter")
    query = (
        select(
            quarter,
            func.sum(case((net < 0, -net), else_=0)),
            func.sum(case((net > 0, net), else_=0)),
        )
        .where(
            _OWN,
            MOVEMENT.c.currency == currency,
            MOVEMENT.c.reporting_category.in_(_OF_REFUNDS),
            at >= to_unix(since),
        )
        .group_by("quarter")
    )
    rows = connection.execute(query)
    return [(from_unix(at), int(out), int(back)) for at, out, back in rows]


def held(
    connection: Connection, currency: str, since: datetime
) -> list[tuple[datetime, int]]:
    """Return what refunds take that had to wait for funds, by when they were made."""
    takes = func.coalesce(REFUND.c.settlement_amount, REFUND.c.amount)
    paid_in = func.coalesce(REFUND.c.settlement_currency, REFUND.c.currency)
    quarter = (REFUND.c.created - REFUND.c.created % QUARTER).label("quarter")
    left = MOVEMENT.c.id == REFUND.c.balance_transaction
    query = (
        select(quarter, func.sum(takes))
        .join_from(REFUND, MOVEMENT, left, isouter=True)
        .where(
            REFUND.c.created >= to_unix(since),
            paid_in == currency,
            REFUND.c.holder.is_(None),
            _waited(),
        )
        .group_by("quarter")
    )
    return [(from_unix(at), int(sum_)) for at, sum_ in connection.execute(query)]


def _waited() -> ColumnElement[bool]:
    """Match refunds that wait for funds, went out later than made, or never did."""
    waits = REFUND.c.pending_reason == PendingReason.INSUFFICIENT_FUNDS.value
    never_left = REFUND.c.status.in_([one.value for one in DEAD])
    still = REFUND.c.destination_kind == DestinationKind.PENDING.value
    later = MOVEMENT.c.created > REFUND.c.created
    card = REFUND.c.destination_type == "card"
    ours = REFUND.c.imported == 0
    return waits | (ours & card & later) | (ours & never_left & still)
