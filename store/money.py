"""Money: integer minor units in one currency; read, written, divided, never a float."""

import re
from dataclasses import dataclass

ZERO_DECIMAL = frozenset(
    (
        *("bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf"),
        *("vnd", "vuv", "xaf", "xof", "xpf"),
    )
)
THREE_DECIMAL = frozenset(["bhd", "jod", "kwd", "omr", "tnd"])
WHOLE_ONLY = frozenset(["isk", "ugx"])
WIDELY_USED = ("usd", "eur", "gbp", "jpy", "cad", "aud", "chf", "sek", "inr", "brl")
"""The currencies that are offered first."""
LARGEST = 99_999_999
"""The largest amount of one payment, in minor units (refund-rules §2)."""
LARGEST_TOPUP = 1000 * LARGEST
"""The largest top-up, so that no balance leaves the database's integers."""

SYMBOLS = {"usd": "$", "eur": "€", "gbp": "£", "jpy": "¥", "krw": "₩", "inr": "₹"}
_NUMBER = re.compile(r"[0-9]+(\.[0-9]*)?|\.[0-9]+")
_LONGEST = 30
_PERCENT = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*%")


def exponent(currency: str) -> int:
    """Return how many decimals the currency's major unit has: 0, 2 or 3."""
    if currency in ZERO_DECIMAL:
        return 0
    return 3 if currency in THREE_DECIMAL else 2


def step(currency: str) -> int:
    """Return the number of minor units that every amount must be divisible by."""
    if currency in THREE_DECIMAL:
        return 10
    return 100 if currency in WHOLE_ONLY else 1


class AmountError(ValueError):
    """An amount that cannot be read; its text says what was wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the minor units of one currency (lower-case ISO code)."""

    amount: int
    currency: str

    def __str__(self) -> str:
        return f"{self.digits()} {self.currency.upper()}"

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.amount, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.amount <= self._same(other)

    def __bool__(self) -> bool:
        return self.amount != 0

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise AmountError(
                f"{other} and {self} are of different currencies; convert one first."
            )
        return other.amount

    @property
    def milli(self) -> int:
        """Return thousandths of the major unit: one scale for every currency."""
        return self.amount * int(10 ** (3 - exponent(self.currency)))

    def digits(self, *, grouped: bool = True) -> str:
        """Return the exact amount in major units, without its currency."""
        places = exponent(self.currency)
        sign = "-" if self.amount < 0 else ""
        whole, part = divmod(abs(self.amount), 10**places)
        text = f"{whole:,}" if grouped else str(whole)
        return f"{sign}{text}.{part:0{places}d}" if places else sign + text

    def symbolic(self) -> str:
        """Return the amount as Stripe's sentences write it: `$10.00`, `€5.00`."""
        symbol = SYMBOLS.get(self.currency)
        return f"{symbol}{self.digits()}" if symbol else str(self)


def zero(currency: str) -> Money:
    """Return no money, in that currency."""
    return Money(0, currency)


def proportion(part: int, amount: int, whole: int) -> int:
    """Return amount × part ÷ whole, rounded to the nearest unit, halves up."""
    return (2 * amount * part + whole) // (2 * whole)


def parse_amount(text: str, most: Money) -> Money:
    """Read an amount typed by a person: `42`, `42.00`, `full`, `max` or `50%`.

    Args:
        text: What was typed, in major units of `most`'s currency.
        most: What `full`, `max` and percentages refer to, and the limit.

    Raises:
        AmountError: Empty, ambiguous, too many decimals, nothing, or more than `most`.
    """
    typed = text.strip().lower()
    if len(typed) > _LONGEST:
        raise AmountError(f"That is too long for an amount: at most {most}.")
    if typed in ("full", "max"):
        return _something(most)
    if percent := _PERCENT.fullmatch(typed):
        return _part(percent[1], most)
    money = Money(_minor(typed, most.currency), most.currency)
    return _within(money, most)


def _part(percent: str, most: Money) -> Money:
    whole, _, places = percent.partition(".")
    scale = 10 ** len(places)
    rate = int(whole + places)
    if rate > 100 * scale:
        raise AmountError(f"{percent}% is more than all of it: at most {most}.")
    unit = step(most.currency)
    exact = proportion(rate, most.amount, 100 * scale)
    return _within(Money(exact // unit * unit, most.currency), most)


def _minor(typed: str, currency: str) -> int:
    code = currency.upper()
    places = exponent(currency)
    if not typed:
        raise AmountError("Type an amount, such as 10.00, 50% or full.")
    if "," in typed:
        raise AmountError(
            f'"{typed}" can be read in two ways: write the decimals after a point, '
            "without thousands marks."
        )
    if not typed.isascii() or not _NUMBER.fullmatch(typed):
        raise AmountError(f'"{typed}" is not an amount: type digits, such as 10.00.')
    whole, _, part = typed.partition(".")
    if len(part) > places:
        said = f"{places} decimals" if places else "no decimals"
        raise AmountError(f"{code} has {said}: {typed} has more.")
    return int((whole + part.ljust(places, "0")) or "0")


def _something(money: Money) -> Money:
    if money.amount < 1:
        raise AmountError("The amount must be more than nothing.")
    return money


def _within(money: Money, most: Money) -> Money:
    _something(money)
    if money.amount % step(money.currency):
        smallest = Money(step(money.currency), money.currency)
        raise AmountError(f"{money} must be a multiple of {smallest}.")
    if most < money:
        raise AmountError(f"{money} is too much: at most {most}.")
    return money
