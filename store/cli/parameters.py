"""Parameters: how an option of a Stripe-shaped command becomes a verb's argument."""

import re
from argparse import SUPPRESS, Action, ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from store import refusals
from store.ahead import moment
from store.cli.options import Mistyped
from store.clock import to_unix
from store.errors import Refused

Given = dict[str, list[str]]
"""What was typed, by option, as it was typed."""
EXTRA = "extra"
"""The verbs' argument for what is kept with an object and answered."""
_CHOICES = {"true": True, "false": False}
_WHOLE = re.compile(r"-?\d{1,18}", re.ASCII)


class Kind(StrEnum):
    """What an option's text is read as."""

    TEXT = "text"
    WHOLE = "whole number"
    FLAG = "flag"
    CHOICE = "true or false"
    PAIRS = "pairs"
    BOUND = "bound"
    MANY = "many"


@dataclass(frozen=True, slots=True)
class Parameter:
    """An option as Stripe names it, and the verb's argument that it becomes."""

    name: str
    help: str
    kind: Kind = Kind.TEXT
    argument: str | None = None
    """The verb's name for it, where that is another than the option's."""
    metavar: str = "TEXT"
    required: bool = False
    positional: bool = False
    kept: bool = False
    """Whether no rule needs it: it is kept with the object, and answered."""

    def add_to(self, parser: ArgumentParser) -> None:
        """Let a parser take it."""
        option = f"--{self.name.replace('_', '-')}"
        more: dict[str, Any] = {"metavar": self.metavar, "required": self.required}
        if self.positional:
            more = {"metavar": self.metavar}
            if self.kind is Kind.MANY:
                more["nargs"] = "*"
        elif self.kind is Kind.FLAG:
            more = {"nargs": 0}
        parser.add_argument(
            self.name if self.positional else option,
            action=_Give,
            default=SUPPRESS,
            help=self.help,
            **more,
        )


@dataclass(frozen=True, slots=True)
class Verb:
    """What may follow a noun: the options it takes, and whether it writes."""

    help: str
    takes: tuple[Parameter, ...] = ()
    writes: bool = False
    once: bool = True
    """Whether a change takes a key, and can be tried dry."""


class _Give(Action):
    """Keeps what was typed for a parameter, in the order in which it was typed."""

    def __call__(
        self,
        parser: ArgumentParser,
        namespace: Namespace,
        values: str | Sequence[object] | None,
        option_string: str | None = None,
    ) -> None:
        """Add to what was given."""
        texts = [values] if isinstance(values, str) else list(map(str, values or ()))
        try:
            "".join(texts).encode()
        except UnicodeEncodeError:
            named = option_string or self.dest
            parser.error(f"{named} holds bytes that are no text in UTF-8")
        given: Given = getattr(namespace, "given", {})
        given = {**given, self.dest: [*given.get(self.dest, ()), *(texts or [""])]}
        namespace.given = given


def arguments(
    takes: Sequence[Parameter], given: Mapping[str, list[str]]
) -> dict[str, object]:
    """Return a verb's arguments, by its own names for them.

    Raises:
        Mistyped: A text cannot be read as what its option takes.
        Refused: An amount is no whole number.
    """
    read: dict[str, Any] = {}
    bounds: dict[str, int] = {}
    for one in takes:
        typed = given.get(one.name)
        if typed is None:
            continue
        if one.kind is Kind.BOUND:
            bounds[one.name.removeprefix("created_")] = _seconds(one.name, typed[-1])
        else:
            there = read.setdefault(EXTRA, {}) if one.kept else read
            there[one.argument or one.name] = _value(one, typed)
    if bounds:
        read["created"] = bounds
    return read


def _value(one: Parameter, typed: list[str]) -> object:
    match one.kind:
        case Kind.FLAG:
            return True
        case Kind.WHOLE:
            if not _WHOLE.fullmatch(typed[-1]):
                none = refusals.amount_not_an_integer(typed[-1])
                raise Refused(replace(none, param=one.name))
            return int(typed[-1])
        case Kind.CHOICE:
            if typed[-1] not in _CHOICES:
                option = f"--{one.name.replace('_', '-')}"
                raise Mistyped(f'{option} takes true or false, not "{typed[-1]}".')
            return _CHOICES[typed[-1]]
        case Kind.MANY:
            return typed
        case Kind.PAIRS:
            return _pairs(typed)
        case _:
            return typed[-1]


def _pairs(typed: list[str]) -> dict[str, str] | str:
    """Read `k=v` after `k=v`; an empty text alone stands for all of them."""
    if typed == [""]:
        return ""
    pairs: dict[str, str] = {}
    for text in typed:
        key, sign, value = text.partition("=")
        if not key or not sign:
            raise Mistyped("--metadata needs a key and a value: --metadata order=6735.")
        pairs[key] = value
    return pairs


def _seconds(name: str, text: str) -> int:
    if _WHOLE.fullmatch(text):
        return int(text)
    if at := moment(text):
        return to_unix(at)
    option = f"--{name.replace('_', '-')}"
    raise Mistyped(f'{option} takes a time such as 2026-03-02, not "{text}".')
