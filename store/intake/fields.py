"""The fields of one JSON object, each read by type; what is left is kept whole."""

import re
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from store.clock import from_unix
from store.currencies import code_of
from store.money import Money
from store.refusals.currencies import no_currency

KEPT = frozenset(
    (
        "charge",
        "payment_intent",
        "refund",
        "customer",
        "dispute",
        "balance_transaction",
        "review",
    )
)
"""The kinds of objects that the store keeps; events are kept beside them."""
LARGEST = 999_999_999_999
"""The largest amount in minor units that any field may hold."""
LATEST = 253_402_300_799
"""The last second of the year 9999."""
_LONGEST_ID = 255
_HALF = re.compile("[\ud800-\udfff]")
Kind = TypeVar("Kind", bound=StrEnum)


class Wrong(ValueError):
    """What is wrong with an object, as a sentence."""


def whole_text(text: str) -> str:
    """Return text without halves of characters, which no database can hold."""
    return text if text.isascii() else _HALF.sub("\ufffd", text)


class Fields:
    """Reads the fields of an object; whatever was never asked for is `rest`."""

    def __init__(self, data: Mapping[str, object], called: str = "") -> None:
        self._data = data
        self._asked: set[str] = {"object"}
        self._called = called

    def again(self) -> "Fields":
        """Return the same fields; what is read there stays in `rest` here."""
        return Fields(self._data, self._called)

    def _take(self, key: str) -> object:
        self._asked.add(key)
        return self._data.get(key)

    def _wrong(self, key: str, must: str) -> Wrong:
        return Wrong(f'"{self._called}{key}" must be {must}.')

    def need_id(self) -> str:
        """Return the object's own id."""
        given = self.text("id")
        if not given or len(given) > _LONGEST_ID or not given.isprintable():
            raise self._wrong("id", "an id")
        return given

    def text(self, key: str) -> str | None:
        """Return a text, or None."""
        value = self._take(key)
        if value is None:
            return None
        if not isinstance(value, str):
            raise self._wrong(key, "a text")
        return whole_text(value)

    def number(self, key: str, default: int | None = None, *, least: int = 0) -> int:
        """Return a whole number of minor units; missing needs a default."""
        value = self._take(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._wrong(key, "a whole number of the currency's smallest unit")
        if not least <= value <= LARGEST:
            raise self._wrong(key, f"between {least} and {LARGEST}")
        return value

    def small(self, key: str) -> int | None:
        """Return a small whole number such as a month, or None."""
        value = self._take(key)
        if isinstance(value, str) and value.isascii() and value.isdigit():
            value = int(value[:9])
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._wrong(key, "a whole number")
        return value if 0 <= value <= LARGEST else None

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false."""
        value = self._take(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise self._wrong(key, "true or false")
        return value

    def currency(self) -> str:
        """Return the object's currency as a lower-case ISO code."""
        given = self.text("currency") or ""
        if not given:
            raise self._wrong("currency", "a currency code of three letters")
        code = code_of(given)
        if code is None:
            raise Wrong(f'"{self._called}currency": {no_currency(given).message}')
        return code

    def money(self, *, least: int = 0) -> Money:
        """Return the object's amount in its currency."""
        return Money(self.number("amount", least=least), self.currency())

    def time(self, key: str) -> datetime | None:
        """Return a time, or None."""
        value = self._take(key)
        if value is None:
            return None
        known = isinstance(value, int) and not isinstance(value, bool)
        if not known or not 0 <= int(str(value)) <= LATEST:
            raise self._wrong(key, "a time in Unix seconds")
        return from_unix(int(str(value)))

    def need_time(self, key: str) -> datetime:
        """Return a time that must be there."""
        found = self.time(key)
        if found is None:
            raise self._wrong(key, "a time in Unix seconds")
        return found

    def ref(self, key: str) -> str | None:
        """Return the id of another object, which may be expanded in place."""
        value = self._take(key)
        if isinstance(value, Mapping):
            value = value.get("id")
        if value is None or value == "":
            return None
        if not isinstance(value, str) or len(value) > _LONGEST_ID:
            raise self._wrong(key, "an id")
        return whole_text(value)

    def choice(self, key: str, kind: type[Kind]) -> Kind | None:
        """Return one of the states that the rules know, or None."""
        value = self.text(key)
        if value is None or value == "":
            return None
        try:
            return kind(value)
        except ValueError:
            known = ", ".join(kind)
            raise Wrong(
                f'"{self._called}{key}" is "{value[:40]}", which is not one of {known}.'
            ) from None

    def inner(self, key: str, *, keep: bool = False) -> "Fields":
        """Return the fields of an object inside; `keep` leaves it whole in `rest`."""
        value = self._data.get(key) if keep else self._take(key)
        if value is None or isinstance(value, str):
            return Fields({})
        if not isinstance(value, Mapping):
            raise self._wrong(key, "an object")
        return Fields(value, f"{self._called}{key}.")

    def mapping(self, key: str) -> dict[str, object] | None:
        """Return an object inside as it is, its texts made whole; None for others."""
        value = self._take(key)
        if not isinstance(value, Mapping):
            return None
        return {whole_text(str(k)): _mended(v) for k, v in value.items()}

    def decimal(self, key: str) -> str | None:
        """Return an exact decimal such as an exchange rate, as its digits."""
        value = self._take(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self._wrong(key, "a number")
        return str(value)

    def members(self, key: str) -> list[Mapping[str, object]]:
        """Return the objects of a list or an expanded list; never kept in `rest`."""
        value = self._take(key)
        if isinstance(value, Mapping):
            value = value.get("data")
        found = value if isinstance(value, list) else []
        return [member for member in found if isinstance(member, Mapping)]

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        value = self._take(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(x, str) for x in value):
            raise self._wrong(key, "a list of texts")
        return tuple(whole_text(member) for member in value)

    def metadata(self) -> dict[str, str]:
        """Return the object's metadata."""
        value = self._take("metadata")
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            raise self._wrong("metadata", "an object of texts")
        return {whole_text(str(k)): _as_text(v) for k, v in value.items()}

    def rest(self, *drop: str) -> dict[str, object]:
        """Return every field that was not asked for, kept objects as their ids."""
        gone = self._asked.union(drop)
        return {
            whole_text(key): collapsed(value)
            for key, value in self._data.items()
            if key not in gone
        }


def _as_text(value: object) -> str:
    if isinstance(value, str):
        return whole_text(value)
    raise Wrong('"metadata" must be an object of texts.')


def _mended(value: object) -> object:
    if isinstance(value, str):
        return whole_text(value)
    if isinstance(value, list):
        return [_mended(member) for member in value]
    if isinstance(value, dict):
        return {whole_text(str(key)): _mended(member) for key, member in value.items()}
    return value


def collapsed(value: object) -> object:
    """Return a value with every kept object inside it replaced by its id."""
    if isinstance(value, str):
        return whole_text(value)
    if isinstance(value, list):
        return [collapsed(member) for member in value]
    if not isinstance(value, dict):
        return value
    given = value.get("id")
    kind = value.get("object")
    if isinstance(given, str) and isinstance(kind, str) and kind in KEPT:
        return whole_text(given)
    return {whole_text(str(key)): collapsed(member) for key, member in value.items()}
