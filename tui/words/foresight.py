"""Foresight: what a dry run says will happen, in words."""

from textual.content import Content

from store.money import Money
from store.outcome import PaymentOutcome, RefundOutcome, TopupOutcome
from store.refund import Reason, RefundStatus
from store.statement import shown_of
from tui.status import GOOD, WAITS
from tui.text import join, line, plain
from tui.words import names
from tui.words.times import Times

STATEMENT_DAYS = "5–10 business days"
"""When a customer sees a refund on the statement (refund-rules §4)."""


def change(before: Money, after: Money) -> Content:
    """Return how the available balance changes."""
    return line("available ", before.digits(), " → ", str(after))


def of_refund(
    outcome: RefundOutcome, reason: Reason, times: Times, doubt: str | None = None
) -> Content:
    """Return what a refund will do: to the balance, for the customer, to the fee.

    A `doubt` about its arrival is told instead of when the customer sees it.
    """
    kept = outcome.fee_kept
    fee = line(f"fee {kept} is not returned") if kept else Content.empty()
    second = [fee, _cancelable(outcome, times)]
    rows = [_first_step(outcome, times, doubt), join(second)]
    if shared := outcome.shared:
        rows.append(line(plain(shared.told)))
    if reason is Reason.FRAUDULENT:
        rows.append(line("* fraudulent also blocks the card and the email address"))
    return Content("\n").join([row for row in rows if row.plain])


def _cancelable(outcome: RefundOutcome, times: Times) -> Content:
    if outcome.cancelable_until is None:
        return line("cannot be canceled once it is sent")
    if outcome.refund.status is not RefundStatus.SUCCEEDED:
        return line("can be canceled until it goes out")
    left = times.minutes_until(outcome.cancelable_until, outcome.refund.created)
    return line(f"cancelable for {left} min")


def _first_step(outcome: RefundOutcome, times: Times, doubt: str | None) -> Content:
    refund = outcome.refund
    if refund.is_held:
        return held(outcome, times)
    moved = change(outcome.available_before, outcome.available_after)
    if refund.status is RefundStatus.REQUIRES_ACTION:
        asked = plain(refund.instructions_email)
        return line(f"asks {asked} for bank details · sent once they are given")
    if refund.status is RefundStatus.PENDING and not refund.has_moved_money:
        return line("waits until the charge itself has settled, then goes out")
    if refund.status is RefundStatus.PENDING:
        return join([moved, line("goes to the bank, pending until it settles")])
    if refund.is_reversal:
        paid = outcome.payment
        shown = shown_of(refund, paid.charge, paid.refunds)
        said = f"reversal: {shown}, there is no ARN"
        return join([moved, line(("sent now", f"${GOOD}")), line(said)])
    sent = line(("sent now", f"${GOOD}"))
    if doubt:
        return Content("\n").join([join([moved, sent]), line((doubt, f"${WAITS}"))])
    return join([moved, sent, line(f"customer sees it in {STATEMENT_DAYS}")])


def held(outcome: RefundOutcome, times: Times) -> Content:
    """Return that a refund waits for funds: how much is short, its place, its end."""
    short = outcome.short
    position = outcome.queue_position
    ends = outcome.refund.expires_at
    parts = [
        line((f"! HELD: short {short}", f"${WAITS}"))
        if short
        else line(("! HELD", f"${WAITS}")),
        line(names.place(position)) if position else Content.empty(),
        line("nothing is sent until funds come"),
        line(f"fails on {times.day(ends)} if they do not") if ends else Content.empty(),
    ]
    return join(parts)


def of_cancel_refund(outcome: RefundOutcome) -> Content:
    """Return what canceling a refund will do."""
    before, after = outcome.available_before, outcome.available_after
    back = [change(before, after)] if before != after else []
    if outcome.refund.failure_balance_transaction:
        back.append(line("the money is back at once"))
    else:
        back.insert(0, line("no money had moved yet"))
        back += [line("refunds behind it go out")] if before != after else []
    left = outcome.payment.refundable
    return join([*back, line(f"{left} can be refunded again")])


def of_cancel_payment(outcome: PaymentOutcome) -> Content:
    """Return what canceling a payment will do."""
    said = f"{outcome.released} is freed on the customer's side"
    kept = names.captured(outcome.payment)
    taken = (
        f"{kept} stays captured, and can be refunded"
        if kept
        else "nothing was taken, so nothing is refunded"
    )
    return join([line(said), line(taken)])


def of_topup(outcome: TopupOutcome) -> Content:
    """Return which refunds a top-up lets go, and what is left of it."""
    gone = outcome.released
    if not gone:
        said = line(("releases nothing yet", f"${WAITS}"))
    else:
        ids = ", ".join(f"{names.short(r.id)} {r.money}" for r in gone)
        many = "1 refund" if len(gone) == 1 else f"{len(gone)} refunds"
        said = line((f"releases {many}: ", f"${GOOD}"), ids)
    return join([said, line(f"leaves {outcome.available_after} available")])


def of_cover(outcomes: tuple[TopupOutcome, ...]) -> Content:
    """Return what each currency is given, and which refunds that lets go."""
    return Content("\n").join(
        [line((f"{one.money}: ", "bold"), of_topup(one)) for one in outcomes]
    )
