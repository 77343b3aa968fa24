"""A refund of Stripe's JSON, of any version → Refund."""

from store.intake.fields import Fields
from store.reference import (
    Destination,
    DestinationKind,
    ReferenceStatus,
    ReferenceType,
)
from store.refund import (
    HELD_FOR,
    FailureReason,
    PendingReason,
    Reason,
    Refund,
    RefundStatus,
)

_WHEN_NOT_SAID = {
    RefundStatus.FAILED: FailureReason.UNKNOWN,
    RefundStatus.CANCELED: FailureReason.MERCHANT_REQUEST,
}


def refund_of(fields: Fields) -> Refund:
    """Return the refund that a JSON object describes.

    Versions that give no pending or failure reason get the one that says least.
    """
    given = fields.need_id()
    money = fields.money(least=1)
    status = fields.choice("status", RefundStatus) or RefundStatus.SUCCEEDED
    waits = fields.choice("pending_reason", PendingReason)
    failed = fields.choice("failure_reason", FailureReason)
    asked = fields.inner("next_action", keep=True).inner("display_details")
    is_pending = status is RefundStatus.PENDING
    created = fields.need_time("created")
    held = is_pending and waits is PendingReason.INSUFFICIENT_FUNDS
    reversal = fields.ref("transfer_reversal")
    return Refund(
        id=given,
        money=money,
        status=status,
        created=created,
        charge=fields.ref("charge"),
        payment_intent=fields.ref("payment_intent"),
        reason=fields.choice("reason", Reason),
        pending_reason=(waits or PendingReason.PROCESSING) if is_pending else None,
        failure_reason=(failed or _WHEN_NOT_SAID[status])
        if status in _WHEN_NOT_SAID
        else None,
        destination=_destination(fields.inner("destination_details")),
        balance_transaction=fields.ref("balance_transaction"),
        reverse_transfer=reversal is not None,
        transfer_reversal=reversal,
        failure_balance_transaction=fields.ref("failure_balance_transaction"),
        instructions_email=fields.text("instructions_email"),
        expires_at=asked.time("expires_at") or (created + HELD_FOR if held else None),
        receipt_number=fields.text("receipt_number"),
        metadata=fields.metadata(),
        imported=True,
        extra=fields.rest(),
    )


def _destination(details: Fields) -> Destination | None:
    kind = details.text("type")
    if kind is None:
        return None
    inner = details.inner(kind)
    reference = inner.text("reference")
    status = inner.choice("reference_status", ReferenceStatus)
    return Destination(
        type=kind,
        kind=inner.choice("type", DestinationKind),
        reference=reference,
        status=status or (ReferenceStatus.AVAILABLE if reference else None),
        reference_type=inner.choice("reference_type", ReferenceType),
        network_decline_code=inner.text("network_decline_code"),
    )
