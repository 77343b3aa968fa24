"""Takes: what an endpoint's parameters are, and their values out of a form."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from store import refusals
from store.errors import Refused
from store.extra import HIDDEN
from store.http.forms import Tree, named
from store.lists.window import Created
from store.refusals import http as http_refusals
from store.refusals import lists as list_refusals
from store.refusals import metadata as metadata_refusals

LONGEST = 5000
EXTRA = "extra"
"""The verbs' argument for what is kept with an object and answered."""
_WHOLE = re.compile(r"-?\d{1,18}", re.ASCII)
NUMBERS = frozenset(
    (
        *("amount", "average_amount", "cb_score", "count", "expires_after_days"),
        *("expires_after_seconds", "expires_at", "interval_count", "maximum_amount"),
        *("minimum_amount", "payments_per_period", "purchase_interval_count"),
        *("day", "month", "year"),
    )
)
"""The names of whole numbers inside hashes whose keys are not declared."""
_FLAGS = {"true": True, "false": False}


class Kind(StrEnum):
    """What a parameter's text is read as."""

    TEXT = "text"
    WHOLE = "whole number"
    FLAG = "flag"
    METADATA = "metadata"
    CREATED = "created"
    TEXTS = "texts"
    HASH = "hash"
    FREE = "free"
    """A hash whose keys are not declared."""


@dataclass(frozen=True, slots=True)
class Takes:
    """A parameter by the API's name, and the verb's argument that it becomes."""

    name: str
    kind: Kind = Kind.TEXT
    argument: str | None = None
    """The verb's name for it, where that is another than the API's."""
    required: bool = False
    unsets: bool = False
    """Whether an empty text means something: to unset."""
    inside: tuple["Takes", ...] = ()
    """What a hash may hold."""
    choices: tuple[str, ...] = ()
    longest: int = LONGEST
    kept: bool = False
    """Whether no rule needs it: it is kept with the object, and answered."""
    refused: str = ""
    """Why it is documented, but never taken here."""


def whole(name: str, argument: str | None = None, *, required: bool = False) -> Takes:
    """Return a parameter that is a whole number."""
    return Takes(name, Kind.WHOLE, argument, required)


def flag(name: str) -> Takes:
    """Return a parameter that is true or false."""
    return Takes(name, Kind.FLAG)


def kept(name: str, kind: Kind = Kind.TEXT, **more: Any) -> Takes:
    """Return a parameter that is kept with the object, and answered."""
    return Takes(name, kind, kept=True, **more)


def hidden(name: str, kind: Kind = Kind.TEXT, **more: Any) -> Takes:
    """Return a parameter that is kept with the object, which the API never answers."""
    return kept(name, kind, argument=f"{HIDDEN}{name}", **more)


def refused(why: str, *names: str) -> tuple[Takes, ...]:
    """Return documented parameters that are never taken, and why."""
    return tuple(Takes(name, refused=why) for name in names)


METADATA = Takes("metadata", Kind.METADATA)
EXPAND = Takes("expand", Kind.TEXTS)
WINDOW = (
    whole("limit"),
    Takes("starting_after"),
    Takes("ending_before"),
    Takes("created", Kind.CREATED),
)
SEARCH = (Takes("query", required=True), whole("limit"), Takes("page"))


def read(takes: Sequence[Takes], tree: Tree, outer: str = "") -> dict[str, Any]:
    """Return a verb's arguments, by its own names for them.

    What is kept with the object is one of them: `extra`.

    Raises:
        Refused: A parameter is unknown, missing, or of another kind.
    """
    if strange := list(_strange(takes, tree, outer)):
        raise Refused(list_refusals.unknown_parameters(strange))
    values: dict[str, Any] = {}
    for one in takes:
        name = named(outer, one.name)
        if one.name in tree:
            if one.refused:
                raise Refused(http_refusals.not_taken(name, one.refused))
            there = values.setdefault(EXTRA, {}) if one.kept else values
            there[one.argument or one.name] = _value(one, name, tree[one.name])
        elif one.required and one.name not in tree:
            raise Refused(http_refusals.missing_param(name))
    return values


def _strange(takes: Sequence[Takes], tree: Tree, outer: str) -> Iterator[str]:
    """Yield the names that are not taken, nested ones too."""
    known = {one.name: one for one in takes}
    for name, value in tree.items():
        full = named(outer, name)
        if name not in known:
            yield from _leaves(full, value)
        elif known[name].kind is Kind.HASH and isinstance(value, dict):
            yield from _strange(known[name].inside, value, full)


def _leaves(name: str, value: str | Tree) -> Iterator[str]:
    if not isinstance(value, dict) or not value:
        yield name
        return
    for inner, rest in value.items():
        yield from _leaves(named(name, inner), rest)


def _value(one: Takes, name: str, given: str | Tree) -> object:
    match one.kind:
        case Kind.METADATA:
            return _metadata(name, given)
        case Kind.CREATED:
            return _created(name, given)
        case Kind.TEXTS:
            return _texts(name, given)
        case Kind.HASH:
            if isinstance(given, str):
                if not given and one.unsets:
                    return {}
                raise Refused(http_refusals.not_a_hash(name))
            return read(one.inside, given, name)
        case Kind.FREE:
            if isinstance(given, str):
                if not given and one.unsets:
                    return {}
                raise Refused(http_refusals.not_a_hash(name))
            return _free(name, given)
        case _:
            return _plain(one, name, given)


def _plain(one: Takes, name: str, given: str | Tree) -> str | int | bool:
    if isinstance(given, dict):
        raise Refused(http_refusals.not_a_text(name))
    if one.kind is Kind.WHOLE:
        return _whole(name, given)
    if not given and not one.unsets:
        raise Refused(http_refusals.empty_param(name))
    if one.kind is Kind.FLAG:
        if given not in _FLAGS:
            raise Refused(http_refusals.not_a_flag(name, given))
        return _FLAGS[given]
    if len(given) > one.longest:
        raise Refused(http_refusals.text_too_long(name, one.longest))
    if one.choices and given not in one.choices:
        raise Refused(http_refusals.none_of(name, one.choices))
    return given


def _whole(name: str, given: str) -> int:
    if not _WHOLE.fullmatch(given):
        raise Refused(replace(refusals.amount_not_an_integer(given), param=name))
    return int(given)


def _metadata(name: str, given: str | Tree) -> dict[str, str] | str:
    if isinstance(given, str):
        if given:
            raise Refused(metadata_refusals.no_object())
        return given
    read_: dict[str, str] = {}
    for key, value in given.items():
        if isinstance(value, dict):
            raise Refused(http_refusals.not_a_text(named(name, key)))
        read_[key] = value
    return read_


def _created(name: str, given: str | Tree) -> Created | int:
    if isinstance(given, str):
        return _whole(name, given)
    bounds: dict[str, int] = {}
    for sign, value in given.items():
        if sign not in Created.__slots__:
            raise Refused(list_refusals.unknown_parameters([named(name, sign)]))
        if isinstance(value, dict):
            raise Refused(http_refusals.not_a_text(named(name, sign)))
        bounds[sign] = _whole(named(name, sign), value)
    return Created(**bounds)


def _texts(name: str, given: str | Tree) -> tuple[str, ...]:
    if isinstance(given, str):
        raise Refused(http_refusals.not_an_array(name))
    texts = [one for one in given.values() if isinstance(one, str)]
    if len(texts) != len(given):
        raise Refused(http_refusals.not_an_array(name))
    return tuple(texts)


def _free(name: str, given: str | Tree) -> object:
    """Return a hash of any keys, whose numbers and flags are told by their names."""
    if isinstance(given, dict):
        if given and all(key.isdecimal() for key in given):
            return [_free(named(name, key), one) for key, one in given.items()]
        return {key: _free(named(name, key), one) for key, one in given.items()}
    if len(given) > LONGEST:
        raise Refused(http_refusals.text_too_long(name, LONGEST))
    if given in _FLAGS:
        return _FLAGS[given]
    last = name.rpartition("[")[2].rstrip("]")
    return _whole(name, given) if given and last in NUMBERS else given
