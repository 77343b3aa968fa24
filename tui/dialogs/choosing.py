"""Choosing: a short list over the screen, of which one row is chosen or none."""

from abc import abstractmethod
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.actions import BACK, DOWN, LEAVE, UP, bindings

WIDEST = 78
_FRAME = 4
"""Cells that the border and its padding need."""


class ChoosingDialog(ModalScreen[str | None]):
    """Returns the id of the row that was chosen, or None when it was closed."""

    CSS_PATH = "choosing.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(BACK, LEAVE, DOWN, UP)

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
        width = min(WIDEST, self.app.size.width) - _FRAME
        options = OptionList(*self.rows(width), compact=True)
        options.border_title = self.title_line()
        options.border_subtitle = Content(self.hint())
        yield options

    @on(OptionList.OptionSelected)
    def choose_row(self, event: OptionList.OptionSelected) -> None:
        """Return the row that was chosen."""
        event.stop()
        self.dismiss(event.option.id)

    def action_choose(self, id_: str) -> None:
        """Return a row by its letter."""
        self.dismiss(id_)

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
