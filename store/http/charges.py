"""Charges: their endpoints."""

from store.errors import Refused
from store.http.intent_takes import (
    DESCRIPTORS,
    FEE,
    SHIPPING,
    TRANSFER_GROUP,
    TRANSFERRED,
)
from store.http.routes import Call, Endpoint
from store.http.takes import (
    EXTRA,
    METADATA,
    SEARCH,
    WINDOW,
    Kind,
    Takes,
    kept,
    refused,
    whole,
)
from store.refusals import http as why
from store.refusals import no_such
from store.refusals.captures import already_captured
from store.refusals.http import charge_not_capturable

_WORDS = (
    METADATA,
    Takes("description", unsets=True),
    Takes("receipt_email", unsets=True),
    kept(
        "fraud_details",
        Kind.HASH,
        inside=(Takes("user_report", choices=("", "fraudulent", "safe"), unsets=True),),
    ),
    SHIPPING,
    TRANSFER_GROUP,
    *refused(why.NO_CHARGE_CUSTOMERS, "customer"),
)
_CAPTURE = (
    whole("amount"),
    Takes("receipt_email"),
    FEE,
    TRANSFERRED,
    *DESCRIPTORS,
    TRANSFER_GROUP,
    *refused(why.DEPRECATED_FEE, "application_fee"),
)


def _retrieve(call: Call) -> object:
    return call.store.charges.retrieve(call.id)


def _update(call: Call) -> object:
    if TRANSFER_GROUP.name in call.given.get(EXTRA, {}):
        intent = call.store.charges.retrieve(call.id).payment_intent
        if intent is not None:
            raise Refused(why.group_of_intent(intent))
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
    if charge.captured and payment.intent and not payment.intent.capturable:
        raise Refused(already_captured(charge.id))
    asked = call.store.payment_intents.capture(
        charge.payment_intent, **call.given, **call.asks
    )
    return asked.payment.charge or charge


_LIST = (
    Takes("customer"),
    Takes("payment_intent"),
    *WINDOW,
    *refused(why.NOT_LISTED_BY_IT, "transfer_group"),
)
ENDPOINTS = (
    Endpoint("GET", "/v1/charges", _list, _LIST, quick=True),
    Endpoint("GET", "/v1/charges/search", _search, SEARCH),
    Endpoint("GET", "/v1/charges/{charge}", _retrieve, quick=True),
    Endpoint("POST", "/v1/charges/{charge}", _update, _WORDS),
    Endpoint("POST", "/v1/charges/{charge}/capture", _capture, _CAPTURE),
)
