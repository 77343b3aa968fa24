"""Listed: a payment as the one row that lists and searches read."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, insert, update

from store.badge import Badge, badge
from store.clock import to_unix
from store.method import Method
from store.payment import Payment
from store.refund import RefundStatus
from store.search.folded import folded
from store.sql.mapping.payments import Values, unix
from store.sql.prepared import Prepared
from store.sql.tables import PAYMENT

_STILL = (
    *("created", "amount", "currency", "milli"),
    *("method", "brand", "last4", "country", "risk_level"),
    *("intent", "charge", "customer", "name", "email"),
)
"""Seldom changed once a payment is made: rewriting them always would cost indexes."""
_ADD = Prepared(insert(PAYMENT))
_HERE = update(PAYMENT).where(PAYMENT.c.id == bindparam("this"))
_ONE_MORE = _HERE.values(version=PAYMENT.c.version + 1)
_REWRITE = Prepared(
    _ONE_MORE.returning(PAYMENT.c.version, *(PAYMENT.c[name] for name in _STILL))
)
_REWRITE_MANY = Prepared(_ONE_MORE)


def values(payment: Payment, actor: str | None) -> Values:
    """Return the row; text stays as the customer wrote it, `search` is folded."""
    charge, intent = payment.charge, payment.intent
    worn = badge(payment)
    method = charge.method if charge else _planned(payment)
    failed = [one for one in payment.refunds if one.status is RefundStatus.FAILED]
    name, email = _name(payment), _email(payment)
    created = payment.created
    row: Values = {
        "id": payment.id,
        "intent": intent.id if intent else charge.payment_intent if charge else None,
        "charge": charge.id if charge else None,
        "created": to_unix(created) if created else 0,
        "badge": worn.value,
        "amount": payment.money.amount,
        "currency": payment.money.currency,
        "milli": payment.money.milli,
        "refunded": payment.refunded.amount,
        "failed_refunds": sum(one.money.amount for one in failed),
        "customer": payment.customer.id if payment.customer else None,
        "name": name,
        "email": email,
        "method": method.type,
        "brand": method.brand,
        "last4": method.last4,
        "country": method.country,
        "risk_level": charge.risk_level if charge else None,
        "expires_at": unix(charge.capture_before)
        if charge and worn is Badge.UNCAPTURED
        else None,
        "search": _search(payment, name, email, method),
    }
    if actor is not None:
        row["actor"] = actor
    return row


def _planned(payment: Payment) -> Method:
    types = payment.intent.method_types if payment.intent else ()
    return Method(types[0] if types else "card")


def _name(payment: Payment) -> str | None:
    if payment.charge and payment.charge.name:
        return payment.charge.name
    return payment.customer.name if payment.customer else None


def _email(payment: Payment) -> str | None:
    charge, customer, intent = payment.charge, payment.customer, payment.intent
    return (
        (charge and charge.email)
        or (customer and customer.email)
        or (charge and charge.receipt_email)
        or (intent and intent.receipt_email)
        or None
    )


def _search(
    payment: Payment, name: str | None, email: str | None, method: Method
) -> str:
    charge = payment.charge
    parts = [
        payment.id,
        charge.id if charge else None,
        payment.customer.id if payment.customer else None,
        name,
        payment.customer.name if payment.customer else None,
        email,
        method.last4,
    ]
    for refund in payment.refunds:
        where = refund.destination
        parts += [refund.id, where.reference if where else None]
        parts.append(refund.receipt_number)
    unique = dict.fromkeys(part for part in parts if part)
    return folded("\n".join(unique))


def write(connection: Connection, payment: Payment, actor: str | None) -> int:
    """Write or rewrite a payment's row; return its version, which counts changes."""
    row = values(payment, actor)
    still = {name: row[name] for name in _STILL}
    kept = _REWRITE.first(connection, **_moving(row))
    if kept is None:
        _ADD.do(connection, {**row, "version": 1})
        return 1
    if {name: getattr(kept, name) for name in still} != still:
        connection.execute(_HERE, {**still, "this": payment.id})
    return int(kept.version)


def rewrite(connection: Connection, rows: Sequence[Values]) -> None:
    """Rewrite the rows of payments, of which refunds alone have changed."""
    _REWRITE_MANY.do(connection, *(_moving(row) for row in rows))


def _moving(row: Values) -> Values:
    moving = {name: said for name, said in row.items() if name not in _STILL}
    moving["this"] = moving.pop("id")
    return moving
