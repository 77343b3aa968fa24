"""Advance: the outside world acts, in time order, one transaction a step.

A deed that breaks is undone and set aside: no other waits for it.
"""

from dataclasses import replace
from datetime import datetime

from store import bank
from store.bank import Deed, Due
from store.clock import Clock
from store.event import BANK
from store.ids import IdFactory
from store.ledger import refund_settled
from store.moves import NAMES, What
from store.payment import CancellationReason, Charge, ChargeStatus, IntentStatus
from store.rates import SANDBOX_RATES, Rates
from store.refund import FailureReason, PendingReason, Refund, RefundStatus
from store.shape.objects import charge_shape
from store.sql import reads
from store.sql.agenda import is_due, why_not_done
from store.sql.engine import Database
from store.sql.transaction import Transaction
from store.verbs import sharing, taking
from store.verbs.dispute import objects
from store.verbs.ending import end
from store.verbs.release import release, told_updated


def advance(
    database: Database,
    clock: Clock,
    ids: IdFactory,
    to: datetime | None = None,
    *,
    rates: Rates = SANDBOX_RATES,
) -> int:
    """Do everything that is due until `to` (default: now); return the steps.

    What breaks is set aside.
    """
    until = to or clock.now()
    steps = 0
    with database.read() as connection:
        if not is_due(connection, until):
            return steps  # whoever polls takes no lock for nothing
    while (done := _next(database, until, ids, rates)) is not None:
        steps += done
    return steps


def _next(
    database: Database, until: datetime, ids: IdFactory, rates: Rates
) -> bool | None:
    """Do the next deed; return whether it was done, None where none is due.

    One that breaks is undone, and set aside by a second transaction: those after it
    go on. Where the store is busy or cannot be written it stays where it is.
    """
    due = None
    try:
        with database.write() as connection:
            tx = Transaction(connection, until, ids, BANK, rates=rates)
            due = tx.next_due(until)
            if due is None:
                return None
            tx.turn_to(due.at)
            _do(tx, due)
            tx.commit()
            return True
    except Exception as error:
        why = why_not_done(error)
        if due is None or why is None:
            raise
    with database.write() as connection:
        tx = Transaction(connection, until, ids, BANK, rates=rates)
        tx.turn_to(due.at)
        tx.set_aside(due, why, tx.now)
        tx.commit()
    return False


def _do(tx: Transaction, due: Due) -> None:
    match due.deed:
        case Deed.FUNDS_AVAILABLE:
            _funds(tx, due.object_id)
        case Deed.CHARGE_SETTLES:
            charge = reads.charge(tx.connection, due.object_id)
            if charge and charge.status is ChargeStatus.PENDING:
                taking.settle(tx, charge)
        case Deed.DISPUTE_OPENS:
            objects(tx, due.object_id)
        case Deed.AUTHORISATION_EXPIRES:
            _authorisation_expires(tx, due.object_id)
        case _:
            refund = reads.refund(tx.connection, due.object_id)
            charge = reads.charge(tx.connection, (refund and refund.charge) or "")
            if refund and charge and refund.is_live:
                _refund(tx, due.deed, refund, charge)


def _funds(tx: Transaction, movement_id: str) -> None:
    movement = reads.movement(tx.connection, movement_id)
    if movement is None or movement.status == "available":
        return
    charge = reads.charge(tx.connection, movement.source or "")
    sharing.mature(tx, movement, charge)
    release(tx, movement.money.currency, movement.holder)
    if charge and charge.share:
        sharing.release_earned(tx, charge)


def _refund(tx: Transaction, deed: Deed, refund: Refund, charge: Charge) -> None:
    if deed.value in NAMES and not refund.may(What(deed.value)):
        return
    match deed:
        case Deed.REFUND_SUCCEEDS:
            done = replace(refund, status=RefundStatus.SUCCEEDED, pending_reason=None)
            _settle(tx, refund)
            tx.set_refund(done)
            told_updated(tx, refund, done, charge)
        case Deed.CUSTOMER_REPLIES:
            _replied(tx, refund, charge)
        case Deed.REFUND_RETURNED:
            _asked_again(tx, refund, charge)
        case Deed.REFUND_SETTLES:
            _settle(tx, refund)
        case Deed.REFUND_FAILS:
            _fail(tx, refund, charge, FailureReason.EXPIRED_OR_CANCELED_CARD)
        case Deed.REFUND_EXPIRES:
            held = refund.is_held
            why = FailureReason.INSUFFICIENT_FUNDS if held else FailureReason.UNKNOWN
            _fail(tx, refund, charge, why)
        case Deed.REFERENCE_ARRIVES:
            _reference(tx, refund, charge)
        case _:
            return


def _fail(tx: Transaction, refund: Refund, charge: Charge, why: FailureReason) -> None:
    end(tx, refund, charge, RefundStatus.FAILED, why)
    release(tx, refund.takes.currency, refund.holder)


def _reference(tx: Transaction, refund: Refund, charge: Charge) -> None:
    _settle(tx, refund)
    if refund.destination and refund.destination.reference:
        return  # an import told it before the bank did
    arrived = replace(refund, destination=bank.reference_of(refund, charge))
    tx.set_refund(arrived)
    told_updated(tx, refund, arrived, charge)


def _replied(tx: Transaction, refund: Refund, charge: Charge) -> None:
    going = replace(
        refund,
        status=RefundStatus.PENDING,
        pending_reason=PendingReason.PROCESSING,
        expires_at=None,
    )
    tx.set_refund(going)
    tx.unschedule(refund.id)
    tx.schedule(bank.after_reply(going, tx.now))
    told_updated(tx, refund, going, charge)


def _asked_again(tx: Transaction, refund: Refund, charge: Charge) -> None:
    again = replace(
        refund,
        status=RefundStatus.REQUIRES_ACTION,
        pending_reason=None,
        expires_at=bank.expires_at(tx.now),
    )
    tx.set_refund(again)
    tx.schedule(bank.after_refund(again, charge, tx.now))
    told_updated(tx, refund, again, charge)


def _settle(tx: Transaction, refund: Refund) -> None:
    """Let sent money arrive at the customer's bank, once."""
    waits = refund.is_reversal or not refund.has_moved_money
    if not waits and not tx.has_posting("refund_settled", refund.id):
        tx.post(refund_settled(refund))


def _authorisation_expires(tx: Transaction, intent_id: str) -> None:
    payment = reads.payment(tx.connection, intent_id)
    if payment is None or payment.charge is None or payment.intent is None:
        return
    if payment.intent.status is not IntentStatus.REQUIRES_CAPTURE:
        return
    if not payment.charge.captured:
        shape = charge_shape(payment.charge)
        tx.tell("charge.expired", shape, payment=payment.id)
    taking.cancel(tx, payment, CancellationReason.AUTOMATIC, None)
    tx.touch(payment.id)
