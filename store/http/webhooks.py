"""Webhook endpoints: their own endpoints; the secret is told when one is made."""

from store.http.routes import Call, Endpoint
from store.http.takes import METADATA, WINDOW, Kind, Takes, flag
from store.shape.account import API_VERSION
from store.shape.webhooks import created_shape, deleted_shape


def _create(call: Call) -> object:
    given = {name: one for name, one in call.given.items() if name not in _AS_IT_IS}
    if given.get("metadata") == "":
        del given["metadata"]
    made = call.store.webhook_endpoints.create(**given, **call.asks)
    return created_shape(made)


def _retrieve(call: Call) -> object:
    return call.store.webhook_endpoints.retrieve(call.id)


def _update(call: Call) -> object:
    return call.store.webhook_endpoints.update(call.id, **call.given, **call.asks)


def _list(call: Call) -> object:
    return call.store.webhook_endpoints.list(**call.given)


def _delete(call: Call) -> object:
    gone = call.store.webhook_endpoints.delete(call.id, **call.asks)
    return deleted_shape(gone)


_AS_IT_IS = ("api_version", "connect")
"""What may only be said as it is anyway."""
_ABOUT = (METADATA, Takes("description", unsets=True))
_CREATE = (
    Takes("url", required=True),
    Takes("enabled_events", Kind.TEXTS, required=True),
    *_ABOUT,
    Takes("api_version", choices=(API_VERSION,)),
    Takes("connect", choices=("false",)),
)
_UPDATE = (
    Takes("url"),
    Takes("enabled_events", Kind.TEXTS),
    flag("disabled"),
    *_ABOUT,
)
_ALL = "/v1/webhook_endpoints"
_ONE = "/v1/webhook_endpoints/{webhook_endpoint}"
ENDPOINTS = (
    Endpoint("POST", _ALL, _create, _CREATE),
    Endpoint("GET", _ALL, _list, WINDOW),
    Endpoint("GET", _ONE, _retrieve),
    Endpoint("POST", _ONE, _update, _UPDATE),
    Endpoint("DELETE", _ONE, _delete),
)
