"""Mapping: domain objects to rows and back."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from store.clock import from_unix, to_unix
from store.dispute import Dispute
from store.method import Method
from store.money import Money
from store.payment import (
    CancellationReason,
    Charge,
    ChargeStatus,
    Customer,
    Intent,
    IntentStatus,
)
from store.sql.mapping.share import share_of, share_values
from store.sql.rows import NamedRow

Values = dict[str, Any]


def unix(at: datetime | None) -> int | None:
    """Return a time as Unix seconds, or nothing."""
    return None if at is None else to_unix(at)


def moment(seconds: int | None) -> datetime | None:
    """Return Unix seconds as a time, or nothing."""
    return None if seconds is None else from_unix(seconds)


# Built once: an encoder takes as long to build as to write a small object.
_SORTED = json.JSONEncoder(sort_keys=True, separators=(",", ":"))


def dumped(value: object) -> str:
    """Return JSON with sorted keys: the same bytes for the same value."""
    return "{}" if value == {} else _SORTED.encode(value)


def details_of(metadata: Mapping[str, str], extra: Mapping[str, object]) -> str:
    """Return metadata and unmodelled fields as one JSON text."""
    if not metadata and not extra:
        return dumped({})
    kept = {"metadata": dict(metadata), "extra": dict(extra)}
    return dumped({key: value for key, value in kept.items() if value})


def loaded(details: str) -> tuple[dict[str, str], dict[str, object]]:
    """Return metadata and the fields that the store does not model."""
    if details == "{}":
        return {}, {}
    kept = json.loads(details)
    return kept.get("metadata", {}), kept.get("extra", {})


@lru_cache(maxsize=4096)
def method_of(type_: str, details: str) -> Method:
    """Return a method as it is kept; most payments share theirs with others."""
    return Method(type_, **json.loads(details))


@lru_cache(maxsize=256)
def _types_of(kept: str) -> tuple[str, ...]:
    """Return the types of methods as they are kept; there are few lists of them."""
    return tuple(json.loads(kept))


def customer_values(customer: Customer) -> Values:
    """Return a customer's row."""
    return {
        "id": customer.id,
        "name": customer.name,
        "email": customer.email,
        "created": unix(customer.created),
        "details": details_of(customer.metadata, customer.extra),
        "imported": int(customer.imported),
    }


def customer_of(row: NamedRow) -> Customer:
    """Return the customer of a row."""
    metadata, extra = loaded(row.details)
    return Customer(
        row.id,
        row.name,
        row.email,
        moment(row.created),
        metadata,
        bool(row.imported),
        extra,
    )


def intent_values(intent: Intent) -> Values:
    """Return a payment intent's row."""
    return {
        "id": intent.id,
        "amount": intent.money.amount,
        "currency": intent.money.currency,
        "status": intent.status.value,
        "created": to_unix(intent.created),
        "capturable": intent.capturable,
        "received": intent.received,
        "capture_method": intent.capture_method,
        "cancellation_reason": intent.cancellation_reason
        and intent.cancellation_reason.value,
        "cancel_note": intent.cancel_note,
        "canceled_at": unix(intent.canceled_at),
        "latest_charge": intent.latest_charge,
        "customer": intent.customer,
        "description": intent.description,
        "payment_method": intent.payment_method,
        "method_types": dumped(list(intent.method_types)),
        "receipt_email": intent.receipt_email,
        "details": details_of(intent.metadata, intent.extra),
        "imported": int(intent.imported),
    }


def intent_of(row: NamedRow) -> Intent:
    """Return the payment intent of a row."""
    metadata, extra = loaded(row.details)
    reason = row.cancellation_reason
    return Intent(
        id=row.id,
        money=Money(row.amount, row.currency),
        status=IntentStatus(row.status),
        created=from_unix(row.created),
        capturable=row.capturable,
        received=row.received,
        capture_method=row.capture_method,
        cancellation_reason=CancellationReason(reason) if reason else None,
        cancel_note=row.cancel_note,
        canceled_at=moment(row.canceled_at),
        latest_charge=row.latest_charge,
        customer=row.customer,
        description=row.description,
        payment_method=row.payment_method,
        method_types=_types_of(row.method_types),
        receipt_email=row.receipt_email,
        metadata=metadata,
        imported=bool(row.imported),
        extra=extra,
    )


def method_values(method: Method) -> str:
    """Return what is kept of a method beside its type."""
    fields = {name: getattr(method, name) for name in Method.__slots__}
    return dumped({k: v for k, v in fields.items() if v is not None and k != "type"})


def charge_values(charge: Charge) -> Values:
    """Return a charge's row, without the sums that triggers derive."""
    settled, fee = charge.settlement, charge.fee
    return {
        "id": charge.id,
        "amount": charge.money.amount,
        "currency": charge.money.currency,
        "status": charge.status.value,
        "created": to_unix(charge.created),
        "captured": int(charge.captured),
        "amount_captured": charge.amount_captured,
        "reported_refunded": charge.reported_refunded,
        "disputed": int(charge.disputed),
        "payment_intent": charge.payment_intent,
        "customer": charge.customer,
        "name": charge.name,
        "email": charge.email,
        "receipt_email": charge.receipt_email,
        "description": charge.description,
        "failure_code": charge.failure_code,
        "failure_message": charge.failure_message,
        "outcome_type": charge.outcome_type,
        "risk_level": charge.risk_level,
        "balance_transaction": charge.balance_transaction,
        "settlement_amount": None if settled is None else settled.amount,
        "settlement_currency": settled.currency if settled else charge.settles_in,
        "fee_amount": None if fee is None else fee.amount,
        "exchange_rate": charge.exchange_rate,
        **share_values(charge.share),
        "available_on": unix(charge.available_on),
        "capture_before": unix(charge.capture_before),
        "captured_at": unix(charge.captured_at),
        "test_behaviour": charge.test_behaviour,
        "method_type": charge.method.type,
        "method": method_values(charge.method),
        "brand": charge.method.brand,
        "last4": charge.method.last4,
        "fingerprint": charge.method.fingerprint,
        "exp_month": charge.method.exp_month,
        "exp_year": charge.method.exp_year,
        "details": details_of(charge.metadata, charge.extra),
        "imported": int(charge.imported),
    }


def charge_of(row: NamedRow) -> Charge:
    """Return the charge of a row."""
    metadata, extra = loaded(row.details)
    settled_in = row.settlement_currency or row.currency
    settled = row.settlement_amount
    return Charge(
        id=row.id,
        money=Money(row.amount, row.currency),
        status=ChargeStatus(row.status),
        created=from_unix(row.created),
        method=method_of(row.method_type, row.method),
        captured=bool(row.captured),
        amount_captured=row.amount_captured,
        amount_refunded=row.amount_refunded,
        refunded_elsewhere=row.refunded_elsewhere,
        reported_refunded=row.reported_refunded,
        disputed=bool(row.disputed),
        payment_intent=row.payment_intent,
        customer=row.customer,
        name=row.name,
        email=row.email,
        receipt_email=row.receipt_email,
        description=row.description,
        failure_code=row.failure_code,
        failure_message=row.failure_message,
        outcome_type=row.outcome_type,
        risk_level=row.risk_level,
        balance_transaction=row.balance_transaction,
        settlement=None if settled is None else Money(settled, settled_in),
        settles_in=row.settlement_currency,
        fee=None if row.fee_amount is None else Money(row.fee_amount, settled_in),
        exchange_rate=row.exchange_rate,
        share=share_of(row),
        available_on=moment(row.available_on),
        capture_before=moment(row.capture_before),
        captured_at=moment(row.captured_at),
        test_behaviour=row.test_behaviour,
        metadata=metadata,
        imported=bool(row.imported),
        extra=extra,
    )


def dispute_values(dispute: Dispute) -> Values:
    """Return a dispute's row."""
    return {
        "id": dispute.id,
        "amount": dispute.money.amount,
        "currency": dispute.money.currency,
        "status": dispute.status,
        "created": to_unix(dispute.created),
        "charge": dispute.charge,
        "payment_intent": dispute.payment_intent,
        "reason": dispute.reason,
        "refundable": int(dispute.is_charge_refundable),
        "details": details_of(dispute.metadata, dispute.extra),
        "imported": int(dispute.imported),
    }


def dispute_of(row: NamedRow) -> Dispute:
    """Return the dispute of a row."""
    metadata, extra = loaded(row.details)
    return Dispute(
        id=row.id,
        money=Money(row.amount, row.currency),
        status=row.status,
        created=from_unix(row.created),
        charge=row.charge,
        payment_intent=row.payment_intent,
        reason=row.reason,
        is_charge_refundable=bool(row.refundable),
        imported=bool(row.imported),
        metadata=metadata,
        extra=extra,
    )
