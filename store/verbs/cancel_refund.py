"""Cancel a refund: the money comes back and counts as left to refund again."""

from store import refusals
from store.errors import Refused
from store.event import Face
from store.outcome import RefundOutcome
from store.refund import (
    FailureReason,
    RefundStatus,
    why_not_cancel,
    why_not_cancel_by_api,
)
from store.sql import attempts, reads
from store.sql.transaction import Transaction
from store.verbs.answer import outcome
from store.verbs.ending import end
from store.verbs.release import release
from store.verbs.write import Request, check_seen


def cancel(tx: Transaction, request: Request, given: str) -> RefundOutcome:
    """Call a refund back.

    Raises:
        Refused: By the rule of the face it is asked through.
        StaleView: The payment changed since the caller looked.
    """
    refund = reads.refund(tx.connection, given)
    if refund is None:
        raise Refused(refusals.no_such("refund", given, "refund"))
    payment = attempts.payment_of_charge(tx.connection, refund.charge or "")
    if payment is None or payment.charge is None:
        raise Refused(refusals.refund_not_cancelable())
    check_seen(tx, request, payment)
    charge = payment.charge
    if request.actor.face is Face.API:
        refusal = why_not_cancel_by_api(refund)
    else:
        window = tx.settings.cancel_window
        refusal = why_not_cancel(refund, charge.method, tx.now, window)
    if refusal is not None:
        raise Refused(refusal)
    currency = refund.takes.currency
    before = reads.available(tx.connection, currency, refund.holder)
    canceled = end(
        tx, refund, charge, RefundStatus.CANCELED, FailureReason.MERCHANT_REQUEST
    )
    tx.touch(payment.id, by_agent=True)
    release(tx, currency, refund.holder)
    after = attempts.payment_of_charge(tx.connection, charge.id) or payment
    return outcome(tx, canceled, after, before)
