"""Pages: a window of an ordered list by key, never by offset."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")
PAGE_SIZE = 100


class Order(StrEnum):
    """What a list of payments is ordered by, largest or newest first."""

    CREATED = "created"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Sort:
    """An order and its direction; newest first when nothing is said."""

    order: Order = Order.CREATED
    ascending: bool = False


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in an ordered list: the sort key of a row and its sequence number."""

    key: int
    seq: int
    balance: int | None = None
    """In a list of movements, what the balance was before those that follow it."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Consecutive rows; `first` and `last` continue the list on either side."""

    rows: tuple[T, ...]
    first: Cursor | None
    last: Cursor | None
    more: bool
    """Whether rows follow in the direction that was asked for."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows match; `capped` when counting stopped early."""

    number: int
    capped: bool = False

    def __str__(self) -> str:
        shown = self.number - 1 if self.capped else self.number
        return f"{shown:,}+" if self.capped else f"{shown:,}"
