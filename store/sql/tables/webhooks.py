"""Tables of webhooks: the endpoints, and every event on its way to one of them."""

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


class EndpointRow(SQLModel, table=True):
    """Where events are sent, and up to which event the log was looked through."""

    __tablename__ = "webhook_endpoint"
    __table_args__ = (
        check("ck_webhook_endpoint_status", "status IN ('enabled', 'disabled')"),
        Index("ix_webhook_endpoint_created", "created", "seq"),
        NUMBERED,
    )
    seq: int | None = sequence()
    id: str = identifier()
    url: str = text()
    secret: str = text()
    enabled_events: str = text()
    description: str | None = maybe_text()
    details: str = text("{}")
    status: str = text()
    created: int = whole()
    seen: int = whole()


class DeliveryRow(SQLModel, table=True):
    """An event on its way to an endpoint, and what became of it."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        check(
            "ck_webhook_delivery_ended",
            "(state IN ('delivered', 'given_up')) = (ended IS NOT NULL)",
        ),
        check("ck_webhook_delivery_attempts", "attempts >= 0"),
        Index("ix_webhook_delivery_event", "endpoint", "event_seq", unique=True),
        Index("ix_webhook_delivery_due", "endpoint", "state", "due", "event_seq"),
        Index("ix_webhook_delivery_object", "endpoint", "object_id", "event_seq"),
        NUMBERED,
    )
    seq: int | None = sequence()
    endpoint: str = text()
    event: str = text()
    event_seq: int = whole()
    object_id: str = text()
    state: str = text()
    due: int = whole()
    attempts: int = whole(0)
    status: int | None = maybe_whole()
    said: str | None = maybe_text()
    ended: int | None = maybe_whole()
