"""Tables of refunds and the moves they may make."""

from sqlalchemy import Index, Text
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel

from store.sql.tables.columns import (
    NUMBERED,
    STRICT,
    check,
    identifier,
    maybe_text,
    maybe_whole,
    sequence,
    text,
    whole,
)


class RefundRow(SQLModel, table=True):
    """A refund; its amount, charge, currency and key never change."""

    __tablename__ = "refund"
    __table_args__ = (
        check("ck_refund_amount", "amount > 0"),
        check(
            "ck_refund_pending",
            "imported = 1 OR (status = 'pending') = (pending_reason IS NOT NULL)",
        ),
        check(
            "ck_refund_failure",
            "imported = 1 OR (status IN ('failed', 'canceled'))"
            " = (failure_reason IS NOT NULL)",
        ),
        check(
            "ck_refund_note",
            "coalesce(reason, '') <> 'other' OR length(trim(coalesce(note, ''))) > 0",
        ),
        check("ck_refund_imported", "imported IN (0, 1)"),
        Index("ix_refund_charge", "charge", "seq"),
        Index("ix_refund_created", "created", "seq"),
        Index("ix_refund_waiting", "pending_reason", "seq"),
        Index("ix_refund_status", "status", "seq"),
        Index("ix_refund_reference", "reference"),
        NUMBERED,
    )
    seq: int | None = sequence()
    id: str = identifier()
    amount: int = whole()
    currency: str = text()
    status: str = text()
    created: int = whole()
    charge: str | None = maybe_text()
    payment_intent: str | None = maybe_text(index=True)
    settlement_amount: int | None = maybe_whole()
    settlement_currency: str | None = maybe_text()
    holder: str | None = maybe_text()
    reverse_transfer: int = whole(0)
    refund_application_fee: int = whole(0)
    transfer_reversal: str | None = maybe_text()
    reason: str | None = maybe_text()
    note: str | None = maybe_text()
    pending_reason: str | None = maybe_text()
    failure_reason: str | None = maybe_text()
    destination_type: str | None = maybe_text()
    destination_kind: str | None = maybe_text()
    reference: str | None = maybe_text()
    reference_status: str | None = maybe_text()
    reference_type: str | None = maybe_text()
    network_decline_code: str | None = maybe_text()
    balance_transaction: str | None = maybe_text()
    failure_balance_transaction: str | None = maybe_text()
    instructions_email: str | None = maybe_text()
    expires_at: int | None = maybe_whole()
    receipt_number: str | None = maybe_text()
    actor: str | None = maybe_text()
    key: str | None = Field(default=None, sa_type=Text, unique=True)
    details: str = text("{}")
    imported: int = whole(0)


class FollowUpRow(SQLModel, table=True):
    """A refund that failed, in the inbox until somebody has dealt with it."""

    __tablename__ = "follow_up"
    __table_args__ = (
        check("ck_follow_up_done", "(done_at IS NULL) = (done_by IS NULL)"),
        check("ck_follow_up_retried", "retried_as IS NULL OR done_at IS NOT NULL"),
        Index(
            "ix_follow_up_open",
            "seq",
            sqlite_where=sql("done_at IS NULL"),
            postgresql_where=sql("done_at IS NULL"),
        ),
        Index(
            "ix_follow_up_done",
            "seq",
            sqlite_where=sql("done_at IS NOT NULL"),
            postgresql_where=sql("done_at IS NOT NULL"),
        ),
        NUMBERED,
    )
    seq: int | None = sequence()
    id: str = identifier()
    retried_as: str | None = maybe_text()
    done_at: int | None = maybe_whole()
    done_by: str | None = maybe_text()
    note: str | None = maybe_text()


class TransitionRow(SQLModel, table=True):
    """A legal move of an object of some kind between two states."""

    __tablename__ = "transition"
    __table_args__ = (STRICT,)
    kind: str = Field(primary_key=True, sa_type=Text)
    src: str = Field(primary_key=True, sa_type=Text)
    dst: str = Field(primary_key=True, sa_type=Text)
