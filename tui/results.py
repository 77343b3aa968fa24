"""Results: the line that says what was done, and stays until it is read."""

from textual.content import Content

from store.errors import StoreError
from store.outcome import PaymentOutcome, RefundOutcome, TopupOutcome
from store.refund import RefundStatus
from tui import names
from tui.actions import CANCEL_REFUND
from tui.status import BAD, GOOD, WAITS
from tui.text import join, line, plain, show
from tui.times import Times


def _done(words: str) -> Content:
    return line(("✓ ", f"${GOOD}"), words)


def _waits(sign: str, words: str) -> Content:
    return line((f"{sign} {words}", f"${WAITS}"))


def nothing_done(error: StoreError) -> Content:
    """Return that nothing was done, and why."""
    return line(("✗ nothing was done: ", f"${BAD}"), show(str(error)))


def waiting() -> Content:
    """Return that the store was asked and has not answered yet."""
    return line(("? no answer yet: ", f"${WAITS}"), "waiting for the store…")


def no_answer(error: StoreError) -> Content:
    """Return that the store failed, so that nobody knows whether it was done."""
    look = " · look at the timeline before you try again"
    return line(("? no answer: ", f"${WAITS}"), show(str(error)), look)


def of_refund(outcome: RefundOutcome, times: Times) -> Content:
    """Return what became of a refund; held money is never called refunded."""
    refund = outcome.refund
    what = f"{refund.money} {names.short(refund.id)}"
    if refund.is_held:
        short = f"HELD: short {outcome.short}" if outcome.short else "HELD"
        position = outcome.queue_position
        place = names.place(position) if position else ""
        return join([_waits("!", short), line(place), line(what)])
    if refund.status is RefundStatus.REQUIRES_ACTION:
        asked = plain(refund.instructions_email)
        return join([_waits("?", f"asks {asked} for bank details"), line(what)])
    if refund.status is RefundStatus.PENDING and not refund.has_moved_money:
        return join([_waits("◷", "waits for the charge to settle"), line(what)])
    if refund.status is RefundStatus.PENDING:
        return join([_waits("…", "on its way through the bank"), line(what)])
    how = " as a reversal" if refund.is_reversal else ""
    until = outcome.cancelable_until
    cancels = (
        line(f"{CANCEL_REFUND.key} cancels for {times.minutes_until(until)} min")
        if until
        else Content.empty()
    )
    return join([_done(f"sent {what}{how}"), cancels])


def of_cancel_refund(outcome: RefundOutcome) -> Content:
    """Return that a refund was canceled, and what is left to refund again."""
    refund = outcome.refund
    left = outcome.payment.refundable
    return join(
        [
            _done(f"canceled {refund.money} {names.short(refund.id)}"),
            line(f"{left} can be refunded"),
        ]
    )


def of_cancel_payment(outcome: PaymentOutcome) -> Content:
    """Return that a payment was canceled, and what the customer gets free."""
    payment = outcome.payment
    return join(
        [
            _done(f"canceled {payment.money} {names.short(payment.id)}"),
            line(f"{outcome.released} is freed on the customer's side"),
        ]
    )


def of_topup(outcome: TopupOutcome) -> Content:
    """Return what was added, and which refunds it let go."""
    gone = outcome.released
    ids = ", ".join(f"{names.short(refund.id)} {refund.money}" for refund in gone)
    let_go = f"released {len(gone)}: {ids}" if gone else "released none"
    return join([_done(f"added {outcome.money}"), line(let_go)])
