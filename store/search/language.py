"""The search language: words and `key:value` terms, joined by AND → a Filter."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from typing import Any

from store.search import terms
from store.search.filters import TAB_BADGES, AmountRange, Filter, Period, Tab
from store.search.terms import SearchError

__all__ = [
    "KEYS",
    "TAB_BADGES",
    "AmountRange",
    "Filter",
    "Period",
    "SearchError",
    "Tab",
    "parse",
]

KEYS = tuple(terms.TERMS)
_SPACED = r"-?(?:created|date)(?::|[<>]=?|=)(?:this|last)\s+(?:week|month|year)\b"
_ONE_TERM = re.compile(rf'(?i:{_SPACED})|(?:[^\s"]|"[^"]*")+')
_TERM = re.compile(
    r"(?P<key>[a-z0-9_]+)(?P<sign>:|>=|<=|>|<|=)(?P<value>.*)", re.DOTALL
)
_UNPAIRED = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class _Term:
    """What was typed between two spaces: where it begins, whether it may not match."""

    typed: str
    position: int
    negated: bool = False

    @property
    def text(self) -> str:
        """Return it without quotation marks, in lower case."""
        return self.typed.replace('"', "").lower()


def parse(
    text: str, tab: Tab = Tab.ALL, *, now: datetime | None = None, zone: tzinfo = UTC
) -> Filter:
    """Read a search such as `"jane doe" status:refunded amount>20 -currency:eur`.

    Upper and lower case mean the same, and words do not mind accents; a term that
    begins with a quotation mark is a phrase, whatever stands in it; an amount or date
    without a bound is exact; a minus before a term excludes what it finds. `72.04 GBP`
    is `amount:72.04 currency:gbp`, `visa 4242` is `brand:visa last4:4242`;
    `metadata order:6735` is the longer way to write `metadata:order=6735`.

    Args:
        text: What was typed.
        tab: Under which tab.
        now: The present, that `yesterday` and `last week` start from.
        zone: Whose days are meant.

    Raises:
        SearchError: An unknown key, a value that its key cannot have, or a key that
            stands twice where a payment has only one value.
    """
    found = Filter(tab=tab)
    # No stored text holds half a surrogate pair: the stand-in finds nothing either.
    typed = _joined(_terms(_UNPAIRED.sub("\ufffd", text)))
    for term in _shown(_paid_with(typed)):
        try:
            if term.negated:
                alone = _narrow(Filter(), term, now, zone)
                if alone != Filter():
                    found = replace(found, without=(*found.without, alone))
            else:
                found = _narrow(found, term, now, zone)
        except SearchError as wrong:
            raise SearchError(str(wrong), term.position) from None
    return found


def _terms(text: str) -> list[_Term]:
    if text.count('"') % 2:
        raise SearchError("A quotation mark is not closed.", text.rindex('"'))
    found = [(one[0], one.start()) for one in _ONE_TERM.finditer(text)]
    return [
        _Term(typed.removeprefix("-"), at, negated=True)
        if typed.startswith("-") and len(typed) > 1
        else _Term(typed, at)
        for typed, at in found
    ]


def _joined(typed: list[_Term]) -> list[_Term]:
    """Return the terms, the word `metadata` joined with the `key:value` after it."""
    found: list[_Term] = []
    for term in typed:
        before = found[-1] if found else None
        match = _TERM.fullmatch(term.text)
        ours = match and match["sign"] == ":" and match["key"] not in KEYS
        if before and before.typed.lower() == "metadata" and match and ours:
            whole = f"metadata:{match['key']}={match['value']}"
            found[-1] = _Term(whole, before.position, before.negated)
        else:
            found.append(term)
    return found


def _paid_with(typed: list[_Term]) -> list[_Term]:
    """Return the terms, a method as lists show it with its keys: `visa •••• 4242`."""
    found: list[_Term] = []
    for term in typed:
        before = found[-1] if found else term
        method = None if before.negated else terms.paid_with(before.typed)
        digits = None if term.negated else terms.shown_last4(term.typed)
        if method is None or digits is None:
            found.append(term)
        elif digits:
            found[-1] = replace(before, typed=method)
            found.append(replace(term, typed=digits))
    return found


def _shown(typed: list[_Term]) -> list[_Term]:
    """Return the terms, what is as lists show it with its key: `72.04 GBP`, `ARN 7`."""
    found: list[_Term] = []
    of_amount = False
    for term, after in zip(typed, [*typed[1:], None], strict=False):
        named = after is not None and terms.is_currency(after.typed)
        meant = after is not None and terms.is_amount(after.typed)
        if after and terms.is_label(term.typed) and after.typed.isdecimal():
            continue
        if terms.is_currency(term.typed) and (of_amount or meant):
            found.append(replace(term, typed=f"currency:{term.typed}"))
            of_amount = False
        elif of_amount := terms.is_amount(term.typed, named=named):
            found.append(replace(term, typed=f"amount:{terms.bare(term.typed)}"))
        else:
            found.append(term)
    return found


def _narrow(found: Filter, term: _Term, now: datetime | None, zone: tzinfo) -> Filter:
    match = None if term.typed.startswith('"') else _TERM.fullmatch(term.text)
    if match is None:
        blank = not term.text.strip()
        return found if blank else replace(found, words=(*found.words, term.text))
    key, sign, value = match["key"], match["sign"], match["value"]
    _check(found, key, sign, value)
    match key:
        case "amount":
            bound = terms.amount(sign, value)
            return replace(found, amounts=(*found.amounts, bound))
        case "created" | "date":
            period = terms.period(sign, value, now, zone)
            return replace(found, created=(*found.created, period))
        case "metadata":
            return replace(found, metadata=(*found.metadata, terms.pair(value)))
        case "status":
            return replace(found, badges=terms.status(value))
        case _:
            read = terms.TERMS[key].read or str
            changes: dict[str, Any] = {key: read(value)}
            return replace(found, **changes)


def _check(found: Filter, key: str, sign: str, value: str) -> None:
    if key not in KEYS:
        known = ", ".join(KEYS)
        instead = f"use one of {known}, or quotation marks."
        meant = terms.nearest(key, KEYS) or instead
        raise SearchError(f'"{key}" is no search key: {meant}')
    if not value:
        raise SearchError(f'"{key}{sign}" needs a value after it.')
    signs = terms.TERMS[key].signs
    if len(signs) > 1:
        return
    if sign not in signs:
        raise SearchError(f'"{key}" takes ":", not "{sign}".')
    kept = {"status": "badges"}.get(key, key)
    if key != "metadata" and getattr(found, kept):
        raise SearchError(f'"{key}:" stands twice: one of them is enough.')
