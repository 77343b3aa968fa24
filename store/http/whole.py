"""Whole: what the API shows of an object beside what the store keeps of it."""

from collections.abc import Callable, Mapping

from store.shape.objects import Json

_ADDRESS: Json = dict.fromkeys(
    ("city", "country", "line1", "line2", "postal_code", "state")
)
_BILLING: Json = {
    "address": _ADDRESS,
    **dict.fromkeys(("email", "name", "phone", "tax_id")),
}
_CHECKS: Json = {
    "address_line1_check": None,
    "address_postal_code_check": None,
    "cvc_check": "pass",
}
_EVIDENCE: Json = dict.fromkeys(
    (
        *("access_activity_log", "billing_address", "cancellation_policy"),
        *("cancellation_policy_disclosure", "cancellation_rebuttal"),
        *("customer_communication", "customer_email_address", "customer_name"),
        *("customer_purchase_ip", "customer_signature"),
        *("duplicate_charge_documentation", "duplicate_charge_explanation"),
        *("duplicate_charge_id", "product_description", "receipt", "refund_policy"),
        *("refund_policy_disclosure", "refund_refusal_explanation", "service_date"),
        *("service_documentation", "shipping_address", "shipping_carrier"),
        *("shipping_date", "shipping_documentation", "shipping_tracking_number"),
        *("uncategorized_file", "uncategorized_text"),
    )
)
_ABSENT: dict[str, Json] = {
    "balance_transaction": {"balance_type": "payments"},
    "charge": dict.fromkeys(
        (
            *("application", "application_fee", "application_fee_amount"),
            *("calculated_statement_descriptor", "failure_balance_transaction"),
            *("on_behalf_of", "payment_method", "receipt_number", "receipt_url"),
            *("review", "shipping", "source", "source_transfer"),
            *("statement_descriptor", "statement_descriptor_suffix"),
            *("transfer_data", "transfer_group"),
        )
    ),
    "customer": {
        **dict.fromkeys(
            (
                *("address", "currency", "default_source", "description", "discount"),
                *("phone", "shipping", "test_clock"),
            )
        ),
        "balance": 0,
        "delinquent": False,
        "invoice_settings": dict.fromkeys(
            ("custom_fields", "default_payment_method", "footer", "rendering_options")
        ),
        "preferred_locales": [],
        "tax_exempt": "none",
    },
    "dispute": {
        "balance_transactions": [],
        "enhanced_eligibility_types": [],
        "evidence": {**_EVIDENCE, "enhanced_evidence": {}},
        "evidence_details": {
            "due_by": None,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
            "submission_method": "not_submitted",
        },
    },
    "payment_intent": {
        **dict.fromkeys(
            (
                *("application", "application_fee_amount", "automatic_payment_methods"),
                *("last_payment_error", "next_action", "on_behalf_of"),
                *("payment_method_configuration_details", "payment_record"),
                *("processing", "review", "setup_future_usage", "shipping", "source"),
                *("statement_descriptor", "statement_descriptor_suffix"),
                *("transfer_data", "transfer_group"),
            )
        ),
        "amount_details": {"tip": {}},
        "confirmation_method": "automatic",
        "payment_method_options": {},
    },
    "application_fee": {
        "application": "ca_sandbox",
        **dict.fromkeys(
            ("balance_transaction", "fee_source", "originating_transaction")
        ),
    },
    "payment_method": {"allow_redisplay": "unspecified"},
    "review": dict.fromkeys(
        ("billing_zip", "ip_address", "ip_address_location", "session")
    ),
    "topup": {
        **dict.fromkeys(
            (
                *("balance_transaction", "description", "expected_availability_date"),
                *("failure_code", "failure_message", "payment_method", "source"),
                *("statement_descriptor", "transfer_group"),
            )
        ),
        "initiated_by": "user",
    },
    "transfer": {
        **dict.fromkeys(
            (
                *("balance_transaction", "description", "destination_payment"),
                "transfer_group",
            )
        ),
        "source_type": "card",
    },
}
"""By the name of the object, what it says of things that the store knows nothing of."""


def whole(shape: Json) -> Json:
    """Return an object with every field that the API shows of its kind."""
    kind = str(shape.get("object"))
    full = {**_ABSENT.get(kind, {}), **shape}
    return _BESIDES[kind](full) if kind in _BESIDES else full


def _charge(shape: Json) -> Json:
    details = _hash(shape, "payment_method_details")
    outcome = _hash(shape, "outcome")
    failed = shape["status"] == "failed"
    unsent = outcome.get("type") in ("blocked", "invalid")
    sent = "not_sent_to_network" if unsent else None
    network = sent or ("declined_by_network" if failed else "approved_by_network")
    return {
        **shape,
        "billing_details": {**_BILLING, **_hash(shape, "billing_details")},
        "outcome": {
            "network_status": network,
            "reason": None,
            "seller_message": "The bank did not return any further details."
            if failed
            else "Payment complete.",
            **outcome,
        },
        "payment_method_details": _card(details),
    }


def _card(details: Json) -> Json:
    """Return `payment_method_details` with what a card's say besides."""
    card = details.get("card")
    if not isinstance(card, dict):
        return details
    besides: Json = {
        "checks": _CHECKS,
        "network": card.get("brand"),
        **dict.fromkeys(("installments", "mandate", "three_d_secure", "wallet")),
    }
    return {**details, "card": {**besides, **card}}


def _intent(shape: Json) -> Json:
    secret = {"client_secret": f"{shape['id']}_secret_sandbox"}
    if shape["status"] != "requires_action":
        return {**secret, **shape}
    # Nothing but a transfer from the customer's bank is waited for here.
    transfer = {
        "amount_remaining": shape["amount"],
        "currency": shape["currency"],
        "hosted_instructions_url": None,
        "reference": str(shape["id"])[-8:].upper(),
        "type": "us_bank_transfer",
    }
    kind = "display_bank_transfer_instructions"
    return {**secret, **shape, "next_action": {kind: transfer, "type": kind}}


def _method(shape: Json) -> Json:
    card = shape.get("card")
    besides: Json = {
        "checks": _CHECKS,
        "three_d_secure_usage": {"supported": True},
        **dict.fromkeys(("generated_from", "networks", "wallet")),
    }
    own = {"card": {**besides, **card}} if isinstance(card, dict) else {}
    billing = {**_BILLING, **_hash(shape, "billing_details")}
    return {**shape, **own, "billing_details": billing}


def _event(shape: Json) -> Json:
    data = _hash(shape, "data")
    return {**shape, "data": {**data, "object": whole(_hash(data, "object"))}}


def _customer(shape: Json) -> Json:
    tail = str(shape["id"])[-8:].upper()
    made = shape.get("created") or 0
    return {
        "invoice_prefix": tail,
        "next_invoice_sequence": 1,
        **shape,
        "created": made,
    }


def _fund(fund: object) -> Json:
    held = dict(fund) if isinstance(fund, Mapping) else {}
    return {**held, "source_types": {"card": held.get("amount")}}


def _balance(shape: Json) -> Json:
    parts = ("available", "pending")
    listed = {part: shape.get(part) for part in parts}
    return {
        **shape,
        **{
            part: [_fund(one) for one in funds]
            for part, funds in listed.items()
            if isinstance(funds, list)
        },
    }


_BESIDES: dict[str, Callable[[Json], Json]] = {
    "balance": _balance,
    "charge": _charge,
    "customer": _customer,
    "event": _event,
    "payment_intent": _intent,
    "payment_method": _method,
}


def _hash(shape: Json, name: str) -> Json:
    found = shape.get(name)
    return dict(found) if isinstance(found, Mapping) else {}
