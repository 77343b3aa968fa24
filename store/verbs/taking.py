"""Taking: a charge's money comes in, at once or when its bank settles it."""

from dataclasses import replace

from store import bank
from store.cards import Behaviour
from store.connect import Share
from store.ledger import charge_postings
from store.money import Money, proportion, step, zero
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
from store.review import Closed
from store.shape.objects import charge_shape, intent_shape, previous_attributes
from store.sql import reads
from store.sql.transaction import Transaction
from store.verbs import fraud, sharing
from store.verbs.ending import end
from store.verbs.movements import Sort, movement
from store.verbs.pricing import Price, price
from store.verbs.resume import begin_waiting

_FEE_PER_MILLE = 29
_FEE_FIXED_MILLI = 300
RETURNED = "The customer's bank returned the debit."
CANCELED = "The payment was canceled before the customer's bank had paid."
NOT_BY_HAND = "Nothing is held for it: this payment method is not captured by hand."


def fee_of(money: Money) -> Money:
    """Return the processing fee: 2.9 % and 0.30, as the currency can express it."""
    milli = Money(1, money.currency).milli
    fee = proportion(_FEE_PER_MILLE, money.amount, 1000) + _FEE_FIXED_MILLI // milli
    unit = step(money.currency)
    whole = proportion(1, fee, unit) * unit
    return Money(min(whole, money.amount), money.currency)


def take(
    tx: Transaction,
    charge: Charge,
    part: Money | None = None,
    asked: Share | None = None,
) -> Charge:
    """Move a captured charge's money in; return it with its movement and fee.

    Where a `part` of it is captured now, only that moves, beside what has moved; how
    the whole is to be shared is `asked` where the charge itself does not say it.
    """
    asked = asked or charge.share
    gross = part or Money(charge.amount_captured, charge.money.currency)
    now = price(tx, charge, gross)
    before = charge.settlement or zero(now.money.currency)
    settled = before + now.money
    charged = charge.fee or zero(now.money.currency)
    fee = min(fee_of(settled) - charged, now.money)
    available_on = bank.funds_available_on(charge, tx.now)
    net = now.money - fee
    earned = _earned(tx, charge, now, fee, asked)
    tx.post(*charge_postings(gross, fee, charge.id, now.money, charge.holder))
    taken = replace(
        charge,
        balance_transaction=earned.id,
        settlement=settled,
        fee=charged + fee,
        exchange_rate=now.rate,
        available_on=available_on,
    )
    taken = sharing.share_out(tx, taken, now.money, net, asked)
    if available_on <= tx.now:
        sharing.mature(tx, earned, taken)
    else:
        tx.schedule(bank.after_charge(taken)[: 1 if before else None])
    return taken


def _earned(
    tx: Transaction, charge: Charge, now: Price, fee: Money, asked: Share | None
) -> Movement:
    """Write the income of a charge; a connected account's own pays the platform too."""
    kind = "charge" if charge.method.is_card else "payment"
    own = charge.share if charge.holder else None
    given = sharing.fee_due(own, asked, now.money - fee)
    return movement(
        tx,
        charge.id,
        now.money,
        Sort(kind, "charge", charge.description),
        fee=fee.amount + (given.amount if given else 0),
        holder=charge.holder,
        rate=now.rate,
        later=bank.funds_available_on(charge, tx.now),
    )


def cancel(
    tx: Transaction,
    payment: Payment,
    reason: CancellationReason | None,
    note: str | None,
) -> None:
    """Cancel a payment; an authorisation is released without a refund.

    A charge that its bank was still settling fails.
    """
    intent = payment.intent
    if intent is None:
        return
    if intent.received:
        # What was captured stays so: nothing but the rest is given up.
        ended = replace(
            intent,
            status=IntentStatus.SUCCEEDED,
            capturable=0,
            cancellation_reason=reason,
            cancel_note=note,
        )
        _release(tx, payment, intent, ended)
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
    charge = payment.charge
    if charge and charge.status is ChargeStatus.PENDING:
        _fail_charge(tx, charge, intent.id, CANCELED)
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
    if charge:
        fraud.end_review(tx, charge, Closed.CANCELED)
        _carry_on_refunds(tx, charge)


def _release(tx: Transaction, payment: Payment, before: Intent, ended: Intent) -> None:
    """Release what is left of a payment that was captured in part."""
    if payment.charge:
        tx.set_charge(replace(payment.charge, capture_before=None))
    tx.set_intent(ended)
    tx.unschedule(ended.id)
    shape = intent_shape(ended)
    was = previous_attributes(intent_shape(before), shape)
    tx.tell("payment_intent.succeeded", shape, previous=was, payment=payment.id)


def settle(tx: Transaction, charge: Charge) -> None:
    """End a charge that its bank was still settling: it succeeds, or fails.

    Refunds that waited for it go on, or are canceled with it.
    """
    payment = reads.payment(tx.connection, charge.id)
    if payment is None or payment.intent is None:
        return
    intent = payment.intent
    if intent.status is not IntentStatus.PROCESSING:
        _fail_charge(tx, charge, intent.id, CANCELED)
    elif not charge.captured:
        _fail(tx, charge, intent, NOT_BY_HAND)
    elif charge.test_behaviour == Behaviour.FAILS_LATER:
        _fail(tx, charge, intent, RETURNED, "debit_not_authorized")
    else:
        _succeed(tx, charge, intent)
    _carry_on_refunds(tx, charge)
    tx.touch(payment.id)


def _carry_on_refunds(tx: Transaction, charge: Charge) -> None:
    """Let what waited for a charge to settle go on, or end with it."""
    for refund in reversed(reads.refunds_of_charge(tx.connection, charge.id)):
        if refund.pending_reason is not PendingReason.CHARGE_PENDING:
            continue
        settled = reads.charge(tx.connection, charge.id) or charge
        if settled.status is ChargeStatus.SUCCEEDED:
            begin_waiting(tx, refund, settled)
        else:
            why = FailureReason.MERCHANT_REQUEST
            end(tx, refund, settled, RefundStatus.CANCELED, why)


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


def _fail(
    tx: Transaction, charge: Charge, intent: Intent, why: str, code: str | None = None
) -> None:
    open_ = replace(intent, status=IntentStatus.REQUIRES_PAYMENT_METHOD)
    tx.set_intent(open_)
    _fail_charge(tx, charge, intent.id, why, code)
    previous = {"status": intent.status.value}
    kind = "payment_intent.payment_failed"
    tx.tell(kind, intent_shape(open_), previous=previous, payment=intent.id)


def _fail_charge(
    tx: Transaction, charge: Charge, intent: str, why: str, code: str | None = None
) -> None:
    failed = replace(
        charge,
        status=ChargeStatus.FAILED,
        failure_code=code,
        failure_message=why,
        outcome_type="issuer_declined" if code else "invalid",
    )
    tx.set_charge(failed)
    tx.unschedule(charge.id)
    was = {"status": "pending"}
    tx.tell("charge.failed", charge_shape(failed), previous=was, payment=intent)
