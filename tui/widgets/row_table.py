"""RowTable: a list of any length with the keys by which one moves in it and opens rows.

The cursor and every message name rows by id, never by place.
"""

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message

from tui.actions import ALONG, MOVES, bindings
from tui.widgets.drawn_rows import HEADER
from tui.widgets.row import COMPONENTS
from tui.widgets.sheet import Line
from tui.widgets.window import Place
from tui.widgets.window_view import WindowView

WHEEL = 3
"""How many rows a turn of the mouse wheel moves."""


class RowTable(WindowView[Line], inherit_bindings=False):
    """A virtual list: its keys, its colours."""

    DEFAULT_CSS = """
    RowTable {
        width: 1fr;
        height: 1fr;
        background: $background;
        color: $foreground;
        & > .row--title { color: $text-muted; text-style: bold; }
        & > .row--quiet { color: $text-muted; }
        & > .row--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
        }
        & > .row--gutter { color: $accent; text-style: bold; }
        & > .row--note { color: $foreground; text-style: bold; }
        & > .row--thumb { color: $border; }
        & > .status-good { color: $status-good; }
        & > .status-part { color: $status-part; }
        & > .status-gone { color: $status-gone; }
        & > .status-waits { color: $status-waits; }
        & > .status-bad { color: $status-bad; }
        & > .status-dispute { color: $status-dispute; }
        & > .status-quiet { color: $status-quiet; }
        &:ansi > .row--cursor {
            text-style: reverse;
            background: ansi_default;
            color: ansi_default;
        }
        &:nocolor > .row--cursor { text-style: reverse; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = set(COMPONENTS)
    BINDINGS: ClassVar[list[BindingType]] = bindings(MOVES, ALONG)

    @dataclass
    class Opened(Message):
        """The agent asked to see a row."""

        id: str

    def move(self, id_: str) -> None:
        """Move as the action of that id does."""
        getattr(self, f"action_{id_}")()

    def action_down(self) -> None:
        """Move to the next row."""
        self._move(1)

    def action_up(self) -> None:
        """Move to the row before."""
        self._move(-1)

    def action_half_down(self) -> None:
        """Move half a page down."""
        self._move(max(1, self._page // 2))

    def action_half_up(self) -> None:
        """Move half a page up."""
        self._move(-max(1, self._page // 2))

    def action_page_down(self) -> None:
        """Move a page down."""
        self._move(self._page)

    def action_page_up(self) -> None:
        """Move a page up."""
        self._move(-self._page)

    def action_top(self) -> None:
        """Move to the first row of the whole list."""
        if self._window.more_before:
            self._begin(Place.FIRST, keep=False)
        else:
            self._move(-len(self._window.rows))

    def action_bottom(self) -> None:
        """Move to the last row of the whole list."""
        if self._window.more_after:
            self._begin(Place.LAST, keep=False)
        else:
            self._move(len(self._window.rows))

    def action_columns_right(self) -> None:
        """Show the columns further right."""
        if self._paint().layout.hidden:
            self._skipped += 1
            self.redraw()

    def action_columns_left(self) -> None:
        """Show the columns further left."""
        if self._skipped:
            self._skipped -= 1
            self.redraw()

    def action_open(self) -> None:
        """Open the row under the cursor."""
        if line := self.line:
            self.post_message(self.Opened(line.id))

    def on_click(self, event: events.Click) -> None:
        """Move to the row that was clicked; a second click opens it."""
        place = self._top + event.y - HEADER
        if event.y < HEADER or place >= len(self._window.rows):
            return
        if place == self._cursor:
            self.action_open()
        else:
            self._move(place - self._cursor)

    def on_mouse_scroll_down(self) -> None:
        """Move down with the wheel."""
        self._move(WHEEL)

    def on_mouse_scroll_up(self) -> None:
        """Move up with the wheel."""
        self._move(-WHEEL)
