"""Queue: what the pending screen reads beside the refunds themselves."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from store.clock import from_unix
from store.sql.tables import ACCOUNT, MOVEMENT, PAYMENT


def account_currencies(connection: Connection) -> set[str]:
    """Return the currencies in which money has ever moved."""
    return set(connection.execute(select(ACCOUNT.c.currency).distinct()).scalars())


def connected_purses(connection: Connection) -> tuple[tuple[str, str], ...]:
    """Return each connected account with each currency it has ever held, in order."""
    own = select(ACCOUNT.c.holder, ACCOUNT.c.currency).where(ACCOUNT.c.holder != "")
    rows = connection.execute(own.distinct().order_by("holder", "currency"))
    return tuple((row.holder, row.currency) for row in rows)


def customers(
    connection: Connection, charges: tuple[str, ...]
) -> dict[str, tuple[str, str | None]]:
    """Return payment and customer of each charge."""
    rows = connection.execute(
        select(PAYMENT.c.charge, PAYMENT.c.id, PAYMENT.c.name, PAYMENT.c.email).where(
            PAYMENT.c.charge.in_(charges)
        )
    )
    return {row.charge: (row.id, row.name or row.email) for row in rows}


def incoming(connection: Connection) -> list[tuple[datetime, int, str]]:
    """Return what becomes available when, per currency, soonest first."""
    rows = connection.execute(
        select(MOVEMENT.c.available_on, func.sum(MOVEMENT.c.net), MOVEMENT.c.currency)
        .where(MOVEMENT.c.status == "pending", MOVEMENT.c.holder.is_(None))
        .group_by(MOVEMENT.c.available_on, MOVEMENT.c.currency)
        .order_by(MOVEMENT.c.available_on, MOVEMENT.c.currency)
        .limit(20)
    )
    return [(from_unix(at), int(net), currency) for at, net, currency in rows]
