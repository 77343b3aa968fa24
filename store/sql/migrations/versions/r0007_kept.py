"""What is said of a top-up is kept; a charge may be captured in several parts."""

from alembic import op
from sqlalchemy import Column, Text
from sqlmodel import SQLModel

import store.sql.tables  # noqa: F401 - declares them
from store.sql.migrations.versions.r0003_http import rebuild

revision = "0007"
down_revision = "0006"
_TABLE = "topup"


def upgrade() -> None:
    """Add the column; the guards are put up again after every revision.

    The next revision freezes here what this one makes.
    """
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        rebuild(connection, SQLModel.metadata.tables[_TABLE])
    else:
        op.add_column(_TABLE, Column("details", Text()))
