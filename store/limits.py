"""Limits: the smallest and largest amount of a payment, and of any other movement."""

from store import refusals
from store.currencies import CURRENCIES
from store.errors import Refusal
from store.money import LARGEST, LARGEST_TOPUP, Money, step
from store.refusals import currencies as currency_refusals

WITHOUT_LEAST = frozenset(("ideal",))
"""Methods that the smallest amount of a payment does not hold for."""


def why_not_charge(
    money: Money, method: str, converted: Money | None = None
) -> Refusal | None:
    """Return why nobody can pay an amount with a method, or None when they can.

    A currency with a smallest payment of its own has that one, whatever the account
    settles in. Any other has none but that of the currency it is `converted` to.
    """
    known = CURRENCIES.get(money.currency)
    most = Money(known.most if known else LARGEST, money.currency)
    if money.amount < 1:
        return currency_refusals.below_any_charge()
    if refusal := _why_not(money, most):
        return refusal
    if known is None or method in WITHOUT_LEAST:
        return None
    if known.least is not None:
        least = Money(known.least, money.currency)
        return currency_refusals.amount_too_small(least) if money < least else None
    target = CURRENCIES.get(converted.currency) if converted else None
    if converted is None or target is None or target.least is None:
        return None
    least = Money(target.least, target.code)
    if converted < least:
        return currency_refusals.converts_to_too_little(money, converted, least)
    return None


def why_not_move(money: Money) -> Refusal | None:
    """Return why an amount cannot be added to a balance, or None when it can."""
    return _why_not(money, Money(LARGEST_TOPUP, money.currency))


def _why_not(money: Money, most: Money) -> Refusal | None:
    if money.amount < 1:
        return refusals.amount_below_one()
    if most < money:
        return refusals.amount_too_large(most)
    unit = Money(step(money.currency), money.currency)
    if money.amount % unit.amount:
        return refusals.amount_not_divisible(money, unit)
    return None
