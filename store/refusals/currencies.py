"""Refusals about currencies and the bounds of payments, in the API's words."""

from store.currencies import CURRENCIES
from store.errors import Refusal
from store.money import Money


def no_currency(given: str, param: str = "currency") -> Refusal:
    """A currency that there is not."""
    return Refusal(
        f"Invalid currency: {given.lower()}. Stripe currently supports these "
        f"currencies: {', '.join(CURRENCIES)}",
        param=param,
        brief="no currency",
    )


def below_any_charge() -> Refusal:
    """A payment of nothing."""
    return Refusal(
        "The amount must be greater than or equal to the minimum charge amount allowed "
        "for your account and the currency set (https://docs.stripe.com/currencies"
        "#minimum-and-maximum-charge-amounts).  If you want to save a Payment Method "
        "for future use without an immediate payment, use a Setup Intent instead: "
        "https://docs.stripe.com/payments/setup-intents",
        "parameter_invalid_integer",
        "amount",
    )


def amount_too_small(least: Money) -> Refusal:
    """Less than a payment in the currency can be."""
    shown = least.symbolic().removesuffix(f" {least.currency.upper()}")
    return Refusal(
        f"Amount must be at least {shown} {least.currency}",
        "amount_too_small",
        "amount",
    )


def converts_to_too_little(asked: Money, converted: Money, least: Money) -> Refusal:
    """Less than a payment in the currency that the account settles in can be."""
    return Refusal(
        f"Amount must convert to at least {least.symbolic()}. {asked.symbolic()} "
        f"converts to approximately {converted.symbolic()}.",
        "amount_too_small",
        "amount",
    )
