"""Facts pane: blocks of facts that scroll with the keys of a list."""

from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll

from tui.actions import MOVES, bindings


class FactsPane(VerticalScroll, inherit_bindings=False):
    """A column that scrolls; the cursor keys move the view."""

    DEFAULT_CSS = """
    FactsPane { scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings(MOVES)

    def action_down(self) -> None:
        """Scroll a line."""
        self._roll(1)

    def action_up(self) -> None:
        """Scroll a line back."""
        self._roll(-1)

    def action_top(self) -> None:
        """Scroll to the start."""
        self.scroll_home(animate=False)

    def action_bottom(self) -> None:
        """Scroll to the end."""
        self.scroll_end(animate=False)

    def action_half_down(self) -> None:
        """Scroll half a page."""
        self._roll(self.size.height // 2)

    def action_half_up(self) -> None:
        """Scroll half a page back."""
        self._roll(-(self.size.height // 2))

    def action_page_down(self) -> None:
        """Scroll a page."""
        self._roll(self.size.height)

    def action_page_up(self) -> None:
        """Scroll a page back."""
        self._roll(-self.size.height)

    def _roll(self, lines: int) -> None:
        self.scroll_relative(y=lines, animate=False)
