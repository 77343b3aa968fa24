"""Payment methods as objects: made by a program, or given to a customer."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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
from store.extra import HIDDEN
from store.method import TYPES, Method
from store.refusals import methods as method_refusals

_DETACHED = f"{HIDDEN}detached"
"""Where a payment method keeps that it was taken from its customer."""


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

    @property
    def was_detached(self) -> bool:
        """Tell whether a customer has had it, and has it no more."""
        return _DETACHED in self.extra


def detached(method: PaymentMethod) -> PaymentMethod:
    """Return a payment method that was taken from its customer, for good."""
    return replace(method, customer=None, extra={**method.extra, _DETACHED: True})


def by_name(given: str, now: datetime) -> PaymentMethod | None:
    """Return a test payment method by its name; it is everybody's."""
    found = CARDS.get(given)
    if found is None:
        return None
    return PaymentMethod(given, found.method, now, found.behaviour)


def why_not_attach(method: PaymentMethod, customer: str) -> Refusal | None:
    """Return why a payment method cannot be given to a customer, or None."""
    if method.was_detached:
        return method_refusals.method_spent()
    if method.customer not in (None, customer):
        return method_refusals.method_attached()
    return None


def why_not_pay_with(method: PaymentMethod, customer: str | None) -> Refusal | None:
    """Return why a payment method cannot pay for a customer or nobody, or None."""
    if method.was_detached:
        return method_refusals.method_spent()
    owner = method.customer
    if owner is None or owner == customer:
        return None
    if customer is None:
        return method_refusals.method_of_somebody(method.id, owner)
    return method_refusals.method_of_another(method.id, customer)


DATA = "_payment_method_data"
"""Where an intent keeps what was said of what it is to be paid with."""
_NUMBERS = ("account_number", "iban")
"""What is kept of in its last four digits only."""
_OF_CARD = ("number", "token", "cvc", "exp_month", "exp_year")
_CVC = re.compile(r"\d{3,4}", re.ASCII)
_MONTHS = range(1, 13)
_CENTURY = 100
Details = Mapping[str, object]


def why_not_details(type_: str, details: Mapping[str, Details]) -> Refusal | None:
    """Return why what is said of a payment method cannot be, or None when it can.

    Args:
        type_: The payment method's type.
        details: What is said of it, by the type of which it is said.
    """
    others = [one for one in details if one != type_]
    if others:
        return method_refusals.another_type(others[0], type_)
    said = details.get(type_, {})
    if said.get("number") is not None and said.get("token") is not None:
        return method_refusals.two_cards()
    cvc, month = said.get("cvc"), said.get("exp_month")
    if cvc is not None and not _CVC.fullmatch(str(cvc)):
        return method_refusals.bad_cvc()
    if month is not None and month not in _MONTHS:
        return method_refusals.bad_month()
    return None


def as_described(method: Method, details: Details) -> Method:
    """Return a payment method with what is said of it: last digits, and expiry."""
    last4 = [str(details[one])[-4:] for one in _NUMBERS if details.get(one)]
    if last4:
        method = replace(method, last4=last4[0])
    elif details.get("last4"):
        method = replace(method, last4=str(details["last4"]))
    month, year = details.get("exp_month"), details.get("exp_year")
    if isinstance(month, int):
        method = replace(method, exp_month=month)
    if isinstance(year, int):
        full = year if year >= _CENTURY else 20 * _CENTURY + year
        method = replace(method, exp_year=full)
    return method


def keepable(details: Details) -> dict[str, object]:
    """Return what of it may be kept: never a number, of which the last digits are."""
    kept = {
        name: one for name, one in details.items() if name not in (*_NUMBERS, *_OF_CARD)
    }
    last4 = [str(details[one])[-4:] for one in _NUMBERS if details.get(one)]
    return {**kept, "last4": last4[0]} if last4 else kept


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
