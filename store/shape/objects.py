"""Shape: domain objects as Stripe's API writes them; absent keys are absent."""

from store.balance import Topup
from store.clock import to_unix
from store.dispute import Dispute
from store.extra import shown
from store.method import Method, RefundPath, refund_path
from store.payment import CancellationReason, Charge, Intent
from store.reference import Destination
from store.refund import Reason, Refund, RefundStatus
from store.shape.shares import share_keys

Json = dict[str, object]
BILLING = "_billing_details"
"""Where a charge keeps what was said of who paid, beside name and email."""


def refund_shape(refund: Refund) -> Json:
    """Return a refund as the API does."""
    reason = None if refund.reason is Reason.OTHER else refund.reason
    shape: Json = {
        **refund.extra,
        "id": refund.id,
        "object": "refund",
        "amount": refund.money.amount,
        "balance_transaction": refund.balance_transaction,
        "charge": refund.charge,
        "created": to_unix(refund.created),
        "currency": refund.money.currency,
        "metadata": dict(refund.metadata),
        "payment_intent": refund.payment_intent,
        "reason": reason.value if reason else None,
        "receipt_number": refund.receipt_number,
        "source_transfer_reversal": refund.extra.get("source_transfer_reversal"),
        "status": refund.status.value,
        "transfer_reversal": refund.transfer_reversal,
    }
    present: Json = {
        "destination_details": destination_shape(refund.destination),
        "failure_balance_transaction": refund.failure_balance_transaction,
        "failure_reason": refund.failure_reason and refund.failure_reason.value,
        "instructions_email": refund.instructions_email,
        "pending_reason": refund.pending_reason and refund.pending_reason.value,
        "next_action": _next_action(refund),
    }
    shape.update({key: value for key, value in present.items() if value is not None})
    return shape


def _next_action(refund: Refund) -> Json | None:
    if refund.status is not RefundStatus.REQUIRES_ACTION or not refund.expires_at:
        return None
    sent = {
        "email_sent_at": to_unix(refund.created),
        "email_sent_to": refund.instructions_email,
    }
    return {
        "type": "display_details",
        "display_details": {
            "email_sent": sent,
            "expires_at": to_unix(refund.expires_at),
        },
    }


def destination_shape(destination: Destination | None) -> Json | None:
    """Return `destination_details`; while pending the key `reference` is absent."""
    if destination is None:
        return None
    details = {
        "type": destination.kind,
        "reference": destination.reference,
        "reference_status": destination.status,
        "reference_type": destination.reference_type,
        "network_decline_code": destination.network_decline_code,
    }
    if destination.type != "card":
        del details["reference_type"], details["type"]
    kept = {key: str(value) for key, value in details.items() if value is not None}
    return {destination.type: kept, "type": destination.type}


def charge_shape(charge: Charge) -> Json:
    """Return a charge as the API does, without its refunds."""
    return {
        "fraud_details": {},
        **_beside(charge),
        "id": charge.id,
        "object": "charge",
        "amount": charge.money.amount,
        "amount_captured": charge.amount_captured,
        "amount_refunded": charge.amount_refunded,
        "balance_transaction": charge.balance_transaction,
        "billing_details": _billing(charge),
        "captured": charge.captured,
        "created": to_unix(charge.created),
        "currency": charge.money.currency,
        "customer": charge.customer,
        "description": charge.description,
        "disputed": charge.disputed,
        "failure_code": charge.failure_code,
        "failure_message": charge.failure_message,
        "livemode": False,
        "metadata": dict(charge.metadata),
        "outcome": {"type": charge.outcome_type, "risk_level": charge.risk_level},
        "paid": charge.status.value == "succeeded",
        "payment_intent": charge.payment_intent,
        "payment_method_details": method_shape(charge.method),
        "receipt_email": charge.receipt_email,
        "refunded": 0 < charge.amount_captured <= charge.amount_refunded,
        "status": charge.status.value,
        **share_keys(charge),
    }


def _beside(charge: Charge) -> Json:
    """Return what the API says besides; which refund was a release it never says."""
    return {key: one for key, one in shown(charge.extra).items() if key != "release"}


def _billing(charge: Charge) -> Json:
    """Return `billing_details`: who paid, and what else was said of them."""
    said = charge.extra.get(BILLING)
    besides = said if isinstance(said, dict) else {}
    return {**besides, "email": charge.email, "name": charge.name}


def method_shape(method: Method) -> Json:
    """Return `payment_method_details`."""
    details = {
        "brand": method.brand,
        "last4": method.last4,
        "exp_month": method.exp_month,
        "exp_year": method.exp_year,
        "country": method.country,
        "funding": method.funding,
        "fingerprint": method.fingerprint,
    }
    known = {key: value for key, value in details.items() if value is not None}
    return {"type": method.type, method.type: known}


def intent_shape(intent: Intent) -> Json:
    """Return a payment intent as the API does."""
    reason = intent.cancellation_reason
    told = None if reason in (None, CancellationReason.OTHER) else str(reason)
    return {
        **shown(intent.extra),
        "id": intent.id,
        "object": "payment_intent",
        "amount": intent.money.amount,
        "amount_capturable": intent.capturable,
        "amount_received": intent.received,
        "canceled_at": to_unix(intent.canceled_at) if intent.canceled_at else None,
        "cancellation_reason": told,
        "capture_method": intent.capture_method,
        "created": to_unix(intent.created),
        "currency": intent.money.currency,
        "customer": intent.customer,
        "description": intent.description,
        "latest_charge": intent.latest_charge,
        "livemode": False,
        "metadata": dict(intent.metadata),
        "payment_method": intent.payment_method,
        "payment_method_types": list(intent.method_types),
        "receipt_email": intent.receipt_email,
        "status": intent.status.value,
    }


def movement_type(method: Method, *, returned: bool) -> tuple[str, str, str]:
    """Return type, reporting category and description of a refund's movement."""
    if refund_path(method) is RefundPath.CARD:
        if returned:
            return "refund_failure", "refund_failure", "REFUND FAILURE"
        return "refund", "refund", "REFUND FOR CHARGE"
    text = "REFUND FAILURE" if returned else "REFUND FOR PAYMENT"
    return "payment_refund", "refund", text


def dispute_shape(dispute: Dispute) -> Json:
    """Return a dispute as the API does."""
    return {
        **dispute.extra,
        "id": dispute.id,
        "object": "dispute",
        "amount": dispute.money.amount,
        "charge": dispute.charge,
        "created": to_unix(dispute.created),
        "currency": dispute.money.currency,
        "is_charge_refundable": dispute.is_charge_refundable,
        "livemode": False,
        "metadata": dict(dispute.metadata),
        "payment_intent": dispute.payment_intent,
        "reason": dispute.reason,
        "status": dispute.status,
    }


def topup_shape(topup: Topup) -> Json:
    """Return a top-up as the API does."""
    return {
        **shown(topup.extra),
        "id": topup.id,
        "object": "topup",
        "amount": topup.money.amount,
        "created": to_unix(topup.created),
        "currency": topup.money.currency,
        "livemode": False,
        "metadata": dict(topup.metadata),
        "status": topup.status,
    }


def previous_attributes(before: Json, after: Json) -> Json:
    """Return what changed, as it was: null for what was not there, nested alike."""
    previous: Json = {}
    for key in after:
        was, now = before.get(key), after[key]
        if was == now:
            continue
        if isinstance(was, dict) and isinstance(now, dict):
            previous[key] = previous_attributes(was, now)
        else:
            previous[key] = was
    gone = {key: before[key] for key in before if key not in after}
    return {**previous, **gone}
