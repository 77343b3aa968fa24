"""Pay: what a payment, its capture and its cancellation write."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from store import bank
from store.bank import AUTHORISED_FOR, Deed, Due
from store.cards import Behaviour, TestMethod
from store.ledger import charge_postings, maturing
from store.money import Money, proportion
from store.outcome import Movement
from store.payment import (
    CancellationReason,
    Charge,
    ChargeStatus,
    Customer,
    Intent,
    IntentStatus,
    Payment,
)
from store.shape import charge_shape, intent_shape
from store.sql import reads
from store.sql.transaction import Transaction

_FEE_PER_MILLE = 29
_FEE_FIXED_MILLI = 300
_DECLINED = "Your card was declined."


@dataclass(frozen=True, slots=True)
class Paid:
    """What a customer pays, and with what."""

    money: Money
    method: TestMethod
    token: str | None = None
    manual: bool = False
    customer: Customer | None = None
    description: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    receipt_email: str | None = None


def fee_of(money: Money) -> Money:
    """Return the processing fee: 2.9 % and 0.30, in the payment's currency."""
    unit = money.milli // money.amount if money.amount else 1
    fixed = _FEE_FIXED_MILLI // unit
    fee = proportion(_FEE_PER_MILLE, money.amount, 1000) + fixed
    return Money(min(fee, money.amount), money.currency)


def pay(tx: Transaction, paid: Paid) -> str:
    """Write a new payment; return its id."""
    customer = _customer(tx, paid)
    charge = _charge(tx, paid, customer)
    intent = _intent(tx, paid, charge, customer)
    charge = replace(charge, payment_intent=intent.id)
    began = replace(
        intent, status=IntentStatus.REQUIRES_PAYMENT_METHOD, received=0, capturable=0
    )
    tx.add_intent(intent)
    tx.tell("payment_intent.created", intent_shape(began), payment=intent.id)
    if charge.status is ChargeStatus.FAILED:
        tx.add_charge(charge)
        tx.tell("charge.failed", charge_shape(charge), payment=intent.id)
        kind = "payment_intent.payment_failed"
    elif paid.manual:
        tx.add_charge(charge)
        tx.schedule((_expiry(charge, intent),))
        kind = "payment_intent.amount_capturable_updated"
    else:
        charge = _take(tx, charge)
        tx.add_charge(charge)
        tx.tell("charge.succeeded", charge_shape(charge), payment=intent.id)
        kind = "payment_intent.succeeded"
    tx.tell(kind, intent_shape(intent), payment=intent.id)
    tx.touch(intent.id)
    return intent.id


def _customer(tx: Transaction, paid: Paid) -> str | None:
    given = paid.customer
    if given is None:
        return None
    if reads.customer(tx.connection, given.id) is None:
        tx.add_customer(replace(given, created=given.created or tx.now))
    return given.id


def _charge(tx: Transaction, paid: Paid, customer: str | None) -> Charge:
    method, behaviour = paid.method.method, paid.method.behaviour
    declined = behaviour is Behaviour.DECLINED
    captured = not paid.manual and not declined
    return Charge(
        id=tx.ids.new("ch" if method.is_card else "py"),
        money=paid.money,
        status=ChargeStatus.FAILED if declined else ChargeStatus.SUCCEEDED,
        created=tx.now,
        method=method,
        captured=captured,
        amount_captured=paid.money.amount if captured else 0,
        captured_at=tx.now if captured else None,
        customer=customer,
        name=paid.customer.name if paid.customer else None,
        email=paid.customer.email if paid.customer else None,
        receipt_email=paid.receipt_email,
        description=paid.description,
        failure_code="card_declined" if declined else None,
        failure_message=_DECLINED if declined else None,
        outcome_type="issuer_declined" if declined else "authorized",
        risk_level="normal",
        capture_before=tx.now + AUTHORISED_FOR if paid.manual else None,
        test_behaviour=behaviour,
        metadata=paid.metadata,
    )


def _intent(
    tx: Transaction, paid: Paid, charge: Charge, customer: str | None
) -> Intent:
    if charge.status is ChargeStatus.FAILED:
        status = IntentStatus.REQUIRES_PAYMENT_METHOD
    elif paid.manual:
        status = IntentStatus.REQUIRES_CAPTURE
    else:
        status = IntentStatus.SUCCEEDED
    amount = paid.money.amount
    return Intent(
        id=tx.ids.new("pi"),
        money=paid.money,
        status=status,
        created=tx.now,
        capturable=amount if status is IntentStatus.REQUIRES_CAPTURE else 0,
        received=amount if status is IntentStatus.SUCCEEDED else 0,
        capture_method="manual" if paid.manual else "automatic",
        latest_charge=charge.id,
        customer=customer,
        description=paid.description,
        payment_method=paid.token,
        method_types=(charge.method.type,),
        receipt_email=paid.receipt_email,
        metadata=paid.metadata,
    )


def _expiry(charge: Charge, intent: Intent) -> Due:
    at = charge.capture_before or charge.created + AUTHORISED_FOR
    return Due(at, Deed.AUTHORISATION_EXPIRES, intent.id)


def _take(tx: Transaction, charge: Charge) -> Charge:
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
    taken = _take(
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
