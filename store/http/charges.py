"""Charges: their endpoints."""

from store.errors import Refused
from store.http.routes import Call, Endpoint
from store.http.takes import METADATA, SEARCH, WINDOW, Takes, loose, whole
from store.refusals import no_such
from store.refusals.http import charge_not_capturable

_WORDS = (
    METADATA,
    Takes("description", unsets=True),
    Takes("receipt_email", unsets=True),
    *loose("fraud_details", "shipping", "transfer_group"),
)
_CAPTURE = (
    whole("amount"),
    *loose(
        *("receipt_email", "statement_descriptor", "statement_descriptor_suffix"),
        *("application_fee_amount", "transfer_data", "transfer_group"),
    ),
)


def _retrieve(call: Call) -> object:
    return call.store.charges.retrieve(call.id)


def _update(call: Call) -> object:
    return call.store.charges.update(call.id, **call.given, **call.asks)


def _list(call: Call) -> object:
    return call.store.charges.list(**call.given)


def _search(call: Call) -> object:
    return call.store.charges.search(**call.given)


def _capture(call: Call) -> object:
    charge = call.store.charges.retrieve(call.id)
    if charge.payment_intent is None:
        raise Refused(no_such("payment_intent", call.id, "charge"))
    payment = call.store.payments.find(charge.payment_intent)
    if payment.charge is None or payment.charge.id != charge.id:
        raise Refused(charge_not_capturable(charge.id, charge.status))
    amount = call.given.get("amount")
    asked = call.store.payment_intents.capture(
        charge.payment_intent, amount=amount, **call.asks
    )
    return asked.payment.charge or charge


_LIST = (Takes("customer"), Takes("payment_intent"), *WINDOW)
ENDPOINTS = (
    Endpoint("GET", "/v1/charges", _list, _LIST, quick=True),
    Endpoint("GET", "/v1/charges/search", _search, SEARCH),
    Endpoint("GET", "/v1/charges/{charge}", _retrieve, quick=True),
    Endpoint("POST", "/v1/charges/{charge}", _update, _WORDS),
    Endpoint("POST", "/v1/charges/{charge}/capture", _capture, _CAPTURE),
)
