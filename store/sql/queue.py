"""Queue: what the pending screen reads beside the refunds themselves."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from store.clock import from_unix
from store.money import Money
from store.refund import PendingReason, RefundStatus
from store.sql.prepared import Prepared
from store.sql.tables import ACCOUNT, CHARGE, MOVEMENT, PAYMENT, REFUND

_PURSE = (
    REFUND.c.pending_reason == PendingReason.INSUFFICIENT_FUNDS.value,
    REFUND.c.status == RefundStatus.PENDING.value,
    func.coalesce(REFUND.c.settlement_currency, REFUND.c.currency)
    == bindparam("currency"),
    func.coalesce(REFUND.c.holder, "") == bindparam("holder"),
)
_WAITS = Prepared(select(REFUND.c.seq).where(*_PURSE).limit(1))
_TAKES = func.coalesce(REFUND.c.settlement_amount, REFUND.c.amount)
_SEQ = select(REFUND.c.seq).where(REFUND.c.id == bindparam("refund"))
_LINE = select(func.count(), func.coalesce(func.sum(_TAKES), 0)).where(*_PURSE)
_UP_TO = _LINE.where(REFUND.c.seq <= _SEQ.scalar_subquery())


def waits(connection: Connection, currency: str, holder: str | None) -> bool:
    """Tell whether any refund waits for a holder's funds in a currency."""
    found = _WAITS.first(connection, currency=currency, holder=holder or "")
    return found is not None


def line(
    connection: Connection, currency: str, holder: str | None, up_to: str | None = None
) -> tuple[int, Money]:
    """Return how many refunds wait for a holder's funds, and what they take.

    Of a refund that waits, those up to it alone: its place in the line.
    """
    wanted = {"currency": currency, "holder": holder or ""}
    if up_to is None:
        number, takes = connection.execute(_LINE, wanted).one()
    else:
        number, takes = connection.execute(_UP_TO, {**wanted, "refund": up_to}).one()
    return int(number), Money(int(takes), currency)


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
    """Return payment and customer of each charge, of earlier attempts too."""
    who = (PAYMENT.c.id, PAYMENT.c.name, PAYMENT.c.email)
    latest = select(PAYMENT.c.charge, *who).where(PAYMENT.c.charge.in_(charges))
    rows = list(connection.execute(latest))
    if others := set(charges) - {row.charge for row in rows}:
        attempts = select(CHARGE.c.id.label("charge"), *who).join_from(
            CHARGE, PAYMENT, PAYMENT.c.id == CHARGE.c.payment_intent
        )
        rows += connection.execute(attempts.where(CHARGE.c.id.in_(others)))
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
