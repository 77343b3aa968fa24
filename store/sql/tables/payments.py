"""Tables of payments: customers, intents, charges, disputes."""

from sqlalchemy import Index
from sqlalchemy import text as sql
from sqlmodel import SQLModel

from store.sql.tables.columns import (
    NUMBERED,
    check,
    identifier,
    maybe_text,
    maybe_whole,
    sequence,
    text,
    whole,
)


def shared(name: str, column: str) -> Index:
    """Declare an index over the few charges that are shared with somebody."""
    there = sql(f"{column} IS NOT NULL")
    return Index(name, column, sqlite_where=there, postgresql_where=there)


class CustomerRow(SQLModel, table=True):
    """A customer; name and email are untrusted text."""

    __tablename__ = "customer"
    __table_args__ = (
        Index("ix_customer_created", sql("coalesce(created, 0)"), "seq"),
        NUMBERED,
    )
    seq: int | None = sequence()
    id: str = identifier()
    name: str | None = maybe_text()
    email: str | None = maybe_text()
    created: int | None = maybe_whole()
    details: str = text("{}")
    imported: int = whole(0)


class IntentRow(SQLModel, table=True):
    """A payment intent."""

    __tablename__ = "payment_intent"
    __table_args__ = (
        check("ck_intent_amount", "amount >= 0"),
        check("ck_intent_capturable", "capturable BETWEEN 0 AND amount"),
        Index("ix_intent_created", "created", "seq"),
        NUMBERED,
    )
    seq: int | None = sequence()
    id: str = identifier()
    amount: int = whole()
    currency: str = text()
    status: str = text()
    created: int = whole()
    capturable: int = whole(0)
    received: int = whole(0)
    capture_method: str = text("automatic")
    cancellation_reason: str | None = maybe_text()
    cancel_note: str | None = maybe_text()
    canceled_at: int | None = maybe_whole()
    latest_charge: str | None = maybe_text(index=True)
    customer: str | None = maybe_text(index=True)
    description: str | None = maybe_text()
    payment_method: str | None = maybe_text()
    method_types: str = text("[]")
    receipt_email: str | None = maybe_text()
    details: str = text("{}")
    imported: int = whole(0)


class ChargeRow(SQLModel, table=True):
    """A charge; `amount_refunded` is derived from its refunds by triggers."""

    __tablename__ = "charge"
    __table_args__ = (
        check("ck_charge_amount", "amount >= 0"),
        check("ck_charge_captured", "amount_captured BETWEEN 0 AND amount"),
        check("ck_charge_refunded", "amount_refunded BETWEEN 0 AND amount_captured"),
        check("ck_charge_elsewhere", "refunded_elsewhere BETWEEN 0 AND amount"),
        check("ck_charge_transfer", "coalesce(transfer_amount, 1) > 0"),
        check("ck_charge_application_fee", "coalesce(application_fee_amount, 1) > 0"),
        Index("ix_charge_created", "created", "seq"),
        shared("ix_charge_transfer", "transfer"),
        shared("ix_charge_fee", "application_fee"),
        NUMBERED,
    )
    seq: int | None = sequence()
    id: str = identifier()
    amount: int = whole()
    currency: str = text()
    status: str = text()
    created: int = whole()
    captured: int = whole(1)
    amount_captured: int = whole(0)
    amount_refunded: int = whole(0)
    refunded_elsewhere: int = whole(0)
    reported_refunded: int = whole(0)
    disputed: int = whole(0)
    payment_intent: str | None = maybe_text(index=True)
    customer: str | None = maybe_text(index=True)
    name: str | None = maybe_text()
    email: str | None = maybe_text()
    receipt_email: str | None = maybe_text()
    description: str | None = maybe_text()
    failure_code: str | None = maybe_text()
    failure_message: str | None = maybe_text()
    outcome_type: str | None = maybe_text()
    risk_level: str | None = maybe_text()
    balance_transaction: str | None = maybe_text()
    settlement_amount: int | None = maybe_whole()
    settlement_currency: str | None = maybe_text()
    fee_amount: int | None = maybe_whole()
    connect_type: str | None = maybe_text()
    connected_account: str | None = maybe_text()
    on_behalf_of: str | None = maybe_text()
    transfer: str | None = maybe_text()
    transfer_amount: int | None = maybe_whole()
    transfer_currency: str | None = maybe_text()
    transfer_reversed: int = whole(0)
    application_fee: str | None = maybe_text()
    application_fee_amount: int | None = maybe_whole()
    application_fee_currency: str | None = maybe_text()
    application_fee_refunded: int = whole(0)
    exchange_rate: str | None = maybe_text()
    available_on: int | None = maybe_whole()
    capture_before: int | None = maybe_whole()
    captured_at: int | None = maybe_whole()
    test_behaviour: str | None = maybe_text()
    method_type: str = text()
    brand: str | None = maybe_text()
    last4: str | None = maybe_text(index=True)
    fingerprint: str | None = maybe_text(index=True)
    exp_month: int | None = maybe_whole()
    exp_year: int | None = maybe_whole()
    method: str = text("{}")
    details: str = text("{}")
    imported: int = whole(0)


class DisputeRow(SQLModel, table=True):
    """A dispute."""

    __tablename__ = "dispute"
    __table_args__ = (Index("ix_dispute_created", "created", "seq"), NUMBERED)
    seq: int | None = sequence()
    id: str = identifier()
    amount: int = whole()
    currency: str = text()
    status: str = text()
    created: int = whole()
    charge: str | None = maybe_text(index=True)
    payment_intent: str | None = maybe_text()
    reason: str | None = maybe_text()
    refundable: int = whole(0)
    details: str = text("{}")
    imported: int = whole(0)
