"""Attempts: a payment by the very id that was named, never by another attempt."""

from dataclasses import replace

from sqlalchemy import Connection

from store.payment import Payment
from store.sql import reads


def payment_of_intent(connection: Connection, given: str) -> Payment | None:
    """Return a payment by the id of its intent, and by no other."""
    found = reads.payment(connection, given)
    if found is None or found.id == given:
        return found if found and found.intent else None
    # An import may hold the charges of an intent without the intent.
    named = found.charge and found.charge.payment_intent == given
    return found if named else None


def payment_of_charge(connection: Connection, given: str) -> Payment | None:
    """Return a payment by the id of a charge: that is the charge it shows.

    What belongs to a charge (its refunds, its dispute) is that one's too.
    """
    found = reads.payment(connection, given)
    if found is None or (found.charge and found.charge.id == given):
        return found
    named = next((one for one in found.attempts if one.id == given), None)
    if named is None:
        return None
    others = (*((found.charge,) if found.charge else ()), *found.attempts)
    return replace(
        found,
        charge=named,
        dispute=reads.dispute_of_charge(connection, named.id),
        refunds=reads.refunds_of_charge(connection, named.id),
        attempts=tuple(one for one in others if one.id != named.id),
        is_by_attempt=True,
    )


def payment_named(connection: Connection, given: str) -> Payment | None:
    """Return a payment by its intent's id, or by that of the charge it shows then."""
    by_charge = payment_of_charge(connection, given)
    return by_charge or payment_of_intent(connection, given)


def name_of(payment: Payment) -> str:
    """Return the id that leads to a payment again, and to the same charge of it."""
    named = payment.charge.id if payment.charge and payment.is_by_attempt else None
    return named or payment.id
