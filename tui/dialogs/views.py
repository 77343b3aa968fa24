"""Views: the saved ways to look at the payments; one is picked, kept or deleted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from store.lists.page import Order, Sort
from store.search.language import Tab
from store.visible import visible
from tui.actions import OPEN, bindings
from tui.dialogs.choosing import ListDialog
from tui.lists.listing import SORT_WORDS
from tui.settings import View
from tui.status import QUIET, TABS
from tui.text import fit, line, plain
from tui.view_actions import DELETE_VIEW, IN_VIEWS, SAVE_VIEW, VIEWS
from tui.widgets.still_input import StillInput

LONGEST_NAME = 40
_NAME = 24


@dataclass(frozen=True, slots=True)
class Picked:
    """A view to look at the payments by."""

    view: View


@dataclass(frozen=True, slots=True)
class Saved:
    """The name under which the present view is to be kept."""

    name: str


@dataclass(frozen=True, slots=True)
class Deleted:
    """A view that is not wanted any more."""

    view: View


class ViewsDialog(ListDialog[Picked | Saved | Deleted]):
    """Asks which view; a name that is typed keeps the present one."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(IN_VIEWS, VIEWS)

    def __init__(self, views: Sequence[View]) -> None:
        super().__init__()
        self._views = views

    def title_line(self) -> Content:
        """Return what is listed."""
        return Content("Saved views")

    def hint(self) -> str:
        """Return the keys."""
        save, drop = f"{SAVE_VIEW.key} saves this one", f"{DELETE_VIEW.key} deletes"
        return f"{OPEN.key} shows · {save} · {drop} · esc"

    def rows(self, width: int) -> list[Option]:
        """Return every view: its name, and what it shows."""
        if not self._views:
            none = f"No saved view yet: {SAVE_VIEW.key} saves this one."
            return [Option(Content(none), disabled=True)]
        return [
            Option(
                line(
                    fit(plain(view.name), _NAME),
                    (fit(f"  {plain(said(view))}", width - _NAME), f"${QUIET}"),
                ),
                id=str(place),
            )
            for place, view in enumerate(self._views)
        ]

    def compose(self) -> ComposeResult:
        """Put the field for a name, which is hidden at first, over the list."""
        field = StillInput(
            placeholder="a name for this view", longest=LONGEST_NAME, id="name"
        )
        field.display = False
        yield field
        yield from super().compose()

    def on_mount(self) -> None:
        """Begin in the list, or, where there is none, with a name."""
        self.query_one(OptionList).focus()

    def chosen(self, id_: str) -> None:
        """Return the view that was picked."""
        self.dismiss(Picked(self._views[int(id_)]))

    def action_save_view(self) -> None:
        """Ask for a name."""
        field = self.query_one(Input)
        field.display = True
        field.focus()

    @on(Input.Submitted)
    def named(self, event: Input.Submitted) -> None:
        """Keep the present view, once it has a name."""
        event.stop()
        if name := visible(" ".join(event.value.split())):
            self.dismiss(Saved(name))

    def action_delete_view(self) -> None:
        """Return the view under the cursor as one to delete."""
        place = self.query_one(OptionList).highlighted
        if self._views and place is not None:
            self.dismiss(Deleted(self._views[place]))

    def action_views(self) -> None:
        """Close with the key that opened it."""
        self.dismiss(None)


def said(view: View) -> str:
    """Return what a view shows, in words."""
    return " · ".join(_parts(view)) or "all payments"


def _parts(view: View) -> Iterable[str]:
    if view.tab is not Tab.ALL:
        yield TABS[view.tab].title
    if view.filter:
        yield view.filter
    if view.sort != Sort(Order.CREATED):
        yield SORT_WORDS[view.sort.order, view.sort.ascending]
    if view.columns:
        yield f"{len(view.columns)} columns"
