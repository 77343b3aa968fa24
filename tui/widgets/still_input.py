"""Still input: a one-line field that writes nothing while nobody types."""

from textual.widgets import Input


class StillInput(Input):
    """A text field of one line whose cursor does not blink."""

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        longest: int,
        id: str,  # noqa: A002 - the toolkit's own word
    ) -> None:
        super().__init__(
            value, placeholder=placeholder, max_length=longest, compact=True, id=id
        )
        self.cursor_blink = False
