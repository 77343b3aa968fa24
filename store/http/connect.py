"""Connect: transfers, application fees, and what was pulled back of them."""

from store.http.fetching import fee_shown, transfer_shown
from store.http.intent_takes import TRANSFER_GROUP
from store.http.routes import Call, Endpoint
from store.http.takes import METADATA, WINDOW, Takes, flag, hidden, kept, refused, whole
from store.lists.window import Listed
from store.refusals import http as why


def _transfer(call: Call) -> object:
    return transfer_shown(call.store, call.id)


def _transfers(call: Call) -> object:
    found = call.store.transfers.list(**call.given)
    data = tuple(transfer_shown(call.store, one) for one in found)
    return Listed(data, found.has_more)


def _make(call: Call) -> object:
    given = dict(call.given)
    if given.get("metadata") == "":
        del given["metadata"]
    made = call.store.transfers.create(**given, **call.asks)
    return transfer_shown(call.store, made.transfer or "")


def _reversal(call: Call) -> object:
    return call.store.transfers.back(**call.ids)


def _reversals(call: Call) -> object:
    return call.store.transfers.backs(call.id, **call.given)


def _reverse(call: Call) -> object:
    return call.store.transfers.reverse(call.id, **call.given, **call.asks)


def _fee(call: Call) -> object:
    return fee_shown(call.store, call.id)


def _fees(call: Call) -> object:
    found = call.store.application_fees.list(**call.given)
    data = tuple(fee_shown(call.store, one) for one in found)
    return Listed(data, found.has_more)


def _fee_refund(call: Call) -> object:
    return call.store.application_fees.back(**call.ids)


def _fee_refunds(call: Call) -> object:
    return call.store.application_fees.backs(call.id, **call.given)


def _give_back(call: Call) -> object:
    return call.store.application_fees.refund(call.id, **call.given, **call.asks)


_MAKE = (
    whole("amount", required=True),
    Takes("destination", required=True),
    Takes("source_transaction", required=True),
    Takes("currency"),
    METADATA,
    kept("description"),
    kept("source_type", choices=("bank_account", "card", "fpx")),
    TRANSFER_GROUP,
)
_GIVE_BACK = (whole("amount"), METADATA)
_REVERSE = (
    *_GIVE_BACK,
    flag("refund_application_fee"),
    hidden("description"),
)
_TRANSFERS = (
    Takes("destination"),
    *WINDOW,
    *refused(why.NOT_LISTED_BY_IT, "transfer_group"),
)
_ONE = "/v1/transfers/{given}"
_FEE = "/v1/application_fees/{given}"
_BACKS = WINDOW[:3]
ENDPOINTS = (
    Endpoint("POST", "/v1/transfers", _make, _MAKE),
    Endpoint("GET", "/v1/transfers", _transfers, _TRANSFERS),
    Endpoint("GET", _ONE, _transfer),
    Endpoint("POST", f"{_ONE}/reversals", _reverse, _REVERSE, direct=True),
    Endpoint("GET", f"{_ONE}/reversals", _reversals, _BACKS),
    Endpoint("GET", f"{_ONE}/reversals/{{back}}", _reversal),
    Endpoint("GET", "/v1/application_fees", _fees, (Takes("charge"), *WINDOW)),
    Endpoint("GET", _FEE, _fee),
    Endpoint("POST", f"{_FEE}/refunds", _give_back, _GIVE_BACK, direct=True),
    Endpoint("GET", f"{_FEE}/refunds", _fee_refunds, _BACKS),
    Endpoint("GET", f"{_FEE}/refunds/{{back}}", _fee_refund),
)
