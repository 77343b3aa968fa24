"""Small objects of Stripe's API, in the shapes that an export holds them."""

from __future__ import annotations

import json
from typing import Any

Json = dict[str, Any]
AT = 1_767_225_600
"""When the exported payments were made: the start of 2026."""


def charge(number: str = "1", **changed: Any) -> Json:
    """Return a captured card charge of 20.00 USD."""
    amount = changed.get("amount", 2000)
    return {
        "id": f"ch_{number}",
        "object": "charge",
        "amount": amount,
        "amount_captured": amount,
        "amount_refunded": 0,
        "balance_transaction": f"txn_{number}",
        "billing_details": {"email": "bo@example.com", "name": "Bo Li", "phone": None},
        "captured": True,
        "created": AT,
        "currency": "usd",
        "customer": None,
        "description": "Two tickets",
        "disputed": False,
        "failure_code": None,
        "failure_message": None,
        "metadata": {},
        "outcome": {"type": "authorized", "risk_level": "normal", "risk_score": 12},
        "paid": True,
        "payment_intent": f"pi_{number}",
        "payment_method_details": {
            "card": {
                "brand": "visa",
                "country": "US",
                "exp_month": 8,
                "exp_year": 2028,
                "fingerprint": "fp1",
                "funding": "credit",
                "last4": "4242",
                "network": "visa",
            },
            "type": "card",
        },
        "receipt_url": "redacted",
        "refunded": False,
        "status": "succeeded",
        **changed,
    }


def intent(number: str = "1", **changed: Any) -> Json:
    """Return the intent of that charge."""
    return {
        "id": f"pi_{number}",
        "object": "payment_intent",
        "amount": 2000,
        "amount_capturable": 0,
        "amount_received": 2000,
        "canceled_at": None,
        "cancellation_reason": None,
        "capture_method": "automatic",
        "client_secret": "redacted",
        "created": AT - 2,
        "currency": "usd",
        "customer": None,
        "latest_charge": f"ch_{number}",
        "metadata": {},
        "payment_method_types": ["card"],
        "status": "succeeded",
        **changed,
    }


def refund(number: str = "1", of: str = "1", **changed: Any) -> Json:
    """Return a refund of 5.00 USD whose reference is still to come."""
    return {
        "id": f"re_{number}",
        "object": "refund",
        "amount": 500,
        "balance_transaction": f"txn_re_{number}",
        "charge": f"ch_{of}",
        "created": AT + 3600,
        "currency": "usd",
        "destination_details": {
            "card": {
                "reference_status": "pending",
                "reference_type": "acquirer_reference_number",
                "type": "refund",
            },
            "type": "card",
        },
        "metadata": {},
        "payment_intent": f"pi_{of}",
        "reason": None,
        "status": "succeeded",
        **changed,
    }


def movement(number: str = "1", **changed: Any) -> Json:
    """Return the balance transaction of that charge."""
    return {
        "id": f"txn_{number}",
        "object": "balance_transaction",
        "amount": 2000,
        "available_on": AT + 2 * 86_400,
        "created": AT,
        "currency": "usd",
        "description": "Two tickets",
        "exchange_rate": None,
        "fee": 88,
        "fee_details": [{"amount": 88, "type": "stripe_fee"}],
        "net": 1912,
        "reporting_category": "charge",
        "source": f"ch_{number}",
        "status": "pending",
        "type": "charge",
        **changed,
    }


def refund_movement(number: str = "1", **changed: Any) -> Json:
    """Return the balance transaction of that refund."""
    made = movement(
        f"re_{number}",
        amount=-500,
        fee=0,
        net=-500,
        source=f"re_{number}",
        type="refund",
        reporting_category="refund",
    )
    return {**made, **changed}


def dispute(number: str = "1", of: str = "1", **changed: Any) -> Json:
    """Return an open chargeback."""
    return {
        "id": f"du_{number}",
        "object": "dispute",
        "amount": 2000,
        "charge": f"ch_{of}",
        "created": AT + 7200,
        "currency": "usd",
        "is_charge_refundable": False,
        "metadata": {},
        "payment_intent": f"pi_{of}",
        "reason": "fraudulent",
        "status": "needs_response",
        **changed,
    }


def customer(number: str = "1", **changed: Any) -> Json:
    """Return a customer."""
    return {
        "id": f"cus_{number}",
        "object": "customer",
        "created": AT - 100,
        "email": "bo@example.com",
        "metadata": {},
        "name": "Bo Li",
        "tax_exempt": "none",
        **changed,
    }


def event(number: str, kind: str, about: Json, **changed: Any) -> Json:
    """Return an event of Stripe's own accord."""
    before = changed.pop("previous", None)
    data = {"object": about}
    if before is not None:
        data["previous_attributes"] = before
    return {
        "id": f"evt_{number}",
        "object": "event",
        "api_version": "2026-10-28",
        "created": AT + 3600,
        "data": data,
        "livemode": False,
        "request": {"id": None, "idempotency_key": None},
        "type": kind,
        **changed,
    }


def lines(*objects: Json) -> str:
    """Return objects as JSON lines."""
    return "".join(json.dumps(one) + "\n" for one in objects)
