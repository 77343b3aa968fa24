"""Tables of the post: the outbox."""

from sqlalchemy import Index
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


class OutboxRow(SQLModel, table=True):
    """A receipt by email: what it says, and what became of it."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_due", "state", "due"),
        Index("ix_outbox_refund", "refund", "seq"),
        Index("ix_outbox_created", "created", "seq"),
        Index("ix_outbox_number", "number"),
        check("ck_outbox_sent", "(state = 'sent') = (sent IS NOT NULL)"),
        check("ck_outbox_attempts", "attempts >= 0"),
        NUMBERED,
    )
    seq: int | None = sequence()
    id: str = identifier()
    refund: str = text()
    recipient: str = text()
    subject: str = text()
    body: str = text()
    number: str = text()
    created: int = whole()
    actor: str = text()
    state: str = text()
    attempts: int = whole(0)
    due: int | None = maybe_whole()
    sent: int | None = maybe_whole()
    error: str | None = maybe_text()
