"""Amend: metadata and descriptions change; money never does."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from store import refusals
from store.errors import Refused
from store.payment import Charge, Intent
from store.refund import Refund
from store.shape.objects import Json, charge_shape, intent_shape, previous_attributes
from store.sql import reads, tags
from store.sql.transaction import Transaction
from store.verbs.metadata import UNSET, merged
from store.verbs.payments import missing
from store.verbs.release import told_updated

Metadata = Mapping[str, str] | str | None
"""Keys to set, or to unset by an empty value; an empty text unsets all."""


@dataclass(frozen=True, slots=True)
class Words:
    """What of a payment may be rewritten; None leaves it, an empty text unsets it."""

    metadata: Metadata = None
    description: str | None = None
    receipt_email: str | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What of a payment may be changed until it is paid; None leaves it."""

    amount: int | None = None
    payment_method: str | None = None
    customer: str | None = None

    def given(self) -> dict[str, object]:
        """Return what is to change, by the API's names."""
        return {name: one for name, one in asdict(self).items() if one is not None}


def _text(given: str | None, there: str | None) -> str | None:
    return there if given is None else None if given == UNSET else given


def refund(tx: Transaction, given: str, metadata: Metadata) -> Refund:
    """Rewrite a refund's metadata.

    Raises:
        Refused: There is no such refund, or the metadata breaks a limit.
    """
    before = reads.refund(tx.connection, given)
    if before is None:
        raise Refused(refusals.no_such("refund", given, "refund"))
    after = replace(before, metadata=merged(before.metadata, metadata))
    if after != before:
        tx.set_refund(after)
        charge = reads.charge(tx.connection, after.charge or "")
        told_updated(tx, before, after, charge)
    return after


def charge(tx: Transaction, given: str, words: Words) -> Charge:
    """Rewrite a charge's metadata, description or receipt email.

    Raises:
        Refused: There is no such charge, or the metadata breaks a limit.
    """
    before = reads.charge(tx.connection, given)
    if before is None:
        raise Refused(missing(given))
    after = replace(
        before,
        metadata=merged(before.metadata, words.metadata),
        description=_text(words.description, before.description),
        receipt_email=_text(words.receipt_email, before.receipt_email),
    )
    if after != before:
        tx.set_charge(after)
        tags.put(tx.connection, [(after.id, after.metadata)])
        shapes = charge_shape(before), charge_shape(after)
        _tell(tx, "charge.updated", shapes, after.payment_intent or after.id)
    return after


def intent(tx: Transaction, given: str, words: Words) -> Intent:
    """Rewrite a payment intent's metadata, description or receipt email.

    Raises:
        Refused: There is no such intent, or the metadata breaks a limit.
    """
    before = reads.intent(tx.connection, given)
    if before is None:
        raise Refused(refusals.no_such("payment_intent", given, "intent"))
    after = replace(
        before,
        metadata=merged(before.metadata, words.metadata),
        description=_text(words.description, before.description),
        receipt_email=_text(words.receipt_email, before.receipt_email),
    )
    if after != before:
        tx.set_intent(after)
        tags.put(tx.connection, [(after.id, after.metadata)])
        # The API tells nobody of this one; the log must know all the same.
        shapes = intent_shape(before), intent_shape(after)
        _tell(tx, "payment_intent.updated", shapes, after.id)
    return after


def _tell(tx: Transaction, type_: str, shapes: tuple[Json, Json], payment: str) -> None:
    before, after = shapes
    previous = previous_attributes(before, after)
    tx.tell(type_, after, previous=previous, payment=payment)
    tx.touch(payment, by_agent=True)
