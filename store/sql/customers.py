"""Customers: rewritten when something else is said of them."""

from sqlalchemy import Connection, update

from store.payment import Customer
from store.sql.mapping.payments import customer_values
from store.sql.tables import CUSTOMER


def rewrite(connection: Connection, customer: Customer) -> None:
    """Rewrite a customer."""
    found = update(CUSTOMER).where(CUSTOMER.c.id == customer.id)
    connection.execute(found.values(customer_values(customer)))
