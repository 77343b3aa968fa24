"""The HTTP face: payment methods, replies, webhooks, what comes back by itself."""

from alembic import op
from sqlalchemy import Column, Connection, MetaData, Table, Text, insert, select
from sqlmodel import SQLModel

import store.sql.tables  # noqa: F401 - declares them
from store.sql.guards import core as guards

revision = "0003"
down_revision = "0002"
TABLES = ("payment_method", "reply", "webhook_endpoint", "webhook_delivery")
"""What is new in this schema; the guards are put up again after every revision."""
INDEXES = {"charge": ("ix_charge_transfer", "ix_charge_fee")}
"""What is new in tables that were there before."""
BACKS = ("transfer_reversal", "fee_refund")
"""What can be pulled back without a refund from now on, and carries metadata."""
_NEW = "details"
_BEFORE = "before_0003"


def upgrade() -> None:
    """Make the new tables, and keep what is pulled back without a refund.

    The next revision freezes here what this one makes.
    """
    new = [SQLModel.metadata.tables[name] for name in TABLES]
    connection = op.get_bind()
    SQLModel.metadata.create_all(connection, tables=new, checkfirst=False)
    for name, wanted in INDEXES.items():
        for index in SQLModel.metadata.tables[name].indexes:
            if index.name in wanted:
                index.create(connection)
    if connection.dialect.name != "sqlite":
        for name in BACKS:
            op.alter_column(name, "refund", nullable=True)
            op.add_column(name, Column(_NEW, Text()))
        return
    for name in BACKS:
        rebuild(connection, SQLModel.metadata.tables[name])
    connection.exec_driver_sql(guards.TEXT_PAGES)


def rebuild(
    connection: Connection, table: Table, new: tuple[str, ...] = (_NEW,)
) -> None:
    """Make a table anew with its rows: SQLite cannot let a column be empty."""
    for index in table.indexes:
        op.drop_index(index.name or "")
    op.rename_table(table.name, _BEFORE)
    names = [one.name for one in table.columns if one.name not in new]
    table.create(connection)
    before = Table(_BEFORE, MetaData(), *(Column(name) for name in names))
    connection.execute(insert(table).from_select(names, select(before)))
    op.drop_table(_BEFORE)
