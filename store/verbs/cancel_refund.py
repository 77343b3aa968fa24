"""Cancel a refund: the money comes back and counts as left to refund again."""

from dataclasses import replace

from store import errors
from store.errors import Refused
from store.event import Face
from store.outcome import RefundOutcome
from store.payment import Charge
from store.refund import (
    FailureReason,
    Refund,
    RefundStatus,
    why_not_cancel,
    why_not_cancel_by_api,
)
from store.sql import reads
from store.sql.transaction import Transaction
from store.verbs import movements
from store.verbs.issue_refund import outcome
from store.verbs.payments import last_change
from store.verbs.release import release, told_updated
from store.verbs.write import Request, check_seen


def cancel(tx: Transaction, request: Request, given: str) -> RefundOutcome:
    """Call a refund back.

    Raises:
        Refused: By the rule of the face it is asked through.
        StaleView: The payment changed since the caller looked.
    """
    refund = reads.refund(tx.connection, given)
    if refund is None:
        raise Refused(errors.no_such("refund", given, "refund"))
    payment = reads.payment(tx.connection, refund.charge or "")
    if payment is None or payment.charge is None:
        raise Refused(errors.refund_not_cancelable())
    if request.seen is not None and request.seen != payment.version:
        told = reads.events_of_payment(tx.connection, payment.id)
        check_seen(request, payment, last_change(told, payment))
    charge = payment.charge
    if request.actor.face is Face.API:
        refusal = why_not_cancel_by_api(refund)
    else:
        refusal = why_not_cancel(refund, charge.method, tx.now)
    if refusal is not None:
        raise Refused(refusal)
    before = reads.available(tx.connection, refund.takes.currency)
    canceled = end(
        tx, refund, charge, RefundStatus.CANCELED, FailureReason.MERCHANT_REQUEST
    )
    tx.touch(payment.id, by_agent=True)
    release(tx, refund.takes.currency)
    after = reads.payment(tx.connection, payment.id) or payment
    return outcome(tx, canceled, after, before)


def end(
    tx: Transaction,
    refund: Refund,
    charge: Charge,
    status: RefundStatus,
    why: FailureReason,
) -> Refund:
    """End a refund as failed or canceled; bring its money back; tell."""
    code = "refund_cancel" if status is RefundStatus.CANCELED else "refund_failure"
    back = movements.bring_back(tx, refund, charge, code)
    ended = replace(
        back,
        status=status,
        pending_reason=None,
        failure_reason=why,
        expires_at=None,
    )
    tx.set_refund(ended)
    tx.unschedule(refund.id)
    told_updated(tx, refund, ended, charge)
    return ended
