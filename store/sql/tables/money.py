"""Tables of money: movements, top-ups, the ledger."""

from sqlalchemy import Index, Text
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel

from store.sql.tables.columns import (
    NUMBERED,
    STRICT,
    check,
    identifier,
    maybe_text,
    sequence,
    text,
    whole,
)


def _of_platform(name: str, *columns: str) -> Index:
    """Declare an index over what moved on the platform's own balance."""
    own = sql("holder IS NULL")
    return Index(name, *columns, sqlite_where=own, postgresql_where=own)


class MovementRow(SQLModel, table=True):
    """A balance transaction."""

    __tablename__ = "balance_transaction"
    __table_args__ = (
        Index("ix_movement_due", "status", "available_on"),
        Index("ix_movement_created", "created", "seq"),
        Index(
            "ix_movement_holder",
            "holder",
            "created",
            "seq",
            sqlite_where=sql("holder IS NOT NULL"),
            postgresql_where=sql("holder IS NOT NULL"),
        ),
        _of_platform("ix_movement_platform", "currency", "created", "seq"),
        _of_platform(
            "ix_movement_category", "currency", "reporting_category", "created", "seq"
        ),
        NUMBERED,
    )
    seq: int | None = sequence()
    id: str = identifier()
    type: str = text()
    amount: int = whole()
    fee: int = whole(0)
    net: int = whole()
    currency: str = text()
    created: int = whole()
    available_on: int = whole()
    status: str = text()
    source: str | None = maybe_text(index=True)
    description: str | None = maybe_text()
    reporting_category: str | None = maybe_text()
    exchange_rate: str | None = maybe_text()
    holder: str | None = maybe_text()
    details: str = text("{}")
    imported: int = whole(0)


class TopupRow(SQLModel, table=True):
    """Own money added to the balance."""

    __tablename__ = "topup"
    __table_args__ = (check("ck_topup_amount", "amount > 0"), NUMBERED)
    seq: int | None = sequence()
    id: str = identifier()
    amount: int = whole()
    currency: str = text()
    status: str = text()
    created: int = whole()
    actor: str | None = maybe_text()
    details: str | None = maybe_text()


class AccountRow(SQLModel, table=True):
    """A ledger account in one currency; both sums are kept by triggers."""

    __tablename__ = "account"
    __table_args__ = (STRICT,)
    id: str = Field(primary_key=True, sa_type=Text)
    code: str = text()
    currency: str = text()
    holder: str | None = maybe_text()
    debits: int = whole(0)
    credits: int = whole(0)


class ReversalRow(SQLModel, table=True):
    """A transfer reversal, by a refund or by itself; append-only."""

    __tablename__ = "transfer_reversal"
    __table_args__ = (check("ck_transfer_reversal_amount", "amount > 0"), NUMBERED)
    seq: int | None = sequence()
    id: str = identifier()
    of: str = text()
    amount: int = whole()
    currency: str = text()
    charge: str = Field(sa_type=Text, index=True)
    refund: str | None = maybe_text(index=True)
    created: int = whole()
    details: str | None = maybe_text()


class FeeRefundRow(SQLModel, table=True):
    """An application fee refund, by a refund or by itself; append-only."""

    __tablename__ = "fee_refund"
    __table_args__ = (check("ck_fee_refund_amount", "amount > 0"), NUMBERED)
    seq: int | None = sequence()
    id: str = identifier()
    of: str = text()
    amount: int = whole()
    currency: str = text()
    charge: str = Field(sa_type=Text, index=True)
    refund: str | None = maybe_text(index=True)
    created: int = whole()
    details: str | None = maybe_text()


class PostingRow(SQLModel, table=True):
    """One movement of money between two accounts; append-only."""

    __tablename__ = "posting"
    __table_args__ = (
        check("ck_posting_amount", "amount > 0"),
        check("ck_posting_sides", "debit <> credit"),
        NUMBERED,
    )
    seq: int | None = sequence()
    code: str = text()
    debit: str = Field(sa_type=Text, foreign_key="account.id")
    credit: str = Field(sa_type=Text, foreign_key="account.id")
    amount: int = whole()
    currency: str = text()
    source: str = Field(sa_type=Text, index=True)
    created: int = whole()
