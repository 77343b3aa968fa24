"""Money: integer minor units in one currency; read, written, divided, never a float."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from store.currencies import CURRENCIES

WIDELY_USED = ("usd", "eur", "gbp", "jpy", "cad", "aud", "chf", "sek", "inr", "brl")
"""The currencies that are offered first."""
LARGEST = CURRENCIES["usd"].most
"""The largest amount of one payment in most currencies, in minor units."""
LARGEST_TOPUP = 1000 * LARGEST
"""The largest top-up, so that no balance leaves the database's integers."""

SYMBOLS = {"usd": "$", "eur": "€", "gbp": "£", "jpy": "¥", "krw": "₩", "inr": "₹"}
_NUMBER = re.compile(r"[0-9.,]*[0-9][0-9.,]*")
_AROUND = re.compile(
    rf"(?P<before>[{''.join(SYMBOLS.values())}]|[a-z]{{3}})?\s?"
    rf"(?P<number>[0-9.,]+)\s?"
    rf"(?P<after>[{''.join(SYMBOLS.values())}]|[a-z]{{3}})?"
)
_THOUSAND = 3
_LONGEST = 30
_USUAL = 2
_PERCENT = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*%")


def exponent(currency: str) -> int:
    """Return how many decimals the currency's major unit has: 0, 2 or 3.

    A store of before may hold one that there is not, which is told with two.
    """
    known = CURRENCIES.get(currency)
    return known.exponent if known else _USUAL


def step(currency: str) -> int:
    """Return the number of minor units that every amount must be divisible by."""
    known = CURRENCIES.get(currency)
    return known.step if known else 1


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
    """Read an amount typed or pasted: `42`, `1,000.50 USD`, `6,95`, `full` or `50%`.

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
    """Return the minor units of an amount, written in any way that has one reading."""
    if not typed:
        raise AmountError("Type an amount, such as 10.00, 50% or full.")
    number = _without_currency(typed, currency)
    wrong = AmountError(f'"{typed}" is not an amount: type digits, such as 10.00.')
    if not number.isascii() or not _NUMBER.fullmatch(number):
        raise wrong
    places = exponent(currency)
    readings = set(_readings(number, places))
    if len(readings) > 1:
        raise AmountError(
            f'"{typed}" can be read in two ways: write the decimals after a point, '
            "without thousands marks."
        )
    if not readings:
        mark = max(".,", key=number.rfind)
        if number.count(mark) != 1 or len(number.partition(mark)[2]) <= places:
            raise wrong
        said = f"{places} decimals" if places else "no decimals"
        raise AmountError(f"{currency.upper()} has {said}: {number} has more.")
    return readings.pop()


def _without_currency(typed: str, currency: str) -> str:
    """Return an amount without the sign or code of its currency around it."""
    found = _AROUND.fullmatch(typed)
    if found is None:
        return typed
    named = [one for one in (found["before"], found["after"]) if one]
    if any(one not in (currency, SYMBOLS.get(currency)) for one in named):
        raise AmountError(f'"{typed}" is not in {currency.upper()}.')
    return found["number"]


def _readings(number: str, places: int) -> Iterator[int]:
    """Yield the minor units for each way to read what commas and points mean.

    A point before three digits is a decimal point wherever it stands alone, as
    amounts are shown; a comma there stands between thousands, as it is shown too.
    """
    for mark, other in ((".", ","), (",", ".")):
        whole, found, part = number.partition(mark)
        if mark in part or other in part or len(part) > places:
            continue
        if other in whole and not _grouped(whole, other):
            continue
        if found or other not in whole or other == "," or whole.count(other) > 1:
            digits = whole.replace(other, "") + part.ljust(places, "0")
            yield int(digits or "0")


def _grouped(whole: str, mark: str) -> bool:
    """Tell whether marks stand between thousands, and nowhere else."""
    first, *others = whole.split(mark)
    begins = 1 <= len(first) <= _THOUSAND and first[0] != "0"
    return begins and all(len(one) == _THOUSAND for one in others)


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


def sums(amounts: Iterable[Money]) -> tuple[Money, ...]:
    """Return the sum in each currency, in order of their names."""
    totals: dict[str, Money] = {}
    for one in amounts:
        totals[one.currency] = totals.get(one.currency, zero(one.currency)) + one
    return tuple(totals[currency] for currency in sorted(totals))
