"""Searches by the API's syntax: clauses as conditions, pages newest first."""

from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    exists,
    false,
    func,
    not_,
    or_,
    select,
)

from store.errors import Refused
from store.lists.window import Found, Window
from store.refusals import lists as list_refusals
from store.search.query import Clause, Field, Operator, Query
from store.sql import lists, tags
from store.sql.tables import CHARGE, TAG

T = TypeVar("T")
Condition = ColumnElement[bool]
_CARD_COLUMNS = {
    Field.BRAND: CHARGE.c.brand,
    Field.FINGERPRINT: CHARGE.c.fingerprint,
    Field.LAST4: CHARGE.c.last4,
    Field.EXP_MONTH: CHARGE.c.exp_month,
    Field.EXP_YEAR: CHARGE.c.exp_year,
}


def search(
    connection: Connection,
    kind: lists.Kind[T],
    query: Query,
    limit: int,
    page: str | None,
) -> Found[T]:
    """Return a page of the objects that a query finds, newest first.

    Raises:
        Refused: `page` is none that a search gave.
    """
    if page is not None and lists.find(connection, kind, page) is None:
        raise Refused(list_refusals.unknown_page(page))
    conditions = [_condition(kind, clause) for clause in query.clauses]
    joined = or_(*conditions) if query.any_of else and_(*conditions)
    window: Window = {"limit": limit, "starting_after": page}
    found = lists.page(connection, kind, window, joined)
    last = getattr(found.data[-1], "id", None) if found.has_more else None
    return Found(found.data, found.has_more, last)


def _condition(kind: lists.Kind[T], clause: Clause) -> Condition:
    found = _plain(kind, clause)
    return not_(func.coalesce(found, false())) if clause.negated else found


def _plain(kind: lists.Kind[T], clause: Clause) -> Condition:
    if clause.field is Field.METADATA:
        return _tagged(kind, clause)
    if clause.field is Field.REFUNDED:
        return _refunded(clause)
    column = _CARD_COLUMNS.get(clause.field)
    column = kind.table.c[clause.field.value] if column is None else column
    if clause.value is None:
        return column.is_(None)
    if clause.field is Field.DISPUTED:
        return column == int(clause.value == "true")
    return _compared(column, clause)


def _compared(column: ColumnElement[Any], clause: Clause) -> Condition:
    value = clause.value
    match clause.operator:
        case Operator.HAS:
            return column.icontains(str(value), autoescape=True)
        case Operator.ABOVE:
            return column > value
        case Operator.BELOW:
            return column < value
        case Operator.FROM:
            return column >= value
        case Operator.UP_TO:
            return column <= value
        case _:
            if clause.field in (Field.EMAIL, Field.NAME):
                return func.lower(column) == str(value).lower()
            plain = isinstance(value, int) or clause.field is Field.CUSTOMER
            return column == (value if plain else str(value).lower())


def _refunded(clause: Clause) -> Condition:
    """Match charges refunded in full (true), in part (false) or not at all (null)."""
    refunded, captured = CHARGE.c.amount_refunded, CHARGE.c.amount_captured
    if clause.value is None:
        return refunded == 0
    if clause.value == "true":
        return and_(refunded > 0, refunded >= captured)
    return and_(refunded > 0, refunded < captured)


def _tagged(kind: lists.Kind[T], clause: Clause) -> Condition:
    given, key = kind.table.c.id, clause.key or ""
    if clause.value is None:
        there = select(TAG.c.key).where(TAG.c.object_id == given, tags.keyed(key))
        return not_(exists(there))
    if clause.operator is Operator.IS:
        return given.in_(tags.tagged(key, str(clause.value)))
    part = TAG.c.value.contains(tags.cut(str(clause.value)), autoescape=True)
    return given.in_(select(TAG.c.object_id).where(tags.keyed(key), part))
