"""Pick refund: which of several refunds is meant; dim rows say why not."""

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from store.errors import Refusal
from store.refund import Refund
from tui.times import Times
from tui import names, status
from tui.actions import BACK, bindings
from tui.text import fit, line

_ID, _AMOUNT = 14, 16


@dataclass(frozen=True, slots=True)
class Candidate:
    """A refund that may be meant, and why it may not be."""

    refund: Refund
    refusal: Refusal | None = None


class PickRefundDialog(ModalScreen[str | None]):
    """Asks which refund is meant; answers with its id."""

    CSS_PATH = "pick_refund.tcss"
    BINDINGS = bindings(BACK)

    def __init__(
        self, title: str, candidates: tuple[Candidate, ...], times: Times
    ) -> None:
        super().__init__()
        self._title = title
        self._candidates = candidates
        self._times = times

    def compose(self) -> ComposeResult:
        """List every refund, the newest first as it is given."""
        with Vertical(classes="box") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = Content("enter choose · esc back")
            yield OptionList(
                *(
                    Option(self._row(one), one.refund.id, disabled=bool(one.refusal))
                    for one in self._candidates
                ),
                compact=True,
            )

    def _row(self, one: Candidate) -> Content:
        refund = one.refund
        look = status.of_refund(refund)
        row = line(
            fit(names.short(refund.id), _ID),
            fit(str(refund.money), _AMOUNT, right=True),
            "  ",
            (look.tag, look.style),
            f"  {self._times.when(refund.created)}",
        )
        if one.refusal is None:
            return row
        return line(row, f"\n  {one.refusal.message}")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer with the refund that was chosen."""
        event.stop()
        self.dismiss(event.option.id)

    def action_back(self) -> None:
        """Choose none."""
        self.dismiss(None)
