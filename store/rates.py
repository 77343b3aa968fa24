"""Rates: what a currency is worth in another on a day; exact decimals, no floats."""

import zlib
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Protocol

from store.money import Money, exponent, step

_MIDS = (
    "aed 3.6725, aud 1.52, bgn 1.72, bhd 0.376, brl 5.4, cad 1.38, chf 0.8, "
    "clp 945, cny 7.15, czk 21.6, dkk 6.57, eur 0.88, gbp 0.755, hkd 7.8, huf 346, "
    "idr 16400, ils 3.4, inr 87.5, isk 122, jod 0.709, jpy 148, krw 1390, "
    "kwd 0.306, mxn 18.6, myr 4.23, nok 10.1, nzd 1.7, omr 0.3845, php 57.2, "
    "pln 3.75, ron 4.46, sar 3.75, sek 9.6, sgd 1.29, thb 32.4, tnd 2.9, try 41, "
    "twd 30, ugx 3560, usd 1, vnd 26200, xaf 577, xof 577, zar 17.7"
)
_PER_DOLLAR = {one[:3]: one[4:] for one in _MIDS.split(", ")}
"""Units of each currency for a dollar, about which the sandbox's rates move."""
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
        if source not in _PER_DOLLAR or target not in _PER_DOLLAR:
            return None
        mid = Decimal(_PER_DOLLAR[target]) / Decimal(_PER_DOLLAR[source])
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
