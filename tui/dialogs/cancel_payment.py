"""Cancel payment: give up an authorisation, and say why."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Label

from store.outcome import PaymentOutcome
from store.payment import CHOSEN_CANCELLATION_REASONS, CancellationReason, Payment
from tui.dialogs.armed import ArmedDialog
from tui.text import join, line
from tui.widgets.choices import Choice, Choices
from tui.widgets.reason_choices import LONGEST_NOTE
from tui.widgets.still_input import StillInput
from tui.words import foresight, names
from tui.words.times import Times


@dataclass(frozen=True, slots=True)
class CancelRequest:
    """Why an agent asks for a payment to be canceled."""

    reason: CancellationReason = CancellationReason.REQUESTED_BY_CUSTOMER
    note: str | None = None


class CancelPaymentDialog(ArmedDialog[CancelRequest, PaymentOutcome]):
    """Asks why a payment is to be canceled; answers with reason and note."""

    TITLE_TEXT = "Cancel payment"
    KEEP = "Keep payment"

    def __init__(
        self,
        payment: Payment,
        times: Times,
        dry_run: Callable[[CancelRequest], Awaitable[PaymentOutcome]],
        *,
        typed: CancelRequest | None = None,
        notice: str | None = None,
    ) -> None:
        super().__init__(dry_run, notice=notice)
        self._payment = payment
        self._times = times
        self._typed = typed or CancelRequest()

    def about(self) -> Content:
        """Return whose payment it is, and until when it is authorised."""
        payment = self._payment
        charge = payment.charge
        held = [line((f"Authorised {payment.money}", "bold"))]
        if charge and charge.capture_before:
            ends = self._times.when(charge.capture_before)
            held.append(line(f"would expire {ends}"))
        return Content("\n").join([names.whose(payment), join(held)])

    def fields(self) -> ComposeResult:
        """Compose reason and note."""
        choices = tuple(
            Choice(
                reason,
                names.NOTE_NEEDED
                if reason is CancellationReason.OTHER
                else names.CANCELLATIONS[reason],
            )
            for reason in CHOSEN_CANCELLATION_REASONS
        )
        with Horizontal(classes="field"):
            yield Label("Reason")
            yield Choices(choices, self._typed.reason, id="reason")
        with Horizontal(classes="field"):
            yield Label("Note")
            yield StillInput(self._typed.note or "", longest=LONGEST_NOTE, id="note")

    def request(self) -> CancelRequest:
        """Return reason and note as they are typed."""
        reasons: Choices[CancellationReason] = self.query_one("#reason", Choices)
        note = self.query_one("#note", StillInput).value.strip()
        return CancelRequest(reasons.value, note or None)

    def foresight(self, outcome: PaymentOutcome) -> Content:
        """Return what the cancellation will do."""
        return foresight.of_cancel_payment(outcome)

    def verb(self, request: CancelRequest | None) -> str:
        """Return what the button will do."""
        del request
        return f"Cancel payment {self._payment.money}"
