"""Calls that would hold money with what holds none, and every word of how."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from refused_calls import Case
from serving import pay

BY_HAND = (
    "The payment method type {} does not support manual capture. Use "
    "capture_method=automatic, or a payment method that supports manual capture."
)
HELD = {"amount": 900, "currency": "eur", "capture_method": "manual"}


def _begun(then: Callable[[Any, str], object]) -> Callable[[Any], object]:
    """Begin with a card what something else is done to."""
    begun = {**HELD, "payment_method": "pm_card_visa"}
    return lambda api: then(api, api.payment_intents.create(begun).id)


WAYS: dict[str, tuple[Callable[[Any], object], str]] = {
    "paid at once": (
        lambda api: pay(api, "pm_us_bank_account", capture_method="manual"),
        "us_bank_account",
    ),
    "among others": (
        lambda api: api.payment_intents.create(
            {**HELD, "payment_method_types": ["card", "ideal"]}
        ),
        "ideal",
    ),
    "described": (
        lambda api: api.payment_intents.create(
            {**HELD, "payment_method_data": {"type": "alipay"}}
        ),
        "alipay",
    ),
    "confirmed": (
        _begun(
            lambda api, begun: api.payment_intents.confirm(
                begun, {"payment_method": "pm_sepa_debit"}
            )
        ),
        "sepa_debit",
    ),
    "changed": (
        _begun(
            lambda api, begun: api.payment_intents.update(
                begun, {"payment_method": "pm_boleto"}
            )
        ),
        "boleto",
    ),
}
CASES = tuple(
    Case(f"by hand, {how}", act, BY_HAND.format(kind), param="capture_method")
    for how, (act, kind) in WAYS.items()
)
