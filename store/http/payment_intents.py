"""Payment intents: their endpoints, from the first word to capture or cancel."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from store.clock import to_unix
from store.errors import Refused
from store.http.answers import Declined, RefusedOf
from store.http.forms import named
from store.http.intent_takes import CAPTURE, CONFIRM, CREATE, LIST, UPDATE
from store.http.routes import Call, Endpoint, Verb
from store.http.takes import EXTRA, SEARCH, Takes
from store.http.whole import whole as in_full
from store.method import TYPES
from store.outcome import PaymentOutcome
from store.payment import Charge, ChargeStatus, Intent
from store.payment_method import DATA, keepable, test_name, why_not_details
from store.refusals import http as http_refusals
from store.refusals import methods as method_refusals
from store.shape.objects import Json, charge_shape, intent_shape, method_shape

DESCRIBED = "payment_method_data"
_AUTOMATIC = "automatic_payment_methods"
_CONFIGURED = "payment_method_configuration"


def _given(call: Call) -> dict[str, Any]:
    """Return what was given, with what is paid with by its name.

    Raises:
        Refused: It is described, but there is none such, or it is named as well.
    """
    given = dict(call.given)
    extra = _answered(given.pop(EXTRA, {}))
    data = given.pop(DESCRIBED, None)
    if data is not None:
        if "payment_method" in given:
            raise Refused(method_refusals.two_ways_to_pay())
        given["payment_method"], extra[DATA] = _described(data)
    return {**given, EXTRA: extra} if extra else given


def _described(data: Mapping[str, Any]) -> tuple[str, Json]:
    """Return the test name of what is described, and what may be kept of it.

    Raises:
        Refused: There is none such.
    """
    type_ = str(data["type"])
    details: dict[str, Any] = {one: data[one] for one in TYPES if one in data}
    if refusal := why_not_details(type_, details):
        own_name = refusal.param not in data
        full = refusal.param if own_name else named(DESCRIBED, str(refusal.param))
        raise Refused(replace(refusal, param=full))
    own = details.get(type_, {})
    name = test_name(type_, own.get("number"), own.get("token"))
    expiry = {one: own[one] for one in ("exp_month", "exp_year") if one in own}
    said: Json = {type_: {**keepable(own), **expiry}, **data.get(EXTRA, {})}
    if "billing_details" in data:
        said["billing_details"] = data["billing_details"]
    return name, said


def _answered(extra: Json) -> Json:
    """Return what is kept as it is answered."""
    kept = dict(extra)
    if isinstance(automatic := kept.get(_AUTOMATIC), dict):
        kept[_AUTOMATIC] = {"allow_redirects": "always", **automatic}
    if configured := kept.pop(_CONFIGURED, None):
        kept["payment_method_configuration_details"] = {
            "id": configured,
            "parent": None,
        }
    return kept


def _create(call: Call) -> object:
    given = {"capture_method": "automatic_async", **_given(call)}
    automatic = given.get(EXTRA, {}).get(_AUTOMATIC, {})
    if automatic.get("enabled") and "method_types" in given:
        raise Refused(method_refusals.two_ways_to_allow())
    if customer := given.pop("customer", None):
        given["customer"] = call.store.customers.retrieve(customer, "customer")
    if given.get("metadata") == "":
        del given["metadata"]
    made = call.store.payment_intents.create(
        **{"payment_method": None, "confirm": False, **given},
        stripe_account=call.account,
        settle_in=_settles_in(call, given),
        **call.asks,
    )
    return _settled(made)


def _confirm(call: Call) -> object:
    intent = call.store.payment_intents.retrieve(call.id)
    given = {**intent.extra, "currency": intent.money.currency}
    done = call.store.payment_intents.confirm(
        call.id,
        **_given(call),
        stripe_account=call.account,
        settle_in=_settles_in(call, given),
        **call.asks,
    )
    return _settled(done)


def _settles_in(call: Call, given: Json) -> str | None:
    """Return the currency that the balance gets: the store's own, where it can be.

    A payment that is shared settles in its own, and so does one without a rate.
    """
    shared = call.account or given.get("transfer_data")
    currency = str(given["currency"]).lower()
    return None if shared else call.store.settles_in(currency)


def _settled(done: PaymentOutcome) -> Intent | PaymentOutcome:
    """Return what was paid.

    Raises:
        Declined: The bank said no, or the payment was blocked.
    """
    intent, charge = done.payment.intent, done.payment.charge
    if intent is None or charge is None or charge.status is not ChargeStatus.FAILED:
        return done
    error = declined(charge)
    shape = {**in_full(intent_shape(intent)), "last_payment_error": dict(error)}
    raise Declined({**error, "payment_intent": shape})


def declined(charge: Charge) -> Json:
    """Return the error of a charge that failed, as the API tells it."""
    code = charge.failure_code or "card_declined"
    method = {
        "id": None,
        "object": "payment_method",
        "created": to_unix(charge.created),
        **method_shape(charge.method),
    }
    return {
        "type": "card_error",
        "code": code,
        "decline_code": "generic_decline",
        "doc_url": f"https://stripe.com/docs/error-codes/{code.replace('_', '-')}",
        "message": charge.failure_message or "Your card was declined.",
        "charge": charge_shape(charge)["id"],
        "payment_method": method,
    }


def _retrieve(call: Call) -> object:
    found = call.store.payment_intents.retrieve(call.id)
    secret = call.given.get("client_secret")
    if secret is not None and secret != in_full(intent_shape(found))["client_secret"]:
        raise Refused(http_refusals.bad_client_secret())
    return found


def _update(call: Call) -> object:
    return call.store.payment_intents.update(
        call.id, **_given(call), stripe_account=call.account, **call.asks
    )


def _list(call: Call) -> object:
    return call.store.payment_intents.list(**call.given)


def _search(call: Call) -> object:
    return call.store.payment_intents.search(**call.given)


def _capture(call: Call) -> object:
    if call.given.get("amount", 0) < 0:
        raise Refused(http_refusals.below_nothing("amount_to_capture"))
    return call.store.payment_intents.capture(call.id, **call.given, **call.asks)


def _cancel(call: Call) -> object:
    return call.store.payment_intents.cancel(call.id, **call.given, **call.asks)


def _showing(act: Verb) -> Verb:
    """Return a verb whose refusals show the intent as it is."""

    def acting(call: Call) -> object:
        try:
            return act(call)
        except Refused as refused:
            found = call.store.payment_intents.retrieve(call.id)
            beside: Json = {"payment_intent": in_full(intent_shape(found))}
            raise RefusedOf(refused.refusal, beside) from None

    return acting


_ONE = "/v1/payment_intents/{intent}"
_WHY = (Takes("cancellation_reason", argument="reason"),)
ENDPOINTS = (
    Endpoint("POST", "/v1/payment_intents", _create, CREATE),
    Endpoint("GET", "/v1/payment_intents", _list, LIST, quick=True),
    Endpoint("GET", "/v1/payment_intents/search", _search, SEARCH),
    Endpoint("GET", _ONE, _retrieve, (Takes("client_secret"),), quick=True),
    Endpoint("POST", _ONE, _showing(_update), UPDATE),
    Endpoint("POST", f"{_ONE}/confirm", _showing(_confirm), CONFIRM),
    Endpoint("POST", f"{_ONE}/capture", _showing(_capture), CAPTURE),
    Endpoint("POST", f"{_ONE}/cancel", _showing(_cancel), _WHY),
)
