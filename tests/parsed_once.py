"""Parsed once: the same stylesheet is parsed once for all consoles of a process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from unittest import mock

if TYPE_CHECKING:
    from textual.css.model import RuleSet
    from textual.css.stylesheet import Stylesheet

_PARSED: dict[tuple[Any, ...], list[RuleSet]] = {}


@contextmanager
def parsed_once() -> Iterator[None]:
    """Let consoles share what is parsed of the same text with the same colours."""
    from textual.css.stylesheet import Stylesheet  # noqa: PLC0415 - loads the toolkit

    parse = Stylesheet._parse_rules

    def shared(self: Stylesheet, css: str, *args: Any, **kwargs: Any) -> list[RuleSet]:
        colours = frozenset(self._variables.items())
        key = (css, args, frozenset(kwargs.items()), colours)
        if key not in _PARSED:
            _PARSED[key] = parse(self, css, *args, **kwargs)
        return _PARSED[key]

    with mock.patch.object(Stylesheet, "_parse_rules", shared):
        yield
