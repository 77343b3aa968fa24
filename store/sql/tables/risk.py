"""Tables of risk: reviews, and whose payments are blocked."""

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


class BlockRow(SQLModel, table=True):
    """A card or email whose payments are blocked, until it is lifted."""

    __tablename__ = "block_list"
    __table_args__ = (
        Index(
            "ix_block_standing",
            "kind",
            "value",
            unique=True,
            sqlite_where=sql("lifted IS NULL"),
            postgresql_where=sql("lifted IS NULL"),
        ),
        Index("ix_block_created", "created", "seq"),
        check("ck_block_kind", "kind IN ('card_fingerprint', 'email')"),
        check("ck_block_lifted", "(lifted IS NULL) = (lifted_by IS NULL)"),
        NUMBERED,
    )
    seq: int | None = sequence()
    id: str = identifier()
    kind: str = text()
    value: str = text()
    created: int = whole()
    actor: str = text()
    refund: str | None = maybe_text()
    lifted: int | None = maybe_whole()
    lifted_by: str | None = maybe_text()


class ReviewRow(SQLModel, table=True):
    """A look at a payment; open while nothing has closed it."""

    __tablename__ = "review"
    __table_args__ = (Index("ix_review_created", "created", "seq"), NUMBERED)
    seq: int | None = sequence()
    id: str = identifier()
    created: int = whole()
    charge: str | None = maybe_text(index=True)
    payment_intent: str | None = maybe_text()
    opened: str = text()
    closed: str | None = maybe_text()
    details: str = text("{}")
    imported: int = whole(0)
