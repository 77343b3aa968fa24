"""Note: something an agent writes down about a payment."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Static, TextArea

from store.desk.note import LONGEST, worded
from store.errors import Refused
from tui.actions import BACK, bindings
from tui.dialogs.dialog import Dialog
from tui.status import BAD, QUIET
from tui.text import line, show
from tui.widgets.note_area import NoteArea


class NoteDialog(Dialog[str | None]):
    """Asks for a few lines; answers with them, or None when nothing is to be kept."""

    CSS_PATH = "note.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(BACK)

    def __init__(self, about: Content) -> None:
        super().__init__()
        self._about = about

    def compose(self) -> ComposeResult:
        """Show what it is about, the lines, and the two buttons."""
        with Vertical(classes="box") as box:
            box.border_title = Content("Add note")
            box.border_subtitle = Content("tab next · esc write nothing")
            yield Static(self._about)
            yield NoteArea(id="text")
            with Horizontal(classes="buttons"):
                yield Button(Content("Write nothing"), id="keep")
                yield Button(Content("Save note"), id="save")
                yield Static(id="said")

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Say how much room is left, where it becomes scarce."""
        left = LONGEST - len(event.text_area.text)
        told = f"{left} left" if left < LONGEST // 10 else ""
        self.query_one("#said", Static).update(line((told, f"${QUIET}")))

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer, or say why that is no note."""
        event.stop()
        if event.button.id != "save":
            self.dismiss(None)
            return
        try:
            self.dismiss(worded(self.query_one("#text", NoteArea).text))
        except Refused as refused:
            told = line(("✗ ", f"${BAD}"), show(str(refused)))
            self.query_one("#said", Static).update(told)

    def action_back(self) -> None:
        """Write nothing."""
        self.dismiss(None)
