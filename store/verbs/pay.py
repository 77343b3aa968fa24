"""Pay: what a payment, its capture and its cancellation write."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from store import bank
from store.bank import AUTHORISED_FOR, Deed, Due
from store.cards import Behaviour, TestMethod
from store.method import Method, settles_later
from store.money import Money
from store.payment import (
    Charge,
    ChargeStatus,
    Customer,
    Intent,
    IntentStatus,
)
from store.shape import charge_shape, intent_shape
from store.sql import reads
from store.sql.transaction import Transaction
from store.verbs.taking import take

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
    elif charge.status is ChargeStatus.PENDING:
        tx.add_charge(charge)
        tx.tell("charge.pending", charge_shape(charge), payment=intent.id)
        tx.schedule((bank.settling(charge, tx.now),))
        kind = "payment_intent.processing"
    elif paid.manual:
        tx.add_charge(charge)
        tx.schedule((_expiry(charge, intent),))
        kind = "payment_intent.amount_capturable_updated"
    else:
        charge = take(tx, charge)
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
        status=_status(method, declined=declined),
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


def _status(method: Method, *, declined: bool) -> ChargeStatus:
    if declined:
        return ChargeStatus.FAILED
    return ChargeStatus.PENDING if settles_later(method) else ChargeStatus.SUCCEEDED


def _intent(
    tx: Transaction, paid: Paid, charge: Charge, customer: str | None
) -> Intent:
    if charge.status is ChargeStatus.FAILED:
        status = IntentStatus.REQUIRES_PAYMENT_METHOD
    elif charge.status is ChargeStatus.PENDING:
        status = IntentStatus.PROCESSING
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
