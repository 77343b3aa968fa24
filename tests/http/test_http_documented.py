"""Every parameter that the official client documents is obeyed or refused by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

import pytest
from documented import Documented, parameters
from documented_world import ACCOUNT, Done, Pairs, World

from store.cards import CARDS
from store.http.endpoints import ROUTES
from store.http.expanding import EXPANDABLE
from store.http.routes import Endpoint
from store.http.takes import Kind, Takes
from store.method import TYPES

_OF_CHARGE = "RefundCreateParams"
DOCUMENTED = {
    "POST /v1/refunds": "RefundCreateParams",
    "GET /v1/refunds": "RefundListParams",
    "GET /v1/refunds/{refund}": "RefundRetrieveParams",
    "POST /v1/refunds/{refund}": "RefundUpdateParams",
    "POST /v1/refunds/{refund}/cancel": "RefundCancelParams",
    "POST /v1/charges/{charge}/refund": _OF_CHARGE,
    "POST /v1/charges/{charge}/refunds": _OF_CHARGE,
    "GET /v1/charges/{charge}/refunds": "ChargeListRefundsParams",
    "GET /v1/charges/{charge}/refunds/{refund}": "ChargeRetrieveRefundParams",
    "POST /v1/charges/{charge}/refunds/{refund}": "RefundUpdateParams",
    "POST /v1/payment_intents": "PaymentIntentCreateParams",
    "GET /v1/payment_intents": "PaymentIntentListParams",
    "GET /v1/payment_intents/search": "PaymentIntentSearchParams",
    "GET /v1/payment_intents/{intent}": "PaymentIntentRetrieveParams",
    "POST /v1/payment_intents/{intent}": "PaymentIntentUpdateParams",
    "POST /v1/payment_intents/{intent}/confirm": "PaymentIntentConfirmParams",
    "POST /v1/payment_intents/{intent}/capture": "PaymentIntentCaptureParams",
    "POST /v1/payment_intents/{intent}/cancel": "PaymentIntentCancelParams",
    "GET /v1/charges": "ChargeListParams",
    "GET /v1/charges/search": "ChargeSearchParams",
    "GET /v1/charges/{charge}": "ChargeRetrieveParams",
    "POST /v1/charges/{charge}": "ChargeUpdateParams",
    "POST /v1/charges/{charge}/capture": "ChargeCaptureParams",
    "POST /v1/customers": "CustomerCreateParams",
    "GET /v1/customers": "CustomerListParams",
    "GET /v1/customers/search": "CustomerSearchParams",
    "GET /v1/customers/{customer}": "CustomerRetrieveParams",
    "POST /v1/customers/{customer}": "CustomerUpdateParams",
    "GET /v1/customers/{customer}/cash_balance": "CustomerCashBalanceRetrieveParams",
    "GET /v1/customers/{customer}/payment_methods": "CustomerPaymentMethodListParams",
    "POST /v1/payment_methods": "PaymentMethodCreateParams",
    "GET /v1/payment_methods": "PaymentMethodListParams",
    "GET /v1/payment_methods/{method}": "PaymentMethodRetrieveParams",
    "POST /v1/payment_methods/{method}/attach": "PaymentMethodAttachParams",
    "POST /v1/payment_methods/{method}/detach": "PaymentMethodDetachParams",
    "GET /v1/balance": "BalanceRetrieveParams",
    "GET /v1/balance_transactions": "BalanceTransactionListParams",
    "GET /v1/balance_transactions/{transaction}": "BalanceTransactionRetrieveParams",
    "GET /v1/balance/history": "BalanceTransactionListParams",
    "GET /v1/balance/history/{transaction}": "BalanceTransactionRetrieveParams",
    "POST /v1/topups": "TopupCreateParams",
    "GET /v1/topups": "TopupListParams",
    "GET /v1/topups/{topup}": "TopupRetrieveParams",
    "GET /v1/events": "EventListParams",
    "GET /v1/events/{event}": "EventRetrieveParams",
    "GET /v1/disputes": "DisputeListParams",
    "GET /v1/disputes/{dispute}": "DisputeRetrieveParams",
    "POST /v1/disputes/{dispute}/close": "DisputeCloseParams",
    "GET /v1/charges/{charge}/dispute": "DisputeRetrieveParams",
    "GET /v1/reviews": "ReviewListParams",
    "GET /v1/reviews/{review}": "ReviewRetrieveParams",
    "POST /v1/reviews/{review}/approve": "ReviewApproveParams",
    "POST /v1/transfers": "TransferCreateParams",
    "GET /v1/transfers": "TransferListParams",
    "GET /v1/transfers/{given}": "TransferRetrieveParams",
    "POST /v1/transfers/{given}/reversals": "TransferReversalCreateParams",
    "GET /v1/transfers/{given}/reversals": "TransferReversalListParams",
    "GET /v1/transfers/{given}/reversals/{back}": "TransferReversalRetrieveParams",
    "GET /v1/application_fees": "ApplicationFeeListParams",
    "GET /v1/application_fees/{given}": "ApplicationFeeRetrieveParams",
    "POST /v1/application_fees/{given}/refunds": "ApplicationFeeRefundCreateParams",
    "GET /v1/application_fees/{given}/refunds": "ApplicationFeeRefundListParams",
    "GET /v1/application_fees/{given}/refunds/{back}": (
        "ApplicationFeeRefundRetrieveParams"
    ),
    "POST /v1/test_helpers/refunds/{refund}/expire": "RefundExpireParams",
    "POST /v1/test_helpers/customers/{customer}/fund_cash_balance": (
        "CustomerFundCashBalanceParams"
    ),
    "POST /v1/webhook_endpoints": "WebhookEndpointCreateParams",
    "GET /v1/webhook_endpoints": "WebhookEndpointListParams",
    "GET /v1/webhook_endpoints/{webhook_endpoint}": "WebhookEndpointRetrieveParams",
    "POST /v1/webhook_endpoints/{webhook_endpoint}": "WebhookEndpointUpdateParams",
    "DELETE /v1/webhook_endpoints/{webhook_endpoint}": "WebhookEndpointDeleteParams",
}
"""By endpoint, the client's class of what it takes."""
OWN = {"POST /v1/test_helpers/advance"}
"""What the client knows nothing of."""
NEEDED: dict[str, Pairs] = {
    "POST /v1/refunds": (("charge", "charge"),),
    "POST /v1/payment_intents": (("amount", "1000"), ("currency", "usd")),
    "POST /v1/payment_intents/{intent}/confirm": (("payment_method", "pm_card_visa"),),
    "GET /v1/payment_intents/search": (("query", "amount>1"),),
    "GET /v1/charges/search": (("query", "amount>1"),),
    "GET /v1/customers/search": (("query", "created>1"),),
    "POST /v1/payment_methods": (("type", "card"), ("card[token]", "tok_visa")),
    "POST /v1/payment_methods/{method}/attach": (("customer", "customer"),),
    "POST /v1/topups": (("amount", "500"), ("currency", "usd")),
    "POST /v1/transfers": (
        *(("amount", "300"), ("currency", "usd"), ("destination", ACCOUNT)),
        ("source_transaction", "plain"),
    ),
    "POST /v1/test_helpers/customers/{customer}/fund_cash_balance": (
        *(("amount", "500"), ("currency", "usd")),
    ),
    "POST /v1/webhook_endpoints": (
        *(("url", "https://example.com/a"), ("enabled_events[]", "*")),
    ),
}
"""Without what nothing is answered; an id by what the world calls it."""
_TO = (("transfer_data[destination]", ACCOUNT),)
BESIDE: dict[tuple[str, str], Pairs] = {
    ("POST /v1/payment_intents", "automatic_payment_methods[allow_redirects]"): (
        ("automatic_payment_methods[enabled]", "true"),
    ),
    ("POST /v1/payment_intents", "transfer_data[amount]"): _TO,
    ("POST /v1/payment_intents", "application_fee_amount"): _TO,
    ("POST /v1/payment_intents/{intent}/capture", "final_capture"): (
        ("amount_to_capture", "400"),
    ),
}
"""By endpoint and parameter, beside what alone it makes sense."""
GIVEN = {
    "amount": "100",
    "allow_redirects": "never",
    "allowed_payment_method_types": "card",
    "amount_to_capture": "400",
    "capture_method": "manual",
    "charge": "plain",
    "client_secret": "x",
    "confirmation_method": "manual",
    "currency": "eur",
    "customer": "bob",
    "destination": "acct_bob",
    "enabled_events": "charge.refunded",
    "email": "bob@example.com",
    "exp_month": "3",
    "exp_year": "2031",
    "final_capture": "false",
    "number": "5555555555554444",
    "payment_intent": "intent",
    "payment_method": "pm_card_mastercard",
    "query": "created>4000000000",
    "reconciliation_mode": "automatic",
    "source": "charge",
    "source_transaction": "charge",
    "token": "tok_mastercard",
    "type": "refund",
    "types": "refund.created",
    "url": "https://example.com/b",
}
"""By the name of a parameter, a value that is no default; of an id, whose it is."""
_FAR = "4000000000"
_SOMETIMES = 2
"""So many parameters are tried inside a hash whose keys are not declared."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """One world for the whole file; every request finds it as it was."""
    return World(tmp_path_factory.mktemp("documented"))


def named(endpoint: Endpoint) -> str:
    """Return an endpoint as it is written above."""
    return f"{endpoint.method} {endpoint.path}"


def test_every_endpoint_is_documented() -> None:
    """One that is new is looked up here too."""
    assert {named(one) for one in ROUTES.endpoints} == DOCUMENTED.keys() | OWN


@pytest.mark.parametrize(
    "endpoint",
    [one for one in ROUTES.endpoints if named(one) in DOCUMENTED],
    ids=named,
)
def test_nothing_that_is_documented_is_dropped(
    world: World, endpoint: Endpoint
) -> None:
    """It shows in the answer or in the store, or the refusal names it."""
    dropped = []
    for one in tried(endpoint):
        needed, pairs = asked(world, endpoint, one)
        before, after = world.asked(endpoint, needed), world.asked(endpoint, pairs)
        assert before.status == 200, before
        if after.status >= 400 and is_named(one, after):
            continue
        if after.status >= 400 or (after.body, after.rows) == (
            before.body,
            before.rows,
        ):
            dropped.append(f"{one.name}: {after.status} {after.says} ({after.param})")
    assert dropped == []


def is_named(one: Documented, done: Done) -> bool:
    """Tell whether a refusal names a parameter, or the hash that it stands in."""
    hashes = {Documented(one.path[:at], str).name for at in range(1, len(one.path) + 1)}
    names = {*hashes, one.path[-1], one.name.removesuffix("[]")}
    return done.param in names or any(name in done.says for name in hashes)


def tried(endpoint: Endpoint) -> Iterator[Documented]:
    """Yield what is documented; of a hash of any keys, a few of them."""
    found = parameters(DOCUMENTED[named(endpoint)])
    for is_free, some in groupby(found, lambda one: free(endpoint.known, one.path)):
        yield from list(some)[: _SOMETIMES if is_free else None]


def free(takes: tuple[Takes, ...], path: tuple[str, ...]) -> tuple[str, ...]:
    """Return where a parameter stands in a hash of any keys; nothing elsewhere."""
    known = {one.name: one for one in takes}
    found = known.get(path[0])
    if found is None or found.refused:
        return path[:1]
    if found.kind is Kind.FREE:
        return path[:1]
    if found.kind is Kind.HASH and path[1:]:
        inside = free(found.inside, path[1:])
        return (*path[:1], *inside) if inside else ()
    return ()


def asked(world: World, endpoint: Endpoint, one: Documented) -> tuple[Pairs, Pairs]:
    """Return what is needed to be answered, and that with the parameter."""
    needed = dict(NEEDED.get(named(endpoint), ()))
    needed |= dict(BESIDE.get((named(endpoint), one.name), ()))
    if one.path[0] == "payment_method_data":
        type_ = one.path[1] if f"pm_{one.path[1]}" in CARDS else "card"
        type_ = "klarna" if one.path[1] == "type" else type_
        needed |= {"payment_method_data[type]": type_}
        needed.pop("payment_method", None)
        if type_ == "card":
            needed |= {"payment_method_data[card][token]": "tok_visa"}
    if named(endpoint) == "POST /v1/payment_methods" and one.path[0] in TYPES[1:]:
        needed = {"type": one.path[0]}
    given = {**needed, **dict(value(world, endpoint, one))}
    return with_ids(world, needed), with_ids(world, given)


def with_ids(world: World, pairs: Mapping[str, str]) -> Pairs:
    """Return what is sent, with ids for what the world calls them."""
    return tuple((name, world.ids.get(said, said)) for name, said in pairs.items())


def value(world: World, endpoint: Endpoint, one: Documented) -> Pairs:
    """Return a parameter with a value that makes a difference."""
    last = next(name for name in reversed(one.path) if name != "[]")
    if one.name == "expand[]":
        return ((one.name, expandable(world, endpoint)),)
    if last in ("starting_after", "ending_before"):
        listed = world.asked(endpoint, ()).body["data"]
        at = 0 if last == "starting_after" else -1
        return ((one.name, listed[at]["id"] if listed else "x"),)
    if one.path[0] == "created" or (len(one.path) > 1 and last in ("gt", "gte")):
        low = last in ("lt", "lte")
        return ((one.name, "1" if low else _FAR),)
    if last in ("lt", "lte"):
        return ((one.name, "1"),)
    if last == "limit":
        needed = with_ids(world, dict(NEEDED.get(named(endpoint), ())))
        several = len(world.asked(endpoint, needed).body["data"]) > 1
        return ((one.name, "1" if several else "few"),)
    if one.kind is dict:
        return ((f"{one.name}[order]", "7"),)
    if endpoint.path == "/v1/events" and last == "type":
        return ((one.name, "refund.created"),)
    if one.choices:
        chosen = GIVEN.get(last, one.choices[0])
        return ((one.name, chosen if chosen in one.choices else one.choices[0]),)
    usual = {int: "3", bool: "true"}.get(one.kind, "someone")
    return ((one.name, GIVEN.get(last, usual)),)


def expandable(world: World, endpoint: Endpoint) -> str:
    """Return a property that an answer can show in full; none where it has none."""
    needed = with_ids(world, dict(NEEDED.get(named(endpoint), ())))
    body = world.asked(endpoint, needed).body
    rows = body.get("data") if isinstance(body.get("data"), list) else None
    prefix, one = ("data.", rows[0]) if rows else ("", body)
    names = sorted(EXPANDABLE.get(str(one.get("object")), ()))
    there = [name for name in names if isinstance(one.get(name), str)]
    return prefix + there[0] if there else "nothing"
