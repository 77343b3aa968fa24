"""Objects of Stripe's API, made here: what an export of an account would hold."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from store.clock import to_unix
from store.dispute import Dispute
from store.intake.reading import Found
from store.method import Method
from store.money import Money
from store.outcome import Movement
from store.payment import Charge, ChargeStatus, Intent, IntentStatus
from store.refund import Refund
from store.shape.objects import (
    Json,
    charge_shape,
    intent_shape,
    movement_type,
    refund_shape,
)

_SETTLES_IN = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Sale:
    """A payment from outside: its number is the tail of all its ids."""

    number: str
    at: datetime
    money: Money
    method: Method
    name: str
    email: str | None
    customer: str | None = None
    status: ChargeStatus = ChargeStatus.SUCCEEDED
    captured: bool = True
    outcome: str = "authorized"
    failure: str | None = None
    refunded: int = 0
    disputed: bool = False
    description: str | None = None

    @property
    def charge_id(self) -> str:
        """Return the charge's id: `ch_…` on cards, `py_…` on everything else."""
        return f"{'ch' if self.method.is_card else 'py'}_{self.number}"

    @property
    def is_captured(self) -> bool:
        """Tell whether it was taken, though the bank may still be settling it."""
        return self.captured and self.status is not ChargeStatus.FAILED

    @property
    def has_moved_money(self) -> bool:
        """Tell whether the balance knows of it."""
        return self.status is ChargeStatus.SUCCEEDED and self.captured


def found(objects: Iterator[Json], source: str) -> Iterator[Found]:
    """Yield objects as if they had been read from lines of a file."""
    for line, shape in enumerate(objects, 1):
        yield Found(str(shape["object"]), shape, source, line)


def customer_object(customer: str, name: str, email: str, at: datetime) -> Json:
    """Return a customer as the API does."""
    return {
        "id": customer,
        "object": "customer",
        "created": to_unix(at),
        "email": email,
        "livemode": False,
        "metadata": {},
        "name": name,
    }


def sale_objects(sale: Sale) -> Iterator[Json]:
    """Yield intent, charge and balance transaction of a sale."""
    yield intent_shape(_intent(sale))
    yield charge_shape(_charge(sale))
    if sale.has_moved_money:
        yield movement_object(
            Movement(
                f"txn_{sale.number}",
                "charge" if sale.method.is_card else "payment",
                sale.money,
                fee_of(sale.money),
                sale.money.amount - fee_of(sale.money),
                sale.at,
                sale.at + _SETTLES_IN,
                "available",
                sale.charge_id,
                sale.description,
                "charge",
            )
        )


def fee_of(money: Money) -> int:
    """Return what processing cost: 2.9 % and the price of a stamp, in minor units."""
    return min(money.amount, money.amount * 29 // 1000 + 30)


def movement_object(movement: Movement) -> Json:
    """Return a balance transaction as the API does."""
    return {
        "id": movement.id,
        "object": "balance_transaction",
        "amount": movement.money.amount,
        "available_on": to_unix(movement.available_on),
        "created": to_unix(movement.created),
        "currency": movement.money.currency,
        "description": movement.description,
        "exchange_rate": movement.exchange_rate,
        "fee": movement.fee,
        "fee_details": [],
        "net": movement.net,
        "reporting_category": movement.reporting_category,
        "source": movement.source,
        "status": movement.status,
        "type": movement.type,
    }


def refund_objects(refund: Refund, sale: Sale) -> Iterator[Json]:
    """Yield a refund of a sale and, when money moved, its balance transaction."""
    movement = f"txn_{refund.id.partition('_')[2]}r"
    moved = refund.has_moved_money
    yield refund_shape(
        replace(
            refund,
            charge=sale.charge_id,
            payment_intent=f"pi_{sale.number}",
            balance_transaction=movement if moved else None,
        )
    )
    if moved:
        kind, category, text = movement_type(sale.method, returned=False)
        yield movement_object(
            Movement(
                movement,
                kind,
                -refund.money,
                0,
                -refund.money.amount,
                refund.created,
                refund.created,
                "available",
                refund.id,
                text,
                category,
            )
        )


def dispute_object(dispute: Dispute) -> Json:
    """Return a dispute as the API does."""
    return {
        "id": dispute.id,
        "object": "dispute",
        "amount": dispute.money.amount,
        "charge": dispute.charge,
        "created": to_unix(dispute.created),
        "currency": dispute.money.currency,
        "is_charge_refundable": dispute.is_charge_refundable,
        "livemode": False,
        "metadata": {},
        "payment_intent": dispute.payment_intent,
        "reason": dispute.reason,
        "status": dispute.status,
    }


def _intent(sale: Sale) -> Intent:
    taken = sale.money.amount if sale.has_moved_money else 0
    authorised = sale.status is ChargeStatus.SUCCEEDED and not sale.captured
    return Intent(
        id=f"pi_{sale.number}",
        money=sale.money,
        status=_intent_status(sale),
        created=sale.at,
        capturable=sale.money.amount if authorised else 0,
        received=taken,
        capture_method="automatic" if sale.captured else "manual",
        latest_charge=sale.charge_id,
        customer=sale.customer,
        description=sale.description,
        payment_method=f"pm_{sale.number}",
        method_types=(sale.method.type,),
        receipt_email=sale.email,
    )


def _intent_status(sale: Sale) -> IntentStatus:
    match sale.status:
        case ChargeStatus.FAILED:
            return IntentStatus.REQUIRES_PAYMENT_METHOD
        case ChargeStatus.PENDING:
            return IntentStatus.PROCESSING
        case _ if sale.captured:
            return IntentStatus.SUCCEEDED
        case _:
            return IntentStatus.REQUIRES_CAPTURE


def _charge(sale: Sale) -> Charge:
    return Charge(
        id=sale.charge_id,
        money=sale.money,
        status=sale.status,
        created=sale.at,
        method=sale.method,
        captured=sale.captured,
        amount_captured=sale.money.amount if sale.is_captured else 0,
        amount_refunded=sale.refunded,
        disputed=sale.disputed,
        payment_intent=f"pi_{sale.number}",
        customer=sale.customer,
        name=sale.name,
        email=sale.email,
        description=sale.description,
        failure_code=sale.failure,
        failure_message="Your card was declined." if sale.failure else None,
        outcome_type=sale.outcome,
        risk_level="highest" if sale.outcome == "blocked" else "normal",
        balance_transaction=f"txn_{sale.number}" if sale.has_moved_money else None,
    )
