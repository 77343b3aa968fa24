"""Completion: how a search can go on from where it is being typed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from store.search.terms import TERMS, Term

_BEGUN = re.compile(r"(?P<minus>-?)(?P<key>[a-z0-9_]+)(?P<sign>>=|<=|:|>|<|=)")


_IN_QUOTES = "what stands between quotation marks is looked for as it is"


@dataclass(frozen=True, slots=True)
class Completion:
    """One way to go on: what to offer, and the whole text once it is taken.

    Without a label it takes nothing and only says what may be typed.
    """

    label: str
    text: str
    caret: int
    """Where typing goes on in the text."""
    about: str = ""


def completions(text: str, caret: int | None = None) -> tuple[Completion, ...]:
    """Return the keys or values that the term at the caret may become.

    Where no value can be listed, it is said what one is like. All of it comes from
    the declared terms alone: nothing is read from a store. Without a caret, typing goes
    on at the end.
    """
    at = len(text) if caret is None else caret
    begin = max(text.rfind(" ", 0, at), text.rfind("\t", 0, at)) + 1
    typed = text[begin:at].lower()
    if text[:at].count('"') % 2:
        return (told(text, at, _IN_QUOTES),)
    if '"' in typed:
        return ()
    begun = _BEGUN.match(typed)
    if begun is None:
        minus = "-" if typed.startswith("-") else ""
        offered = _keys(typed[len(minus) :], minus)
    elif term := TERMS.get(begun["key"]):
        value = typed[begun.end() :]
        offered = tuple(_values(term, value, begun[0]))
        if not offered and re.fullmatch(term.begun, value):
            usual = f"{term.begin}{term.example}"
            return (told(text, at, f"{term.about}, such as {usual}"),)
    else:
        offered = ()
    return spliced(text, begin, at, offered)


def told(text: str, caret: int, about: str) -> Completion:
    """Return a completion that takes nothing and says what may be typed."""
    return Completion("", text, caret, about)


def _keys(typed: str, minus: str) -> Iterable[tuple[str, str, str]]:
    return (
        (term.begin, minus + term.begin, f"{term.about}, such as {term.example}")
        for term in TERMS.values()
        if term.key.startswith(typed)
    )


def _values(term: Term, typed: str, before: str) -> Iterable[tuple[str, str, str]]:
    said = typed.replace("-", "_")
    return (
        (value, f"{before}{value}", term.about)
        for value in term.values
        if value.startswith(said) and value != said
    )


def spliced(
    text: str, begin: int, end: int, offered: Iterable[tuple[str, str, str]]
) -> tuple[Completion, ...]:
    """Return completions that put something else between two places of a text.

    What is offered is a label, what it puts there, and what it is about.
    """
    return tuple(
        Completion(label, text[:begin] + put + text[end:], begin + len(put), about)
        for label, put, about in offered
    )
