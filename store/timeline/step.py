"""Step: one thing that happened to a payment, in words."""

from dataclasses import dataclass
from enum import StrEnum

from store.money import Money
from store.payment import CancellationReason, Intent
from store.refund import PendingReason, RefundStatus


class Mark(StrEnum):
    """What kind of step an entry is, so that a screen can pick its sign."""

    PAID = "paid"
    AUTHORISED = "authorised"
    FAILED = "failed"
    CAPTURED = "captured"
    CANCELED = "canceled"
    REFUND_SENT = "refund_sent"
    REFUND_WAITS = "refund_waits"
    REFUND_FAILED = "refund_failed"
    REFUND_CANCELED = "refund_canceled"
    REFERENCE = "reference"
    DISPUTE = "dispute"
    NOTE = "note"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Step:
    """What happened, told once: twins of an event and objects share the key."""

    key: tuple[str, ...]
    mark: Mark
    text: str
    refund: str | None = None


WAITS: dict[str, str] = {
    PendingReason.INSUFFICIENT_FUNDS: "held: the balance is short",
    PendingReason.CHARGE_PENDING: "waits for the payment to settle",
    PendingReason.PROCESSING: "on its way to the bank",
}
"""What a pending refund waits for."""


def words(value: object) -> str:
    """Return a state's or reason's name as words."""
    return str(value).replace("_", " ")


def because(text: str, why: object) -> str:
    """Return what happened, and why where that is known."""
    return f"{text}: {why}" if why else text


def why_canceled(intent: Intent) -> str:
    """Tell how a payment ended without being taken."""
    reason = intent.cancellation_reason
    if reason in (CancellationReason.AUTOMATIC, CancellationReason.EXPIRED):
        return f"authorisation expired, {intent.money} released"
    if reason is CancellationReason.OTHER or reason is None:
        return because("payment canceled", intent.cancel_note)
    return because(f"payment canceled, {words(reason)}", intent.cancel_note)


def made(
    given: str, money: Money, status: str, waits: str, reason: str, *, reversal: bool
) -> Step:
    """Tell that a refund was made, and what it waits for if it does."""
    mark, how = Mark.REFUND_SENT, "sent as a reversal" if reversal else "sent"
    if status == RefundStatus.REQUIRES_ACTION:
        mark, how = Mark.REFUND_WAITS, "waits for the customer's bank details"
    elif status == RefundStatus.PENDING:
        mark, how = Mark.REFUND_WAITS, WAITS.get(waits, "waits")
    text = f"refund {money} {how}"
    text = f"{text}, {reason}" if reason else text
    return Step(("refund", given), mark, text, given)


def ended(given: str, money: Money, status: str, why: object) -> Step:
    """Tell that a refund came to nothing; the money is left to refund again."""
    if status == RefundStatus.CANCELED:
        text = f"refund {money} canceled"
        return Step(("ended", given), Mark.REFUND_CANCELED, text, given)
    text = because(f"refund {money} failed", words(why or ""))
    return Step(("ended", given), Mark.REFUND_FAILED, text, given)
