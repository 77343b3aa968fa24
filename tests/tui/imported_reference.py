"""Imported reference: a payment whose refund has a trace number."""

from __future__ import annotations

from datetime import datetime


def with_stan(number: str, at: datetime) -> tuple[dict[str, object], ...]:
    """Return a charge and its reversal, as an export holds them."""
    card = {"brand": "visa", "last4": "4242", "country": "US"}
    made: dict[str, object] = {"amount": 500, "currency": "usd", "metadata": {}}
    paid = {
        **made,
        "id": f"ch_{number}",
        "object": "charge",
        "amount_captured": 500,
        "amount_refunded": 500,
        "captured": True,
        "paid": True,
        "refunded": True,
        "status": "succeeded",
        "created": int(at.timestamp()) - 60,
        "payment_method_details": {"type": "card", "card": card},
    }
    where = {
        "type": "reversal",
        "reference": "687903",
        "reference_status": "available",
        "reference_type": "system_trace_audit_number",
    }
    back = {
        **made,
        "id": f"re_{number}",
        "object": "refund",
        "charge": f"ch_{number}",
        "created": int(at.timestamp()),
        "destination_details": {"type": "card", "card": where},
        "status": "succeeded",
    }
    return paid, back
