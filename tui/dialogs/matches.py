"""Matches: the refunds that one bank reference names; a STAN names several in time."""

from collections.abc import Sequence

from textual.content import Content
from textual.widgets.option_list import Option

from store.reference import ReferenceMatch
from tui.dialogs.choosing import ChoosingDialog
from tui.status import QUIET
from tui.text import Cell, columns, line, plain
from tui.words import names
from tui.words.times import Times

_DATE, _AMOUNT, _KIND = 18, 16, 4


class MatchesDialog(ChoosingDialog):
    """Asks which of the refunds with a reference is meant; answers with its id."""

    def __init__(
        self, typed: str, found: Sequence[ReferenceMatch], times: Times
    ) -> None:
        super().__init__()
        self._typed = typed
        self._found = found
        self._times = times

    def title_line(self) -> Content:
        """Return which reference it is, and how many refunds have it."""
        return line(f"{len(self._found)} refunds with {plain(self._typed)}")

    def hint(self) -> str:
        """Return how to choose."""
        return "enter opens the refund · esc"

    def rows(self, width: int) -> list[Option]:
        """Return every match with its date, as the store orders them."""
        del width
        return [
            Option(
                line(
                    columns(
                        Cell(one.label, _KIND),
                        Cell(self._times.when(one.created), _DATE),
                        Cell(str(one.amount), _AMOUNT, right=True, whole=True),
                    ),
                    (f"   {names.short(one.refund)}", f"${QUIET}"),
                    (f"   {names.short(one.payment)}", f"${QUIET}"),
                ),
                id=one.refund,
            )
            for one in self._found
        ]
