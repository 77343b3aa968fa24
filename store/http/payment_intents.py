"""Payment intents: their endpoints, from the first word to capture or cancel."""

from typing import Any

from store.clock import to_unix
from store.http.answers import Declined
from store.http.payment_methods import CARD
from store.http.routes import Call, Endpoint
from store.http.takes import METADATA, SEARCH, WINDOW, Kind, Takes, flag, loose, whole
from store.http.whole import whole as in_full
from store.method import TYPES
from store.outcome import PaymentOutcome
from store.payment import Charge, ChargeStatus, Intent
from store.payment_method import test_name
from store.shape.objects import Json, charge_shape, intent_shape, method_shape

_WORDS = (
    METADATA,
    Takes("description", unsets=True),
    Takes("receipt_email", unsets=True),
)
_IGNORED = loose(
    *("automatic_payment_methods", "confirmation_method", "confirmation_token"),
    *("error_on_requires_action", "mandate", "mandate_data", "off_session"),
    *("payment_method_configuration", "payment_method_options", "radar_options"),
    *("return_url", "setup_future_usage", "shipping", "statement_descriptor"),
    *("statement_descriptor_suffix", "transfer_group", "use_stripe_sdk"),
    *("amount_details", "payment_details", "excluded_payment_method_types"),
)
_TRANSFER = Takes(
    "transfer_data",
    Kind.HASH,
    inside=(Takes("destination"), whole("amount")),
)
_DATA = Takes(
    "payment_method_data",
    Kind.HASH,
    inside=(
        Takes("type", required=True),
        Takes("card", Kind.HASH, inside=CARD),
        *loose(*(one for one in TYPES if one != "card")),
        *loose("allow_redisplay", "billing_details", "metadata", "radar_options"),
    ),
)
_CREATE = (
    _DATA,
    whole("amount", required=True),
    Takes("currency", required=True),
    Takes("payment_method"),
    Takes("payment_method_types", Kind.TEXTS, "method_types"),
    Takes("capture_method", choices=("automatic", "automatic_async", "manual")),
    flag("confirm"),
    Takes("customer"),
    *_WORDS,
    _TRANSFER,
    whole("application_fee_amount"),
    Takes("on_behalf_of"),
    *_IGNORED,
)
_CONFIRM = (_DATA, Takes("payment_method"), Takes("receipt_email"), *_IGNORED)
_UPDATE = (
    *_WORDS,
    _DATA,
    whole("amount"),
    Takes("payment_method"),
    Takes("customer"),
    *_IGNORED,
    *loose(
        "currency", "payment_method_types", "application_fee_amount", "transfer_data"
    ),
)
_CAPTURE = (
    whole("amount_to_capture", "amount"),
    *loose(
        *("application_fee_amount", "final_capture", "metadata", "amount_details"),
        *("statement_descriptor", "statement_descriptor_suffix", "transfer_data"),
        "payment_details",
    ),
)


def _given(call: Call) -> dict[str, Any]:
    """Return what was given, with what is paid with by its name.

    Raises:
        Refused: It is described, but there is none such.
    """
    given = dict(call.given)
    data = given.pop("payment_method_data", None)
    if data is not None:
        card = data.get("card", {})
        name = test_name(data["type"], card.get("number"), card.get("token"))
        given.setdefault("payment_method", name)
    return given


def _create(call: Call) -> object:
    given = _given(call)
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
    return call.store.payment_intents.retrieve(call.id)


def _update(call: Call) -> object:
    return call.store.payment_intents.update(call.id, **_given(call), **call.asks)


def _list(call: Call) -> object:
    return call.store.payment_intents.list(**call.given)


def _search(call: Call) -> object:
    return call.store.payment_intents.search(**call.given)


def _capture(call: Call) -> object:
    return call.store.payment_intents.capture(call.id, **call.given, **call.asks)


def _cancel(call: Call) -> object:
    return call.store.payment_intents.cancel(call.id, **call.given, **call.asks)


_ONE = "/v1/payment_intents/{intent}"
_LIST = (Takes("customer"), *WINDOW)
_WHY = (Takes("cancellation_reason", argument="reason"),)
ENDPOINTS = (
    Endpoint("POST", "/v1/payment_intents", _create, _CREATE),
    Endpoint("GET", "/v1/payment_intents", _list, _LIST, quick=True),
    Endpoint("GET", "/v1/payment_intents/search", _search, SEARCH),
    Endpoint("GET", _ONE, _retrieve, loose("client_secret"), quick=True),
    Endpoint("POST", _ONE, _update, _UPDATE),
    Endpoint("POST", f"{_ONE}/confirm", _confirm, _CONFIRM),
    Endpoint("POST", f"{_ONE}/capture", _capture, _CAPTURE),
    Endpoint("POST", f"{_ONE}/cancel", _cancel, _WHY),
)
