"""Command line: one line at the bottom in which actions and commands are typed."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from tui.actions import BACK, COMMAND, bindings
from tui.commands import Values, WrongCommand, completing, read
from tui.dialogs.dialog import Dialog
from tui.view_actions import OLDER
from tui.widgets.completing_input import CompletingInput
from tui.widgets.offered import Offered

LONGEST = 200


class CommandDialog(Dialog[str | None]):
    """Returns what was typed once it is a command, or None when it was closed.

    What is no command is answered in one sentence, and stays to be put right.
    """

    CSS_PATH = "command.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(BACK)

    def __init__(
        self,
        values: Values,
        past: Sequence[str],
        *,
        typed: str = "",
        told: str = "",
    ) -> None:
        super().__init__()
        self._values = values
        self._past = past
        self._typed = typed
        self._told = told

    def compose(self) -> ComposeResult:
        """Put what can come next over the line."""
        with Vertical():
            yield Offered()
            with Horizontal():
                yield Static(COMMAND.key, id="prompt", markup=False)
                yield CompletingInput(
                    self._typed,
                    completing(self._values),
                    past=self._past,
                    placeholder=f"an action or a command · {OLDER.key} recalls",
                    longest=LONGEST,
                )

    def on_mount(self) -> None:
        """Say what was wrong with it before."""
        self.query_one(Input).focus()

    def on_completing_input_offered(self, event: CompletingInput.Offered) -> None:
        """Show how typing can go on, or what was wrong until something is typed."""
        if self._told and self.query_one(Input).value == self._typed:
            self._wrong(self._told)
        else:
            self._told = ""
            self.query_one(Offered).offer(event.completions, taken=event.taken)

    def on_completing_input_left_below(self) -> None:
        """Stay: there is nothing below."""

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Return what was typed, if it is a command."""
        event.stop()
        try:
            read(event.value)
        except WrongCommand as wrong:
            self._wrong(str(wrong))
        else:
            self.dismiss(event.value.strip())

    def _wrong(self, sentence: str) -> None:
        self.query_one(Offered).refuse(sentence)

    def action_back(self) -> None:
        """Close without running anything."""
        self.dismiss(None)
