"""Tables of bulk refunds: the jobs, and one row for each payment of a job."""

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from store.sql.tables.columns import (
    NUMBERED,
    Words,
    check,
    identifier,
    maybe_text,
    maybe_whole,
    sequence,
    text,
    whole,
)


class BulkRow(SQLModel, table=True):
    """A bulk refund; it is written after its items: who finds it finds them all."""

    __tablename__ = "bulk"
    __table_args__ = (
        check(
            "ck_bulk_note",
            "coalesce(reason, '') <> 'other' OR length(trim(coalesce(note, ''))) > 0",
        ),
        check("ck_bulk_total", "total > 0"),
        Index("ix_bulk_status", "status", "seq"),
        NUMBERED,
    )
    seq: int | None = sequence()
    id: str = identifier()
    reason: str | None = maybe_text()
    note: str | None = maybe_text()
    actor: str = text()
    created: int = whole()
    total: int = whole()
    status: str = text()
    tally: str = text()
    reverse_transfer: int | None = maybe_whole()
    refund_application_fee: int | None = maybe_whole()


class BulkItemRow(SQLModel, table=True):
    """What a bulk refund plans for a payment, and what became of it."""

    __tablename__ = "bulk_item"
    __table_args__ = (
        check("ck_bulk_item_amount", "amount >= 0"),
        check(
            "ck_bulk_item_refund",
            "(status IN ('sent', 'held')) = (refund IS NOT NULL)",
        ),
        check("ck_bulk_item_again", "again IN (0, 1)"),
        Index("ix_bulk_item_payment", "bulk", "payment", unique=True),
        Index("ix_bulk_item_status", "bulk", "status", "seq"),
        NUMBERED,
    )
    seq: int | None = sequence()
    bulk: str = text()
    payment: str = text()
    amount: int = whole()
    currency: str = text()
    version: int = whole()
    status: str = text()
    refund: str | None = Field(default=None, sa_type=Words, unique=True)
    message: str | None = maybe_text()
    again: int = whole(0)
    actor: str | None = maybe_text()
    ended: int | None = maybe_whole()
