"""Answers: what idempotency keys were answered."""

from sqlalchemy import Connection, select

from store.sql.tables import ANSWER


def find(connection: Connection, key: str) -> str | None:
    """Return an answer as it is kept: an object's id, or a refusal as JSON."""
    query = select(ANSWER.c.answer).where(ANSWER.c.key == key)
    found: str | None = connection.execute(query).scalar_one_or_none()
    return found
