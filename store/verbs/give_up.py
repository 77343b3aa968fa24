"""Give up: a refund whose customer never answers ends before its time."""

from store import refusals
from store.errors import Refused
from store.outcome import RefundOutcome
from store.refund import FailureReason, RefundStatus
from store.refusals import methods as method_refusals
from store.sql import attempts, reads
from store.sql.transaction import Transaction
from store.verbs.answer import outcome
from store.verbs.ending import end
from store.verbs.release import release


def give_up(tx: Transaction, given: str) -> RefundOutcome:
    """End a refund that requires action, as 45 days without an answer do.

    Raises:
        Refused: There is no such refund, or it waits for nobody.
    """
    refund = reads.refund(tx.connection, given)
    charge = (refund and refund.charge) or ""
    payment = attempts.payment_of_charge(tx.connection, charge)
    if refund is None or payment is None or payment.charge is None:
        raise Refused(refusals.no_such("refund", given, "refund"))
    if refund.status is not RefundStatus.REQUIRES_ACTION:
        raise Refused(method_refusals.refund_not_expirable(refund.status))
    ended = end(tx, refund, payment.charge, RefundStatus.FAILED, FailureReason.UNKNOWN)
    release(tx, refund.takes.currency, refund.holder)
    after = tx.touch_charge(payment) or payment
    return outcome(tx, ended, after, None)
