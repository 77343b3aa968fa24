"""Resume: a refund goes on once the charge it waited for has settled."""

from dataclasses import replace

from store import bank
from store.payment import Charge
from store.refund import (
    FailureReason,
    FirstState,
    Refund,
    RefundStatus,
    first_state,
)
from store.sql import reads
from store.sql.transaction import Transaction
from store.verbs import sending
from store.verbs.ending import end
from store.verbs.issue_refund import destination_of, is_covered
from store.verbs.pricing import priced
from store.verbs.release import release_beside, told_updated


def begin_waiting(tx: Transaction, refund: Refund, charge: Charge) -> None:
    """Let a refund go on whose charge has settled; it fails if the balance is short."""
    refund = priced(tx, refund, charge)
    takes = refund.takes
    available = reads.available(tx.connection, takes.currency, refund.holder)
    begin = first_state(
        charge.method,
        covered=is_covered(tx, takes, refund.holder, available),
        starts_pending=bank.starts_pending(charge),
        reversal=False,
    )
    if not isinstance(begin, FirstState):
        end(tx, refund, charge, RefundStatus.FAILED, FailureReason.INSUFFICIENT_FUNDS)
        return
    going = replace(
        refund,
        status=begin.status,
        pending_reason=begin.pending_reason,
        destination=destination_of(charge, begin),
    )
    if going.is_held or going.status is RefundStatus.REQUIRES_ACTION:
        going = replace(going, expires_at=bank.expires_at(tx.now))
    if going.has_moved_money:
        going = sending.send(tx, going, charge)
    tx.set_refund(going)
    tx.schedule(bank.after_refund(going, charge, tx.now))
    told_updated(tx, refund, going, charge)
    if sending.tell_pulled(tx, going, charge):
        release_beside(tx, charge, charge.holder)
