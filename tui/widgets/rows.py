"""Rows: a short list whose cursor stays on the same thing when it is filled anew."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.actions import MOVES, OPEN, bindings

_PADDING = 2
"""Cells that the list leaves free beside a row."""


class Rows(OptionList, inherit_bindings=False):
    """Lines of content, each with a key of its own; only for short lists."""

    DEFAULT_CSS = """
    Rows {
        height: auto;
        max-height: 100%;
        border: none;
        padding: 0;
        background: transparent;
        scrollbar-size-vertical: 1;
        &:focus { border: none; background: transparent; background-tint: transparent; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings(MOVES, OPEN)

    def __init__(self, *, id: str) -> None:  # noqa: A002 - the toolkit's own word
        super().__init__(id=id, compact=True, markup=False)

    @property
    def key(self) -> str | None:
        """Return the key of the row under the cursor."""
        row = self.highlighted_option
        return row.id if row else None

    @property
    def room(self) -> int:
        """Return how many cells a row may use."""
        return self.scrollable_content_region.width - _PADDING

    def fill(self, rows: Sequence[tuple[str, Content]]) -> None:
        """Show these rows; the cursor stays on its key, else on its place."""
        key, place = self.key, self.highlighted or 0
        self.clear_options()
        self.add_options([Option(content, id=name) for name, content in rows])
        if not rows:
            return
        keys = [name for name, _ in rows]
        self.highlighted = keys.index(key) if key in keys else min(place, len(rows) - 1)

    def go_to(self, key: str | None) -> None:
        """Put the cursor on the row of that key, where there is one."""
        if key is not None and any(one.id == key for one in self.options):
            self.highlighted = self.get_option_index(key)

    def action_down(self) -> None:
        """Move to the next row; the last one is the end."""
        self._move(1)

    def action_up(self) -> None:
        """Move to the row before; the first one is the end."""
        self._move(-1)

    def action_top(self) -> None:
        """Move to the first row."""
        self.action_first()

    def action_bottom(self) -> None:
        """Move to the last row."""
        self.action_last()

    def action_half_down(self) -> None:
        """Move half a page."""
        self._move(max(1, self.size.height // 2))

    def action_half_up(self) -> None:
        """Move half a page back."""
        self._move(-max(1, self.size.height // 2))

    def action_open(self) -> None:
        """Report that the row under the cursor was chosen."""
        self.action_select()

    def _move(self, steps: int) -> None:
        if self.option_count:
            last = self.option_count - 1
            self.highlighted = min(last, max(0, (self.highlighted or 0) + steps))
