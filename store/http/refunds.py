"""Refunds: their endpoints, on their own and under a charge."""

from dataclasses import replace

from store.errors import Refused
from store.http.fetching import refunds_of
from store.http.routes import Call, Endpoint
from store.http.takes import METADATA, WINDOW, Takes, flag, refused, whole
from store.outcome import RefundOutcome
from store.refund import Reason
from store.refusals import http as why
from store.refusals import no_such
from store.shape.objects import charge_shape

_OF_CHARGE = (
    whole("amount"),
    METADATA,
    Takes("reason"),
    Takes("instructions_email"),
    flag("refund_application_fee"),
    flag("reverse_transfer"),
)
_CREATE = (
    Takes("charge"),
    Takes("payment_intent"),
    *_OF_CHARGE,
    Takes("currency"),
    Takes("customer"),
    *refused(why.NO_CASH_REFUNDS, "origin"),
)
_LIST = (Takes("charge"), Takes("payment_intent"), *WINDOW)


def _create(call: Call) -> object:
    given = dict(call.given)
    if given.get("reason") == Reason.OTHER:
        given["reason"] = ""  # the console's alone: over the API it is no reason
    if given.get("metadata") == "":
        del given["metadata"]
    return call.store.refunds.create(**given, **call.asks)


def _of_charge(call: Call) -> object:
    return _create(replace(call, given={**call.given, "charge": call.id}))


def _legacy(call: Call) -> object:
    """Refund a charge and answer with the charge, as old clients expect."""
    result = _of_charge(call)
    charge = result.payment.charge if isinstance(result, RefundOutcome) else None
    if charge is None:
        raise Refused(no_such("charge", call.id, "id"))
    return {**charge_shape(charge), "refunds": refunds_of(call.store, charge.id)}


def _update(call: Call) -> object:
    return call.store.refunds.update(_own(call), **call.given, **call.asks)


def _retrieve(call: Call) -> object:
    return call.store.refunds.retrieve(_own(call))


def _own(call: Call) -> str:
    """Return the id of the refund, which is the charge's where one is named.

    Raises:
        Refused: The charge has no such refund.
    """
    given = call.ids["refund"]
    charge = call.ids.get("charge")
    if charge and call.store.refunds.retrieve(given).charge != charge:
        raise Refused(no_such("refund", given, "refund"))
    return given


def _list(call: Call) -> object:
    return call.store.refunds.list(**{**call.given, **call.ids})


def _cancel(call: Call) -> object:
    return call.store.refunds.cancel(call.id, **call.asks)


ENDPOINTS = (
    Endpoint("POST", "/v1/refunds", _create, _CREATE, direct=True),
    Endpoint("GET", "/v1/refunds", _list, _LIST, quick=True),
    Endpoint("GET", "/v1/refunds/{refund}", _retrieve, quick=True),
    Endpoint("POST", "/v1/refunds/{refund}", _update, (METADATA,), direct=True),
    Endpoint("POST", "/v1/refunds/{refund}/cancel", _cancel, direct=True),
    Endpoint("POST", "/v1/charges/{charge}/refund", _legacy, _OF_CHARGE),
    Endpoint("POST", "/v1/charges/{charge}/refunds", _of_charge, _OF_CHARGE),
    Endpoint("GET", "/v1/charges/{charge}/refunds", _list, WINDOW, quick=True),
    Endpoint("GET", "/v1/charges/{charge}/refunds/{refund}", _retrieve),
    Endpoint("POST", "/v1/charges/{charge}/refunds/{refund}", _update, (METADATA,)),
)
