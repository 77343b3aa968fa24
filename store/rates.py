"""Rates: what a currency is worth in another on a day; exact decimals, no floats."""

import zlib
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Protocol

from store.currencies import CURRENCIES
from store.money import Money, exponent, step

_DIGITS = Context(prec=6)
_DRIFT_PER_MILLE = 15


class Rates(Protocol):
    """Answers what one unit of a currency is worth in another, day by day."""

    def rate(self, source: str, target: str, at: datetime) -> str | None:
        """Return the rate between major units as text; None where there is none."""


class SandboxRates:
    """Rates around fixed mids that drift a little from day to day, the same always."""

    def rate(self, source: str, target: str, at: datetime) -> str | None:
        """Return the day's rate, to six digits."""
        sold, bought = CURRENCIES.get(source), CURRENCIES.get(target)
        if sold is None or bought is None:
            return None
        mid = Decimal(bought.per_dollar) / Decimal(sold.per_dollar)
        return _plain(_DIGITS.multiply(mid, 1 + _drift(source, target, at.date())))


def _drift(source: str, target: str, day: date) -> Decimal:
    """Return how far the day is from the mid, and the pair's two ways alike."""
    pair = "".join(sorted((source, target)))
    steps = zlib.crc32(f"{pair}{day:%Y%m%d}".encode()) % (2 * _DRIFT_PER_MILLE + 1)
    drift = Decimal(steps - _DRIFT_PER_MILLE) / 1000
    return drift if source < target else -drift


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")


@dataclass(slots=True)
class StandingRates:
    """Rates that stand until they are set: tests."""

    table: dict[tuple[str, str], str] = field(default_factory=dict)

    def rate(self, source: str, target: str, at: datetime) -> str | None:
        """Return the rate that was set, whatever the day."""
        del at
        return self.table.get((source, target))


SANDBOX_RATES = SandboxRates()


def convert(money: Money, target: str, rate: str) -> Money:
    """Return money in another currency, rounded half up to what it can express.

    Something never becomes nothing: it is the smallest amount at least.
    """
    unit = step(target)
    scale = Decimal(10) ** (exponent(target) - exponent(money.currency))
    exact = money.amount * Decimal(rate) * scale / unit
    whole = int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP)) * unit
    return Money(max(whole, unit) if money.amount > 0 else whole, target)


def implied(money: Money, other: Money) -> str:
    """Return the rate at which the one became the other; money is something."""
    scale = Decimal(10) ** (exponent(money.currency) - exponent(other.currency))
    return _plain(Context(prec=12).divide(other.amount * scale, Decimal(money.amount)))
