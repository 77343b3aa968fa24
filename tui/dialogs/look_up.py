"""Look up: a refund's bank reference, ready to be copied."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from store.outcome import RefundDetail
from tui import status
from tui.actions import BACK, COPY_ID, LEAVE, OPEN, bindings
from tui.dialogs.dialog import Dialog
from tui.text import join, line, plain
from tui.widgets import reference_card
from tui.words import names
from tui.words.times import Times


class LookUpDialog(Dialog[None]):
    """Shows one refund's reference and its state; copies it on request."""

    CSS_PATH = "look_up.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(BACK, COPY_ID, LEAVE, OPEN)

    def __init__(self, detail: RefundDetail, times: Times) -> None:
        super().__init__()
        self._detail = detail
        self._times = times

    def compose(self) -> ComposeResult:
        """Show the refund, its card, and what was copied."""
        copies = reference_card.number(self._detail) is not None
        with Vertical(classes="box") as box:
            box.border_title = Content("Bank reference")
            copy = f"{COPY_ID.key} copy · " if copies else ""
            box.border_subtitle = Content(f"{copy}{BACK.key} close")
            with VerticalScroll(can_focus=False):
                yield Static(self._about(), id="about")
                yield Static(reference_card.card(self._detail, self._times), id="card")
            yield Static(id="copied")

    def _about(self) -> Content:
        refund = self._detail.refund
        look = status.of_refund(refund)
        parts = [
            line(plain(refund.id)),
            line((str(refund.money), "bold")),
            line((f"{look.tag} {look.word}", look.style)),
        ]
        if self._detail.payment:
            parts.append(line(names.customer(self._detail.payment)))
        return join(parts)

    def action_copy_id(self) -> None:
        """Hand the reference to the terminal's clipboard, and say so."""
        found = reference_card.number(self._detail)
        if found is None:
            said = "There is no reference to copy yet."
        else:
            self.app.copy_to_clipboard(found)
            said = f"✓ sent to the terminal's clipboard: {found}"
        self.query_one("#copied", Static).update(Content(said))

    def action_back(self) -> None:
        """Close."""
        self.dismiss(None)

    def action_leave(self) -> None:
        """Close."""
        self.dismiss(None)

    def action_open(self) -> None:
        """Close."""
        self.dismiss(None)
