"""The search language: words and `key:value` terms, joined by AND → a Filter."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from store.badge import DISPUTED, REFUND_PENDING, Badge


class Tab(StrEnum):
    """The status tabs over the list of payments."""

    ALL = "all"
    SUCCEEDED = "succeeded"
    REFUNDED = "refunded"
    PENDING = "pending"
    DISPUTED = "disputed"
    FAILED = "failed"
    UNCAPTURED = "uncaptured"


TAB_BADGES: dict[Tab, tuple[Badge, ...]] = {
    Tab.ALL: (),
    Tab.SUCCEEDED: (Badge.SUCCEEDED,),
    Tab.REFUNDED: (
        Badge.REFUNDED,
        Badge.REVERSED,
        Badge.PARTIAL_REFUND,
        Badge.PARTIALLY_REVERSED,
    ),
    Tab.PENDING: REFUND_PENDING,
    Tab.DISPUTED: DISPUTED,
    Tab.FAILED: (Badge.FAILED, Badge.BLOCKED, Badge.REFUND_FAILED),
    Tab.UNCAPTURED: (Badge.UNCAPTURED,),
}
"""Which badges a tab shows; none means every one."""

_STATUS_WORDS: dict[str, tuple[Badge, ...]] = {
    **{badge.value: (badge,) for badge in Badge},
    "refunded": TAB_BADGES[Tab.REFUNDED],
    "partially_refunded": (Badge.PARTIAL_REFUND, Badge.PARTIALLY_REVERSED),
    "pending": REFUND_PENDING,
    "refund_pending": REFUND_PENDING,
    "held": (Badge.REFUND_HELD,),
    "disputed": DISPUTED,
}
KEYS = ("status", "amount", "email", "last4", "currency")
_ONE_TERM = re.compile(r'(?:[^\s"]|"[^"]*")+')
_TERM = re.compile(r"(?P<key>[a-z0-9_]+)(?P<sign>:|>=|<=|>|<|=)(?P<value>.*)")
_NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{0,3})?")
_LAST4 = re.compile(r"[0-9]{4}")
_CURRENCY = re.compile(r"[a-z]{3}")


class SearchError(ValueError):
    """A search that cannot be read: what is wrong and where it stands."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position


@dataclass(frozen=True, slots=True)
class AmountRange:
    """A bound on the amount, in thousandths of the currency's major unit."""

    sign: str
    milli: int


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list of payments is narrowed to; the empty filter matches all."""

    words: tuple[str, ...] = ()
    tab: Tab = Tab.ALL
    badges: tuple[Badge, ...] = ()
    amounts: tuple[AmountRange, ...] = ()
    email: str | None = None
    last4: str | None = None
    currency: str | None = None

    @property
    def is_only_tab(self) -> bool:
        """Tell whether the tab's own counter answers how many match."""
        return self == Filter(tab=self.tab)


def parse(text: str, tab: Tab = Tab.ALL) -> Filter:
    """Read a search such as `"jane doe" status:refunded amount>20 currency:eur`.

    Upper and lower case mean the same; a term that begins with a quotation mark is a
    phrase, whatever stands in it; an amount without a bound is exact.

    Raises:
        SearchError: An unknown key, a value that its key cannot have, or a key that
            stands twice where a payment has only one value.
    """
    found = Filter(tab=tab)
    for typed, position in _terms(text):
        term = typed.replace('"', "").lower()
        match = None if typed.startswith('"') else _TERM.fullmatch(term)
        if match is None:
            words = (*found.words, term) if term.strip() else found.words
            found = replace(found, words=words)
            continue
        try:
            found = _narrow(found, match["key"], match["sign"], match["value"])
        except SearchError as wrong:
            raise SearchError(str(wrong), position) from None
    return found


def _terms(text: str) -> list[tuple[str, int]]:
    if text.count('"') % 2:
        raise SearchError("A quotation mark is not closed.", text.rindex('"'))
    return [(found[0], found.start()) for found in _ONE_TERM.finditer(text)]


def _narrow(found: Filter, key: str, sign: str, value: str) -> Filter:
    if key not in KEYS:
        known = ", ".join(KEYS)
        raise SearchError(
            f'"{key}" is no search key: use one of {known}, or quotation marks.', 0
        )
    if not value:
        raise SearchError(f'"{key}{sign}" needs a value after it.', 0)
    if key == "amount":
        return replace(found, amounts=(*found.amounts, _amount(sign, value)))
    if sign != ":":
        raise SearchError(f'"{key}" takes ":", not "{sign}".', 0)
    if found.badges if key == "status" else getattr(found, key):
        raise SearchError(f'"{key}:" stands twice: one of them is enough.', 0)
    match key:
        case "status":
            return replace(found, badges=_status(value))
        case "email":
            return replace(found, email=value)
        case "last4":
            return replace(found, last4=_last4(value))
        case _:
            return replace(found, currency=_currency(value))


def _status(value: str) -> tuple[Badge, ...]:
    if badges := _STATUS_WORDS.get(re.sub(r"[\s-]", "_", value)):
        return badges
    known = ", ".join(sorted(_STATUS_WORDS))
    raise SearchError(f'"status:{value}" is no status: use one of {known}.', 0)


def _last4(value: str) -> str:
    if _LAST4.fullmatch(value):
        return value
    raise SearchError(f'"last4:{value}" must be four digits, such as last4:4242.', 0)


def _currency(value: str) -> str:
    if _CURRENCY.fullmatch(value):
        return value
    raise SearchError(
        f'"currency:{value}" must be a three-letter code, such as currency:eur.', 0
    )


def _amount(sign: str, value: str) -> AmountRange:
    if not _NUMBER.fullmatch(value):
        raise SearchError(f'"{value}" is no amount: use digits, such as 20.00.', 0)
    whole, _, part = value.partition(".")
    return AmountRange("=" if sign == ":" else sign, int(whole + part.ljust(3, "0")))
