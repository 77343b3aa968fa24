"""FilterInput: the field in which a filter is typed."""

from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from tui.actions import TYPING, bindings
from tui.widgets.still_input import StillInput

LONGEST_QUERY = 200


class FilterInput(StillInput):
    """A field that says when typing is over, and whether the filter is wanted."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(TYPING)

    class Kept(Message):
        """The filter is as it should be."""

    class Cleared(Message):
        """The filter is not wanted."""

    def __init__(self, value: str, *, placeholder: str) -> None:
        super().__init__(
            value, placeholder=placeholder, longest=LONGEST_QUERY, id="field"
        )

    def action_keep(self) -> None:
        """Keep the filter."""
        self.post_message(self.Kept())

    def action_clear(self) -> None:
        """Take the filter away."""
        self.post_message(self.Cleared())
