"""Terms: the value after a search key → what a filter holds of it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from difflib import get_close_matches

from store.badge import DISPUTED, REFUND_PENDING, Badge
from store.currencies import CURRENCIES
from store.method import BRANDS, SHORT_BRANDS, SHORT_TYPES, TYPES
from store.money import SYMBOLS, WIDELY_USED
from store.refusals.currencies import no_currency
from store.search.dates import RELATIVE, span
from store.search.filters import TAB_BADGES, AmountRange, Period, Tab

STATUS_WORDS: dict[str, tuple[Badge, ...]] = {
    **{badge.value: (badge,) for badge in Badge},
    "refunded": TAB_BADGES[Tab.REFUNDED],
    "partially_refunded": (Badge.PARTIAL_REFUND, Badge.PARTIALLY_REVERSED),
    "pending": REFUND_PENDING,
    "refund_pending": REFUND_PENDING,
    "held": (Badge.REFUND_HELD,),
    "disputed": DISPUTED,
}
_USUAL = 2
_NEAR = 0.75
"""How alike two words must be for one to be a slip of the other."""
_NUMBER = re.compile(r"([0-9]{1,3}(,[0-9]{3}){1,3}|[0-9]{1,12})(\.[0-9]{0,3})?")
_DECIMAL = re.compile(r"([0-9]{1,3}(,[0-9]{3}){1,3}|[0-9]{1,12})\.[0-9]{2,3}")
_LABELS = ("arn", "rrn", "stan")
_SIGNS = tuple(SYMBOLS.values())
_LAST4 = re.compile(r"[0-9]{4}")
_SHOWN_LAST4 = re.compile(r"•*([0-9]{0,4})")
_PAID_WITH = {
    **{short: f"type:{name}" for name, short in SHORT_TYPES.items()},
    **{short: f"brand:{name}" for name, short in SHORT_BRANDS.items()},
    **{name: f"type:{name}" for name in TYPES},
    **{name: f"brand:{name}" for name in BRANDS},
}
"""What a payment was made with, by each word that lists have for it."""
_COUNTRY = re.compile(r"[a-z]{2}")
_RECEIPT = re.compile(r"[0-9]{4}-[0-9]{4}")


class SearchError(ValueError):
    """A search that cannot be read: what is wrong and where it stands."""

    def __init__(self, message: str, position: int = 0) -> None:
        super().__init__(message)
        self.position = position


def amount(sign: str, value: str) -> AmountRange:
    """Return a bound on the amount; without a bound it is exact."""
    if not _NUMBER.fullmatch(value):
        raise SearchError(f'"{value}" is no amount: use digits, such as 20.00.')
    whole, _, part = value.replace(",", "").partition(".")
    return AmountRange("=" if sign == ":" else sign, int(whole + part.ljust(3, "0")))


def is_amount(word: str, *, named: bool = False) -> bool:
    """Tell whether a word means an amount: `1,204.50`; `2500` if a currency follows."""
    return bool((_NUMBER if named else _DECIMAL).fullmatch(bare(word)))


def is_label(word: str) -> bool:
    """Tell whether a word only says what kind of reference comes after it."""
    return word.lower() in _LABELS


def paid_with(word: str) -> str | None:
    """Return the term for a method as lists name it: `mc` is `brand:mastercard`."""
    return _PAID_WITH.get(word.lower())


def shown_last4(word: str) -> str | None:
    """Return the term for digits as lists show them after a method: `4242`, `••4242`.

    Fewer than four are a word, as they are half typed; dots alone say nothing and are
    empty; for another word there is none.
    """
    found = _SHOWN_LAST4.fullmatch(word)
    if not word or found is None:
        return None
    return f"last4:{found[1]}" if _LAST4.fullmatch(found[1]) else found[1]


def bare(word: str) -> str:
    """Return an amount without the sign of its currency, which many may share."""
    return word[1:] if word[:1] in _SIGNS else word


def is_currency(word: str) -> bool:
    """Tell whether a word is the code of a currency, in upper or lower case."""
    return word.lower() in CURRENCIES


def status(value: str) -> tuple[Badge, ...]:
    """Return the badges that a status means."""
    said = name(value)
    if badges := STATUS_WORDS.get(said):
        return badges
    instead = nearest(said, _STATUSES) or f"use one of {', '.join(_STATUSES)}."
    raise SearchError(f'"status:{value}" is no status: {instead}')


def nearest(typed: str, known: Sequence[str]) -> str:
    """Return a question that names what was meant, empty where nothing is near."""
    found = get_close_matches(typed, known, n=1, cutoff=_NEAR)
    return f"did you mean {found[0]}?" if found else ""


def last4(value: str) -> str:
    """Return the last four digits of a card or account."""
    if _LAST4.fullmatch(value):
        return value
    raise SearchError(f'"last4:{value}" must be four digits, such as last4:4242.')


def currency(value: str) -> str:
    """Return a currency's code."""
    if value in CURRENCIES:
        return value
    raise SearchError(no_currency(value).message)


def country(value: str) -> str:
    """Return a country's code."""
    if _COUNTRY.fullmatch(value):
        return value
    raise SearchError(
        f'"country:{value}" must be a two-letter code, such as country:de.'
    )


def receipt(value: str) -> str:
    """Return a receipt number."""
    if _RECEIPT.fullmatch(value):
        return value
    raise SearchError(
        f'"receipt:{value}" must be eight digits, such as receipt:1234-5678.'
    )


def name(value: str) -> str:
    """Return a name as the API writes it: no spaces, no hyphens."""
    return re.sub(r"[\s-]", "_", value)


def period(
    sign: str, value: str, now: datetime | None = None, zone: tzinfo = UTC
) -> Period:
    """Return when payments were made; a bound counts whole days, weeks or months."""
    said = re.sub(r"[\s_]+", " ", value)
    found = span(said, now, zone)
    if found is None:
        if said in RELATIVE and now is None:
            raise SearchError(f'"{said}" has no meaning here: write a date.')
        known = ", ".join(RELATIVE)
        raise SearchError(
            f'"{value}" is no date: use one such as 2026-07-12, or {known}.'
        )
    begin, end = found
    match sign:
        case ">":
            return Period(begin=end)
        case ">=":
            return Period(begin=begin)
        case "<":
            return Period(end=begin)
        case "<=":
            return Period(end=end)
        case _:
            return Period(begin, end)


def pair(value: str) -> tuple[str, str]:
    """Return a key of metadata and its value."""
    key, equals, text = value.partition("=")
    if key and equals and text:
        return key, text
    raise SearchError(
        f'"metadata:{value}" needs a key and a value, such as metadata:order=6735.'
    )


@dataclass(frozen=True, slots=True)
class Term:
    """A search key: what follows it, how that is read, and how it is explained."""

    key: str
    about: str
    example: str
    values: tuple[str, ...] = ()
    """What may follow it, where that can be listed; the likely ones come first."""
    read: Callable[[str], str] | None = None
    """Reads its value, where that needs neither a bound nor the present."""
    signs: tuple[str, ...] = (":",)
    """What may stand before the value; the first is the usual one."""
    begun: str = ""
    """Which values are only begun, as an expression: no value is wrong before that."""

    @property
    def begin(self) -> str:
        """Return how the term begins."""
        return self.key + self.signs[0]


_RISKS = ("normal", "elevated", "highest")
_BOUNDS = (">", ">=", "<", "<=", "=")
_DATE_BEGUN = "[\\d-]{0,9}"
_DATES = tuple(said.replace(" ", "_") for said in RELATIVE)
_LIKELY = (*(tab.value for tab in Tab if tab is not Tab.ALL), "held", "partial_refund")
_STATUSES = tuple(dict.fromkeys((*_LIKELY, *sorted(STATUS_WORDS))))
_OTHERWISE = (
    code for code, one in sorted(CURRENCIES.items()) if one.exponent != _USUAL
)
_OFFERED = tuple(dict.fromkeys((*WIDELY_USED, *_OTHERWISE)))
"""The currencies that are met most, and those whose decimals are not the usual two."""
TERMS: dict[str, Term] = {
    term.key: term
    for term in (
        Term("status", "where it stands", "refunded", _STATUSES),
        Term("amount", "how much was paid", "20.00", signs=(*_BOUNDS, ":")),
        Term("email", "the customer's address", "ada@example.com", read=str),
        Term(
            "last4", "the card's last four digits", "4242", read=last4, begun="\\d{0,3}"
        ),
        Term(
            "currency",
            "what it was paid in",
            "eur",
            _OFFERED,
            currency,
            begun="\\w?",
        ),
        Term("brand", "the card's network", "visa", BRANDS, str),
        Term("country", "where the card is from", "de", read=country, begun="\\w?"),
        Term(
            "created",
            "when it was paid",
            "2026-07-12",
            _DATES,
            signs=(":", *_BOUNDS),
            begun=_DATE_BEGUN,
        ),
        Term(
            "date",
            "the same as created",
            "2026-07",
            _DATES,
            signs=(":", *_BOUNDS),
            begun=_DATE_BEGUN,
        ),
        Term(
            "receipt",
            "a receipt's number",
            "1234-5678",
            read=receipt,
            begun="[\\d-]{0,8}",
        ),
        Term("type", "the payment method", "card", TYPES, name),
        Term("risk_level", "how risky it is", "elevated", _RISKS, name),
        Term("metadata", "a key and its value", "order=6735", begun="[^=]*=?"),
    )
}
"""Every search key, once: reading, completion, hints and errors come from here."""
_IN_HINT = 5
HINT = f"words, {' '.join(term.begin for term in list(TERMS.values())[:_IN_HINT])}"
"""What can be searched by, in one short line."""
