"""Still input: a one-line field that writes nothing while nobody types."""

from textual.events import Paste
from textual.widgets import Input

from store.visible import LONGEST, as_written


class StillInput(Input):
    """A text field of one line whose cursor does not blink; edges show its extent.

    Whatever is pasted, recalled or stored is in it as characters that act on nothing.
    """

    DEFAULT_CSS = """
    StillInput {
        height: 1;
        padding: 0;
        border: none;
        border-left: outer $border;
        border-right: outer $border;
        background: $panel;
        &:focus {
            border: none;
            border-left: outer $border;
            border-right: outer $border;
        }
    }
    """

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        longest: int,
        id: str,  # noqa: A002 - the toolkit's own word
    ) -> None:
        super().__init__(value, placeholder=placeholder, max_length=longest, id=id)
        self.cursor_blink = False

    async def on_paste(self, event: Paste) -> None:
        """Make characters of a paste before it goes in."""
        longest = self.max_length or LONGEST
        one_line = " ".join(event.text[:longest].splitlines())
        event.text = as_written(one_line, longest)[:longest]

    def validate_value(self, value: str) -> str:
        """Return a text as it may be shown."""
        return as_written(value, len(value) + 1)
