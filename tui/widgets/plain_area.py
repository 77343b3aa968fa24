"""Plain area: text of several lines into which nothing that acts can be pasted."""

from textual.events import Paste
from textual.widgets import TextArea

from store.visible import as_written


class PlainArea(TextArea):
    """Plain text that writes nothing while nobody types."""

    def __init__(
        self,
        text: str = "",
        *,
        longest: int,
        id: str,  # noqa: A002 - the toolkit's own word
    ) -> None:
        super().__init__(
            text,
            id=id,
            soft_wrap=True,
            tab_behavior="focus",
            show_line_numbers=False,
            highlight_cursor_line=False,
        )
        self.cursor_blink = False
        self._longest = longest

    async def on_paste(self, event: Paste) -> None:
        """Make characters of a paste, as many as may be, before it goes in."""
        lines = event.text[: self._longest].splitlines()
        event.text = "\n".join(as_written(one, self._longest) for one in lines)
