"""Currencies over HTTP: every endpoint that takes one refuses what is none."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from serving import Served, serve

from store.currencies import CURRENCIES
from store.http.endpoints import ROUTES
from store.http.routes import Endpoint
from store.refusals.currencies import no_currency

TAKING = [
    one
    for one in ROUTES.endpoints
    if any(each.name == "currency" for each in one.takes)
]
PAYING = "/v1/payment_intents"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for the whole file."""
    with serve(tmp_path_factory.mktemp("served")) as one:
        yield one


def asked(served: Served, endpoint: Endpoint, currency: str) -> dict[str, object]:
    """Ask an endpoint for something in a currency; return the error."""
    paid = served.raw("POST", PAYING, BEGUN).body
    customer = served.raw("POST", "/v1/customers", "").body["id"]
    ids = {"intent": paid["id"], "customer": customer, "charge": paid["latest_charge"]}
    given = {
        each.name: {"payment_intent": paid["id"]}.get(each.name, "500")
        for each in endpoint.takes
        if each.required
    } | {"currency": currency}
    path, form = endpoint.path.format_map(ids), urlencode(given)
    if endpoint.method == "GET":
        answer = served.raw("GET", f"{path}?{form}")
    else:
        answer = served.raw(endpoint.method, path, form)
    assert answer.status == 400, answer
    return answer.error


BEGUN = "amount=1000&currency=usd&confirm=true&payment_method=pm_card_visa"


@pytest.mark.parametrize("endpoint", TAKING, ids=lambda one: f"{one.method} {one.path}")
@pytest.mark.parametrize("given", ["zzz", "btc", "us", "x y"])
def test_what_is_none_is_refused(
    served: Served, endpoint: Endpoint, given: str
) -> None:
    """By the sentence that lists every one that there is."""
    error = asked(served, endpoint, given)
    assert error["message"] == no_currency(given).message
    assert error["param"] == "currency"
    held = served.raw("GET", "/v1/balance").body
    codes = {one["currency"] for one in held["available"] + held["pending"]}
    assert codes <= CURRENCIES.keys()


def test_several_endpoints_take_one() -> None:
    """Else the test above would say nothing."""
    assert len(TAKING) >= 4


@pytest.mark.parametrize("currency", ["cop", "pen", "kes", "ngn", "mga", "vuv"])
def test_every_currency_settles_in_the_account_s(served: Served, currency: str) -> None:
    """So a first refund of it goes out at once."""
    funds = "amount=10000000&currency=usd"
    assert served.raw("POST", "/v1/topups", funds).status == 200
    form = BEGUN.replace("1000&", "900000&").replace("=usd", f"={currency}")
    paid = served.raw("POST", PAYING, form)
    assert (paid.status, paid.body["currency"]) == (200, currency)
    refund = served.raw(
        "POST", "/v1/refunds", f"payment_intent={paid.body['id']}&amount=1000"
    )
    assert (refund.status, refund.body["status"]) == (200, "succeeded")


@pytest.mark.parametrize(
    ("amount", "currency", "code"),
    [
        (49, "usd", "amount_too_small"),
        (29, "gbp", "amount_too_small"),
        (17_499, "huf", "amount_too_small"),
        (100, "pen", "amount_too_small"),
        (0, "usd", "parameter_invalid_integer"),
        (100_000_000, "usd", "amount_too_large"),
        (100_000_000, "jpy", "amount_too_large"),
    ],
)
def test_amounts_have_bounds(
    served: Served, amount: int, currency: str, code: str
) -> None:
    """At the beginning and when it is changed, each by its own code."""
    asked = served.raw("POST", PAYING, f"amount={amount}&currency={currency}")
    assert (asked.status, asked.error["code"]) == (400, code)
    assert asked.error["param"] == "amount"
    begun = served.raw("POST", PAYING, f"amount=90000&currency={currency}").body
    changed = served.raw("POST", f"{PAYING}/{begun['id']}", f"amount={amount}")
    assert (changed.status, changed.error["code"]) == (400, code)


@pytest.mark.parametrize(
    ("amount", "currency"),
    [(50, "usd"), (50, "jpy"), (30, "gbp"), (17_500, "huf"), (999_999_999_999, "idr")],
)
def test_the_bounds_themselves_are_paid(
    served: Served, amount: int, currency: str
) -> None:
    """The smallest and the largest, as they are documented."""
    form = BEGUN.replace("1000&", f"{amount}&").replace("=usd", f"={currency}")
    assert served.raw("POST", PAYING, form).body["status"] == "succeeded"
