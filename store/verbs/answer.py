"""Answer: what a refund verb tells the one who asked."""

from store import refusals
from store.errors import Refused
from store.money import Money
from store.outcome import RefundOutcome
from store.payment import Payment
from store.refund import Refund, why_not_cancel
from store.shared_refund import SharedRefund
from store.sql import attempts, queue, reads
from store.sql.transaction import Transaction


def outcome(
    tx: Transaction,
    refund: Refund,
    payment: Payment,
    before: Money | None,
    *,
    shared: SharedRefund | None = None,
    replayed: bool = False,
) -> RefundOutcome:
    """Return what a refund verb did, with its place in the queue when it waits."""
    currency, holder = refund.takes.currency, refund.holder
    after = tx.available(currency, holder)
    place = short = None
    if refund.is_held:
        place, ahead = queue.line(tx.connection, currency, holder, refund.id)
        short = Money(max(0, ahead.amount - after.amount), after.currency)
    charge = payment.charge
    window = tx.settings.cancel_window
    cancelable = charge and refund.is_live
    if cancelable and charge:
        cancelable = why_not_cancel(refund, charge.method, tx.now, window) is None
    until = refund.expires_at or refund.created + window
    return RefundOutcome(
        refund=refund,
        payment=payment,
        available_before=after if before is None else before,
        available_after=after,
        queue_position=place,
        short=short,
        cancelable_until=until if cancelable else None,
        fee_kept=charge.fee if charge else None,
        shared=shared,
        replayed=replayed,
    )


def recalled(tx: Transaction, refund_id: str) -> RefundOutcome:
    """Return what a refund verb answers to a key that was used before.

    Raises:
        Refused: The refund, or its payment, is not there.
    """
    found = reads.refund(tx.connection, refund_id)
    payment = (
        attempts.payment_of_charge(tx.connection, found.charge or "") if found else None
    )
    if found is None or payment is None:
        raise Refused(refusals.no_such("refund", refund_id, "refund"))
    return outcome(tx, found, payment, None, replayed=True)
