"""Export: as what and to where a list is written."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Key
from textual.widgets import Button, Input, Label, Static

from store.exports.writing import Form, file_name
from tui.actions import BACK, bindings
from tui.dialogs.dialog import Dialog
from tui.status import BAD, QUIET, WAITS
from tui.text import join, line, show
from tui.widgets.choices import Choice, Choices
from tui.widgets.still_input import StillInput
from tui.words.results import LONGEST_PATH

_FORMS = (
    Choice(Form.CSV, "CSV"),
    Choice(Form.JSON_LINES, "JSON lines"),
)
_TOLD = {
    Form.CSV: "amounts in major units, times in UTC, no cell is a formula",
    Form.JSON_LINES: "amounts in the currency's smallest unit, times in UTC",
}


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What is to be written where."""

    form: Form
    path: Path
    replace: bool = False
    """Whether a file that is there was said to be replaced."""


class ExportDialog(Dialog[ExportRequest | None]):
    """Asks for format and path; says so where a file would be replaced."""

    CSS_PATH = "export.tcss"
    AUTO_FOCUS = "#write"
    BINDINGS: ClassVar[list[BindingType]] = bindings(BACK)

    def __init__(self, what: Content, name: str, at: datetime, folder: Path) -> None:
        super().__init__()
        self._what = what
        self._stem = name
        self._at = at
        self._folder = folder

    def compose(self) -> ComposeResult:
        """Lay the dialog out."""
        with Vertical(classes="box") as box:
            box.border_title = Content("Export")
            hint = "enter writes · tab next · esc writes nothing"
            box.border_subtitle = Content(hint)
            yield Static(self._what, id="what")
            with Horizontal(classes="field"):
                yield Label("Format")
                yield Choices(_FORMS, Form.CSV, id="form")
            with Horizontal(classes="field"):
                yield Label("File")
                yield StillInput(
                    self._default(Form.CSV), longest=LONGEST_PATH, id="path"
                )
            yield Static(id="note")
            with Horizontal(classes="buttons"):
                yield Button(Content("Write file"), id="write")
                yield Button(Content("Write nothing"), id="nothing")

    def on_mount(self) -> None:
        """Say what will be written."""
        self._tell()

    def _default(self, form: Form) -> str:
        return file_name(self._stem, self._at, form)

    @property
    def _form(self) -> Form:
        forms: Choices[Form] = self.query_one("#form", Choices)
        return forms.value

    @property
    def _path(self) -> Path:
        typed = Path(self.query_one("#path", StillInput).value.strip())
        try:
            return self._folder / typed.expanduser()
        except RuntimeError:  # no home is known of that name
            return self._folder / typed

    def _why_not(self) -> str | None:
        """Return why nothing can be written there, as far as that is seen."""
        path = self._path
        try:
            if not self.query_one("#path", StillInput).value.strip():
                return "type a path"
            if path.is_dir():
                return "that is a folder: add a file name"
            if not path.parent.is_dir():
                return "there is no such folder"
        except (OSError, ValueError):
            return "that is no path"
        return None

    def _tell(self) -> None:
        why = self._why_not()
        replaces = why is None and self._path.exists()
        rows = [show(_from_home(self._path), f"${QUIET}", LONGEST_PATH)]
        if why:
            rows.append(line((f"✗ {why}", f"${BAD}")))
        elif replaces:
            said = "! there is a file of that name: it will be replaced"
            rows.append(line((said, f"bold ${WAITS}")))
        else:
            rows.append(line((_TOLD[self._form], f"${QUIET}")))
        self.query_one("#note", Static).update(Content("\n").join(rows))
        button = self.query_one("#write", Button)
        button.disabled = why is not None
        label = Content("Replace file" if replaces else "Write file")
        if button.label != label:
            button.label = label
            button.refresh(layout=True)

    @on(Choices.Changed)
    def _other_form(self) -> None:
        """Give the file the ending of its format, unless it has one of its own."""
        field = self.query_one("#path", StillInput)
        for form in Form:
            if form is not self._form and field.value.endswith(f".{form.ending}"):
                stem = field.value.removesuffix(form.ending)
                field.value = stem + self._form.ending
        self._tell()

    @on(Input.Changed)
    def _other_path(self) -> None:
        self._tell()

    def on_key(self, event: Key) -> None:
        """Let Enter in a field go to the next one."""
        if event.key == "enter" and not isinstance(self.focused, Button):
            event.stop()
            self.focus_next()

    @on(Button.Pressed, "#nothing")
    def _nothing(self) -> None:
        self.dismiss(None)

    @on(Button.Pressed, "#write")
    def _write(self) -> None:
        replaces = str(self.query_one("#write", Button).label) == "Replace file"
        if self._why_not() is None:
            self.dismiss(ExportRequest(self._form, self._path, replaces))

    def action_back(self) -> None:
        """Write nothing."""
        self.dismiss(None)


def _from_home(path: Path) -> str:
    """Return a path as a shell would take it, `~` for the agent's own folder."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except (RuntimeError, ValueError):  # no home is known, or it is elsewhere
        return str(path)


def described(things: str, filtered: str, columns: int) -> Content:
    """Return what is written: which rows and how many columns of them."""
    parts = [line((things, "bold"))]
    if filtered:
        parts.append(show(filtered))
    parts.append(line(f"{columns} columns"))
    return join(parts)
