"""Mapping of payment methods."""

import json

from store.cards import Behaviour
from store.clock import from_unix, to_unix
from store.method import Method
from store.payment_method import PaymentMethod
from store.sql.mapping.payments import Values, details_of, loaded, method_values
from store.sql.rows import NamedRow


def payment_method_values(given: PaymentMethod) -> Values:
    """Return a payment method's row."""
    return {
        "id": given.id,
        "type": given.method.type,
        "method": method_values(given.method),
        "behaviour": given.behaviour and given.behaviour.value,
        "customer": given.customer,
        "created": to_unix(given.created),
        "details": details_of(given.metadata, given.extra),
    }


def payment_method_of(row: NamedRow) -> PaymentMethod:
    """Return the payment method of a row."""
    metadata, extra = loaded(row.details)
    return PaymentMethod(
        id=row.id,
        method=Method(row.type, **json.loads(row.method)),
        created=from_unix(row.created),
        behaviour=Behaviour(row.behaviour) if row.behaviour else None,
        customer=row.customer,
        metadata=metadata,
        extra=extra,
    )
