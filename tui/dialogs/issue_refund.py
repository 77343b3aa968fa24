"""Issue refund: how much, why, and what will happen."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Label, Static

from store.desk.caution import Caution
from store.desk.follow_up import after_failures
from store.errors import Refused, StoreError
from store.money import AmountError, Money, parse_amount, zero
from store.outcome import RefundOutcome
from store.payment import Payment
from store.refund import Reason
from store.refusals import insufficient_balance
from tui.actions import PENDING, TOP_UP
from tui.dialogs.armed import ArmedDialog
from tui.status import WAITS
from tui.text import join, line, show
from tui.widgets import share_choices
from tui.widgets.amount_input import LONGEST_TYPED, AmountInput
from tui.widgets.choices import Choices
from tui.widgets.reason_choices import LONGEST_NOTE, reason_choices
from tui.widgets.share_choices import ShareChoices
from tui.widgets.still_input import StillInput
from tui.words import foresight, names
from tui.words.times import Times


@dataclass(frozen=True, slots=True)
class RefundRequest:
    """What an agent asks to be refunded."""

    amount: Money
    reason: Reason = Reason.REQUESTED_BY_CUSTOMER
    note: str | None = None
    reverse_transfer: bool = False
    refund_application_fee: bool = False


def no_doubt(_: Money) -> tuple[Caution, ...]:
    """Return that nothing speaks against an amount."""
    return ()


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
        doubts: Callable[[Money], tuple[Caution, ...]] = no_doubt,
        partial: bool = False,
        typed: RefundRequest | None = None,
        notice: str | None = None,
    ) -> None:
        super().__init__(dry_run, notice=notice)
        self._doubts = doubts
        self._payment = payment
        self._times = times
        self._typed = typed
        self._amount = "" if partial else None
        if typed is not None:
            self._amount = typed.amount.digits(grouped=False)
        self._cautions: tuple[Caution, ...] = ()

    def about(self) -> Content:
        """Return whose payment it is, and what is left of it."""
        payment = self._payment
        paid = f"Paid {payment.money}"
        if payment.created:
            paid += f" {self._times.when(payment.created)}"
        sums = [
            line(paid),
            line(f"{names.given_back(payment)} {payment.refunded.digits()}"),
            line((f"left {payment.refundable.digits()}", "bold")),
        ]
        return Content("\n").join([names.whose(payment), join(sums)])

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
            yield reason_choices(typed.reason)
        with Horizontal(classes="field"):
            yield Label("Note")
            yield StillInput(typed.note or "", longest=LONGEST_NOTE, id="note")
        yield from self.share_fields(typed)

    def share_fields(self, typed: RefundRequest) -> ComposeResult:
        """Compose what comes back of a shared charge; nothing for any other one."""
        charge = self._payment.charge
        share = charge.share if charge else None
        offers = share_choices.offered(share)
        if share and any(offers):
            ticked = typed.reverse_transfer, typed.refund_application_fee
            yield ShareChoices(share.account or "", offers, ticked)

    def arms(self) -> ComposeResult:
        """Compose the doubts and the second amount, shown where there are any."""
        yield Static(id="cautions")
        with Horizontal(classes="field -arm"):
            yield Label("Arm")
            yield StillInput(longest=LONGEST_TYPED, id="arm")
            yield Static(Content("type the amount to arm"), classes="why")

    def touched(self) -> None:
        """Show what speaks against the amount that is typed now."""
        try:
            amount = self._read_amount()
        except AmountError:
            amount = zero(self._payment.money.currency)
        self._cautions = self._doubts(amount)
        told = [
            line(("! ", f"${WAITS}"), show(one.text, f"${WAITS}"))
            for one in self._cautions
        ]
        cautions = self.query_one("#cautions", Static)
        cautions.update(Content("\n").join(told))
        cautions.display = self.query_one(".-arm").display = bool(told)
        super().touched()

    def why_locked(self) -> str | None:
        """Return that the amount is to be typed again, while it is not."""
        if not self._cautions:
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
        shares = [one.chosen for one in self.query(ShareChoices)] or [(False, False)]
        reason = reasons.value
        return RefundRequest(self._read_amount(), reason, note or None, *shares[0])

    @property
    def doubt(self) -> str | None:
        """Return why the money may not arrive; None where nothing is known."""
        return after_failures(self._payment.refunds)

    def foresight(self, outcome: RefundOutcome) -> Content:
        """Return what the refund will do, and what is left after it."""
        reason, doubt = self.request().reason, self.doubt
        told = foresight.of_refund(outcome, reason, self._times, doubt)
        if shared := outcome.shared:
            for one in self.query(ShareChoices):
                one.tell(*([part] if part else [] for part in shared.parts))
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
