"""A bulk refund keeps what comes back of the charges in it that are shared."""

from alembic import op
from sqlalchemy import BigInteger, Column, inspect
from sqlmodel import SQLModel

import store.sql.tables  # noqa: F401 - declares them
from store.sql.migrations.versions.r0003_http import rebuild

revision = "0008"
down_revision = "0007"
_TABLE = "bulk"
_NEW = ("reverse_transfer", "refund_application_fee")


def upgrade() -> None:
    """Add the columns; the guards are put up again after every revision.

    A store without bulk refunds got the whole table in an earlier step.
    """
    connection = op.get_bind()
    if any(one["name"] in _NEW for one in inspect(connection).get_columns(_TABLE)):
        return
    if connection.dialect.name == "sqlite":
        rebuild(connection, SQLModel.metadata.tables[_TABLE], _NEW)
        return
    for name in _NEW:
        op.add_column(_TABLE, Column(name, BigInteger()))
