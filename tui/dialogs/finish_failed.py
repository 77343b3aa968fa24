"""Finish failed: take a failed refund out of the inbox, with a note."""

from collections.abc import Awaitable, Callable

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Label

from store.desk.follow_up import FailedRefund
from store.desk.note import LONGEST
from store.errors import StoreError
from tui.dialogs.armed import ArmedDialog
from tui.status import BAD, QUIET
from tui.text import line, plain
from tui.widgets.failed_facts import brief
from tui.widgets.still_input import StillInput


class FinishFailedDialog(ArmedDialog[str, FailedRefund]):
    """Asks what was done about a failed refund; answers with the note."""

    TITLE_TEXT = "Done with a failed refund"
    KEEP = "Keep it open"

    def __init__(
        self,
        failed: FailedRefund,
        dry_run: Callable[[str], Awaitable[FailedRefund]],
        *,
        typed: str = "",
        notice: str | None = None,
    ) -> None:
        super().__init__(dry_run, notice=notice)
        self._failed = failed
        self._typed = typed

    def about(self) -> Content:
        """Return which refund it is, and why it failed."""
        why = line((plain(self._failed.why), f"${BAD}"))
        return Content("\n").join([brief(self._failed), why])

    def fields(self) -> ComposeResult:
        """Compose the note."""
        with Horizontal(classes="field"):
            yield Label("Note")
            yield StillInput(
                self._typed,
                placeholder="what was done for the customer",
                longest=LONGEST,
                id="note",
            )

    def request(self) -> str:
        """Return the note as it is typed."""
        return self.query_one("#note", StillInput).value.strip()

    def foresight(self, outcome: FailedRefund) -> Content:
        """Return what closing it does."""
        del outcome
        return line("leaves the inbox · the note stays with it · no money moves")

    def refused(self, error: StoreError) -> Content:
        """Return why not; before anything is typed, what to type."""
        if self.request():
            return super().refused(error)
        return line(("Write what was done.", f"${QUIET}"))

    def verb(self, request: str | None) -> str:
        """Return what the button will do."""
        del request
        return "Close, with the note"
