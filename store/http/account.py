"""The account: balance, balance transactions, top-ups, events."""

from store.errors import Refused
from store.event import Event, is_own
from store.http.intent_takes import TRANSFER_GROUP
from store.http.routes import Call, Endpoint
from store.http.takes import METADATA, WINDOW, Kind, Takes, kept, refused, whole
from store.lists.window import Listed
from store.refusals import http as http_refusals
from store.refusals import http as why
from store.refusals import no_such
from store.shape.account import event_shape
from store.shape.objects import Json


def _balance(call: Call) -> object:
    return call.store.balance(call.account)


def _movement(call: Call) -> object:
    return call.store.balance_transactions.retrieve(call.id)


def _movements(call: Call) -> object:
    given = {**call.given, "holder": call.account}
    return call.store.balance_transactions.list(**given, own=call.account is None)


def _topup(call: Call) -> object:
    return call.store.topups.retrieve(call.id)


def _topups(call: Call) -> object:
    return call.store.topups.list(**call.given)


def _top_up(call: Call) -> object:
    given = dict(call.given)
    if given.get("metadata") == "":
        del given["metadata"]
    made = call.store.topups.create(**given, **call.asks)
    return call.store.topups.retrieve(made.id)


def _event(call: Call) -> object:
    found = call.store.events.retrieve(call.id)
    if is_own(found.type):
        raise Refused(no_such("event", call.id, "id"))
    (shape,) = _on_their_way(call, (found,))
    return shape


def _events(call: Call) -> object:
    given = dict(call.given)
    one, several = given.pop("type", None), given.pop("types", ())
    if one and several:
        raise Refused(http_refusals.type_and_types())
    types = (one,) if one else several
    page = call.store.events.of_api(types=types, **given)
    return Listed(_on_their_way(call, page.data), page.has_more)


def _on_their_way(call: Call, events: tuple[Event, ...]) -> tuple[Json, ...]:
    """Return events, each with how many endpoints have not taken it yet."""
    pending = call.store.webhooks.pending(events)
    return tuple(event_shape(one, pending.get(one.id, 0)) for one in events)


_MOVEMENTS = (
    Takes("type"),
    Takes("source"),
    Takes("currency"),
    *WINDOW,
    *refused(why.NO_PAYOUTS, "payout"),
)
_TOP_UP = (
    whole("amount", required=True),
    Takes("currency", required=True),
    METADATA,
    kept("description"),
    kept("statement_descriptor", longest=15),
    TRANSFER_GROUP,
    *refused(why.NO_SOURCES, "source", "payment_method", "payment_method_options"),
)
_TOPUPS = (
    Takes("status", choices=("canceled", "failed", "pending", "succeeded")),
    Takes("amount", Kind.CREATED),
    *WINDOW,
)
_EVENTS = (
    Takes("type"),
    Takes("types", Kind.TEXTS),
    *WINDOW,
    *refused(why.NOT_LISTED_BY_IT, "delivery_success"),
)
ENDPOINTS = (
    Endpoint("GET", "/v1/balance", _balance),
    Endpoint("GET", "/v1/balance_transactions", _movements, _MOVEMENTS),
    Endpoint("GET", "/v1/balance_transactions/{transaction}", _movement),
    Endpoint("GET", "/v1/balance/history", _movements, _MOVEMENTS),
    Endpoint("GET", "/v1/balance/history/{transaction}", _movement),
    Endpoint("POST", "/v1/topups", _top_up, _TOP_UP),
    Endpoint("GET", "/v1/topups", _topups, _TOPUPS),
    Endpoint("GET", "/v1/topups/{topup}", _topup),
    Endpoint("GET", "/v1/events", _events, _EVENTS),
    Endpoint("GET", "/v1/events/{event}", _event),
)
