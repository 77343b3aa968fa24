"""Ending: a refund fails or is canceled; its money comes back."""

from dataclasses import replace

from store.payment import Charge
from store.refund import FailureReason, Refund, RefundStatus
from store.sql.transaction import Transaction
from store.verbs import movements
from store.verbs.release import told_updated


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
