"""What is compiled once does what the library does with the same statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import (
    BindParameter,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

from store.sql.prepared import Prepared
from store.sql.tables import CUSTOMER, INTENT
from store.sql.tables.columns import NUL_SHOWN

if TYPE_CHECKING:
    from store import Store

CUSTOMERS_OWN = "grace.hopper@example.com"
ALL = select(CUSTOMER).order_by(CUSTOMER.c.seq)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def customer(number: int = 1, **more: Any) -> dict[str, Any]:
    """Return a customer's row."""
    return {"id": f"cus_{number}", "name": "Grace", "created": number, **more}


@given(names=st.lists(TEXTS, min_size=1, max_size=4), email=st.none() | TEXTS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_are_those_that_the_library_writes_and_reads(
    store: Store, names: list[str], email: str | None
) -> None:
    """One and many; with what a table says by itself; under the same names."""
    rows = [customer(n, name=name, email=email) for n, name in enumerate(names)]
    with store._database.write() as connection:
        connection.execute(insert(CUSTOMER), rows)
        expected = connection.execute(ALL).all()
        connection.execute(delete(CUSTOMER))
        Prepared(insert(CUSTOMER)).do(connection, *rows)
        found = Prepared(ALL).all(connection)
        assert [row[1:] for row in found] == [row[1:] for row in expected]
        assert found[0]._fields == expected[0]._fields
        assert found == connection.execute(ALL).all()
        connection.rollback()


def test_one_text_serves_values_of_other_names(store: Store) -> None:
    """What is rewritten is what is given, each time."""
    here = Prepared(update(CUSTOMER).where(CUSTOMER.c.id == bindparam("this")))
    one = Prepared(select(CUSTOMER).where(CUSTOMER.c.id == bindparam("given")))
    with store._database.write() as connection:
        Prepared(insert(CUSTOMER)).do(connection, customer())
        here.do(connection, {"this": "cus_1", "name": "Ada"})
        here.do(connection, {"this": "cus_1", "email": "a\0b"})
        row = one.first(connection, given="cus_1")
        assert row
        shown = NUL_SHOWN if connection.dialect.name == "postgresql" else "\0"
        assert (row.name, row.email) == ("Ada", f"a{shown}b")
        assert one.first(connection, given="cus_2") is None
        here.do(connection)
        assert one.first(connection, given="cus_1") == row


def test_what_a_rewriting_returns_is_found(store: Store) -> None:
    """As columns of their own names."""
    query = update(CUSTOMER).where(CUSTOMER.c.id == bindparam("this"))
    renamed = Prepared(query.returning(CUSTOMER.c.id, CUSTOMER.c.name))
    with store._database.write() as connection:
        Prepared(insert(CUSTOMER)).do(connection, customer())
        row = renamed.first(connection, this="cus_1", name="Ada")
        assert row
        assert (row.id, row.name) == ("cus_1", "Ada")


def test_a_broken_rule_is_told_as_the_library_tells_it(store: Store) -> None:
    """And the message has nothing of the row in it."""
    adding = Prepared(insert(CUSTOMER))
    row = customer(email=CUSTOMERS_OWN)
    with store._database.write() as connection:
        adding.do(connection, row)
        with pytest.raises(IntegrityError) as told:
            adding.do(connection, row)
    if store._database.file:  # a server repeats the key that was there already
        assert CUSTOMERS_OWN not in str(told.value)
    with (
        store._database.read() as connection,
        pytest.raises((OperationalError, ProgrammingError)),
    ):
        Prepared(text("SELECT nothing FROM nowhere")).do(connection, {})


def test_reading_begins_one_view(store: Store) -> None:
    """What others commit meanwhile is not in it, as with the library."""
    counting = Prepared(select(INTENT.c.seq))
    with store._database.read() as connection:
        assert not connection.in_transaction()
        counting.all(connection)
        assert connection.in_transaction()


def test_values_that_a_statement_says_itself(store: Store) -> None:
    """Its own, those of a function, and one that stands in several places."""
    same: BindParameter[str] = bindparam("id")
    query = select(CUSTOMER.c.id).where(
        or_(CUSTOMER.c.created == 2, CUSTOMER.c.created > 5),
        func.coalesce(CUSTOMER.c.email, "") == bindparam("email"),
        or_(CUSTOMER.c.id == same, CUSTOMER.c.name == same),
    )
    with store._database.write() as connection:
        Prepared(insert(CUSTOMER)).do(connection, *map(customer, range(8)))
        for number in range(8):
            row = Prepared(query).first(connection, email="", id=f"cus_{number}")
            assert (row is not None) == (number in {2, 6, 7})


def test_a_list_of_values_is_refused(store: Store) -> None:
    """Its text would be another for each number of them."""
    query = select(CUSTOMER).where(CUSTOMER.c.id.in_(("a", "b")))
    with store._database.read() as connection, pytest.raises(ValueError, match="list"):
        Prepared(query).all(connection)
