"""Windows: which part of a list the API's parameters ask for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Generic, TypedDict, TypeVar

from store.errors import Refusal, Refused
from store.refusals import lists as list_refusals

T = TypeVar("T")
LISTED = 10
MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class Created:
    """Bounds on when objects were made, in Unix seconds; none bounds nothing."""

    gt: int | None = None
    gte: int | None = None
    lt: int | None = None
    lte: int | None = None


class Window(TypedDict, total=False):
    """The API's parameters that every list takes."""

    created: Created | Mapping[str, int] | int | None
    """Bounds, or the one second in which the objects were made."""
    starting_after: str | None
    ending_before: str | None
    limit: int


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """Consecutive objects of a list, newest first."""

    data: tuple[T, ...]
    has_more: bool
    """Whether objects follow in the direction that was asked for."""

    def __iter__(self) -> Iterator[T]:
        return iter(self.data)

    def __len__(self) -> int:
        return len(self.data)


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """Consecutive objects that a search found, newest first."""

    data: tuple[T, ...]
    has_more: bool
    next_page: str | None = None
    """What to give as `page` to go on; None where nothing follows."""

    def __iter__(self) -> Iterator[T]:
        return iter(self.data)

    def __len__(self) -> int:
        return len(self.data)


def size(window: Window) -> int:
    """Return how many objects are listed at most: any limit is clamped, as asked."""
    return max(1, min(window.get("limit", LISTED), MOST_LISTED))


def why_not(window: Window) -> Refusal | None:
    """Return why these parameters are no window, or None."""
    if window.get("starting_after") and window.get("ending_before"):
        return list_refusals.both_cursors()
    return None


def created_in(window: Window) -> Created:
    """Return the bounds on when objects were made.

    Raises:
        Refused: A bound is of no kind that the API knows.
    """
    given = window.get("created")
    if given is None:
        return Created()
    if isinstance(given, Created):
        return given
    if isinstance(given, int):
        return Created(gte=given, lte=given)
    known = {field.name for field in fields(Created)}
    if strange := [name for name in given if name not in known]:
        names = [f"created[{name}]" for name in strange]
        raise Refused(list_refusals.unknown_parameters(names))
    return Created(**given)
