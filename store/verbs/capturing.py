"""Capturing: an authorised payment is taken, at once or in several parts."""

from dataclasses import replace

from store.capture import Capture, why_not_capture, why_not_in_parts, why_not_share
from store.connect import FEE, Share
from store.errors import Refused
from store.extra import merged as merged_extra
from store.money import Money
from store.payment import Charge, Intent, IntentStatus, Payment
from store.shape.objects import charge_shape, intent_shape, previous_attributes
from store.sql import tags
from store.sql.transaction import Transaction
from store.verbs import sharing
from store.verbs.metadata import merged
from store.verbs.taking import take

_OF_CHARGE = ("statement_descriptor", "statement_descriptor_suffix", "transfer_group")
_TRANSFER = "transfer_data"


def capture(
    tx: Transaction, payment: Payment, intent: Intent, charge: Charge, asked: Capture
) -> Money:
    """Take an authorised payment or a part of it; return what is released.

    Raises:
        Refused: It does not wait for capture, or cannot be captured or shared so.
    """
    refusal = why_not_capture(intent, asked) or why_not_share(charge, asked)
    if not asked.ends(intent):
        refusal = refusal or why_not_in_parts(intent, charge)
    if refusal:
        raise Refused(refusal)
    part = Money(asked.taken(intent), charge.money.currency)
    taken = _taken(tx, charge, part, intent, asked)
    done = _after(intent, part, asked)
    tx.set_charge(taken)
    tx.set_intent(done)
    if done.metadata != intent.metadata:
        tags.put(tx.connection, [(done.id, done.metadata)])
    if asked.ends(intent):
        tx.unschedule(intent.id)
    _tell_charge(tx, payment, charge, taken)
    _tell_intent(tx, payment, intent, done)
    sharing.release_earned(tx, taken)
    left = intent.capturable - part.amount if asked.ends(intent) else 0
    return Money(left, part.currency)


def _taken(
    tx: Transaction, charge: Charge, part: Money, intent: Intent, asked: Capture
) -> Charge:
    said = {name: one for name, one in asked.extra.items() if name in _OF_CHARGE}
    fee = asked.application_fee_amount
    if fee == 0:
        said[FEE] = 0
    captured = replace(
        charge,
        captured=True,
        amount_captured=charge.amount_captured + part.amount,
        captured_at=charge.captured_at or tx.now,
        receipt_email=asked.receipt_email or charge.receipt_email,
        extra=merged_extra(charge.extra, said),
    )
    if part:
        captured = take(tx, captured, part, _shared(charge, intent, asked))
    if asked.ends(intent):
        captured = replace(captured, capture_before=None)
    return captured


def _shared(charge: Charge, intent: Intent, asked: Capture) -> Share | None:
    """Return how the whole payment is to be shared, as it was last said."""
    share, currency = charge.share, charge.money.currency
    if share is None:
        return None
    fee, amount = asked.application_fee_amount, asked.transfer_amount
    if fee is None:
        kept = intent.extra.get(FEE)
        fee = kept if isinstance(kept, int) else None
    if amount is None:
        data = intent.extra.get(_TRANSFER)
        kept = data.get("amount") if isinstance(data, dict) else None
        amount = kept if isinstance(kept, int) else None
    first_fee = None if share.fee else share.fee_money
    first = None if share.transfer else share.transferred
    return replace(
        share,
        fee_money=_or(fee, currency, first_fee),
        transferred=_or(amount, currency, first),
    )


def _or(amount: int | None, currency: str, otherwise: Money | None) -> Money | None:
    return otherwise if amount is None else Money(amount, currency)


def _after(intent: Intent, part: Money, asked: Capture) -> Intent:
    """Return the intent after a capture."""
    ends = asked.ends(intent)
    shares: dict[str, object] = {}
    if asked.application_fee_amount is not None:
        shares[FEE] = asked.application_fee_amount
    if asked.transfer_amount is not None:
        data = intent.extra.get(_TRANSFER)
        said = data if isinstance(data, dict) else {}
        shares[_TRANSFER] = {**said, "amount": asked.transfer_amount}
    return replace(
        intent,
        status=IntentStatus.SUCCEEDED if ends else IntentStatus.REQUIRES_CAPTURE,
        capturable=0 if ends else intent.capturable - part.amount,
        received=intent.received + part.amount,
        metadata=merged(intent.metadata, asked.metadata),
        extra={**merged_extra(intent.extra, asked.extra), **shares},
    )


def _tell_charge(
    tx: Transaction, payment: Payment, before: Charge, after: Charge
) -> None:
    """Tell that a charge was captured; of each further part, that it has changed."""
    shape = charge_shape(after)
    if was := previous_attributes(charge_shape(before), shape):
        kind = "charge.updated" if before.captured else "charge.captured"
        tx.tell(kind, shape, previous=was, payment=payment.id)


def _tell_intent(
    tx: Transaction, payment: Payment, before: Intent, after: Intent
) -> None:
    shape = intent_shape(after)
    ended = after.status is IntentStatus.SUCCEEDED
    kind = "succeeded" if ended else "amount_capturable_updated"
    was = previous_attributes(intent_shape(before), shape)
    tx.tell(f"payment_intent.{kind}", shape, previous=was, payment=payment.id)
