"""Every refusal of the API, to the letter, in the official client's own classes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import stripe
from refused_calls import CASES, Case
from refused_debits import CASES as DEBITS
from refused_shares import CASES as SHARES
from serving import Served, pay, serve
from stripe import StripeClient

HOLD = (
    "You must cancel the PaymentIntent to reverse the authorization instead of "
    "refunding the Charge directly. For more information, see "
    "https://stripe.com/docs/payments/place-a-hold-on-a-payment-method"
)
DOCS = "https://stripe.com/docs/error-codes/"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for the whole file."""
    with serve(tmp_path_factory.mktemp("served")) as one:
        yield one


@pytest.fixture
def api(served: Served) -> Any:
    """Return the official client."""
    return served.client().v1


def refused(act: Callable[[], object], kind: type[stripe.StripeError]) -> Any:
    """Return the error that a call ends with."""
    with pytest.raises(kind) as caught:
        act()
    return caught.value


@pytest.mark.parametrize("case", [*CASES, *DEBITS, *SHARES], ids=lambda case: case.name)
def test_a_refusal_is_the_api_s_to_the_letter(case: Case, api: Any) -> None:
    """Status, class, code, parameter, message, and doc_url exactly with a code."""
    error = refused(lambda: case.act(api), stripe.InvalidRequestError)
    body = error.json_body["error"]
    assert error.http_status == case.status
    assert body["message"] == case.message
    assert (body.get("code"), body.get("param")) == (case.code, case.param)
    assert body["type"] == "invalid_request_error"
    doc = f"{DOCS}{case.code.replace('_', '-')}" if case.code else None
    assert body.get("doc_url") == doc
    assert error.headers["stripe-should-retry"] == "false"
    assert error.request_id.startswith("req_")


def test_a_refunded_charge_is_not_refunded_again(api: Any) -> None:
    """The message names the charge."""
    paid = pay(api)
    api.refunds.create({"charge": paid.latest_charge})
    error = refused(
        lambda: api.refunds.create({"charge": paid.latest_charge}),
        stripe.InvalidRequestError,
    )
    assert error.code == "charge_already_refunded"
    assert error.user_message == (
        f"Charge {paid.latest_charge} has already been refunded."
    )


def test_an_authorisation_is_canceled_not_refunded(api: Any) -> None:
    """The message names the intent and says what to do."""
    held = pay(api, capture_method="manual")
    error = refused(
        lambda: api.refunds.create({"charge": held.latest_charge}),
        stripe.InvalidRequestError,
    )
    assert error.user_message == (
        f"This uncaptured Charge was created by a PaymentIntent ({held.id}). {HOLD}"
    )


def test_two_payments_are_one_too_many(api: Any) -> None:
    """Both may be named when they agree."""
    one, other = pay(api), pay(api)
    both = {"payment_intent": one.id, "charge": other.latest_charge}
    error = refused(lambda: api.refunds.create(both), stripe.InvalidRequestError)
    assert error.user_message == (
        "You may only specify one of these parameters: charge, payment_intent."
    )
    agreeing = {"payment_intent": one.id, "charge": one.latest_charge}
    assert api.refunds.create(agreeing).amount == 1000


def test_a_failed_charge_is_not_refunded_by_another(served: Served, api: Any) -> None:
    """Nor captured by another: who names a charge means that one."""
    begun = api.payment_intents.create({"amount": 1000, "currency": "usd"})
    act = api.payment_intents.confirm
    declined = {"payment_method": "pm_card_chargeDeclined"}
    error = refused(lambda: act(begun.id, declined), stripe.CardError)
    failed = error.json_body["error"]["charge"]
    act(begun.id, {"payment_method": "pm_card_bypassPending"})
    said = (
        f"This PaymentIntent ({begun.id}) does not have a successful charge to refund."
    )
    both = f"charge={failed}&payment_intent={begun.id}"
    for path, body in (
        ("/v1/refunds", f"charge={failed}"),
        ("/v1/refunds", both),
        (f"/v1/charges/{failed}/refund", "amount=100"),
        (f"/v1/charges/{failed}/refunds", "amount=100"),
    ):
        answer = served.raw("POST", path, body)
        assert (answer.status, answer.body["error"]["message"]) == (400, said)
    assert api.refunds.list({"payment_intent": begun.id}).data == []
    answer = served.raw("POST", f"/v1/charges/{failed}/capture", "amount=100")
    assert answer.body["error"]["message"] == (
        f"This Charge ({failed}) could not be captured because it has a status of "
        "failed."
    )
    held = pay(api, capture_method="manual").latest_charge
    for verb in ("capture", "cancel"):
        answer = served.raw("POST", f"/v1/payment_intents/{held}/{verb}")
        wanted = f"No such payment_intent: '{held}'"
        assert (answer.status, answer.error["message"]) == (404, wanted)
    answer = served.raw("POST", f"/v1/charges/{begun.id}/refund")
    assert answer.body["error"]["message"] == f"No such charge: '{begun.id}'"


def test_a_declined_card_is_a_card_error(api: Any) -> None:
    """It is answered with 402, and with the intent that can be tried again."""
    error = refused(lambda: pay(api, "pm_card_chargeDeclined"), stripe.CardError)
    assert (error.http_status, error.code) == (402, "card_declined")
    assert error.user_message == "Your card was declined."
    assert error.error.decline_code == "generic_decline"
    intent = api.payment_intents.retrieve(error.error.payment_intent.id)
    assert intent.status == "requires_payment_method"
    again = api.payment_intents.confirm(intent.id, {"payment_method": "pm_card_visa"})
    assert again.status == "succeeded"


def test_a_failed_payment_has_nothing_to_refund(api: Any) -> None:
    """The message names the intent."""
    error = refused(lambda: pay(api, "pm_card_chargeDeclined"), stripe.CardError)
    intent = error.error.payment_intent.id
    error = refused(
        lambda: api.refunds.create({"payment_intent": intent}),
        stripe.InvalidRequestError,
    )
    assert error.user_message == (
        f"This PaymentIntent ({intent}) does not have a successful charge to refund."
    )


def test_a_card_that_may_be_somebodys_is_not_taken(api: Any) -> None:
    """Only the documented test numbers are."""
    number = "4929420573595709"
    card = {"number": number, "exp_month": 1, "exp_year": 2031}
    error = refused(
        lambda: api.payment_methods.create({"type": "card", "card": card}),
        stripe.CardError,
    )
    assert "used a non test (live) card" in error.user_message
    assert number not in str(error.json_body)


def test_limits_are_clamped_not_refused(api: Any) -> None:
    """As the API does with 0 and 101."""
    pay(api)
    assert len(api.charges.list({"limit": 0}).data) == 1
    assert len(api.charges.list({"limit": 101}).data) >= 1


def test_the_client_is_typed_as_expected(served: Served) -> None:
    """What the tests call is the official client."""
    assert isinstance(served.client(), StripeClient)
