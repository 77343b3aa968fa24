"""Headers: each that the API documents is obeyed or refused; accounts see their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from serving import KEY, Answer, Served, serve

from store.http.connected import OBEYED
from store.http.endpoints import ROUTES
from store.http.headers import HEADERS
from store.http.routes import Endpoint

OURS = "acct_ours"
PAYING = "/v1/payment_intents"
PAID = "amount=1000&currency=usd&confirm=true&payment_method=pm_card_bypassPending"
STRANGER = (
    "The provided key 'sk_test_****mple' does not have access to account "
    "'acct_nobody' (or that account does not exist). Application access may have been "
    "revoked."
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for the whole file."""
    with serve(tmp_path_factory.mktemp("served")) as one:
        yield one


def of_account(
    served: Served, method: str, path: str, form: str | None = None, **more: str
) -> Answer:
    """Ask in the name of a connected account."""
    return served.raw(method, path, form, Stripe_Account=OURS, **more)


@pytest.fixture(scope="module")
def its(served: Served) -> dict[str, str]:
    """A direct charge of the account, and its intent."""
    made = of_account(served, "POST", PAYING, f"{PAID}&application_fee_amount=100")
    assert made.status == 200, made.body
    return {"intent": made.body["id"], "charge": made.body["latest_charge"]}


@pytest.fixture(scope="module")
def ours(served: Served) -> dict[str, str]:
    """A charge of the platform, with a refund."""
    made = served.raw("POST", PAYING, PAID).body
    charge = made["latest_charge"]
    refund = served.raw("POST", "/v1/refunds", f"charge={charge}&amount=10").body
    return {"intent": made["id"], "charge": charge, "refund": refund["id"]}


REFUSED = {
    "accept": ("text/html", "application/json;q=0"),
    "authorization": ("Digest x",),
    "content-type": ("application/json", "text/plain"),
    "idempotency-key": ("x" * 256,),
    "stripe-account": ("acct_nobody", "cus_x", "acct nobody", "acct_\xe9"),
    "stripe-context": ("acct_ours", ""),
    "stripe-livemode": ("true", "yes"),
    "stripe-version": ("not-a-version", "20240620"),
}
TAKEN = {
    "accept": ("*/*", "application/json", "text/html, */*;q=0.8", "application/*"),
    "authorization": (f"Bearer {KEY}",),
    "content-type": (
        "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded; charset=utf-8",
    ),
    "idempotency-key": ("one of its own",),
    "stripe-account": (OURS,),
    "stripe-livemode": ("false",),
    "stripe-version": ("2024-06-20", "2026-08-26.dahlia"),
}


@pytest.mark.parametrize("name", HEADERS)
def test_every_header_is_obeyed_or_refused(
    served: Served, its: dict[str, str], ours: dict[str, str], name: str
) -> None:
    """What cannot be obeyed is refused in the API's shape, and nothing is done."""
    path = f"{PAYING}/{its['intent'] if name == 'stripe-account' else ours['intent']}"
    before = served.raw("GET", path).body
    for given in REFUSED[name]:
        answer = served.raw("POST", path, "description=done", **{name.title(): given})
        assert 400 <= answer.status < 500, (name, given)
        assert answer.error["message"]
    assert served.raw("GET", path).body == before
    for given in TAKEN.get(name, ()):
        answer = served.raw("POST", path, "description=", **{name.title(): given})
        assert answer.status == 200, (name, given, answer.body)


def test_the_table_is_walked_whole() -> None:
    """Every header has a value that is refused, and all but one a value that is not."""
    assert REFUSED.keys() == HEADERS.keys()
    assert HEADERS.keys() - TAKEN.keys() == {"stripe-context"}


@pytest.mark.parametrize("name", ["Stripe-Wat", "Stripe-Request-Id"])
def test_an_unknown_header_of_the_api_is_refused(served: Served, name: str) -> None:
    """It means something to whoever sent it."""
    answer = served.raw("GET", "/v1/balance", **{name: "x"})
    assert answer.error["message"] == f"Received unknown header: {name}"


def test_an_account_that_nobody_knows(served: Served, ours: dict[str, str]) -> None:
    """Neither its objects nor the platform's are touched."""
    nobody = {"Stripe_Account": "acct_nobody"}
    form = f"charge={ours['charge']}"
    for method, path, given in (
        ("GET", "/v1/balance", None),
        ("GET", "/v1/charges", None),
        ("POST", "/v1/refunds", form),
        ("POST", f"{PAYING}/{ours['intent']}/cancel", ""),
        ("POST", "/v1/customers", ""),
    ):
        answer = served.raw(method, path, given, **nobody)
        assert (answer.status, answer.error["code"]) == (403, "account_invalid")
        assert answer.error["message"] == STRANGER


def test_a_payment_is_the_account_s_own(served: Served, its: dict[str, str]) -> None:
    """It fills its balance, and its lists show nothing else."""
    for path, name in ((PAYING, "intent"), ("/v1/charges", "charge")):
        listed = of_account(served, "GET", f"{path}?limit=100").body["data"]
        assert its[name] in {one["id"] for one in listed}
        found = of_account(served, "GET", f"{path}/{its[name]}")
        assert (found.status, found.body["id"]) == (200, its[name])
    (moved,) = of_account(
        served, "GET", f"/v1/balance_transactions?source={its['charge']}"
    ).body["data"]
    path = f"/v1/balance_transactions/{moved['id']}"
    assert of_account(served, "GET", path).status == 200


def test_a_refund_is_paid_by_the_account(served: Served) -> None:
    """The platform's balance stays as it was."""
    made = of_account(served, "POST", PAYING, PAID).body
    held = of_account(served, "GET", "/v1/balance").body["available"][0]["amount"]
    own = served.raw("GET", "/v1/balance").body["available"]
    form = f"payment_intent={made['id']}&amount=300"
    refund = of_account(served, "POST", "/v1/refunds", form)
    assert (refund.status, refund.body["status"]) == (200, "succeeded")
    left = of_account(served, "GET", "/v1/balance").body["available"][0]["amount"]
    assert held - left == 300
    assert served.raw("GET", "/v1/balance").body["available"] == own
    listed = of_account(served, "GET", f"/v1/refunds?charge={made['latest_charge']}")
    assert [one["id"] for one in listed.body["data"]] == [refund.body["id"]]
    below = f"/v1/charges/{made['latest_charge']}/refunds"
    listed = of_account(served, "GET", below)
    assert [one["id"] for one in listed.body["data"]] == [refund.body["id"]]


def test_the_platform_s_are_not_found(
    served: Served, its: dict[str, str], ours: dict[str, str]
) -> None:
    """In the account's name they are ids that nobody knows, and stay as they are."""
    intent, charge, refund = ours["intent"], ours["charge"], ours["refund"]
    own = served.raw("GET", f"/v1/charges/{charge}").body
    asked = (
        ("GET", f"{PAYING}/{intent}", None),
        ("POST", f"{PAYING}/{intent}", "description=x"),
        ("POST", f"{PAYING}/{intent}/cancel", ""),
        ("GET", f"/v1/charges/{charge}", None),
        ("POST", f"/v1/charges/{charge}/refund", ""),
        ("POST", "/v1/refunds", f"charge={charge}"),
        ("POST", "/v1/refunds", f"payment_intent={intent}"),
        ("GET", f"/v1/refunds/{refund}", None),
        ("POST", f"/v1/refunds/{refund}", "metadata[a]=b"),
        ("POST", f"/v1/refunds/{refund}/cancel", ""),
        ("GET", f"/v1/refunds?charge={charge}", None),
        ("GET", f"/v1/balance_transactions/{own['balance_transaction']}", None),
        ("GET", f"/v1/charges?starting_after={charge}", None),
        ("POST", PAYING, f"{PAID}&customer=cus_x"),
    )
    for method, path, form in asked:
        answer = of_account(served, method, path, form)
        assert answer.status in {400, 404}, (method, path)
        assert answer.error["message"].startswith("No such "), (method, path)
    assert served.raw("GET", f"/v1/charges/{charge}").body == own
    assert its["charge"] != charge


def test_a_key_is_kept_for_each_account(served: Served, its: dict[str, str]) -> None:
    """The same key does one thing for the platform and another for the account."""
    key = {"Idempotency_Key": "the same"}
    one = served.raw("POST", PAYING, PAID, **key)
    other = of_account(served, "POST", PAYING, PAID, **key)
    again = of_account(served, "POST", PAYING, PAID, **key)
    assert one.body["id"] != other.body["id"] == again.body["id"]
    assert again.headers["idempotent-replayed"] == "true"
    wrong = of_account(served, "POST", PAYING, f"{PAID}&description=x", **key)
    assert "other than 'the same'" in wrong.error["message"]
    assert its


def test_a_second_attempt_stays_with_the_account(served: Served) -> None:
    """Also where whoever confirms it does not say in whose name."""
    form = PAID.replace("bypassPending", "chargeDeclined")
    declined = of_account(served, "POST", PAYING, f"{form}&application_fee_amount=50")
    intent = declined.error["payment_intent"]["id"]
    before = served.raw("GET", "/v1/balance").body["available"]
    url = f"{PAYING}/{intent}/confirm"
    paid = served.raw("POST", url, "payment_method=pm_card_bypassPending")
    assert paid.body["status"] == "succeeded"
    charge = of_account(served, "GET", f"/v1/charges/{paid.body['latest_charge']}")
    assert charge.body["application_fee_amount"] == 50
    grown = served.raw("GET", "/v1/balance").body["available"][0]["amount"]
    assert grown - before[0]["amount"] == 50


@pytest.mark.parametrize(
    "endpoint",
    [one for one in ROUTES.endpoints if (one.method, one.path) not in OBEYED],
    ids=lambda one: f"{one.method} {one.path}",
)
def test_what_is_the_platform_s_alone_is_refused(
    served: Served, its: dict[str, str], endpoint: Endpoint
) -> None:
    """By name, before anything of it is looked at."""
    required = {one.name: "1" for one in endpoint.takes if one.required}
    form = "&".join(f"{name}={value}" for name, value in required.items())
    path = endpoint.path.replace("{", "").replace("}", "")
    if endpoint.method == "GET":
        answer = of_account(served, "GET", f"{path}?{form}")
    else:
        answer = of_account(served, endpoint.method, path, form)
    assert answer.status == 400, its
    said = answer.error["message"]
    assert "in the name of a connected account" in said or "Invalid" in said


def test_what_would_not_stay_the_account_s(served: Served) -> None:
    """A payment of two steps, or one in another's name as well, is not begun."""
    waits = of_account(served, "POST", PAYING, PAID.replace("&confirm=true", ""))
    assert (waits.status, waits.error["param"]) == (400, "confirm")
    other = of_account(served, "POST", PAYING, f"{PAID}&on_behalf_of=acct_x")
    assert (other.status, other.error["param"]) == (400, "on_behalf_of")


def test_every_obeyed_endpoint_is_one() -> None:
    """The table names endpoints that there are."""
    known = {(one.method, one.path) for one in ROUTES.endpoints}
    assert OBEYED.keys() <= known
