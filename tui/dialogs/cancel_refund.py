"""Cancel refund: stop a refund on its way, after seeing what that does."""

from collections.abc import Awaitable, Callable

from textual.content import Content

from store.outcome import RefundOutcome
from store.payment import Payment
from store.refund import Refund
from tui import status
from tui.dialogs.armed import ArmedDialog
from tui.text import join, line, plain
from tui.words import foresight, method, names
from tui.words.times import Times


class CancelRefundDialog(ArmedDialog[str, RefundOutcome]):
    """Asks whether to cancel one refund; answers with its id."""

    TITLE_TEXT = "Cancel refund"
    KEEP = "Keep refund"

    def __init__(
        self,
        payment: Payment,
        refund: Refund,
        times: Times,
        dry_run: Callable[[str], Awaitable[RefundOutcome]],
        *,
        notice: str | None = None,
    ) -> None:
        super().__init__(dry_run, notice=notice)
        self._payment = payment
        self._refund = refund
        self._times = times

    def about(self) -> Content:
        """Return which refund it is, and where it stands."""
        refund, charge = self._refund, self._payment.charge
        look = status.of_refund(refund)
        to = names.customer(self._payment)
        if charge:
            to += f", {method.full(charge.method)}"
        first = [
            line(plain(refund.id)),
            line((str(refund.money), "bold")),
            line((f"{look.tag} {look.word}", look.style)),
        ]
        since = line(f"to {to} · created {self._times.when(refund.created)}")
        return Content("\n").join([join(first), since])

    def request(self) -> str:
        """Return the id of the refund."""
        return self._refund.id

    def foresight(self, outcome: RefundOutcome) -> Content:
        """Return what the cancellation will do."""
        return foresight.of_cancel_refund(outcome)

    def verb(self, request: str | None) -> str:
        """Return what the button will do."""
        del request
        return f"Yes, cancel refund {self._refund.money}"
