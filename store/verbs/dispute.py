"""Dispute: a customer objects at the bank, and how it ends."""

from dataclasses import replace

from store.cards import Behaviour
from store.ledger import dispute_settled, dispute_withdrawn
from store.money import Money, exponent
from store.outcome import Movement
from store.payment import Charge, Dispute
from store.refund import FailureReason, RefundStatus
from store.shape import dispute_shape
from store.sql import reads
from store.sql.transaction import Transaction
from store.verbs.ending import end
from store.verbs.release import release

FEE_MAJOR = 15


def objects(tx: Transaction, charge_id: str) -> Dispute | None:
    """Open the dispute that a test payment method brings, unless all is refunded."""
    charge = reads.charge(tx.connection, charge_id)
    if charge is None or not charge.unrefunded:
        return None
    inquiry = charge.test_behaviour == Behaviour.INQUIRY
    return open_dispute(tx, charge, charge.unrefunded, "fraudulent", inquiry=inquiry)


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
    for refund in reads.refunds_of_charge(tx.connection, charge.id):
        if refund.status is RefundStatus.PENDING and not refund.has_moved_money:
            why = FailureReason.CHARGE_FOR_PENDING_REFUND_DISPUTED
            end(tx, refund, charge, RefundStatus.FAILED, why)
    if not inquiry:
        _withdraw(tx, opened, payment)
    tx.touch(payment)
    release(tx, money.currency)
    return opened


def _withdraw(tx: Transaction, dispute: Dispute, payment: str) -> None:
    fee = _fee(dispute.money.currency)
    tx.post(*dispute_withdrawn(dispute.money, fee, dispute.id))
    tx.add_movement(_movement(tx, dispute, won=False))
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
    if not dispute.is_inquiry:
        tx.post(dispute_settled(dispute.money, dispute.id, won=won))
    if won and not dispute.is_inquiry:
        tx.add_movement(_movement(tx, closed, won=True))
        tx.tell("charge.dispute.funds_reinstated", shape, payment=payment)
    previous = {"status": dispute.status}
    tx.tell("charge.dispute.closed", shape, previous=previous, payment=payment)
    tx.touch(payment)
    release(tx, dispute.money.currency)
    return closed


def _movement(tx: Transaction, dispute: Dispute, *, won: bool) -> Movement:
    fee = Money(0, dispute.money.currency) if won else _fee(dispute.money.currency)
    money = dispute.money if won else -dispute.money
    kind = "reversal" if won else "withdrawal"
    return Movement(
        id=tx.ids.new("txn"),
        type="adjustment",
        money=money,
        fee=fee.amount,
        net=(money - fee).amount,
        created=tx.now,
        available_on=tx.now,
        status="available",
        source=dispute.id,
        description=f"Chargeback {kind} for {dispute.charge}",
        reporting_category="dispute_reversal" if won else "dispute",
    )
