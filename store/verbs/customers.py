"""Customers: who paid, and what is known of them."""

from dataclasses import replace
from typing import Unpack

from store import refusals
from store.customer import About
from store.errors import Refused
from store.event import Actor
from store.extra import merged as merged_extra
from store.lists.window import LISTED, Found, Listed, Window
from store.money import Money
from store.payment import Customer
from store.search.query import OF_CUSTOMERS, read
from store.shape.account import customer_shape
from store.shape.objects import Json, previous_attributes
from store.sql import customers, lists, reads, searches, tags
from store.sql.transaction import Transaction
from store.verbs import cash_balance
from store.verbs.currencies import currency_of
from store.verbs.metadata import UNSET, checked, merged
from store.verbs.reading import page, retrieve
from store.verbs.write import Request, Verbs


class Customers(Verbs):
    """Verbs of customers."""

    def create(self, about: About, *, actor: Actor, key: str | None = None) -> Customer:
        """Take in a customer.

        Raises:
            Refused: The metadata breaks a limit.
        """
        request = Request("customers.create", about.params(), actor, key)

        def act(tx: Transaction) -> Customer:
            made = _said(Customer(tx.ids.new("cus"), created=tx.now), about)
            tx.add_customer(made)
            tags.put(tx.connection, [(made.id, made.metadata)], new=True)
            tx.tell("customer.created", customer_shape(made))
            return made

        return self._run(request, act, _recall, lambda made: made.id)

    def update(
        self, customer: str, about: About, *, actor: Actor, key: str | None = None
    ) -> Customer:
        """Rewrite what is said of a customer; payments of before stay as they are.

        Raises:
            Refused: There is no such customer, or the metadata breaks a limit.
        """
        params = {"customer": customer, **about.params()}
        request = Request("customers.update", params, actor, key)

        def act(tx: Transaction) -> Customer:
            before = _recall(tx, customer)
            after = _said(before, about)
            if after != before:
                customers.rewrite(tx.connection, after)
                tags.put(tx.connection, [(after.id, after.metadata)])
                shape = customer_shape(after)
                was = previous_attributes(customer_shape(before), shape)
                tx.tell("customer.updated", shape, previous=was)
            return after

        return self._run(request, act, _recall, lambda after: after.id)

    def fund_cash_balance(
        self,
        customer: str,
        *,
        amount: int,
        currency: str,
        actor: Actor,
        reference: str | None = None,
        key: str | None = None,
    ) -> Json:
        """Let a customer transfer money, which pays what waits for it: test mode.

        Raises:
            Refused: There is no such customer, or the amount is none.
        """
        money = Money(amount, currency_of(currency))
        params = {"customer": customer, "money": str(money), "reference": reference}
        return self._run(
            Request("customers.fund_cash_balance", params, actor, key),
            lambda tx: cash_balance.fund(tx, customer, money, reference),
            lambda tx, given: dict(reads.events(tx.connection, given, 1)[0].data),
            lambda funded: str(funded["id"]),
        )

    def retrieve(self, customer: str, param: str = "id") -> Customer:
        """Return a customer, whom the API's `param` names.

        Raises:
            Refused: There is none (`resource_missing`).
        """
        return retrieve(self._database, lists.CUSTOMERS, customer, param)

    def search(
        self, query: str, *, limit: int = LISTED, page: str | None = None
    ) -> Found[Customer]:
        """Return a page of what a query in the API's search syntax finds.

        Raises:
            Refused: The query cannot be read, or the page is none.
        """
        asked = read(query, "customers", OF_CUSTOMERS)
        with self._database.read() as connection:
            return searches.search(connection, lists.CUSTOMERS, asked, limit, page)

    def list(
        self, *, email: str | None = None, **window: Unpack[Window]
    ) -> Listed[Customer]:
        """Return a page of customers, newest first; an email is matched exactly.

        Raises:
            Refused: The cursor is unknown, or there are two.
        """
        return page(self._database, lists.CUSTOMERS, window, email=email)


def _said(customer: Customer, about: About) -> Customer:
    metadata = merged(customer.metadata, about.metadata)
    return replace(
        customer,
        name=_text(about.name, customer.name),
        email=_text(about.email, customer.email),
        metadata=checked(metadata),
        extra=merged_extra(customer.extra, about.extra or {}),
    )


def _text(given: str | None, there: str | None) -> str | None:
    return there if given is None else None if given == UNSET else given


def _recall(tx: Transaction, customer: str) -> Customer:
    found = reads.customer(tx.connection, customer)
    if found is None:
        raise Refused(refusals.no_such("customer", customer, "id"))
    return found
