"""Tables of what happened, what was answered and what is due."""

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel

from store.sql.tables.columns import (
    NUMBERED,
    STRICT,
    identifier,
    maybe_text,
    sequence,
    text,
    whole,
)


class MetaRow(SQLModel, table=True):
    """A setting of the whole store."""

    __tablename__ = "meta"
    __table_args__ = (STRICT,)
    key: str = Field(primary_key=True, sa_type=Text)
    value: str = text()


class EventRow(SQLModel, table=True):
    """What happened; append-only."""

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_payment", "payment", "seq"),
        Index("ix_event_created", "created", "seq"),
        Index("ix_event_type", "type", "seq"),
        Index("ix_event_actor", "actor", "type", "seq"),
        NUMBERED,
    )
    seq: int | None = sequence()
    id: str = identifier()
    type: str = text()
    object_id: str = Field(sa_type=Text, index=True)
    payment: str | None = maybe_text()
    created: int = whole()
    actor: str = text()
    face: str = text()
    request: str | None = maybe_text()
    key: str | None = maybe_text()
    data: str = text()
    previous: str = text("{}")
    prev_hash: str = text()
    hash: str = text()


class AnswerRow(SQLModel, table=True):
    """The answer that an idempotency key was given."""

    __tablename__ = "idempotency"
    __table_args__ = (STRICT,)
    key: str = Field(primary_key=True, sa_type=Text)
    command: str = text()
    answer: str = text()
    created: int = whole()


class ReplyRow(SQLModel, table=True):
    """What a request over HTTP was answered, to the letter, by its key."""

    __tablename__ = "reply"
    __table_args__ = (STRICT,)
    key: str = Field(primary_key=True, sa_type=Text)
    command: str = text()
    status: int = whole()
    body: str = text()
    created: int = whole()


class DueRow(SQLModel, table=True):
    """A deed on the outside world's agenda."""

    __tablename__ = "due"
    __table_args__ = (Index("ix_due_at", "at", "seq"), NUMBERED)
    seq: int | None = sequence()
    at: int = whole()
    deed: str = text()
    object_id: str = Field(sa_type=Text, index=True)


class SetAsideRow(SQLModel, table=True):
    """A deed that broke when its time had come, taken off the agenda."""

    __tablename__ = "set_aside"
    __table_args__ = (NUMBERED,)
    seq: int | None = sequence()
    at: int = whole()
    deed: str = text()
    object_id: str = Field(sa_type=Text, index=True)
    why: str = text()
    created: int = whole()
