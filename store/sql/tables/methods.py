"""Tables of payment methods: those that a program made, or gave to a customer."""

from sqlalchemy import Index
from sqlmodel import SQLModel

from store.sql.tables.columns import (
    NUMBERED,
    identifier,
    maybe_text,
    sequence,
    text,
    whole,
)


class MethodRow(SQLModel, table=True):
    """A payment method, and how the outside world treats it."""

    __tablename__ = "payment_method"
    __table_args__ = (
        Index("ix_payment_method_created", "created", "seq"),
        NUMBERED,
    )
    seq: int | None = sequence()
    id: str = identifier()
    type: str = text()
    method: str = text("{}")
    behaviour: str | None = maybe_text()
    customer: str | None = maybe_text(index=True)
    created: int = whole()
    details: str = text("{}")
