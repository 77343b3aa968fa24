"""Choices: one of a few answers, all in view, moved through with the arrows."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from textual.binding import Binding
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

T = TypeVar("T", bound=StrEnum)
_CHOSEN, _OPEN = "(•) ", "( ) "
_GAP = 2


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    """One answer and the words for it."""

    value: T
    label: str

    @property
    def width(self) -> int:
        """Return the cells that mark and label need."""
        return len(_OPEN) + len(self.label)


class Choices(Widget, Generic[T], can_focus=True):
    """Always exactly one of the choices; wraps where the line is too short."""

    DEFAULT_CSS = """
    Choices {
        height: auto;
        width: 1fr;
    }
    """
    BINDINGS = [  # noqa: RUF012 - the toolkit's own form
        Binding("right,down,space", "move(1)", "Next choice", show=False),
        Binding("left,up", "move(-1)", "Previous choice", show=False),
    ]
    index: reactive[int] = reactive(0, layout=True)

    class Changed(Message):
        """Another choice was made."""

    def __init__(self, choices: tuple[Choice[T], ...], value: T, *, id: str) -> None:  # noqa: A002 - the toolkit's own word
        super().__init__(id=id)
        self._choices = choices
        self.value = value

    @property
    def value(self) -> T:
        """Return the answer that is chosen."""
        return self._choices[self.index].value

    @value.setter
    def value(self, value: T) -> None:
        """Choose an answer, one of the choices."""
        self.index = [choice.value for choice in self._choices].index(value)

    def render(self) -> Content:
        """Show every choice, the chosen one marked."""
        chosen = "bold reverse" if self.has_focus else "bold"
        lines: list[Content] = []
        for row in self._rows(self.size.width):
            cells = [
                Content.styled(_CHOSEN + choice.label, chosen)
                if number == self.index
                else Content(_OPEN + choice.label)
                for number, choice in row
            ]
            lines.append(Content(" " * _GAP).join(cells))
        return Content("\n").join(lines)

    def get_content_height(
        self, container: object, viewport: object, width: int
    ) -> int:
        """Return the lines that the choices need at that width."""
        del container, viewport
        return len(self._rows(width))

    def action_move(self, step: int) -> None:
        """Choose the next or previous answer; from the last on to the first."""
        self.index = (self.index + step) % len(self._choices)

    def watch_index(self, old: int, new: int) -> None:
        """Report that another answer is chosen."""
        if self.is_mounted and old != new:
            self.post_message(self.Changed())

    def on_click(self, event: Click) -> None:
        """Choose what was clicked."""
        left = 0
        rows = self._rows(self.size.width)
        for number, choice in rows[min(event.y, len(rows) - 1)]:
            if left <= event.x < left + choice.width:
                self.index = number
            left += choice.width + _GAP

    def _rows(self, width: int) -> list[list[tuple[int, Choice[T]]]]:
        rows: list[list[tuple[int, Choice[T]]]] = [[]]
        left = 0
        for number, choice in enumerate(self._choices):
            if rows[-1] and left + choice.width > width:
                rows.append([])
                left = 0
            rows[-1].append((number, choice))
            left += choice.width + _GAP
        return rows
