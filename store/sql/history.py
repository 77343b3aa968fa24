"""History: what a customer was refunded lately, and whose refund a reference names."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select

from store.clock import from_unix, to_unix
from store.desk.caution import PastRefund
from store.money import Money
from store.outcome import PaymentLine
from store.reference import ReferenceMatch, ReferenceType
from store.refund import RefundStatus
from store.sql.tables import CHARGE, PAYMENT, REFUND

_MOST_PAYMENTS = 500
"""The newest payments of a customer are looked at, not all that there ever were."""
_MOST = 100


def of_customer(
    connection: Connection, payment: PaymentLine, customer: str | None, since: datetime
) -> tuple[PastRefund, ...]:
    """Return refunds of the same customer, or of the same email, newest first."""
    payments = {payment.charge: payment.id} if payment.charge else {}
    if customer:
        payments |= _payments(connection, PAYMENT.c.customer == customer)
    if payment.email:
        same = func.lower(PAYMENT.c.email) == func.lower(payment.email)
        payments |= _payments(connection, same)
    payments |= _attempts(connection, payments.values())
    query = (
        select(REFUND)
        .where(REFUND.c.charge.in_(payments), REFUND.c.created >= to_unix(since))
        .order_by(REFUND.c.created.desc(), REFUND.c.seq.desc())
        .limit(_MOST)
    )
    return tuple(
        PastRefund(
            refund=row.id,
            payment=payments[row.charge],
            money=Money(row.amount, row.currency),
            status=RefundStatus(row.status),
            created=from_unix(row.created),
            actor=row.actor,
        )
        for row in connection.execute(query)
    )


def _payments(connection: Connection, same: ColumnElement[bool]) -> dict[str, str]:
    query = (
        select(PAYMENT.c.charge, PAYMENT.c.id)
        .where(same, PAYMENT.c.charge.is_not(None))
        .order_by(PAYMENT.c.created.desc(), PAYMENT.c.seq.desc())
        .limit(_MOST_PAYMENTS)
    )
    return {row.charge: row.id for row in connection.execute(query)}


def _attempts(connection: Connection, payments: Iterable[str]) -> dict[str, str]:
    """Return every charge of payments, with its payment."""
    query = select(CHARGE.c.id, CHARGE.c.payment_intent).where(
        CHARGE.c.payment_intent.in_(tuple(payments))
    )
    return {row.id: row.payment_intent for row in connection.execute(query)}


def by_reference(
    connection: Connection, values: Iterable[str]
) -> tuple[ReferenceMatch, ...]:
    """Return the refunds that carry one of these references, newest first."""
    query = (
        select(REFUND, PAYMENT.c.id.label("payment"))
        .join_from(REFUND, PAYMENT, PAYMENT.c.charge == REFUND.c.charge, isouter=True)
        .where(REFUND.c.reference.in_(tuple(values)))
        .order_by(REFUND.c.created.desc(), REFUND.c.seq.desc())
        .limit(_MOST)
    )
    return tuple(
        ReferenceMatch(
            kind=ReferenceType(row.reference_type) if row.reference_type else None,
            value=row.reference,
            refund=row.id,
            payment=row.payment or row.payment_intent or row.charge or "",
            amount=Money(row.amount, row.currency),
            created=from_unix(row.created),
        )
        for row in connection.execute(query)
    )
