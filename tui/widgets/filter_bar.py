"""FilterBar: what the list is narrowed to, typed live, and how much of it matches."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget

from tui.actions import DOWN, FILTER, bindings
from tui.text import line, show

if TYPE_CHECKING:
    from textual.widgets import Input

SETTLE_SECONDS = 0.1
"""How long typing must rest before the list follows it."""
LONGEST_QUERY = 200
_HINT = "words, status: amount> email: last4: currency:"


class _Words(Widget):
    words: reactive[Content] = reactive(Content(""), layout=True)

    def render(self) -> Content:
        return self.words


class FilterBar(Widget):
    """One line: `/`, the query or a hint, and at the right how much matches.

    The field for typing is made when it is first asked for.
    """

    DEFAULT_CSS = """
    FilterBar {
        height: 1;
        padding: 0 1;
        layout: horizontal;
        background: $background;
        & > _Words { height: 1; width: 1fr; color: $text-muted; }
        & > #prompt { width: 2; color: $accent; text-style: bold; }
        & > #aside { width: auto; }
        & > Input {
            width: 1fr; height: 1; border: none; padding: 0;
            background: $panel; color: $foreground;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings(DOWN)

    query_text: reactive[str] = reactive("")
    """The query as it was typed."""
    aside: reactive[Content] = reactive(Content(""))
    """What stands at the right."""

    @dataclass
    class Changed(Message):
        """The query was changed; it may not be readable."""

        text: str

    class Left(Message):
        """Typing is over; the keys belong to the list again."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._field: Input | None = None
        self._settle: Timer | None = None

    def compose(self) -> ComposeResult:
        """Put the prompt, the query and the aside side by side."""
        yield _Words(id="prompt")
        yield _Words(id="query")
        yield _Words(id="aside")

    def on_mount(self) -> None:
        """Show the hint."""
        self.query_one("#prompt", _Words).words = line(FILTER.key)
        self._show_query()

    @property
    def is_editing(self) -> bool:
        """Tell whether the query is being typed."""
        return self._field is not None

    def edit(self) -> None:
        """Let the agent type the query."""
        from tui.widgets.still_input import StillInput  # 60 ms that no start needs

        if self._field is None:
            self._field = StillInput(
                self.query_text, placeholder=_HINT, longest=LONGEST_QUERY, id="field"
            )
            self.mount(self._field, before="#aside")
            self.query_one("#query").display = False
        self._field.focus()

    def close(self) -> None:
        """Put the field away; the query stays."""
        if self._field is not None:
            self._field.remove()
            self._field = None
            self.query_one("#query").display = True

    def clear(self) -> None:
        """Take the query away."""
        self.close()
        self._say("")

    def watch_query_text(self) -> None:
        """Show the query, or what could be typed."""
        if self.is_mounted:
            self._show_query()

    def watch_aside(self) -> None:
        """Show how much matches."""
        if self.is_mounted:
            self.query_one("#aside", _Words).words = self.aside

    def action_down(self) -> None:
        """Go from the field to the list."""
        self._leave()

    def on_input_changed(self, event: "Input.Changed") -> None:
        """Follow the typing once it rests."""
        event.stop()
        if self._settle:
            self._settle.stop()
        self._settle = self.set_timer(SETTLE_SECONDS, self._follow)

    def on_input_submitted(self, event: "Input.Submitted") -> None:
        """Keep the query and go to the list."""
        event.stop()
        self._leave()

    def _leave(self) -> None:
        self._follow()
        self.close()
        self.post_message(self.Left())

    def _show_query(self) -> None:
        typed = self.query_text
        shown = show(typed, "$foreground") if typed else line(_HINT)
        self.query_one("#query", _Words).words = shown

    def _follow(self) -> None:
        if self._settle:
            self._settle.stop()
            self._settle = None
        if self._field is not None:
            self._say(self._field.value)

    def _say(self, text: str) -> None:
        if text != self.query_text:
            self.query_text = text
            self.post_message(self.Changed(text))
