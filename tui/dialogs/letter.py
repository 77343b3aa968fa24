"""Letter: what to tell the customer; it can be edited, then copied or mailed."""

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Resize
from textual.widgets import Button, Label, Static

from store.mail.letter import LONGEST_BODY, LONGEST_SUBJECT, Situation, why_not_letter
from store.mail.receipt import Letter
from store.visible import as_written
from tui.actions import BACK, bindings
from tui.dialogs.dialog import Dialog
from tui.status import BAD
from tui.text import line, plain
from tui.widgets.plain_area import PlainArea
from tui.widgets.still_input import StillInput

LONGEST_ADDRESS = 254
_FRAME = 10
"""Lines that everything but the text needs."""
_LEAST = 3


@dataclass(frozen=True, slots=True)
class Copied:
    """The letter is to be put on the clipboard."""

    letter: Letter


@dataclass(frozen=True, slots=True)
class Mailed:
    """The letter is to be mailed."""

    letter: Letter


class LetterDialog(Dialog[Copied | Mailed | None]):
    """Shows a letter, lets it be edited, and answers with what to do with it.

    Only its buttons copy or mail; Enter in the text is a new line.
    """

    CSS_PATH = "letter.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(BACK)

    def __init__(self, of: Situation, letter: Letter, why_no_mail: str | None) -> None:
        super().__init__()
        self._of = of
        self._letter = letter
        self._why_no_mail = why_no_mail

    def compose(self) -> ComposeResult:
        """Put address and subject over the text, the buttons below."""
        with Vertical(classes="box") as box:
            told = self._of.value.replace("_", " ")
            box.border_title = Content(f"Customer letter · {told}")
            box.border_subtitle = Content(f"tab next · {BACK.key} close")
            with Horizontal(classes="field"):
                yield Label("To")
                to = as_written(self._letter.to, LONGEST_ADDRESS)
                yield StillInput(to, longest=LONGEST_ADDRESS, id="to")
            with Horizontal(classes="field"):
                yield Label("Subject")
                subject = self._letter.subject
                yield StillInput(subject, longest=LONGEST_SUBJECT, id="subject")
            yield PlainArea(self._letter.body, longest=LONGEST_BODY, id="text")
            with Horizontal(classes="buttons"):
                yield Button(Content("Close"), id="close")
                yield Button(Content("Copy letter"), id="copy")
                yield Button(Content("Mail letter"), id="mail")
            why = plain(self._why_no_mail) if self._why_no_mail else ""
            yield Static(Content(why), id="told")

    def on_mount(self) -> None:
        """Begin on the button that changes nothing outside."""
        mail = self.query_one("#mail", Button)
        mail.disabled = self._why_no_mail is not None
        self.query_one("#copy").focus()

    def on_resize(self, event: Resize) -> None:
        """Let the text scroll where it is too long, so that the buttons stay."""
        self.query_one(PlainArea).styles.max_height = max(
            _LEAST, event.size.height - _FRAME
        )

    @property
    def letter(self) -> Letter:
        """Return the letter as it is now, with nothing in it that could act."""
        typed = self.query_one(PlainArea).text.splitlines()
        return Letter(
            self.query_one("#to", StillInput).value.strip(),
            as_written(self.query_one("#subject", StillInput).value.strip()),
            "\n".join(as_written(one, LONGEST_BODY) for one in typed) + "\n",
        )

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer; what cannot be mailed stays, with the reason."""
        event.stop()
        letter = self.letter
        if event.button.id == "copy":
            self.dismiss(Copied(letter))
        elif event.button.id != "mail":
            self.dismiss(None)
        elif refusal := why_not_letter(letter):
            told = line(("✗ ", f"${BAD}"), plain(refusal.message))
            self.query_one("#told", Static).update(told)
        else:
            self.dismiss(Mailed(letter))

    def action_back(self) -> None:
        """Close without sending anything."""
        self.dismiss(None)
