"""Retry refund: the same amount again, in place of a refund that failed."""

from collections.abc import Awaitable, Callable

from textual.app import ComposeResult
from textual.content import Content

from store.desk.caution import Caution
from store.desk.follow_up import FailedRefund, second_try
from store.money import Money
from store.outcome import RefundOutcome
from store.payment import Payment
from store.refund import Reason
from tui.dialogs.issue_refund import IssueRefundDialog, RefundRequest
from tui.status import BAD
from tui.text import line, plain
from tui.words import names
from tui.words.times import Times


class RetryRefundDialog(IssueRefundDialog):
    """Asks whether to refund again what failed; the amount is as it was."""

    TITLE_TEXT = "Try again"
    KEEP = "Leave it"
    AUTO_FOCUS = "#keep"

    def __init__(
        self,
        failed: FailedRefund,
        payment: Payment,
        times: Times,
        dry_run: Callable[[RefundRequest], Awaitable[RefundOutcome]],
        *,
        doubts: Callable[[Money], tuple[Caution, ...]],
        notice: str | None = None,
    ) -> None:
        super().__init__(payment, times, dry_run, doubts=doubts, notice=notice)
        self._failed = failed

    def about(self) -> Content:
        """Return whose payment it is, and what failed and why."""
        refund = self._failed.refund
        what = f"{names.short(refund.id)} {refund.money} failed: "
        why = line((what, f"${BAD}"), plain(self._failed.why))
        return Content("\n").join([super().about(), why])

    def fields(self) -> ComposeResult:
        """Compose nothing: amount, reason and note are those of the old refund."""
        yield from ()

    def request(self) -> RefundRequest:
        """Return what was asked for then."""
        refund = self._failed.refund
        reason = refund.reason or Reason.REQUESTED_BY_CUSTOMER
        return RefundRequest(refund.money, reason, refund.note)

    @property
    def doubt(self) -> str | None:
        """Return why what failed may fail again."""
        return second_try(self._failed.refund)

    def verb(self, request: RefundRequest | None) -> str:
        """Return what the button will do."""
        del request
        return f"Refund {self._failed.refund.money} again"

    def _read_amount(self) -> Money:
        return self._failed.refund.money
