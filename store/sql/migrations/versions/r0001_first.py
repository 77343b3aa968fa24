"""The first schema that stores were written with."""

from alembic import op

from store.sql import schema

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make everything; the next revision freezes here what this one makes."""
    schema.build(op.get_bind())
