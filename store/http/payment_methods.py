"""Payment methods: their endpoints; the test ones are there by name."""

from store.http.customers import ADDRESS
from store.http.routes import Call, Endpoint
from store.http.takes import METADATA, WINDOW, Kind, Takes, loose
from store.method import TYPES

_BILLING = (
    Takes("address", Kind.HASH, inside=ADDRESS),
    Takes("email", unsets=True),
    Takes("name", unsets=True),
    Takes("phone", unsets=True),
    Takes("tax_id", unsets=True),
)
CARD = (
    Takes("number"),
    Takes("token"),
    *loose("exp_month", "exp_year", "cvc", "networks"),
)
_CREATE = (
    Takes("type", required=True),
    Takes("card", Kind.HASH, inside=CARD),
    Takes("billing_details", Kind.HASH, inside=_BILLING),
    METADATA,
    *loose(*(one for one in TYPES if one != "card"), "allow_redisplay"),
)


def _create(call: Call) -> object:
    given = dict(call.given)
    card = given.pop("card", {})
    if given.get("metadata") == "":
        del given["metadata"]
    return call.store.payment_methods.create(**given, **card, **call.asks)


def _attach(call: Call) -> object:
    return call.store.payment_methods.attach(call.id, **call.given, **call.asks)


def _detach(call: Call) -> object:
    return call.store.payment_methods.detach(call.id, **call.asks)


def _retrieve(call: Call) -> object:
    return call.store.payment_methods.retrieve(call.id)


def _list(call: Call) -> object:
    return call.store.payment_methods.list(**call.given)


_LIST = (Takes("customer"), Takes("type"), *WINDOW[:3])
_ATTACH = (Takes("customer", required=True),)
_ONE = "/v1/payment_methods/{method}"
ENDPOINTS = (
    Endpoint("POST", "/v1/payment_methods", _create, _CREATE),
    Endpoint("GET", "/v1/payment_methods", _list, _LIST),
    Endpoint("GET", _ONE, _retrieve),
    Endpoint("POST", f"{_ONE}/attach", _attach, _ATTACH),
    Endpoint("POST", f"{_ONE}/detach", _detach),
)
