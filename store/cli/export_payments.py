"""Exported payments: those that match, in JSON with all that hangs on them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING

from store.authorisation import released
from store.cli import options
from store.cli.options import Mistyped, Typed
from store.exports import exported
from store.exports.writing import Table
from store.intake.captures import RELEASED
from store.lists.page import Cursor, Page
from store.outcome import PaymentLine
from store.payment import Payment
from store.search.language import Filter, SearchError, parse
from store.shape.objects import Json, charge_shape, intent_shape, refund_shape

if TYPE_CHECKING:
    from store import Store


def payments(
    typed: Typed, store: "Store"
) -> tuple[Table[PaymentLine], Callable[[Cursor | None], Page[PaymentLine]]]:
    """Return what is exported of the payments that match, and their pages.

    Raises:
        Mistyped: The filter cannot be read.
    """
    narrowed = _narrowed(typed, store)

    def whole(line: PaymentLine) -> Json:
        return _whole(store.payments.find(line.id))

    def page(after: Cursor | None) -> Page[PaymentLine]:
        return store.payments.page(narrowed, after=after)

    return replace(exported.PAYMENTS, shape=whole), page


def _narrowed(typed: Typed, store: "Store") -> Filter:
    zone = options.zone(typed)
    now = store.now()
    try:
        return parse(typed.filter, now=now, zone=zone or now.astimezone().tzinfo or UTC)
    except SearchError as wrong:
        raise Mistyped(str(wrong)) from None


def _whole(payment: Payment) -> Json:
    """Return a payment with all that hangs on it, as the API expands it."""
    charge: Json | None = None
    if payment.charge:
        refunds = [refund_shape(one) for one in payment.refunds]
        listed = {"object": "list", "data": refunds, "has_more": False}
        charge = {**charge_shape(payment.charge), "refunds": listed}
        if rest := released(payment):
            charge[RELEASED] = rest.amount
    if payment.intent is None:
        return charge or {}
    return {**intent_shape(payment.intent), "latest_charge": charge}
