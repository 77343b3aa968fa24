"""Issue refund: how much, why, and what will happen."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Label, Static

from store.errors import Refused, StoreError
from store.money import AmountError, Money, parse_amount
from store.outcome import RefundOutcome
from store.payment import Payment
from store.refund import CHOSEN_REASONS, Reason
from store.refusals import insufficient_balance
from tui import foresight, method, names
from tui.actions import PENDING, TOP_UP
from tui.dialogs.armed import ArmedDialog
from tui.text import join, line, plain
from tui.times import Times
from tui.widgets.amount_input import LONGEST_TYPED, AmountInput
from tui.widgets.choices import Choice, Choices
from tui.widgets.still_input import StillInput

LONGEST_NOTE = 500
_LABELS = {Reason.FRAUDULENT: "Fraudulent*", Reason.OTHER: names.NOTE_NEEDED}


@dataclass(frozen=True, slots=True)
class RefundRequest:
    """What an agent asks to be refunded."""

    amount: Money
    reason: Reason = Reason.REQUESTED_BY_CUSTOMER
    note: str | None = None


def why_risky(payment: Payment) -> str | None:
    """Return why the amount has to be typed twice, or None when it has not."""
    dispute = payment.dispute
    if dispute and dispute.is_inquiry and dispute.status != "warning_closed":
        return "Inquiry open"
    if any(refund.is_live for refund in payment.refunds):
        return "Second refund"
    return None


class IssueRefundDialog(ArmedDialog[RefundRequest, RefundOutcome]):
    """Asks for amount, reason and note; answers with what is to be refunded."""

    TITLE_TEXT = "Refund payment"
    KEEP = "Keep payment"

    def __init__(
        self,
        payment: Payment,
        times: Times,
        dry_run: Callable[[RefundRequest], Awaitable[RefundOutcome]],
        *,
        partial: bool = False,
        typed: RefundRequest | None = None,
        notice: str | None = None,
    ) -> None:
        super().__init__(dry_run, notice=notice)
        self._payment = payment
        self._times = times
        self._typed = typed
        self._amount = "" if partial else None
        if typed is not None:
            self._amount = typed.amount.digits(grouped=False)
        self._risk = why_risky(payment)

    def about(self) -> Content:
        """Return whose payment it is, and what is left of it."""
        payment = self._payment
        charge = payment.charge
        paid = f"Paid {payment.money}"
        if payment.created:
            paid += f" {self._times.when(payment.created)}"
        who = [line(plain(payment.id)), line(names.customer(payment))]
        if charge:
            who.append(line(method.full(charge.method)))
        sums = [
            line(paid),
            line(f"{names.given_back(payment)} {payment.refunded.digits()}"),
            line((f"left {payment.refundable.digits()}", "bold")),
        ]
        return Content("\n").join([join(who), join(sums)])

    def fields(self) -> ComposeResult:
        """Compose amount, reason and note."""
        typed = self._typed or RefundRequest(self._payment.refundable)
        most = self._payment.refundable
        with Horizontal(classes="field"):
            yield Label("Amount")
            yield AmountInput(most, self._amount, id="amount")
            yield Static(
                Content(f"{most.currency.upper()}   full · 50% · max"), id="hint"
            )
        with Horizontal(classes="field"):
            yield Label("Reason")
            yield Choices(
                tuple(
                    Choice(r, _LABELS.get(r, names.REASONS[r])) for r in CHOSEN_REASONS
                ),
                typed.reason,
                id="reason",
            )
        with Horizontal(classes="field"):
            yield Label("Note")
            yield StillInput(typed.note or "", longest=LONGEST_NOTE, id="note")

    def arms(self) -> ComposeResult:
        """Compose the second amount, where the refund is risky."""
        if self._risk:
            with Horizontal(classes="field -arm"):
                yield Label("Arm")
                yield StillInput(longest=LONGEST_TYPED, id="arm")
                why = f"{self._risk}: type the amount"
                yield Static(Content(why), classes="why")

    def why_locked(self) -> str | None:
        """Return that the amount is to be typed again, while it is not."""
        if not self._risk:
            return None
        again = self.query_one("#arm", StillInput).value
        try:
            same = parse_amount(again, self._payment.refundable) == self._read_amount()
        except AmountError:
            same = False
        return None if same else "type the amount"

    def request(self) -> RefundRequest:
        """Return amount, reason and note as they are typed."""
        reasons: Choices[Reason] = self.query_one("#reason", Choices)
        note = self.query_one("#note", StillInput).value.strip()
        return RefundRequest(self._read_amount(), reasons.value, note or None)

    def foresight(self, outcome: RefundOutcome) -> Content:
        """Return what the refund will do, and what is left after it."""
        told = foresight.of_refund(outcome, self.request().reason, self._times)
        left = outcome.payment.refundable
        return Content("\n").join([told, line(f"left to refund after this: {left}")])

    def refused(self, error: StoreError) -> Content:
        """Return why not; where only funds are short, what would help."""
        told = super().refused(error)
        if not isinstance(error, Refused) or error.refusal != insufficient_balance():
            return told
        helps = f"A top-up helps: {PENDING.title} ({PENDING.key}), then {TOP_UP.key}."
        return Content("\n").join([told, line(helps)])

    def verb(self, request: RefundRequest | None) -> str:
        """Return what the button will do."""
        return f"Refund {request.amount}" if request else "Refund"

    def _read_amount(self) -> Money:
        return self.query_one("#amount", AmountInput).read()
