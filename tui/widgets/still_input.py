"""Still input: a one-line field that writes nothing while nobody types."""

from textual.widgets import Input


class StillInput(Input):
    """A text field of one line whose cursor does not blink; edges show its extent."""

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
