"""Run a bulk refund: as many of its payments as fit into one short transaction."""

import time
from dataclasses import dataclass, field, replace
from functools import partial

from store.bulk import (
    Bulk,
    BulkItem,
    ItemState,
    key_of,
    moved,
    sent_message,
)
from store.errors import Refused, StaleView
from store.outcome import RefundOutcome
from store.payment import Payment
from store.refusals import bulk as bulk_refusals
from store.sql import attempts, bulks
from store.sql.batch import Batch
from store.sql.transaction import Answer
from store.verbs import pulling
from store.verbs.issue_refund import Asked, issue
from store.verbs.payments import missing
from store.verbs.write import Request

LONGEST = 0.055
"""So many seconds a transaction goes on, at most, before it is made lasting."""
_FEW = 2
"""So few payments are read one by one as quickly."""
MOST = 200
"""So many payments are read ahead at most."""


@dataclass(slots=True)
class Pace:
    """How many payments fit into one transaction here, as the last ones showed."""

    fits: int = 8
    began: float = field(default_factory=time.monotonic)
    slowest: float = 0.0
    done: int = 0

    def goes_on(self, since: float) -> bool:
        """Tell whether another one fits; the one before it began at `since`."""
        now = time.monotonic()
        self.done += 1
        self.slowest = max(self.slowest, now - since)
        return now - self.began + self.slowest < LONGEST

    def end(self) -> int:
        """Return how many fit into the next one, as quick as those of this one."""
        spent = time.monotonic() - self.began
        fitting = min(MOST, 2 * self.fits, self.done * LONGEST / spent)
        return max(1, int(fitting))


def carry_on(tx: Batch, bulk: Bulk, pace: Pace) -> Bulk:
    """Refund the payments whose turn it is, while there is time for another."""
    turn = bulks.next_items(tx.connection, bulk.id, pace.fits)
    if len(turn) > _FEW:
        tx.learn([one.payment for one in turn])
    ended: list[BulkItem] = []
    tallies = dict(bulk.tallies)
    for item in turn:
        since = time.monotonic()
        done = _refund(tx, bulk, item)
        tallies = moved(tallies, done.amount, item.state, done.state)
        ended.append(done)
        if not pace.goes_on(since):
            break
    bulks.write_items(tx.connection, ended)
    return replace(bulk, tallies=tallies)


def _refund(tx: Batch, bulk: Bulk, item: BulkItem) -> BulkItem:
    """Refund one payment by the code of single refunds; say what became of it."""
    key = key_of(bulk.id, item.payment)
    ended = partial(replace, item, actor=tx.actor.name, ended=tx.now)
    try:
        with tx.attempt(key):
            made = _issue(tx, bulk, item, key)
    except StaleView as stale:
        return ended(state=ItemState.STALE, message=str(stale))
    except Refused as refused:
        return ended(
            state=ItemState.FAILED,
            message=refused.refusal.message,
            again=bulk_refusals.may_end_otherwise(refused.refusal),
        )
    return ended(
        state=ItemState.HELD if made.refund.is_held else ItemState.SENT,
        refund=made.refund.id,
        message=sent_message(made.refund, made.queue_position),
    )


def _issue(tx: Batch, bulk: Bulk, item: BulkItem, key: str) -> RefundOutcome:
    known = tx.known(item.payment)
    payment = known or attempts.payment_named(tx.connection, item.payment)
    if payment is None:
        raise Refused(missing(item.payment))
    by_intent = payment.intent is not None and not payment.is_by_attempt
    asked = Asked(
        payment_intent=item.payment if by_intent else None,
        charge=None if by_intent else item.payment,
        amount=item.amount.amount,
        reason=bulk.reason,
        note=bulk.note,
        reverse_transfer=bulk.reverse_transfer and _may_pull(payment, transfer=True),
        refund_application_fee=bulk.refund_application_fee
        and _may_pull(payment, fee=True),
    )
    request = Request("refunds.create", asked.params(), tx.actor, key, item.version)
    made = issue(tx, request, asked, payment)
    tx.keep_answer(key, Answer(request.command, made.refund.id))
    return made


def _may_pull(payment: Payment, *, transfer: bool = False, fee: bool = False) -> bool:
    """Tell whether the charge has that part: of the others nothing is asked."""
    charge = payment.charge
    if charge is None:
        return False
    return pulling.why_not_pull(charge, transfer=transfer, fee=fee) is None
