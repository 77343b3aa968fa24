"""Customers and their payment methods: their endpoints."""

from store.customer import About
from store.http.routes import Call, Endpoint
from store.http.takes import (
    METADATA,
    SEARCH,
    WINDOW,
    Kind,
    Takes,
    hidden,
    kept,
    refused,
)
from store.method import TYPES
from store.refusals import http as why
from store.shape.cash import cash_shape

_ADDRESS_LINES = ("city", "country", "line1", "line2", "postal_code", "state")
ADDRESS = tuple(Takes(name, unsets=True) for name in _ADDRESS_LINES)
_SHIPPING = (
    Takes("address", Kind.HASH, inside=ADDRESS),
    Takes("name"),
    Takes("phone", unsets=True),
)
_CASH = Takes(
    "settings",
    Kind.HASH,
    inside=(Takes("reconciliation_mode", choices=("automatic", "merchant_default")),),
)
_ABOUT = (
    Takes("name", unsets=True),
    Takes("email", unsets=True),
    METADATA,
    *(
        kept(name, unsets=True)
        for name in ("business_name", "description", "individual_name", "phone")
    ),
    kept("address", Kind.HASH, unsets=True, inside=ADDRESS),
    kept("shipping", Kind.HASH, unsets=True, inside=_SHIPPING),
    kept("balance", Kind.WHOLE),
    hidden("cash_balance", Kind.HASH, inside=(_CASH,)),
    kept("invoice_prefix"),
    kept("invoice_settings", Kind.FREE),
    kept("next_invoice_sequence", Kind.WHOLE),
    kept("preferred_locales", Kind.TEXTS),
    hidden("tax", Kind.FREE),
    kept("tax_exempt", choices=("", "exempt", "none", "reverse"), unsets=True),
    *refused(why.NO_CARDS, "source", "validate"),
)
_CREATE = (
    *_ABOUT,
    *refused(why.NOT_ATTACHED_AT_ONCE, "payment_method"),
    *refused(why.NO_TAX_IDS, "tax_id_data"),
    *refused(why.NO_TEST_CLOCKS, "test_clock"),
)
_UPDATE = (*_ABOUT, *refused(why.NO_CARDS, "default_source"))


def _about(call: Call) -> About:
    return About(**call.given)


def _create(call: Call) -> object:
    return call.store.customers.create(_about(call), **call.asks)


def _update(call: Call) -> object:
    return call.store.customers.update(call.id, _about(call), **call.asks)


def _retrieve(call: Call) -> object:
    return call.store.customers.retrieve(call.id)


def _list(call: Call) -> object:
    return call.store.customers.list(**call.given)


def _search(call: Call) -> object:
    return call.store.customers.search(**call.given)


def _methods(call: Call) -> object:
    call.store.customers.retrieve(call.id, "customer")
    return call.store.payment_methods.list(customer=call.id, **call.given)


def _cash(call: Call) -> object:
    return cash_shape(call.store.customers.retrieve(call.id, "customer"))


_METHODS = (
    Takes("type", choices=TYPES),
    *WINDOW[:3],
    *refused(why.NOT_LISTED_BY_IT, "allow_redisplay"),
)
_LIST = (Takes("email"), *WINDOW, *refused(why.NO_TEST_CLOCKS, "test_clock"))
ENDPOINTS = (
    Endpoint("POST", "/v1/customers", _create, _CREATE),
    Endpoint("GET", "/v1/customers", _list, _LIST),
    Endpoint("GET", "/v1/customers/search", _search, SEARCH),
    Endpoint("GET", "/v1/customers/{customer}", _retrieve),
    Endpoint("POST", "/v1/customers/{customer}", _update, _UPDATE),
    Endpoint("GET", "/v1/customers/{customer}/cash_balance", _cash),
    Endpoint("GET", "/v1/customers/{customer}/payment_methods", _methods, _METHODS),
)
