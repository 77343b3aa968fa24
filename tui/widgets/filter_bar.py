"""FilterBar: what the list is narrowed to, typed live, and how much of it matches."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget

from tui.actions import FILTER
from tui.text import line, show, spread

if TYPE_CHECKING:
    from textual.widgets import Input

    from tui.widgets.filter_input import FilterInput

SETTLE_SECONDS = 0.1
"""How long typing must rest before the list follows it."""
HINT = "words, status: amount> email: last4: currency:"
_PROMPT = 2
"""Cells that the prompt takes."""


class FilterBar(Widget):
    """One line: `/`, the query or a hint, and at the right how much matches.

    The field for typing is made when it is first asked for, and lies over the query.
    """

    DEFAULT_CSS = """
    FilterBar {
        height: 1;
        padding: 0 1;
        background: $background;
        color: $text-muted;
        & > Input {
            width: 1fr; height: 1; border: none; padding: 0;
            background: $panel; color: $foreground;
        }
    }
    """

    query_text: reactive[str] = reactive("")
    """The query as it was typed."""
    aside: reactive[str] = reactive("")
    """What stands at the right, in our own words."""

    @dataclass
    class Changed(Message):
        """The query was changed; it may not be readable."""

        text: str

    class Left(Message):
        """Typing is over; the keys belong to the list again."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._field: FilterInput | None = None
        self._settle: Timer | None = None

    def render(self) -> Content:
        """Draw the prompt, the query and the aside."""
        typed = self.query_text
        query = show(typed, "$foreground") if typed else line(HINT)
        left = Content.assemble((f"{FILTER.key} ", "bold $accent"), query)
        return spread(left, line(self.aside), self.size.width)

    @property
    def is_editing(self) -> bool:
        """Tell whether the query is being typed."""
        return self._field is not None

    def edit(self) -> None:
        """Let the agent type the query."""
        from tui.widgets.filter_input import FilterInput

        if self._field is None:
            self._field = FilterInput(self.query_text, placeholder=HINT)
            self.mount(self._field)
            self.watch_aside()
        self._field.focus()

    def clear(self) -> None:
        """Take the query away, and the field with it."""
        self._close()
        self._say("")

    def watch_aside(self) -> None:
        """Leave room for what stands at the right."""
        if self._field is not None:
            room = Content(self.aside).cell_length + 1
            self._field.styles.margin = (0, room, 0, _PROMPT)

    def on_input_changed(self, event: "Input.Changed") -> None:
        """Follow the typing once it rests."""
        event.stop()
        if self._settle:
            self._settle.stop()
        self._settle = self.set_timer(SETTLE_SECONDS, self._follow)

    def on_filter_input_kept(self, event: "FilterInput.Kept") -> None:
        """Keep the query and go to the list."""
        event.stop()
        self._follow()
        self._close()
        self.post_message(self.Left())

    def on_filter_input_cleared(self, event: "FilterInput.Cleared") -> None:
        """Take the query away and go to the list."""
        event.stop()
        self.clear()
        self.post_message(self.Left())

    def _close(self) -> None:
        if self._settle:
            self._settle.stop()
            self._settle = None
        if self._field is not None:
            self._field.remove()
            self._field = None

    def _follow(self) -> None:
        if self._field is not None:
            self._say(self._field.value)

    def _say(self, text: str) -> None:
        if text != self.query_text:
            self.query_text = text
            self.post_message(self.Changed(text))
