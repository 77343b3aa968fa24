"""What was pulled back of transfers and application fees, by refunds or without."""

from dataclasses import dataclass

from sqlalchemy import Connection, Table, func, insert, select

from store.connect import Pulled
from store.refund import DEAD, PendingReason
from store.sql.mapping.pulled import pulled_of, pulled_values
from store.sql.tables import FEE_REFUND, REFUND, REVERSAL
from store.sql.transaction import Transaction


@dataclass(frozen=True)
class Pool:
    """Where one of the two is kept, and which column of a refund asks for it."""

    table: Table
    flag: str
    prefix: str


TRANSFERS = Pool(REVERSAL, "reverse_transfer", "trr")
FEES = Pool(FEE_REFUND, "refund_application_fee", "fr")
_UNMOVED = (PendingReason.INSUFFICIENT_FUNDS, PendingReason.CHARGE_PENDING)


def add(tx: Transaction, pool: Pool, pulled: Pulled) -> None:
    """Write what was pulled back; the guards refuse more than there was."""
    row = pulled_values(pulled, tx.now)
    tx.connection.execute(insert(pool.table), row)


def pulled(connection: Connection, pool: Pool, charge: str) -> int:
    """Return what is back of a charge's part; that of dead refunds is too."""
    table = pool.table
    query = select(func.sum(table.c.amount)).where(table.c.charge == charge)
    return int(connection.execute(query).scalar() or 0)


def asked(
    connection: Connection,
    pool: Pool,
    charge: str,
    *,
    besides: str = "",
    imported: bool = False,
) -> int:
    """Return what the refunds of a charge come to that ask for such a part back.

    Live ones count whose money has moved, but for one; with `imported`, imported
    ones only.
    """
    reason = func.coalesce(REFUND.c.pending_reason, "")
    query = select(func.sum(REFUND.c.amount)).where(
        REFUND.c.charge == charge,
        REFUND.c.id != besides,
        REFUND.c.status.not_in([one.value for one in DEAD]),
        reason.not_in([one.value for one in _UNMOVED]),
        REFUND.c[pool.flag] == 1,
    )
    if imported:
        query = query.where(REFUND.c.imported == 1)
    return int(connection.execute(query).scalar() or 0)


def of_refunds(
    connection: Connection, pool: Pool, refunds: tuple[str, ...]
) -> tuple[Pulled, ...]:
    """Return what some refunds pulled back, in order."""
    table = pool.table
    query = select(table).where(table.c.refund.in_(refunds)).order_by(table.c.seq)
    return tuple(map(pulled_of, connection.execute(query)))


def sources(connection: Connection, refunds: tuple[str, ...]) -> tuple[str, ...]:
    """Return the ids of all that some refunds pulled back."""
    found = (of_refunds(connection, pool, refunds) for pool in (TRANSFERS, FEES))
    return tuple(one.id for rows in found for one in rows)


def sources_of(connection: Connection, charge: str) -> tuple[str, ...]:
    """Return the ids of all that was pulled back of a charge, whoever asked for it."""
    tables = (TRANSFERS.table.c, FEES.table.c)
    found = (
        connection.execute(
            select(table.id).where(table.charge == charge).order_by(table.seq)
        ).scalars()
        for table in tables
    )
    return tuple(one for ids in found for one in ids)
