"""Payment methods: their endpoints; the test ones are there by name."""

from store.http.customers import ADDRESS
from store.http.routes import Call, Endpoint
from store.http.takes import (
    METADATA,
    WINDOW,
    Kind,
    Takes,
    kept,
    refused,
    whole,
)
from store.method import TYPES
from store.refusals import http as why

BILLING = (
    Takes("address", Kind.HASH, inside=ADDRESS),
    Takes("email", unsets=True),
    Takes("name", unsets=True),
    Takes("phone", unsets=True),
    Takes("tax_id", unsets=True),
)
CARD = (
    Takes("number"),
    Takes("token"),
    whole("exp_month"),
    whole("exp_year"),
    Takes("cvc"),
    Takes("networks", Kind.HASH, inside=(Takes("preferred"),)),
)
DETAILS = tuple(Takes(one, Kind.FREE) for one in TYPES if one != "card")
"""What is said of a payment method of another type than a card."""
RADAR = kept("radar_options", Kind.HASH, inside=(Takes("session"),))
_CREATE = (
    Takes("type", required=True),
    Takes("card", Kind.HASH, inside=CARD),
    *DETAILS,
    kept("billing_details", Kind.HASH, inside=BILLING),
    kept("allow_redisplay", choices=("always", "limited", "unspecified")),
    RADAR,
    METADATA,
    *refused(why.NO_CLONES, "payment_method", "customer"),
)


def _create(call: Call) -> object:
    given = dict(call.given)
    if given.get("metadata") == "":
        del given["metadata"]
    details = {one: given.pop(one) for one in TYPES if one in given}
    return call.store.payment_methods.create(**given, details=details, **call.asks)


def _attach(call: Call) -> object:
    return call.store.payment_methods.attach(call.id, **call.given, **call.asks)


def _detach(call: Call) -> object:
    return call.store.payment_methods.detach(call.id, **call.asks)


def _retrieve(call: Call) -> object:
    return call.store.payment_methods.retrieve(call.id)


def _list(call: Call) -> object:
    return call.store.payment_methods.list(**call.given)


_LIST = (
    Takes("customer"),
    Takes("type", choices=TYPES),
    *WINDOW[:3],
    *refused(why.NOT_LISTED_BY_IT, "allow_redisplay"),
    *refused(why.NO_V2_ACCOUNTS, "customer_account"),
)
_ATTACH = (
    Takes("customer", required=True),
    *refused(why.NO_V2_ACCOUNTS, "customer_account"),
)
_ONE = "/v1/payment_methods/{method}"
ENDPOINTS = (
    Endpoint("POST", "/v1/payment_methods", _create, _CREATE),
    Endpoint("GET", "/v1/payment_methods", _list, _LIST),
    Endpoint("GET", _ONE, _retrieve),
    Endpoint("POST", f"{_ONE}/attach", _attach, _ATTACH),
    Endpoint("POST", f"{_ONE}/detach", _detach),
)
