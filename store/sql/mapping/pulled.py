"""Mapping of what was pulled back of transfers and application fees."""

from datetime import datetime

from store.clock import to_unix
from store.connect import Pulled
from store.money import Money
from store.sql.mapping.payments import Values, details_of, loaded
from store.sql.rows import NamedRow


def pulled_values(pulled: Pulled, created: datetime) -> Values:
    """Return the row of a transfer reversal or an application fee refund."""
    said = pulled.metadata or pulled.extra
    return {
        "id": pulled.id,
        "of": pulled.of,
        "amount": pulled.money.amount,
        "currency": pulled.money.currency,
        "charge": pulled.charge,
        "refund": pulled.refund,
        "created": to_unix(created),
        "details": details_of(pulled.metadata, pulled.extra) if said else None,
    }


def pulled_of(row: NamedRow) -> Pulled:
    """Return the transfer reversal or application fee refund of a row."""
    money = Money(row.amount, row.currency)
    metadata, extra = loaded(row.details or "{}")
    return Pulled(row.id, row.of, money, row.charge, row.refund, metadata, extra)
