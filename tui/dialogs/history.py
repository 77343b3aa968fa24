"""History: what a customer was refunded, by whom, when, on any payment."""

from collections.abc import Iterator, Sequence

from textual.content import Content
from textual.widgets.option_list import Option

from store.desk.caution import RECENT, PastRefund
from store.money import Money, zero
from tui import status
from tui.dialogs.choosing import ChoosingDialog
from tui.status import QUIET
from tui.text import Cell, columns, fit, line, plain
from tui.words import names
from tui.words.times import Times

_WHO, _AMOUNT, _CODE, _ID = 8, 14, 6, 12
_ROOMY = 62
"""From so many cells on, a row names the payment; below, only whether it is this."""


class HistoryDialog(ChoosingDialog):
    """Lists refunds, newest first; answers with the id of the one to be opened."""

    def __init__(self, past: Sequence[PastRefund], payment: str, times: Times) -> None:
        super().__init__()
        self._past = past
        self._payment = payment
        self._times = times

    def title_line(self) -> Content:
        """Return whose refunds these are."""
        return Content("Refunds of this customer")

    def hint(self) -> str:
        """Return what the keys do."""
        return "enter opens the refund · esc"

    def rows(self, width: int) -> list[Option]:
        """Return the refunds of the last 30 days, and those before."""
        since = self._times.now - RECENT
        recent = [one for one in self._past if one.created >= since]
        before = [one for one in self._past if one.created < since]
        return [
            *self._part(f"Within {RECENT.days} days", recent, width),
            *self._part("Before", before, width),
        ]

    def _part(
        self, title: str, past: Sequence[PastRefund], width: int
    ) -> Iterator[Option]:
        told = _sums(past) if past else "none"
        heading = line((f"{title}: ", "bold"), (told, f"${QUIET}"))
        yield Option(heading, disabled=True)
        for one in past:
            yield Option(self._row(one, width), id=one.refund)

    def _row(self, one: PastRefund, width: int) -> Content:
        look = status.REFUNDS[one.status]
        here, roomy = one.payment == self._payment, width >= _ROOMY
        where = names.short(one.payment) if roomy else ""
        if here:
            where = "this payment" if roomy else "here"
        amount = Cell(str(one.money), _AMOUNT, right=True, whole=True)
        return line(
            f" {self._times.when(one.created)}  ",
            columns(Cell(plain(one.actor), _WHO), amount),
            (f"  {fit(look.tag, _CODE)}  ", look.style),
            fit(where, _ID) if roomy else where,
        )


def _sums(past: Sequence[PastRefund]) -> str:
    """Return how many refunds, and what those add up to that were not undone."""
    sums: dict[str, Money] = {}
    for one in past:
        if one.is_live:
            currency = one.money.currency
            sums[currency] = sums.get(currency, zero(currency)) + one.money
    count = f"{len(past)} refund" if len(past) == 1 else f"{len(past)} refunds"
    total = " + ".join(map(str, sums.values()))
    return f"{count}, {total}" if total else count
