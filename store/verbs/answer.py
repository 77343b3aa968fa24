"""Answer: what a refund verb tells the one who asked."""

from store.money import Money
from store.outcome import RefundOutcome
from store.payment import Payment
from store.refund import CANCEL_WINDOW, Refund, why_not_cancel
from store.sql import reads
from store.sql.transaction import Transaction


def outcome(
    tx: Transaction,
    refund: Refund,
    payment: Payment,
    before: Money | None,
    *,
    replayed: bool = False,
) -> RefundOutcome:
    """Return what a refund verb did, with its place in the queue when it waits."""
    currency, holder = refund.takes.currency, refund.holder
    after = reads.available(tx.connection, currency, holder)
    queue = reads.held(tx.connection, currency, holder) if refund.is_held else ()
    ids = [one.id for one in queue]
    place = ids.index(refund.id) + 1 if refund.id in ids else None
    short = None
    if place:
        ahead = sum(one.takes.amount for one in queue[:place])
        short = Money(max(0, ahead - after.amount), after.currency)
    charge = payment.charge
    cancelable = charge and refund.is_live
    if cancelable and charge:
        cancelable = why_not_cancel(refund, charge.method, tx.now) is None
    until = refund.expires_at or refund.created + CANCEL_WINDOW
    return RefundOutcome(
        refund=refund,
        payment=payment,
        available_before=after if before is None else before,
        available_after=after,
        queue_position=place,
        short=short,
        cancelable_until=until if cancelable else None,
        fee_kept=charge.fee if charge else None,
        replayed=replayed,
    )
