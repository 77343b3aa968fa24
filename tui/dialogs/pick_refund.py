"""Pick refund: which of several refunds is meant; dim rows say why not."""

from dataclasses import dataclass
from textwrap import wrap

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from store.errors import Refusal
from store.refund import Refund
from tui import status
from tui.dialogs.choosing import ChoosingDialog
from tui.text import Cell, columns, line, plain
from tui.words import names
from tui.words.times import Times

_ID, _AMOUNT = 12, 16
_INDENT = "    "


@dataclass(frozen=True, slots=True)
class Candidate:
    """A refund that may be meant, and why it may not be."""

    refund: Refund
    refusal: Refusal | None = None


class PickRefundDialog(ChoosingDialog):
    """Asks which refund is meant; answers with its id."""

    def __init__(
        self,
        title: str,
        candidates: tuple[Candidate, ...],
        times: Times,
        meant: str | None = None,
    ) -> None:
        super().__init__()
        self._meant = meant
        self._title = title
        self._candidates = candidates
        self._times = times

    def on_mount(self) -> None:
        """Begin on the refund that is probably meant, where it may be chosen."""
        can = [one.refund.id for one in self._candidates if not one.refusal]
        if self._meant in can:
            options = self.query_one(OptionList)
            options.highlighted = options.get_option_index(self._meant)

    def title_line(self) -> Content:
        """Return what is to be done to the refund."""
        return Content(self._title)

    def hint(self) -> str:
        """Return how to choose."""
        return "enter chooses · dim rows say why not · esc"

    def rows(self, width: int) -> list[Option]:
        """Return every refund, in the payment's order."""
        return [
            Option(self._row(one, width), one.refund.id, disabled=bool(one.refusal))
            for one in self._candidates
        ]

    def _row(self, one: Candidate, width: int) -> Content:
        refund = one.refund
        look = status.of_refund(refund)
        amount = Cell(str(refund.money), _AMOUNT, right=True, whole=True)
        row = line(
            columns(Cell(names.short(refund.id), _ID), amount),
            "  ",
            (look.tag, look.style),
            f"  {self._times.when(refund.created)}",
        )
        below = wrap(self._below(one), max(1, width - len(_INDENT)))
        return line(row, "".join(f"\n{_INDENT}{part}" for part in below))

    def _below(self, one: Candidate) -> str:
        """Return why it may not be meant, else the reference to know it by."""
        if one.refusal:
            return plain(one.refusal.message)
        where = one.refund.destination
        if where is None or where.reference is None:
            return ""
        return f"{where.label} {plain(where.reference)}"
