"""Gathering: rows that an index names at once, so that any order of them is quick.

SQLite keeps no statistics here, so whether many rows match is asked of an index first;
PostgreSQL knows it.
"""

from collections.abc import Sequence

from sqlalchemy import (
    ColumnElement,
    Connection,
    UnaryExpression,
    and_,
    func,
    literal_column,
    select,
)
from sqlalchemy.sql.operators import custom_op

from store.sql.tables import PAYMENT

TOO_MANY = 2000
"""Matches above which walking the list finds a page sooner than an index does."""
Condition = ColumnElement[bool]


def gathered(connection: Connection, wanted: Sequence[Condition]) -> list[Condition]:
    """Return the conditions, or, where few rows match them all, those rows by name.

    They must be such that one index answers them.
    """
    if not wanted or connection.dialect.name != "sqlite":
        return list(wanted)
    query = select(PAYMENT.c.seq).where(and_(*wanted)).limit(TOO_MANY)
    matches = list(connection.execute(query).scalars())
    if len(matches) < TOO_MANY:
        return [PAYMENT.c.seq.in_(matches)]
    return list(wanted)


def walked(
    connection: Connection, column: ColumnElement[str], values: Sequence[str]
) -> Condition:
    """Return that a column has one of the values, by its index only if few rows do."""
    wanted = column.in_(values)
    if connection.dialect.name != "sqlite":
        return wanted
    some = select(literal_column("1")).where(wanted).limit(TOO_MANY).subquery()
    number = connection.execute(select(func.count()).select_from(some)).scalar_one()
    if number < TOO_MANY:
        return wanted
    # SQLite's documented way to keep a condition from an index: a plus before it.
    return UnaryExpression(column, operator=custom_op("+")).in_(values)
