"""Settings: what an agent has written down or chosen for the console."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from store.lists.page import Order, Sort
from store.search.filters import Tab
from tui.words.zone import Reading

__all__ = ["THEMES", "Reading", "Settings", "View", "WrongSettings"]

THEMES = ("dark", "light", "ansi-dark", "ansi-light", "high-contrast")
"""The names of the themes, in the order in which one follows another."""


class WrongSettings(Exception):
    """A settings file that cannot be used, in one sentence."""


@dataclass(frozen=True, slots=True)
class View:
    """A saved way to look at the payments."""

    name: str
    filter: str
    """The text of the filter, as it is typed."""
    sort: Sort = field(default_factory=Sort)
    columns: tuple[str, ...] = ()
    """Titles of the columns; none means as many as there is room for."""
    tab: Tab = Tab.ALL


@dataclass(frozen=True, slots=True)
class Settings:
    """How one agent has the console; what is None or empty is left to the console."""

    theme: str | None = None
    """None: the theme that suits the terminal."""
    zone: str | None = None
    """An IANA name such as Europe/Paris; None is the machine's zone."""
    reading: Reading = Reading.LOCAL
    columns: tuple[str, ...] = ()
    """Titles of the columns to show, in order; none means what there is room for."""
    sort: Sort = field(default_factory=Sort)
    filter: str = ""
    """The text of the filter that was on when the list was left."""
    tab: Tab = Tab.ALL
    views: tuple[View, ...] = ()
    filters: tuple[str, ...] = ()
    """Filters that were kept, the latest last."""
    commands: tuple[str, ...] = ()
    """Command lines that were run, the latest last."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """For an action's id the keys that run it, comma-separated; only from the file."""

    @property
    def lists_plainly(self) -> bool:
        """Tell whether the console begins with the newest of all payments."""
        plain = self.sort == Sort() and self.tab is Tab.ALL
        return plain and not self.filter


def written(sort: Sort) -> str:
    """Return an order as it is written in a file: `amount`, `-created` turned round."""
    return f"{'-' if sort.ascending else ''}{sort.order.value}"


def read_sort(text: str) -> Sort:
    """Return the order that `written` wrote.

    Raises:
        ValueError: There is no such order.
    """
    return Sort(Order(text.removeprefix("-")), ascending=text.startswith("-"))
