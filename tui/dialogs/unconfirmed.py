"""Unconfirmed: what became of actions whose answer nobody saw."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from tui.actions import BACK, LEAVE, OPEN, PAGE_DOWN, PAGE_UP, bindings
from tui.dialogs.dialog import Dialog
from tui.status import QUIET
from tui.text import line

FRAME = 6
"""Lines that the border, its padding and what follows the actions need."""


class UnconfirmedDialog(Dialog[None]):
    """Says of each action whether it was done; nothing is done here."""

    CSS_PATH = "unconfirmed.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        BACK, LEAVE, OPEN, PAGE_DOWN, PAGE_UP
    )

    def __init__(self, told: Sequence[Content]) -> None:
        super().__init__()
        self._told = told

    def compose(self) -> ComposeResult:
        """Show the actions, oldest first."""
        with Vertical(classes="box") as box:
            box.border_title = Content("Unconfirmed actions")
            box.border_subtitle = Content(f"{BACK.key} close")
            with VerticalScroll(can_focus=False):
                for one in self._told:
                    yield Static(one)
            why = "A console ended before the answer to these was seen."
            yield Static(line((why, f"${QUIET}")), classes="then")

    def on_resize(self, event: Resize) -> None:
        """Let the actions scroll where they are many, so that the frame stays."""
        room = max(1, event.size.height - FRAME)
        self.query_one(VerticalScroll).styles.max_height = room

    def action_back(self) -> None:
        """Close."""
        self.dismiss()

    def action_leave(self) -> None:
        """Close."""
        self.dismiss()

    def action_open(self) -> None:
        """Close."""
        self.dismiss()

    def action_page_down(self) -> None:
        """Scroll."""
        self.query_one(VerticalScroll).scroll_page_down(animate=False)

    def action_page_up(self) -> None:
        """Scroll back."""
        self.query_one(VerticalScroll).scroll_page_up(animate=False)
