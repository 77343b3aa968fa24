"""Payment methods: made from a test card, given to a customer, taken back."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Unpack

from store import refusals
from store.cards import CARDS, TestMethod, by_number
from store.errors import Refused
from store.event import Actor
from store.lists.window import Listed, Window
from store.method import TYPES, Method
from store.payment_method import (
    Details,
    PaymentMethod,
    as_described,
    by_name,
    detached,
    keepable,
    test_name,
    why_not_attach,
    why_not_details,
)
from store.refusals import methods as method_refusals
from store.shape.methods import payment_method_shape
from store.shape.objects import Json, previous_attributes
from store.sql import lists, methods, reads
from store.sql.transaction import Transaction
from store.verbs.metadata import checked
from store.verbs.reading import page, retrieve
from store.verbs.write import Request, Verbs

_NAME = "payment_method"


class PaymentMethods(Verbs):
    """Verbs of payment methods; the test ones are there by name, without being made."""

    def create(
        self,
        *,
        type: str,  # noqa: A002 - the API's name
        actor: Actor,
        details: Mapping[str, Details] | None = None,
        metadata: Mapping[str, str] | None = None,
        extra: Json | None = None,
        key: str | None = None,
    ) -> PaymentMethod:
        """Make a payment method: of a card by its test number or token.

        Args:
            type: Card, or another.
            actor: Who asks.
            details: What is said of it, by its type.
            metadata: Kept with it.
            extra: What the API answers besides.
            key: Idempotency key.

        Raises:
            Refused: There is no such type, card, or token.
        """
        if refusal := why_not_details(type, details or {}):
            raise Refused(refusal)
        own = (details or {}).get(type, {})
        test = _test(type, own)
        kept = {**(extra or {}), **({type: one} if (one := keepable(own)) else {})}
        said = {"method": repr(test), "metadata": checked(metadata), "extra": kept}
        request = Request("payment_methods.create", said, actor, key)

        def act(tx: Transaction) -> PaymentMethod:
            made = PaymentMethod(
                id=tx.ids.new("pm"),
                method=test.method,
                created=tx.now,
                behaviour=test.behaviour,
                metadata=dict(metadata or {}),
                extra=kept,
            )
            methods.add(tx.connection, made)
            return made

        return self._run(request, act, _recall, lambda made: made.id)

    def attach(
        self,
        payment_method: str,
        *,
        customer: str,
        actor: Actor,
        key: str | None = None,
    ) -> PaymentMethod:
        """Give a payment method to a customer; of a test one, its own copy.

        Raises:
            Refused: There is no such method or customer, or it is another's.
        """
        params = {"payment_method": payment_method, "customer": customer}
        request = Request("payment_methods.attach", params, actor, key)

        def act(tx: Transaction) -> PaymentMethod:
            if reads.customer(tx.connection, customer) is None:
                raise Refused(refusals.no_such("customer", customer, "customer"))
            if shared := by_name(payment_method, tx.now):
                own = replace(shared, id=tx.ids.new("pm"), customer=customer)
                methods.add(tx.connection, own)
                return _told(tx, "attached", shared, own)
            found = _recall(tx, payment_method)
            if refusal := why_not_attach(found, customer):
                raise Refused(refusal)
            after = replace(found, customer=customer)
            return _given(tx, found, after, "attached")

        return self._run(request, act, _recall, lambda given: given.id)

    def detach(
        self, payment_method: str, *, actor: Actor, key: str | None = None
    ) -> PaymentMethod:
        """Take a payment method back from its customer; nobody uses it again.

        Raises:
            Refused: There is none, or it is nobody's.
        """
        params = {"payment_method": payment_method}
        request = Request("payment_methods.detach", params, actor, key)

        def act(tx: Transaction) -> PaymentMethod:
            found = _recall(tx, payment_method)
            if found.customer is None:
                raise Refused(method_refusals.method_not_attached())
            return _given(tx, found, detached(found), "detached")

        return self._run(request, act, _recall, lambda taken: taken.id)

    def retrieve(self, payment_method: str) -> PaymentMethod:
        """Return a payment method, by its id or its test name.

        Raises:
            Refused: There is none (`resource_missing`).
        """
        if shared := by_name(payment_method, self._clock.now()):
            return shared
        return retrieve(self._database, lists.METHODS, payment_method, _NAME)

    def list(
        self,
        *,
        customer: str | None = None,
        type: str | None = None,  # noqa: A002 - the API's name
        **window: Unpack[Window],
    ) -> Listed[PaymentMethod]:
        """Return a page of payment methods, newest first, of a customer or of all.

        Raises:
            Refused: The cursor is unknown, or there are two.
        """
        return page(self._database, lists.METHODS, window, customer=customer, type=type)


def _test(type_: str, details: Details) -> TestMethod:
    if type_ != "card" and type_ in TYPES:
        found = CARDS.get(f"pm_{type_}", TestMethod(Method(type_)))
    else:
        number, token = (_text(details.get(name)) for name in ("number", "token"))
        name = test_name(type_, number, token)
        by_its_number = by_number(number) if number and token is None else None
        found = by_its_number or CARDS[name]
    return replace(found, method=as_described(found.method, details))


def _text(given: object) -> str | None:
    return None if given is None else str(given)


def _given(
    tx: Transaction, found: PaymentMethod, after: PaymentMethod, how: str
) -> PaymentMethod:
    methods.rewrite(tx.connection, after)
    return _told(tx, how, found, after)


def _told(
    tx: Transaction, how: str, before: PaymentMethod, after: PaymentMethod
) -> PaymentMethod:
    shape = payment_method_shape(after)
    previous = previous_attributes(
        {"customer": before.customer}, {"customer": after.customer}
    )
    tx.tell(f"payment_method.{how}", shape, previous=previous)
    return after


def _recall(tx: Transaction, given: str) -> PaymentMethod:
    found = lists.find(tx.connection, lists.METHODS, given)
    if found is None:
        raise Refused(refusals.no_such(_NAME, given, _NAME))
    return found
