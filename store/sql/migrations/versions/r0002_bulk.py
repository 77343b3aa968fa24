"""Bulk refunds and failed refunds: their tables and moves; indexes of logs."""

from alembic import op
from sqlalchemy import delete, insert
from sqlmodel import SQLModel

from store.sql.guards import core as guards
from store.sql.tables import TRANSITION

revision = "0002"
down_revision = "0001"
TABLES = ("bulk", "bulk_item", "follow_up")
"""What is new in this schema; the guards are put up again after every revision."""
INDEXES = {
    "event": ("ix_event_type", "ix_event_actor"),
    "balance_transaction": (
        "ix_movement_platform",
        "ix_movement_category",
        "ix_movement_holder",
    ),
    "payment": ("ix_payment_amount", "ix_payment_currency"),
}
"""What is new in tables that were there before."""
GONE = ("ix_payment_milli",)
"""The indexes that a wider one replaces."""
_FAILED = (
    "INSERT INTO follow_up (id) SELECT id FROM refund WHERE status = 'failed'"
    " ORDER BY seq"
)


def upgrade() -> None:
    """Make the new tables, and let the database know every move of today.

    The next revision freezes here what this one makes.
    """
    connection = op.get_bind()
    new = [SQLModel.metadata.tables[name] for name in TABLES]
    SQLModel.metadata.create_all(connection, tables=new, checkfirst=False)
    for name, wanted in INDEXES.items():
        for index in SQLModel.metadata.tables[name].indexes:
            if index.name in wanted:
                index.create(connection)
    for gone in GONE:
        op.drop_index(gone)
    connection.exec_driver_sql(_FAILED)
    connection.execute(delete(TRANSITION))
    connection.execute(insert(TRANSITION), guards.moves())
