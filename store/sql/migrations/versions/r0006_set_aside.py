"""Deeds of the outside world that broke have a place beside the agenda."""

from alembic import op
from sqlmodel import SQLModel

import store.sql.tables  # noqa: F401 - declares them

revision = "0006"
down_revision = "0005"
TABLES = ("set_aside",)
"""What is new in this schema; the guards are put up again after every revision."""


def upgrade() -> None:
    """Make the new table.

    The next revision freezes here what this one makes.
    """
    new = [SQLModel.metadata.tables[name] for name in TABLES]
    SQLModel.metadata.create_all(op.get_bind(), tables=new)
