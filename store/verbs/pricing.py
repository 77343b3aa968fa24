"""Pricing: what money of a charge is worth in the currency that its balance holds."""

from dataclasses import dataclass, replace
from datetime import datetime

from store.money import Money
from store.payment import Charge
from store.rates import Rates, convert, implied
from store.refund import Refund
from store.sql.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Price:
    """An amount in the settlement currency, and the rate; None is not converted."""

    money: Money
    rate: str | None = None


def price(tx: Transaction, charge: Charge, money: Money) -> Price:
    """Return what money in the charge's currency is worth in the balance's today."""
    return price_at(tx.rates, tx.now, charge, money)


def price_at(rates: Rates, now: datetime, charge: Charge, money: Money) -> Price:
    """Return what money in the charge's currency is worth in the balance's then.

    Where nobody gives a rate for the day, the charge's own counts.
    """
    target = charge.settlement_currency
    if target == money.currency:
        return Price(money)
    rate = rates.rate(money.currency, target, now) or _own_rate(charge)
    return Price(convert(money, target, rate), rate)


def _own_rate(charge: Charge) -> str:
    if charge.exchange_rate is not None:
        return charge.exchange_rate
    settled, gross = charge.settlement, charge.amount_captured
    if settled is None or not gross:
        return "1"
    return implied(Money(gross, charge.money.currency), settled)


def priced(tx: Transaction, refund: Refund, charge: Charge) -> Refund:
    """Return a refund with what it takes from the balance if it goes out now."""
    now = price(tx, charge, refund.money)
    settlement = now.money if now.rate else None
    if settlement == refund.settlement:
        return refund
    return replace(refund, settlement=settlement)
