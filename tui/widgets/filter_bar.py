"""FilterBar: what the list is narrowed to, typed live, and how much of it matches."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget

from store.search.terms import HINT, SearchError
from tui.actions import FILTER
from tui.text import cells, line, show, spread

if TYPE_CHECKING:
    from textual.widgets import Input

    from tui.widgets.completing_input import Complete, CompletingInput
    from tui.widgets.filter_input import FilterInput
    from tui.widgets.offered import Offered

SETTLE_SECONDS = 0.05
"""How long typing must rest before the list follows it."""
_PROMPT = 2
"""Cells that the prompt takes."""


def _anything(_: str) -> SearchError | None:
    return None


class FilterBar(Widget):
    """One line: `/`, the query or a hint, and at the right how much matches.

    The field for typing is made when it is first asked for, and lies over the query;
    below it stands what can be typed next, or what is wrong and where.
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
        &.-typing { height: auto; }
    }
    """

    query_text: reactive[str] = reactive("")
    """The query as it was typed, the last one that could be read."""
    aside: reactive[str] = reactive("")
    """What stands at the right, in our own words."""

    @dataclass
    class Changed(Message):
        """The query was changed, to one that can be read."""

        text: str

    @dataclass
    class Left(Message):
        """Typing is over; the keys belong to the list again."""

        kept: str

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.wrong: Callable[[str], SearchError | None] = _anything
        """Tells why a query cannot be read."""
        self.hint = HINT
        """What can be typed, in short."""
        self.complete: Complete | None = None
        """How typing can go on; None is as in a search for payments."""
        self._field: FilterInput | None = None
        self._below: Offered | None = None
        self._settle: Timer | None = None

    def render(self) -> Content:
        """Draw the prompt, the query and the aside."""
        typed = self.query_text
        query = show(typed, "$foreground") if typed else line(self.hint)
        left = Content.assemble((f"{FILTER.key} ", "bold $accent"), query)
        return spread(left, line(self.aside), self.size.width)

    @property
    def is_editing(self) -> bool:
        """Tell whether the query is being typed."""
        return self._field is not None

    @property
    def is_settled(self) -> bool:
        """Tell whether the list follows all that was typed."""
        return self._settle is None

    def edit(self, past: Sequence[str] = ()) -> None:
        """Let the agent type the query; `past` is what can be recalled."""
        from store.search.completion import completions
        from tui.widgets.filter_input import LONGEST_QUERY, FilterInput
        from tui.widgets.offered import Offered

        if self._field is None:
            self._field = FilterInput(
                self.query_text,
                self.complete or completions,
                past=past,
                placeholder=self.hint,
                longest=LONGEST_QUERY,
            )
            self._field.select_on_focus = True  # the next caller is another customer
            self._below = Offered()
            self.add_class("-typing")
            self.mount(self._field, self._below)
            self.watch_aside()
        self._field.focus()

    def clear(self) -> None:
        """Take the query away, and the field with it."""
        self._close()
        self.say("")

    def say(self, text: str) -> None:
        """Let the list follow another query, one that can be read."""
        if text != self.query_text:
            self.query_text = text
            self.post_message(self.Changed(text))

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

    def on_completing_input_offered(self, event: "CompletingInput.Offered") -> None:
        """Show how typing can go on."""
        event.stop()
        if self._below:
            self._below.offer(event.completions, taken=event.taken)

    def on_completing_input_left_below(self) -> None:
        """Go down to the list with what is typed."""
        self._keep()

    def on_filter_input_kept(self, event: "FilterInput.Kept") -> None:
        """Keep the query and go to the list, if it can be read."""
        event.stop()
        self._keep()

    def on_filter_input_cleared(self, event: "FilterInput.Cleared") -> None:
        """Take the query away and go to the list."""
        event.stop()
        self.clear()
        self.post_message(self.Left(""))

    def _keep(self) -> None:
        if self._field is not None and self._read(self._field.value):
            self._close()
            self.post_message(self.Left(self.query_text))

    def _close(self) -> None:
        if self._settle:
            self._settle.stop()
            self._settle = None
        if self._field is not None and self._below is not None:
            self._field.remove()
            self._below.remove()
            self._field = self._below = None
            self.remove_class("-typing")

    def _follow(self) -> None:
        """Let the list follow, once more is typed than the beginning of a term."""
        field, self._settle = self._field, None
        if field is not None and not self._is_begun(field):
            self._read(field.value)

    def _is_begun(self, field: "FilterInput") -> bool:
        begin = field.value.rfind(" ", 0, field.cursor_position) + 1
        wrong = self.wrong(field.value)
        if wrong is None:
            return field.is_begun
        return wrong.position >= begin and bool(field.completions)

    def _read(self, text: str) -> bool:
        """Follow a query that can be read, else point at what is wrong with it."""
        wrong = self.wrong(text)
        if wrong is None:
            self.say(text)
        elif self._field and self._below:
            begin = self._field.content_region.x - self._below.content_region.x
            before = cells(text[: wrong.position]) - round(self._field.scroll_x)
            column = begin + max(0, before)
            self._below.point(str(wrong), column, self._below.size.width)
        return wrong is None
