"""Choosing: a short list over the screen, of which one row is chosen or none."""

from abc import abstractmethod
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.events import Resize
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.actions import BACK, DOWN, LEAVE, UP, bindings
from tui.dialogs.dialog import Dialog

WIDEST = 78
_FRAME = 4
"""Cells that the border and its padding need."""


T = TypeVar("T")


class ListDialog(Dialog[T | None], Generic[T]):
    """A titled list over the screen; returns None when it was closed."""

    CSS_PATH = "choosing.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(BACK, LEAVE, DOWN, UP)
    _width = 0
    """For which width the rows are drawn."""

    @abstractmethod
    def title_line(self) -> Content:
        """Return what stands in the upper border."""

    @abstractmethod
    def hint(self) -> str:
        """Return what stands in the lower border: the keys, in our own words."""

    @abstractmethod
    def rows(self, width: int) -> list[Option]:
        """Return the rows, each with an id, drawn for that width."""

    def compose(self) -> ComposeResult:
        """Show the rows in a box in the middle."""
        self._width = min(WIDEST, self.app.size.width) - _FRAME
        options = OptionList(*self.rows(self._width), compact=True)
        options.border_title = self.title_line()
        options.border_subtitle = Content(self.hint())
        yield options

    def on_resize(self, event: Resize) -> None:
        """Draw the rows anew for another width; the cursor stays on its row."""
        options = self.query_one(OptionList)
        width = min(WIDEST, event.size.width) - _FRAME
        if width != self._width:
            self._width = width
            place = options.highlighted
            options.set_options(self.rows(width))
            options.highlighted = place

    @abstractmethod
    def chosen(self, id_: str) -> None:
        """Answer for the row that was chosen."""

    @on(OptionList.OptionSelected)
    def choose_row(self, event: OptionList.OptionSelected) -> None:
        """Take the row that was chosen."""
        event.stop()
        if event.option.id is not None:
            self.chosen(event.option.id)

    def action_back(self) -> None:
        """Close without choosing."""
        self.dismiss(None)

    def action_leave(self) -> None:
        """Close without choosing."""
        self.dismiss(None)

    def action_down(self) -> None:
        """Move to the next row that can be chosen."""
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        """Move to the row before that can be chosen."""
        self.query_one(OptionList).action_cursor_up()


class ChoosingDialog(ListDialog[str]):
    """Returns the id of the row that was chosen, or None when it was closed."""

    def chosen(self, id_: str) -> None:
        """Return the row that was chosen."""
        self.dismiss(id_)

    def action_choose(self, id_: str) -> None:
        """Return a row by its letter."""
        self.dismiss(id_)
