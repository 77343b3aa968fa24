"""Terms: the value after a search key → what a filter holds of it."""

import re
from datetime import UTC, datetime, tzinfo

from store.badge import DISPUTED, REFUND_PENDING, Badge
from store.dates import RELATIVE, span
from store.filters import TAB_BADGES, AmountRange, Period, Tab

STATUS_WORDS: dict[str, tuple[Badge, ...]] = {
    **{badge.value: (badge,) for badge in Badge},
    "refunded": TAB_BADGES[Tab.REFUNDED],
    "partially_refunded": (Badge.PARTIAL_REFUND, Badge.PARTIALLY_REVERSED),
    "pending": REFUND_PENDING,
    "refund_pending": REFUND_PENDING,
    "held": (Badge.REFUND_HELD,),
    "disputed": DISPUTED,
}
_NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{0,3})?")
_LAST4 = re.compile(r"[0-9]{4}")
_CURRENCY = re.compile(r"[a-z]{3}")
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
    whole, _, part = value.partition(".")
    return AmountRange("=" if sign == ":" else sign, int(whole + part.ljust(3, "0")))


def status(value: str) -> tuple[Badge, ...]:
    """Return the badges that a status means."""
    if badges := STATUS_WORDS.get(name(value)):
        return badges
    known = ", ".join(sorted(STATUS_WORDS))
    raise SearchError(f'"status:{value}" is no status: use one of {known}.')


def last4(value: str) -> str:
    """Return the last four digits of a card or account."""
    if _LAST4.fullmatch(value):
        return value
    raise SearchError(f'"last4:{value}" must be four digits, such as last4:4242.')


def currency(value: str) -> str:
    """Return a currency's code."""
    if _CURRENCY.fullmatch(value):
        return value
    raise SearchError(
        f'"currency:{value}" must be a three-letter code, such as currency:eur.'
    )


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
