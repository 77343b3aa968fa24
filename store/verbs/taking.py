"""Taking: a charge's money comes in, at once or when its bank settles it."""

from dataclasses import replace
from datetime import datetime

from store import bank
from store.cards import Behaviour
from store.ledger import charge_postings, maturing
from store.money import Money, proportion
from store.outcome import Movement
from store.payment import (
    CancellationReason,
    Charge,
    ChargeStatus,
    Intent,
    IntentStatus,
    Payment,
)
from store.refund import FailureReason, PendingReason, RefundStatus
from store.shape import charge_shape, intent_shape
from store.sql import reads
from store.sql.transaction import Transaction
from store.verbs.ending import end
from store.verbs.resume import begin_waiting

_FEE_PER_MILLE = 29
_FEE_FIXED_MILLI = 300
RETURNED = "The customer's bank returned the debit."


def fee_of(money: Money) -> Money:
    """Return the processing fee: 2.9 % and 0.30, in the payment's currency."""
    unit = money.milli // money.amount if money.amount else 1
    fixed = _FEE_FIXED_MILLI // unit
    fee = proportion(_FEE_PER_MILLE, money.amount, 1000) + fixed
    return Money(min(fee, money.amount), money.currency)


def take(tx: Transaction, charge: Charge) -> Charge:
    """Move a captured charge's money in; return it with its movement and fee."""
    gross = Money(charge.amount_captured, charge.money.currency)
    fee = fee_of(gross)
    available_on = bank.funds_available_on(charge, tx.now)
    movement = _movement(tx, charge, gross, fee, available_on)
    tx.add_movement(movement)
    tx.post(*charge_postings(gross, fee, charge.id))
    taken = replace(
        charge,
        balance_transaction=movement.id,
        settlement=gross,
        fee=fee,
        available_on=available_on,
    )
    if available_on <= tx.now:
        if net := gross - fee:
            tx.post(maturing(net, movement.id))
        tx.mature(movement)
    else:
        tx.schedule(bank.after_charge(taken))
    return taken


def _movement(
    tx: Transaction, charge: Charge, gross: Money, fee: Money, available_on: datetime
) -> Movement:
    return Movement(
        id=tx.ids.new("txn"),
        type="charge" if charge.method.is_card else "payment",
        money=gross,
        fee=fee.amount,
        net=(gross - fee).amount,
        created=tx.now,
        available_on=available_on,
        status="pending",
        source=charge.id,
        description=charge.description,
        reporting_category="charge",
    )


def capture(tx: Transaction, payment: Payment, amount: int) -> None:
    """Take `amount` of an authorised payment; the rest is released."""
    intent, charge = payment.intent, payment.charge
    if intent is None or charge is None:
        return
    taken = take(
        tx, replace(charge, captured=True, amount_captured=amount, captured_at=tx.now)
    )
    done = replace(intent, status=IntentStatus.SUCCEEDED, capturable=0, received=amount)
    tx.set_charge(replace(taken, capture_before=None))
    tx.set_intent(done)
    tx.unschedule(intent.id)
    was = {"captured": False, "amount_captured": 0, "balance_transaction": None}
    tx.tell("charge.captured", charge_shape(taken), previous=was, payment=payment.id)
    tx.tell(
        "payment_intent.succeeded",
        intent_shape(done),
        previous={"status": intent.status.value, "amount_received": 0},
        payment=payment.id,
    )


def cancel(
    tx: Transaction,
    payment: Payment,
    reason: CancellationReason | None,
    note: str | None,
) -> None:
    """Cancel a payment; an authorisation is released without a refund."""
    intent = payment.intent
    if intent is None:
        return
    canceled = replace(
        intent,
        status=IntentStatus.CANCELED,
        capturable=0,
        cancellation_reason=reason,
        cancel_note=note,
        canceled_at=tx.now,
    )
    tx.set_intent(canceled)
    tx.unschedule(intent.id)
    tx.tell(
        "payment_intent.canceled",
        intent_shape(canceled),
        previous={
            "status": intent.status.value,
            "amount_capturable": intent.capturable,
            "canceled_at": None,
            "cancellation_reason": None,
        },
        payment=payment.id,
    )


def settle(tx: Transaction, charge: Charge) -> None:
    """End a charge that its bank was still settling: it succeeds, or fails.

    Refunds that waited for it go on, or are canceled with it.
    """
    payment = reads.payment(tx.connection, charge.id)
    if payment is None or payment.intent is None:
        return
    if charge.test_behaviour == Behaviour.FAILS_LATER:
        _fail(tx, charge, payment.intent)
    else:
        _succeed(tx, charge, payment.intent)
    for refund in reversed(reads.refunds_of_charge(tx.connection, charge.id)):
        if refund.pending_reason is PendingReason.CHARGE_PENDING:
            settled = reads.charge(tx.connection, charge.id) or charge
            if settled.status is ChargeStatus.SUCCEEDED:
                begin_waiting(tx, refund, settled)
            else:
                why = FailureReason.MERCHANT_REQUEST
                end(tx, refund, settled, RefundStatus.CANCELED, why)
    tx.touch(payment.id)


def _succeed(tx: Transaction, charge: Charge, intent: Intent) -> None:
    taken = take(tx, replace(charge, status=ChargeStatus.SUCCEEDED))
    done = replace(
        intent, status=IntentStatus.SUCCEEDED, received=charge.amount_captured
    )
    tx.set_charge(taken)
    tx.set_intent(done)
    was = {"status": "pending", "paid": False}
    shape = charge_shape(taken)
    tx.tell("charge.succeeded", shape, previous=was, payment=intent.id)
    previous = {"status": intent.status.value, "amount_received": 0}
    shape = intent_shape(done)
    tx.tell("payment_intent.succeeded", shape, previous=previous, payment=intent.id)


def _fail(tx: Transaction, charge: Charge, intent: Intent) -> None:
    failed = replace(
        charge,
        status=ChargeStatus.FAILED,
        failure_code="debit_not_authorized",
        failure_message=RETURNED,
        outcome_type="issuer_declined",
    )
    open_ = replace(intent, status=IntentStatus.REQUIRES_PAYMENT_METHOD)
    tx.set_charge(failed)
    tx.set_intent(open_)
    was = {"status": "pending"}
    tx.tell("charge.failed", charge_shape(failed), previous=was, payment=intent.id)
    previous = {"status": intent.status.value}
    kind = "payment_intent.payment_failed"
    tx.tell(kind, intent_shape(open_), previous=previous, payment=intent.id)
