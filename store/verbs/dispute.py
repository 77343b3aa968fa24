"""Dispute: a customer objects at the bank, and how it ends."""

from dataclasses import replace

from store.cards import Behaviour
from store.dispute import Dispute
from store.ledger import dispute_settled, dispute_withdrawn
from store.money import Money, exponent
from store.payment import Charge
from store.refund import FailureReason, RefundStatus
from store.review import Closed
from store.shape.objects import dispute_shape
from store.sql import reads
from store.sql.transaction import Transaction
from store.verbs import fraud
from store.verbs.ending import end
from store.verbs.movements import Sort, movement
from store.verbs.pricing import Price, price
from store.verbs.release import release

FEE_MAJOR = 15
_ADJUSTED = "adjustment"


def objects(tx: Transaction, charge_id: str) -> Dispute | None:
    """Open the dispute that a test payment method brings, unless all is refunded."""
    charge = reads.charge(tx.connection, charge_id)
    if charge is None or not (money := disputable(tx, charge)):
        return None
    inquiry = charge.test_behaviour == Behaviour.INQUIRY
    return open_dispute(tx, charge, money, "fraudulent", inquiry=inquiry)


def disputable(tx: Transaction, charge: Charge) -> Money:
    """Return what was taken and not sent back: waiting refunds have moved nothing."""
    money = charge.unrefunded
    for refund in reads.refunds_of_charge(tx.connection, charge.id):
        if refund.is_live and not refund.has_moved_money:
            money += refund.money
    return money


def open_dispute(
    tx: Transaction, charge: Charge, money: Money, reason: str, *, inquiry: bool
) -> Dispute:
    """Open a dispute: a chargeback takes money, an inquiry asks first.

    Refunds of the charge that still wait fail: the bank gives the money back instead.
    """
    payment = charge.payment_intent or charge.id
    opened = Dispute(
        id=tx.ids.new("du"),
        money=money,
        status="warning_needs_response" if inquiry else "needs_response",
        created=tx.now,
        charge=charge.id,
        payment_intent=charge.payment_intent,
        reason=reason,
        is_charge_refundable=inquiry,
    )
    tx.add_dispute(opened)
    tx.set_charge(replace(charge, disputed=True))
    tx.tell("charge.dispute.created", dispute_shape(opened), payment=payment)
    fraud.end_review(tx, charge, Closed.DISPUTED)
    for refund in reads.refunds_of_charge(tx.connection, charge.id):
        if refund.status is RefundStatus.PENDING and not refund.has_moved_money:
            why = FailureReason.CHARGE_FOR_PENDING_REFUND_DISPUTED
            end(tx, refund, charge, RefundStatus.FAILED, why)
    if not inquiry:
        _withdraw(tx, opened, charge, payment)
    tx.touch(payment)
    release(tx, charge.settlement_currency, charge.holder)
    return opened


def _withdraw(tx: Transaction, dispute: Dispute, charge: Charge, payment: str) -> None:
    """Take a disputed amount from whoever earned it, at the day's rate."""
    now = price(tx, charge, dispute.money)
    fee, holder = _fee(now.money.currency), charge.holder
    tx.post(*dispute_withdrawn(dispute.money, now.money, fee, dispute.id, holder))
    sort = Sort(_ADJUSTED, "dispute", f"Chargeback withdrawal for {charge.id}")
    movement(
        tx,
        dispute.id,
        -now.money,
        sort,
        fee=fee.amount,
        holder=holder,
        rate=now.rate,
    )
    shape = dispute_shape(dispute)
    tx.tell("charge.dispute.funds_withdrawn", shape, payment=payment)


def _fee(currency: str) -> Money:
    return Money(FEE_MAJOR * int(10 ** exponent(currency)), currency)


def close(tx: Transaction, dispute: Dispute, status: str) -> Dispute:
    """End a dispute as `won`, `lost` or, for an inquiry, `warning_closed`."""
    won = status == "won"
    closed = replace(
        dispute,
        status=status,
        is_charge_refundable=won or dispute.is_inquiry,
    )
    payment = dispute.payment_intent or dispute.charge or dispute.id
    tx.set_dispute(closed)
    shape = dispute_shape(closed)
    charge = reads.charge(tx.connection, dispute.charge or "")
    if not dispute.is_inquiry and _settle(tx, dispute, charge, won=won):
        tx.tell("charge.dispute.funds_reinstated", shape, payment=payment)
    previous = {"status": dispute.status}
    tx.tell("charge.dispute.closed", shape, previous=previous, payment=payment)
    tx.touch(payment)
    if charge:
        release(tx, charge.settlement_currency, charge.holder)
    return closed


def _settle(
    tx: Transaction, dispute: Dispute, charge: Charge | None, *, won: bool
) -> bool:
    """Move the amount on hold; return whether it came back, at the day's rate."""
    now = price(tx, charge, dispute.money) if charge else Price(dispute.money)
    holder = charge.holder if charge else None
    returns = now.money if won else None
    tx.post(*dispute_settled(dispute.money, returns, dispute.id, holder))
    if returns:
        said = f"Chargeback reversal for {dispute.charge}"
        sort = Sort(_ADJUSTED, "dispute_reversal", said)
        movement(tx, dispute.id, returns, sort, holder=holder, rate=now.rate)
    return won
