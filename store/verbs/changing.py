"""Changing: what an intent is about, for as long as nobody has paid it."""

from dataclasses import replace

from store import refusals
from store.connect import FEE
from store.errors import Refused
from store.extra import merged
from store.money import Money
from store.payment import Intent, IntentStatus
from store.refusals import methods as method_refusals
from store.refusals import shares as share_refusals
from store.shape.kept import TYPES_ASKED, types_asked, why_not_with
from store.shape.objects import intent_shape, previous_attributes
from store.sql import reads
from store.sql.transaction import Transaction
from store.verbs.amend import Terms
from store.verbs.confirming import (
    check_amount,
    check_capture,
    check_owner,
    holder_of,
    method_of,
    only_method,
    settles_in,
    share_of,
    shared,
)
from store.verbs.payments import missing

_TRANSFER = "transfer_data"


def change(
    tx: Transaction, given: str, terms: Terms, account: str | None = None
) -> None:
    """Change what an intent is about, for as long as it is not paid.

    Raises:
        Refused: It is paid or canceled, or what is given is none.
    """
    before = reads.intent(tx.connection, given)
    if before is None:
        raise Refused(missing(given, "intent"))
    if before.status.value not in method_refusals.OPEN_INTENTS:
        what = next(iter(terms.given()))
        raise Refused(method_refusals.not_changeable(what, before.status))
    after = _changed(tx, before, terms)
    check_owner(tx, after.payment_method, after.customer)
    share_of(shared(after, account or holder_of(tx, after)))
    if after == before:
        return
    tx.set_intent(after)
    shape = intent_shape(after)
    was = previous_attributes(intent_shape(before), shape)
    tx.tell("payment_intent.updated", shape, previous=was, payment=after.id)
    tx.touch(after.id, by_agent=True)


def _changed(tx: Transaction, before: Intent, terms: Terms) -> Intent:
    own = before.money.currency
    if terms.currency and terms.currency != own:
        raise Refused(method_refusals.currency_fixed(own))
    amount = before.money.amount if terms.amount is None else terms.amount
    money = Money(amount, own)
    extra = merged(before.extra, terms.extra)
    extra.update(_shares(before, terms))
    if terms.method_types:
        extra[TYPES_ASKED] = list(terms.method_types)
    after = replace(
        before,
        money=money,
        capture_method=terms.capture_method or before.capture_method,
        method_types=terms.method_types or before.method_types,
        extra=extra,
    )
    if money != before.money:
        kind = only_method(after.method_types)
        check_amount(tx, money, kind, settles_in(tx, after))
    if terms.customer is not None:
        if reads.customer(tx.connection, terms.customer) is None:
            raise Refused(refusals.no_such("customer", terms.customer, "customer"))
        after = replace(after, customer=terms.customer)
    if terms.payment_method is not None:
        after = replace(
            after,
            payment_method=terms.payment_method,
            status=IntentStatus.REQUIRES_CONFIRMATION,
        )
    return _with_method(tx, after)


def _with_method(tx: Transaction, intent: Intent) -> Intent:
    """Return an intent with the types of what it is to be paid with.

    Raises:
        Refused: It may not be paid with that, or not be captured so.
    """
    types, extra = types_asked(intent.extra), intent.extra
    paid = types or ()
    if intent.payment_method is not None:
        type_ = method_of(tx.connection, intent.payment_method).method.type
        if refusal := why_not_with(type_, types, extra):
            raise Refused(refusal)
        paid = types or (type_,)
    check_capture(intent.capture_method, paid, extra)
    return replace(intent, method_types=paid or intent.method_types)


def _shares(before: Intent, terms: Terms) -> dict[str, object]:
    """Return how the payment is to be shared from now on, where that changes."""
    changed: dict[str, object] = {}
    if terms.application_fee_amount is not None:
        changed[FEE] = terms.application_fee_amount
    data = before.extra.get(_TRANSFER)
    if terms.transfer_data:
        if not isinstance(data, dict):
            raise Refused(share_refusals.nothing_transferred())
        changed[_TRANSFER] = {**data, **terms.transfer_data}
    return changed
