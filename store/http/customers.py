"""Customers and their payment methods: their endpoints."""

from typing import Any

from store.customer import About
from store.http.routes import Call, Endpoint
from store.http.takes import METADATA, SEARCH, WINDOW, Kind, Takes, loose
from store.shape.cash import cash_shape

_ADDRESS_LINES = ("city", "country", "line1", "line2", "postal_code", "state")
ADDRESS = tuple(Takes(name, unsets=True) for name in _ADDRESS_LINES)
_SHIPPING = (
    Takes("address", Kind.HASH, inside=ADDRESS),
    Takes("name"),
    Takes("phone", unsets=True),
)
_ABOUT = (
    Takes("name", unsets=True),
    Takes("email", unsets=True),
    METADATA,
    Takes("description", unsets=True),
    Takes("phone", unsets=True),
    Takes("address", Kind.HASH, unsets=True, inside=ADDRESS),
    Takes("shipping", Kind.HASH, unsets=True, inside=_SHIPPING),
    *loose(
        *("balance", "business_name", "individual_name", "cash_balance"),
        *("invoice_prefix", "invoice_settings", "next_invoice_sequence"),
        *("preferred_locales", "source", "tax", "tax_exempt", "tax_id_data"),
    ),
)
_OWN = ("name", "email", "metadata")


def _about(call: Call) -> About:
    more = {name: one for name, one in call.given.items() if name not in _OWN}
    own: dict[str, Any] = {name: call.given.get(name) for name in _OWN}
    return About(**own, more=more)


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


_METHODS = (Takes("type"), *WINDOW[:3])
ENDPOINTS = (
    Endpoint("POST", "/v1/customers", _create, _ABOUT),
    Endpoint("GET", "/v1/customers", _list, (Takes("email"), *WINDOW)),
    Endpoint("GET", "/v1/customers/search", _search, SEARCH),
    Endpoint("GET", "/v1/customers/{customer}", _retrieve),
    Endpoint("POST", "/v1/customers/{customer}", _update, _ABOUT),
    Endpoint("GET", "/v1/customers/{customer}/cash_balance", _cash),
    Endpoint("GET", "/v1/customers/{customer}/payment_methods", _methods, _METHODS),
)
