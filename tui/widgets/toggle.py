"""Toggle: one thing that is done or not, with what it would do beside it."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

_ON, _OFF = "[x] ", "[ ] "


class Toggle(Widget, can_focus=True):
    """A box that space ticks, and the words for what that does."""

    DEFAULT_CSS = """
    Toggle {
        height: auto;
        width: 1fr;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "Tick or untick", show=False)
    ]
    ticked: reactive[bool] = reactive(default=False)
    words: reactive[str] = reactive("", layout=True)

    class Changed(Message):
        """It was ticked or unticked."""

    def __init__(self, words: str, *, ticked: bool, id: str) -> None:  # noqa: A002 - the toolkit's own word
        super().__init__(id=id)
        self.set_reactive(Toggle.words, words)
        self.set_reactive(Toggle.ticked, ticked)

    def render(self) -> Content:
        """Show the box and what it stands for."""
        style = "bold reverse" if self.has_focus else "bold" if self.ticked else ""
        return Content.styled((_ON if self.ticked else _OFF) + self.words, style)

    def action_tick(self) -> None:
        """Tick it, or take the tick away."""
        self.ticked = not self.ticked

    def watch_ticked(self) -> None:
        """Report that it is another way now."""
        if self.is_mounted:
            self.post_message(self.Changed())

    def on_click(self) -> None:
        """Do as space does."""
        self.action_tick()
