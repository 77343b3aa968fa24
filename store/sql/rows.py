"""Rows: what a statement found, each value by its column's name.

The library's own rows raise and catch an error wherever a value is asked for by its
name, which takes twenty times as long as a named tuple does.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import Result

NamedRow = Any
"""A row, with a value under each of its columns' names."""
_KEPT = 256
"""So many shapes of a row are kept; there are fewer statements than that."""


@lru_cache(maxsize=_KEPT)
def making(names: tuple[str, ...]) -> Callable[[Iterable[Any]], NamedRow]:
    """Return what makes a row of values; one without a name of its own goes by none."""
    row = cast("Any", namedtuple)  # noqa: PYI024 - its names are known here alone
    return cast(
        "Callable[[Iterable[Any]], NamedRow]", row("row", names, rename=True)._make
    )


def named(found: Result[Any]) -> list[NamedRow]:
    """Return every row of a result, its values by their names."""
    return list(map(making(tuple(found.keys())), found))
