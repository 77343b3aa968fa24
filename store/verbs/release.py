"""Release: waiting refunds go out, oldest first, as soon as the balance covers them."""

from dataclasses import replace

from store import bank
from store.balance import releasable
from store.payment import Charge
from store.reference import (
    Destination,
    DestinationKind,
    ReferenceStatus,
    card_reference_type,
)
from store.refund import Refund, RefundStatus
from store.shape import previous_attributes, refund_shape
from store.sql import reads
from store.sql.transaction import Transaction
from store.verbs import movements


def release(tx: Transaction, currency: str) -> tuple[Refund, ...]:
    """Send every waiting refund that the balance covers; none overtakes another."""
    queue = reads.held(tx.connection, currency)
    if not queue:
        return ()
    available = reads.available(tx.connection, currency)
    going = set(releasable(queue, available).refunds)
    return tuple(_send(tx, refund) for refund in queue if refund.id in going)


def _send(tx: Transaction, refund: Refund) -> Refund:
    charge = reads.charge(tx.connection, refund.charge or "")
    if charge is None:
        return refund
    going = replace(
        refund,
        status=RefundStatus.SUCCEEDED,
        pending_reason=None,
        expires_at=None,
        destination=_on_its_way(refund, charge),
    )
    sent = movements.send(tx, going, charge)
    tx.set_refund(sent)
    tx.unschedule(sent.id)
    tx.schedule(bank.after_refund(sent, charge, tx.now))
    told_updated(tx, refund, sent, charge)
    return sent


def _on_its_way(refund: Refund, charge: Charge) -> Destination | None:
    where = refund.destination
    if where is None:
        return None
    return replace(
        where,
        kind=DestinationKind.REFUND,
        status=ReferenceStatus.PENDING,
        reference_type=card_reference_type(charge.method.brand, reversal=False),
    )


def told_updated(
    tx: Transaction, before: Refund, after: Refund, charge: Charge
) -> None:
    """Tell that a refund changed, with what it was before, to both event names."""
    shape = refund_shape(after)
    previous = previous_attributes(refund_shape(before), shape)
    payment = charge.payment_intent or charge.id
    types = ["refund.updated", "charge.refund.updated"]
    if after.status is RefundStatus.FAILED and before.status is not after.status:
        types.insert(0, "refund.failed")
    for type_ in types:
        tx.tell(type_, shape, previous=previous, payment=payment)
    tx.touch(payment)
