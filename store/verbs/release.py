"""Release: waiting refunds go out, oldest first, as soon as the balance covers them."""

from dataclasses import replace

from store import bank
from store.mail.receipt import begins
from store.payment import Charge
from store.reference import (
    Destination,
    DestinationKind,
    ReferenceStatus,
    card_reference_type,
)
from store.refund import Refund, RefundStatus
from store.shape.objects import previous_attributes, refund_shape
from store.sql import reads
from store.sql.transaction import Transaction
from store.verbs import receipting, sending
from store.verbs.pricing import priced


def release(
    tx: Transaction, currency: str, holder: str | None = None
) -> tuple[Refund, ...]:
    """Send every waiting refund that a balance covers; none overtakes another.

    A converted refund is priced anew each time its turn comes.
    """
    gone: list[Refund] = []
    again = True
    while again:
        again = False
        for waiting in reads.held(tx.connection, currency, holder):
            charge = reads.charge(tx.connection, waiting.charge or "")
            if charge is None:
                continue
            refund = priced(tx, waiting, charge)
            if reads.available(tx.connection, currency, holder) < refund.takes:
                if refund != waiting:
                    tx.set_refund(refund)
                break
            sent, pulled = _send(tx, refund, charge)
            gone.append(sent)
            if pulled:
                # What came back may let others go, here and at the other holder.
                again = True
                release_beside(tx, charge, holder)
                break
    return tuple(gone)


def release_beside(tx: Transaction, charge: Charge, holder: str | None) -> None:
    """Send what waits at the other holder of a charge that is shared."""
    other = charge.share.account if charge.share and holder is None else None
    release(tx, charge.settlement_currency, other)


def _send(tx: Transaction, refund: Refund, charge: Charge) -> tuple[Refund, bool]:
    going = replace(
        refund,
        status=RefundStatus.SUCCEEDED,
        pending_reason=None,
        expires_at=None,
        destination=_on_its_way(refund, charge),
    )
    sent = sending.send(tx, going, charge)
    tx.set_refund(sent)
    tx.unschedule(sent.id)
    tx.schedule(bank.after_refund(sent, charge, tx.now))
    told_updated(tx, refund, sent, charge)
    return sent, sending.tell_pulled(tx, sent, charge)


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
    tx: Transaction, before: Refund, after: Refund, charge: Charge | None
) -> None:
    """Tell that a refund changed, with what it was before, to both event names."""
    shape = refund_shape(after)
    previous = previous_attributes(refund_shape(before), shape)
    known = charge.payment_intent if charge else after.payment_intent
    payment = known or after.charge or after.id
    if charge and begins(before, after):
        receipting.by_itself(tx, after, charge)
    types = ["refund.updated", "charge.refund.updated"]
    if after.status is RefundStatus.FAILED and before.status is not after.status:
        types.insert(0, "refund.failed")
    for type_ in types:
        tx.tell(type_, shape, previous=previous, payment=payment)
    tx.touch(payment)
