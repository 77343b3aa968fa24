"""Risk: disputes and reviews."""

from store.http.routes import Call, Endpoint
from store.http.takes import WINDOW, Takes
from store.moves import What


def _dispute(call: Call) -> object:
    return call.store.disputes.retrieve(call.id)


def _disputes(call: Call) -> object:
    return call.store.disputes.list(**call.given)


def _close(call: Call) -> object:
    """Give a dispute up: a chargeback is lost, an inquiry is closed."""
    found = call.store.disputes.retrieve(call.id)
    status = What.CLOSED if found.is_inquiry else What.LOST
    return call.store.disputes.close(call.id, status=status.value, **call.asks)


def _review(call: Call) -> object:
    return call.store.reviews.retrieve(call.id)


def _reviews(call: Call) -> object:
    return call.store.reviews.list(**call.given)


def _approve(call: Call) -> object:
    return call.store.reviews.approve(call.id, **call.asks)


_DISPUTES = (Takes("charge"), Takes("payment_intent"), *WINDOW)
ENDPOINTS = (
    Endpoint("GET", "/v1/disputes", _disputes, _DISPUTES),
    Endpoint("GET", "/v1/disputes/{dispute}", _dispute),
    Endpoint("POST", "/v1/disputes/{dispute}/close", _close),
    Endpoint("GET", "/v1/reviews", _reviews, WINDOW),
    Endpoint("GET", "/v1/reviews/{review}", _review),
    Endpoint("POST", "/v1/reviews/{review}/approve", _approve),
)
