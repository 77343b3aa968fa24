"""What refunds have pulled back of transfers and application fees."""

from dataclasses import dataclass

from sqlalchemy import Connection, Table, func, insert, select

from store.clock import to_unix
from store.connect import Pulled
from store.refund import DEAD, PendingReason, Refund
from store.sql.mapping_share import pulled_of
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
    row = {
        "id": pulled.id,
        "of": pulled.of,
        "amount": pulled.money.amount,
        "currency": pulled.money.currency,
        "charge": pulled.charge,
        "refund": pulled.refund,
        "created": to_unix(tx.now),
    }
    tx.connection.execute(insert(pool.table), row)


def pulled(connection: Connection, pool: Pool, charge: str) -> int:
    """Return what refunds of a charge have pulled back, dead ones included."""
    table = pool.table
    query = select(func.sum(table.c.amount)).where(table.c.charge == charge)
    return int(connection.execute(query).scalar() or 0)


def asked(
    connection: Connection, pool: Pool, refund: Refund, *, imported: bool = False
) -> int:
    """Return what other refunds of its charge come to that asked for the same.

    Live ones count whose money has moved; with `imported`, imported ones only.
    """
    reason = func.coalesce(REFUND.c.pending_reason, "")
    query = select(func.sum(REFUND.c.amount)).where(
        REFUND.c.charge == refund.charge,
        REFUND.c.id != refund.id,
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
