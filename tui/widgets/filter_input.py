"""FilterInput: the field in which a filter is typed."""

from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from tui.actions import bindings
from tui.view_actions import TYPING
from tui.widgets.completing_input import CompletingInput

LONGEST_QUERY = 200


class FilterInput(CompletingInput):
    """A field that says when typing is over, and whether the filter is wanted."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(TYPING)

    class Kept(Message):
        """The filter is as it should be."""

    class Cleared(Message):
        """The filter is not wanted."""

    def action_keep(self) -> None:
        """Keep the filter."""
        self.post_message(self.Kept())

    def action_clear(self) -> None:
        """Take the filter away."""
        self.post_message(self.Cleared())
