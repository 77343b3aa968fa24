"""Listing: pages of payments by key, capped counts, tab counters."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    func,
    literal_column,
    select,
    text,
    tuple_,
)

from store.badge import Badge
from store.clock import from_unix
from store.method import Method
from store.money import Money
from store.outcome import PaymentLine
from store.page import Count, Cursor, Order, Page, Sort
from store.search import TAB_BADGES, AmountRange, Filter
from store.sql.mapping import moment
from store.sql.tables import BADGE_COUNT, PAYMENT

_SHORTEST_TRIGRAM = 3
_TOO_MANY = 2000
"""Matches above which walking the list finds a page sooner than the text index."""


def line_of(row: Row[Any]) -> PaymentLine:
    """Return a payment's row of the list."""
    return PaymentLine(
        id=row.id,
        seq=row.seq,
        created=from_unix(row.created),
        badge=Badge(row.badge),
        money=Money(row.amount, row.currency),
        refunded=Money(row.refunded, row.currency),
        failed_refunds=row.failed_refunds,
        name=row.name,
        email=row.email,
        method=Method(row.method, row.brand, row.last4),
        charge=row.charge,
        intent=row.intent,
        actor=row.actor,
        expires_at=moment(row.expires_at),
        version=row.version,
    )


def cursor_of(line: PaymentLine, sort: Sort) -> Cursor:
    """Return a row's place in a list of that order."""
    if sort.order is Order.AMOUNT:
        return Cursor(line.money.milli, line.seq)
    return Cursor(int(line.created.timestamp()), line.seq)


def page(
    connection: Connection,
    narrowed: Filter,
    sort: Sort,
    *,
    after: Cursor | None,
    before: Cursor | None,
    last: bool,
    size: int,
) -> Page[PaymentLine]:
    """Return consecutive rows after or before a place, at either end otherwise."""
    backwards = before is not None or last
    ascending = sort.ascending != backwards
    key = PAYMENT.c.milli if sort.order is Order.AMOUNT else PAYMENT.c.created
    query = _matching(connection, select(PAYMENT), narrowed)
    place = before or after
    if place is not None:
        here = tuple_(bindparam("key", place.key), bindparam("seq", place.seq))
        there = tuple_(key, PAYMENT.c.seq)
        query = query.where(there > here if ascending else there < here)
    order = (key, PAYMENT.c.seq)
    query = query.order_by(*(c.asc() if ascending else c.desc() for c in order))
    rows = connection.execute(query.limit(size + 1)).all()
    lines = [line_of(row) for row in rows[:size]]
    if backwards:
        lines.reverse()
    return Page(
        rows=tuple(lines),
        first=cursor_of(lines[0], sort) if lines else None,
        last=cursor_of(lines[-1], sort) if lines else None,
        more=len(rows) > size,
    )


def lines(connection: Connection, ids: Sequence[str]) -> dict[str, PaymentLine]:
    """Return the rows of these payments, by id."""
    rows = connection.execute(select(PAYMENT).where(PAYMENT.c.id.in_(ids)))
    return {row.id: line_of(row) for row in rows}


def count(connection: Connection, narrowed: Filter, cap: int) -> Count:
    """Return how many payments match, counting no further than the cap."""
    if narrowed.is_only_tab:
        return Count(_of_badges(badges(connection), TAB_BADGES[narrowed.tab]))
    query = _matching(connection, select(literal_column("1")), narrowed).limit(cap)
    counted = select(func.count()).select_from(query.subquery())
    number = connection.execute(counted).scalar_one()
    return Count(number, capped=number >= cap)


def badges(connection: Connection) -> dict[Badge, int]:
    """Return how many payments wear each badge, from the counters."""
    rows = connection.execute(select(BADGE_COUNT))
    return {Badge(row.badge): row.number for row in rows}


def _of_badges(counts: dict[Badge, int], wanted: tuple[Badge, ...]) -> int:
    return sum(n for badge, n in counts.items() if not wanted or badge in wanted)


def _matching(
    connection: Connection, query: Select[Any], narrowed: Filter
) -> Select[Any]:
    query = query.select_from(PAYMENT)
    wanted = set(TAB_BADGES[narrowed.tab]) or set(Badge)
    if narrowed.badges:
        wanted &= set(narrowed.badges)
    if wanted != set(Badge):
        query = query.where(
            PAYMENT.c.badge.in_(sorted(badge.value for badge in wanted))
        )
    for bound in narrowed.amounts:
        query = query.where(_bounded(bound))
    if narrowed.email is not None:
        query = query.where(_with_email(connection, narrowed.email))
    if narrowed.last4 is not None:
        query = query.where(PAYMENT.c.last4 == narrowed.last4)
    if narrowed.currency is not None:
        query = query.where(PAYMENT.c.currency == narrowed.currency)
    for word in narrowed.words:
        query = query.where(_containing(connection, word))
    return query


def _bounded(bound: AmountRange) -> ColumnElement[bool]:
    milli, limit = PAYMENT.c.milli, bound.milli
    match bound.sign:
        case ">":
            return milli > limit
        case ">=":
            return milli >= limit
        case "<":
            return milli < limit
        case "<=":
            return milli <= limit
        case _:
            return milli == limit


def _with_email(connection: Connection, email: str) -> ColumnElement[bool]:
    """Match a whole address exactly, part of one anywhere."""
    lowered = func.lower(PAYMENT.c.email)
    if "@" in email[1:-1]:
        return lowered == email
    return and_(_containing(connection, email), func.instr(lowered, email) > 0)


def _containing(connection: Connection, word: str) -> ColumnElement[bool]:
    has_word = func.instr(PAYMENT.c.search, word) > 0
    if len(word) < _SHORTEST_TRIGRAM:
        return has_word
    trigrams = " AND ".join(
        '"' + word[at : at + 3].replace('"', '""') + '"' for at in range(len(word) - 2)
    )
    found = text(
        "SELECT rowid FROM payment_text WHERE payment_text MATCH :terms LIMIT :most"
    )
    rows = connection.execute(found, {"terms": trigrams, "most": _TOO_MANY}).scalars()
    matches = list(rows)
    if len(matches) == _TOO_MANY:
        return has_word
    return and_(PAYMENT.c.seq.in_(matches), has_word)
