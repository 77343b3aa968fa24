"""Listing: pages of payments by key, capped counts, tab counters."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    bindparam,
    func,
    literal_column,
    select,
    tuple_,
)

from store.badge import Badge
from store.glance import Listed, line_of
from store.lists.page import Count, Cursor, Order, Page, Sort
from store.money import Money
from store.outcome import PaymentGist, PaymentLine
from store.search.filters import TAB_BADGES, Filter
from store.sql.narrowing import conditions
from store.sql.tables import BADGE_COUNT, PAYMENT

_SHOWN = [PAYMENT.c[name] for name in Listed._fields]


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
    query = _matching(connection, select(*_SHOWN), narrowed, sort.order)
    place = before or after
    if place is not None:
        here = tuple_(bindparam("key", place.key), bindparam("seq", place.seq))
        there = tuple_(key, PAYMENT.c.seq)
        query = query.where(there > here if ascending else there < here)
    order = (key, PAYMENT.c.seq)
    query = query.order_by(*(c.asc() if ascending else c.desc() for c in order))
    rows = connection.execute(query.limit(size + 1)).all()
    lines = [line_of(Listed._make(row)) for row in rows[:size]]
    if backwards:
        lines.reverse()
    return Page(
        rows=tuple(lines),
        first=cursor_of(lines[0], sort) if lines else None,
        last=cursor_of(lines[-1], sort) if lines else None,
        more=len(rows) > size,
    )


def gists(
    connection: Connection,
    narrowed: Filter,
    sort: Sort,
    *,
    between: tuple[Cursor, Cursor] | None,
    most: int,
) -> tuple[PaymentGist, ...]:
    """Return the first `most` payments; `between` two places includes both."""
    key = PAYMENT.c.milli if sort.order is Order.AMOUNT else PAYMENT.c.created
    columns = (PAYMENT.c.id, PAYMENT.c.badge, PAYMENT.c.amount, PAYMENT.c.currency)
    query = _matching(connection, select(*columns), narrowed, sort.order)
    order = (key, PAYMENT.c.seq)
    if between is not None:
        low, high = sorted((place.key, place.seq) for place in between)
        here = tuple_(*order)
        query = query.where(here >= tuple_(*low), here <= tuple_(*high))
    query = query.order_by(*(c.asc() if sort.ascending else c.desc() for c in order))
    badge = {one.value: one for one in Badge}
    return tuple(
        PaymentGist(id_, badge[worn], Money(amount, currency))
        for id_, worn, amount, currency in connection.execute(query.limit(most))
    )


def lines(connection: Connection, ids: Sequence[str]) -> dict[str, PaymentLine]:
    """Return the rows of these payments, by id."""
    rows = connection.execute(select(*_SHOWN).where(PAYMENT.c.id.in_(ids)))
    return {line.id: line for line in map(line_of, map(Listed._make, rows))}


def count(connection: Connection, narrowed: Filter, cap: int) -> Count:
    """Return how many payments match, counting no further than the cap."""
    if narrowed.is_only_tab:
        return Count(_of_badges(badges(connection), TAB_BADGES[narrowed.tab]))
    query = _matching(connection, select(literal_column("1")), narrowed).limit(cap)
    counted = select(func.count()).select_from(query.subquery())
    number = connection.execute(counted).scalar_one()
    return Count(number, capped=number >= cap)


def preceding(
    connection: Connection, narrowed: Filter, sort: Sort, place: Cursor, cap: int
) -> Count:
    """Return how many payments come before a place in the list."""
    key = PAYMENT.c.milli if sort.order is Order.AMOUNT else PAYMENT.c.created
    query = _matching(connection, select(literal_column("1")), narrowed, sort.order)
    here, there = tuple_(place.key, place.seq), tuple_(key, PAYMENT.c.seq)
    query = query.where(there < here if sort.ascending else there > here)
    if not narrowed.is_only_tab:  # of such a list a thousand are counted at most
        query = query.limit(cap)
    counted = select(func.count()).select_from(query.subquery())
    number = connection.execute(counted).scalar_one()
    return Count(number, capped=not narrowed.is_only_tab and number >= cap)


def badges(connection: Connection) -> dict[Badge, int]:
    """Return how many payments wear each badge, from the counters."""
    rows = connection.execute(select(BADGE_COUNT))
    return {Badge(row.badge): row.number for row in rows}


def _of_badges(counts: dict[Badge, int], wanted: tuple[Badge, ...]) -> int:
    return sum(n for badge, n in counts.items() if not wanted or badge in wanted)


def _matching(
    connection: Connection,
    query: Select[Any],
    narrowed: Filter,
    order: Order | None = None,
) -> Select[Any]:
    wanted = conditions(connection, narrowed, order)
    return query.select_from(PAYMENT).where(*wanted)
