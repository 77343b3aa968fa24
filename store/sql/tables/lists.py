"""Tables that lists are read from, kept in step with every change."""

from sqlalchemy import Index, Text
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel

from store.sql.tables.columns import (
    NUMBERED,
    STRICT,
    identifier,
    maybe_text,
    maybe_whole,
    sequence,
    text,
    whole,
)

_TOLD = ("currency", "brand", "method", "country", "risk_level", "last4")
"""What never changes and is filtered by: no row is fetched to see that it differs."""


class PaymentRow(SQLModel, table=True):
    """A payment as lists show it; rewritten with every change of its objects."""

    __tablename__ = "payment"
    __table_args__ = (
        Index("ix_payment_created", "created", "seq"),
        Index("ix_payment_badge", "badge", "created", "seq"),
        Index("ix_payment_amount", "milli", "seq", "created", *_TOLD),
        Index("ix_payment_currency", "currency", "created", "seq"),
        Index("ix_payment_email", sql("lower(email)"), "created", "seq"),
        Index("ix_payment_last4", "last4", "created", "seq"),
        Index("ix_payment_brand", "brand", "created", "seq"),
        Index("ix_payment_country", "country", "created", "seq"),
        Index("ix_payment_method", "method", "created", "seq"),
        Index("ix_payment_risk", "risk_level", "created", "seq"),
        Index("ix_payment_charge", "charge"),
        Index("ix_payment_customer", "customer"),
        NUMBERED,
    )
    seq: int | None = sequence()
    id: str = identifier()
    intent: str | None = maybe_text()
    charge: str | None = maybe_text()
    created: int = whole()
    badge: str = text()
    amount: int = whole()
    currency: str = text()
    milli: int = whole()
    refunded: int = whole(0)
    failed_refunds: int = whole(0)
    customer: str | None = maybe_text()
    name: str | None = maybe_text()
    email: str | None = maybe_text()
    method: str = text()
    brand: str | None = maybe_text()
    last4: str | None = maybe_text()
    country: str | None = maybe_text()
    risk_level: str | None = maybe_text()
    actor: str | None = maybe_text()
    expires_at: int | None = maybe_whole()
    version: int = whole(1)
    search: str = text()


class BadgeCountRow(SQLModel, table=True):
    """How many payments wear a badge; kept by triggers."""

    __tablename__ = "badge_count"
    __table_args__ = (STRICT,)
    badge: str = Field(primary_key=True, sa_type=Text)
    number: int = whole(0)
