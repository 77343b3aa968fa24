"""Problem: something went wrong; what, and what was not done."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from tui.actions import BACK, LEAVE, OPEN, bindings
from tui.dialogs.dialog import Dialog
from tui.status import QUIET
from tui.text import line, plain, show


class ProblemDialog(Dialog[None]):
    """Shows one sentence of the store and one of ours; never a traceback."""

    CSS_PATH = "problem.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(BACK, LEAVE, OPEN)

    def __init__(self, what: str, why: str, then: str, *, typing: bool = False) -> None:
        super().__init__()
        self._typing = typing
        self._what = what
        self._why = why
        self._then = then

    def compose(self) -> ComposeResult:
        """Show what happened, why, and what to do."""
        with Vertical(classes="box") as box:
            box.border_title = Content(self._what)
            box.border_subtitle = Content(f"{BACK.key} close")
            yield Static(show(self._why))
            yield Static(line((plain(self._then), f"${QUIET}")), classes="then")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let nothing close it that may be meant for the field that was there."""
        del parameters
        return not (self._typing and action in (LEAVE.id, OPEN.id))

    def action_back(self) -> None:
        """Close."""
        self.dismiss()

    def action_leave(self) -> None:
        """Close."""
        self.dismiss()

    def action_open(self) -> None:
        """Close."""
        self.dismiss()
