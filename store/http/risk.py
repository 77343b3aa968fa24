"""Risk: disputes and reviews."""

from store.errors import Refused
from store.http.routes import Call, Endpoint
from store.http.takes import WINDOW, Takes
from store.moves import What
from store.refusals.http import no_dispute


def _dispute(call: Call) -> object:
    return call.store.disputes.retrieve(call.id)


def _disputes(call: Call) -> object:
    return call.store.disputes.list(**call.given)


def _of_charge(call: Call) -> object:
    """Return the newest dispute of a charge."""
    charge = call.store.charges.retrieve(call.id)
    found = list(call.store.disputes.list(charge=charge.id, limit=1))
    if not found:
        raise Refused(no_dispute(charge.id))
    return found[0]


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
    Endpoint("GET", "/v1/charges/{charge}/dispute", _of_charge),
    Endpoint("POST", "/v1/disputes/{dispute}/close", _close),
    Endpoint("GET", "/v1/reviews", _reviews, WINDOW),
    Endpoint("GET", "/v1/reviews/{review}", _review),
    Endpoint("POST", "/v1/reviews/{review}/approve", _approve),
)
