"""Payment methods: written, and rewritten when they change hands."""

from sqlalchemy import Connection, insert, update

from store.payment_method import PaymentMethod
from store.sql.mapping.method import payment_method_values
from store.sql.tables import METHOD


def add(connection: Connection, method: PaymentMethod) -> None:
    """Write a new payment method."""
    connection.execute(insert(METHOD), payment_method_values(method))


def rewrite(connection: Connection, method: PaymentMethod) -> None:
    """Rewrite a payment method."""
    found = update(METHOD).where(METHOD.c.id == method.id)
    connection.execute(found.values(payment_method_values(method)))
