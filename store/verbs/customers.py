"""Customers: who paid."""

from typing import Unpack

from store.payment import Customer
from store.sql import lists
from store.sql.engine import Database
from store.verbs.reading import page, retrieve
from store.window import Listed, Window


class Customers:
    """Read verbs of customers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def retrieve(self, customer: str) -> Customer:
        """Return a customer.

        Raises:
            Refused: There is none (`resource_missing`).
        """
        return retrieve(self._database, lists.CUSTOMERS, customer)

    def list(
        self, *, email: str | None = None, **window: Unpack[Window]
    ) -> Listed[Customer]:
        """Return a page of customers, newest first; an email is matched exactly.

        Raises:
            Refused: The cursor is unknown, or there are two.
        """
        return page(self._database, lists.CUSTOMERS, window, email=email)
