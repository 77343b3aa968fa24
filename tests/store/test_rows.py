"""Rows have the values that the library's have, under the same names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, literal, select

from store.sql.rows import named
from store.sql.tables import CUSTOMER, META

if TYPE_CHECKING:
    from store import Store

ADA = {"id": "cus_1", "name": "Ada", "created": 7}


def test_values_go_by_their_columns_names(store: Store) -> None:
    """Every column, nothing included; and a row is the tuple that it was."""
    query = select(CUSTOMER)
    with store._database.write() as connection:
        connection.execute(insert(CUSTOMER), ADA)
        (row,) = named(connection.execute(query))
        (expected,) = connection.execute(query).all()
        connection.rollback()
    assert row == expected
    assert row._fields == expected._fields
    assert (row.id, row.name, row.created, row.email) == ("cus_1", "Ada", 7, None)


def test_what_has_no_name_of_its_own_goes_by_its_place(store: Store) -> None:
    """Two of one name, a word of Python's, an expression: the others keep theirs."""
    query = select(
        literal(1).label("class"),
        literal(2).label("same"),
        literal(3).label("same"),
        literal(4) + literal(5),
        literal(6).label("last"),
    )
    with store._database.read() as connection:
        (row,) = named(connection.execute(query))
        none = named(connection.execute(select(META).where(META.c.key == "zzz")))
    assert tuple(row) == (1, 2, 3, 9, 6)
    assert (row.same, row.last) == (2, 6)
    assert none == []
