"""What the official client says of its objects' fields, and what does not fit it."""

from __future__ import annotations

from collections.abc import Iterator
from types import NoneType, UnionType
from typing import Any, ClassVar, ForwardRef, Literal, Union, get_args, get_origin

from stripe import ListObject, SearchResultObject, StripeObject


def misfits(value: Any, hint: Any, path: str) -> Iterator[str]:
    """Yield where a value of an answer is not what the client's type says."""
    origin = get_origin(hint)
    if hint is Any or isinstance(hint, ForwardRef):
        return
    if origin in (Union, UnionType):
        found = [list(misfits(value, one, path)) for one in get_args(hint)]
        yield from min(found, key=len)
    elif origin is Literal:
        if value not in get_args(hint):
            yield f"{path}: {value!r} is none of {get_args(hint)}"
    elif origin is list:
        yield from _of_list(value, hint, path)
    elif origin is not None:
        # A hash, or a list of the client's own: its objects are looked at alone.
        yield from () if isinstance(value, dict) else (f"{path}: no object",)
    elif issubclass(hint, StripeObject):
        yield from of_class(value, hint, path)
    else:
        yield from _plain(value, hint, path)


def _of_list(value: Any, hint: Any, path: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{path}: {value!r} is no list"
        return
    for at, one in enumerate(value):
        yield from misfits(one, get_args(hint)[0], f"{path}[{at}]")


def _plain(value: Any, hint: type, path: str) -> Iterator[str]:
    kinds: tuple[type, ...] = (float, int) if hint is float else (hint,)
    is_bool = isinstance(value, bool) and hint is not bool
    if is_bool or not isinstance(value, kinds):
        yield f"{path}: {value!r} is no {hint.__name__}"


def may_be_absent(hint: Any) -> bool:
    """Tell whether the client's type allows nothing."""
    return get_origin(hint) in (Union, UnionType) and NoneType in get_args(hint)


def fields(kind: type[StripeObject]) -> dict[str, Any]:
    """Return the fields of a class of the client, by name, with their types."""
    hints = dict(kind.__annotations__)
    return {
        name: hint for name, hint in hints.items() if get_origin(hint) is not ClassVar
    }


def of_class(value: Any, kind: type[StripeObject], path: str) -> Iterator[str]:
    """Yield what of an object is unknown to the client, missing, or of another type."""
    if not isinstance(value, dict):
        yield f"{path}: {value!r} is no {kind.__name__}"
        return
    known = fields(kind)
    for name, one in value.items():
        if name not in known:
            yield f"{path}.{name}: unknown to the client"
        else:
            yield from misfits(one, known[name], f"{path}.{name}")
    for name, hint in known.items():
        if name not in value and not may_be_absent(hint):
            yield f"{path}.{name}: missing"


def of_answer(answer: StripeObject) -> list[str]:
    """Return what of an answer does not fit its class; of a list, of each object."""
    if isinstance(answer, (ListObject, SearchResultObject)):
        return [wrong for one in answer.data for wrong in of_answer(one)]
    kind = type(answer)
    return list(of_class(answer.to_dict(), kind, kind.__name__))


def fitting(answer: Any) -> Any:
    """Return an answer that fits the client's own types."""
    assert of_answer(answer) == []
    return answer
