"""Payment methods as objects: made by a program, or given to a customer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from store import refusals
from store.cards import (
    CARDS,
    Behaviour,
    TestMethod,
    name_of_number,
    name_of_token,
)
from store.errors import Refusal, Refused
from store.method import TYPES, Method
from store.refusals import methods as method_refusals


@dataclass(frozen=True, slots=True)
class PaymentMethod:
    """What a customer pays with; of a card only its last four digits are kept."""

    id: str
    method: Method
    created: datetime
    behaviour: Behaviour | None = None
    customer: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def test(self) -> TestMethod:
        """Return how the outside world treats it."""
        return TestMethod(self.method, self.behaviour)


def by_name(given: str, now: datetime) -> PaymentMethod | None:
    """Return a test payment method by its name; it is everybody's."""
    found = CARDS.get(given)
    if found is None:
        return None
    return PaymentMethod(given, found.method, now, found.behaviour)


def why_not_attach(method: PaymentMethod, customer: str) -> Refusal | None:
    """Return why a payment method cannot be given to a customer, or None."""
    if method.customer not in (None, customer):
        return method_refusals.method_attached()
    return None


def why_not_pay_with(method: PaymentMethod, customer: str | None) -> Refusal | None:
    """Return why a payment method cannot pay for a customer or nobody, or None."""
    owner = method.customer
    if owner is None or owner == customer:
        return None
    if customer is None:
        return method_refusals.method_of_somebody(method.id, owner)
    return method_refusals.method_of_another(method.id, customer)


def test_name(type_: str, number: str | None, token: str | None) -> str:
    """Return the test name of what a program describes: a card's number, a type.

    Raises:
        Refused: There is no such type, card or token.
    """
    if type_ != "card":
        if f"pm_{type_}" in CARDS:
            return f"pm_{type_}"
        raise Refused(method_refusals.bad_method_type(TYPES))
    if token is not None:
        if name := name_of_token(token):
            return name
        raise Refused(refusals.no_such("token", token, "card[token]"))
    if number is None:
        raise Refused(method_refusals.card_needed())
    if name := name_of_number(number):
        return name
    raise Refused(method_refusals.no_test_card())
