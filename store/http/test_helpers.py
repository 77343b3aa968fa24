"""Test helpers: what the outside world does, asked for by a test."""

from store.http.routes import Call, Endpoint
from store.http.takes import Takes, whole


def _expire(call: Call) -> object:
    return call.store.refunds.expire(call.id, **call.asks)


def _fund(call: Call) -> object:
    return call.store.customers.fund_cash_balance(call.id, **call.given, **call.asks)


_FUND = (
    whole("amount", required=True),
    Takes("currency", required=True),
    Takes("reference"),
)
_OF = "/v1/test_helpers/customers/{customer}"
ENDPOINTS = (
    Endpoint("POST", "/v1/test_helpers/refunds/{refund}/expire", _expire),
    Endpoint("POST", f"{_OF}/fund_cash_balance", _fund, _FUND),
)
