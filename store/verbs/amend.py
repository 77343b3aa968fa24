"""Amend: metadata and descriptions change; money never does."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import TypedDict

from store import refusals
from store.errors import Refused
from store.extra import merged as merged_extra
from store.payment import Charge, Intent
from store.payment_method import DATA
from store.refund import Refund
from store.shape.objects import Json, charge_shape, intent_shape, previous_attributes
from store.sql import reads, tags
from store.sql.transaction import Transaction
from store.verbs.metadata import UNSET, merged
from store.verbs.payments import missing
from store.verbs.release import told_updated

HOW_PAID = frozenset(
    (
        *(DATA, "allowed_payment_method_types", "excluded_payment_method_types"),
        *("payment_method_configuration_details", "payment_method_options"),
        "setup_future_usage",
    )
)
Metadata = Mapping[str, str] | str | None
"""Keys to set, or to unset by an empty value; an empty text unsets all."""


@dataclass(frozen=True, slots=True)
class Words:
    """What of a payment may be rewritten; None leaves it, an empty text unsets it."""

    metadata: Metadata = None
    description: str | None = None
    receipt_email: str | None = None
    extra: Mapping[str, object] = field(default_factory=dict)


class Changes(TypedDict, total=False):
    """What of a payment may be changed until it is paid."""

    amount: int | None
    currency: str | None
    payment_method: str | None
    method_types: tuple[str, ...] | None
    capture_method: str | None
    customer: str | None
    application_fee_amount: int | None
    transfer_data: Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class Terms:
    """What of a payment may be changed until it is paid; None leaves it."""

    amount: int | None = None
    currency: str | None = None
    payment_method: str | None = None
    method_types: tuple[str, ...] | None = None
    capture_method: str | None = None
    customer: str | None = None
    application_fee_amount: int | None = None
    transfer_data: Mapping[str, object] | None = None
    extra: Mapping[str, object] = field(default_factory=dict)

    def given(self) -> dict[str, object]:
        """Return what is to change, by the API's names."""
        own = {name: one for name, one in asdict(self).items() if one is not None}
        return {**{k: v for k, v in own.items() if k != "extra"}, **self.extra}


def how_paid(extra: Mapping[str, object]) -> dict[str, object]:
    """Return which of the fields say how a payment is to be made."""
    return {name: one for name, one in extra.items() if name in HOW_PAID}


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
        extra=merged_extra(before.extra, words.extra) if words.extra else before.extra,
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
        extra=merged_extra(before.extra, words.extra) if words.extra else before.extra,
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
