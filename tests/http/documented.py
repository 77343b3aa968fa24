"""What the official client documents that endpoints take: its types, walked."""

from __future__ import annotations

import sys
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from types import UnionType
from typing import Any, ForwardRef, Literal, Union, get_args, get_origin

import stripe
import stripe.params
import stripe.params.test_helpers
import typing_extensions

_OPTIONS = frozenset(stripe.RequestOptions.__annotations__)
"""What is said beside the parameters: headers and retries."""
_WRAPPED = (typing_extensions.NotRequired, typing_extensions.Required)


@dataclass(frozen=True, slots=True)
class Documented:
    """A parameter by its path of names, `[]` for a list, and what it may be."""

    path: tuple[str, ...]
    kind: type
    choices: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return it as it is sent: `a[b][]`."""
        first, *rest = self.path
        inner = ["[]" if one == "[]" else f"[{one}]" for one in rest]
        return "".join((first, *inner))


def parameters(name: str) -> Iterator[Documented]:
    """Yield every parameter of a class of the client, nested ones by their leaves."""
    found = getattr(stripe.params, name, None)
    yield from _of_class(found or getattr(stripe.params.test_helpers, name), ())


def _of_class(kind: Any, path: tuple[str, ...]) -> Iterator[Documented]:
    names = {**vars(typing), **vars(typing_extensions)}
    names |= vars(sys.modules[kind.__module__])
    for name, hint in kind.__annotations__.items():
        if path or name not in _OPTIONS:
            yield from _of_hint(hint, (*path, name), names)


def _of_hint(
    hint: Any, path: tuple[str, ...], names: dict[str, Any]
) -> Iterator[Documented]:
    hint = _read(hint, names)
    if get_origin(hint) in (Union, UnionType):
        several = [_read(one, names) for one in get_args(hint)]
        choices = [
            str(one)
            for each in several
            if get_origin(each) is Literal
            for one in get_args(each)
            if one
        ]
        wider = [one for one in several if get_origin(one) is not Literal]
        for one in wider:
            if get_origin(one) is list or hasattr(one, "__total__"):
                yield from _of_hint(one, path, names)
                return
        first = next((one for one in wider if one is not type(None)), str)
        yield Documented(path, _plain(first), tuple(choices))
    elif get_origin(hint) is list:
        yield from _of_hint(get_args(hint)[0], (*path, "[]"), names)
    elif get_origin(hint) is Literal:
        yield Documented(path, str, tuple(map(str, get_args(hint))))
    elif hasattr(hint, "__total__"):
        yield from _of_class(hint, path)
    else:
        yield Documented(path, _plain(hint))


def _plain(hint: Any) -> type:
    kind = get_origin(hint) or hint
    return kind if isinstance(kind, type) else str


def _read(hint: Any, names: dict[str, Any]) -> Any:
    while True:
        if isinstance(hint, ForwardRef):
            hint = hint.__forward_arg__
        if isinstance(hint, str):
            hint = eval(hint, names)  # noqa: S307 - the client's own types
        elif get_origin(hint) in _WRAPPED:
            hint = get_args(hint)[0]
        else:
            return hint
