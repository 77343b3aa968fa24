"""What a refusal shows beside its message: the parameter, the intent, the key."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from serving import Served, serve

PAYING = "/v1/payment_intents"
HELD = (
    "amount=6500&currency=usd&payment_method=pm_card_visa&confirm=true"
    "&capture_method=manual"
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for the whole file."""
    with serve(tmp_path_factory.mktemp("served")) as one:
        yield one


def held(served: Served) -> tuple[str, str]:
    """Return an intent that waits for its capture, and its charge."""
    made = served.raw("POST", PAYING, HELD).body
    return made["id"], made["latest_charge"]


@pytest.mark.parametrize(
    ("verb", "form", "code"),
    [
        ("capture", "amount_to_capture=9999", "amount_too_large"),
        ("capture", "amount_to_capture=0", "parameter_invalid_integer"),
        ("confirm", "", "payment_intent_unexpected_state"),
        ("cancel", "cancellation_reason=none", None),
    ],
)
def test_a_refused_step_shows_the_intent(
    served: Served, verb: str, form: str, code: str | None
) -> None:
    """As it is, so that a program need not ask for it."""
    intent, _ = held(served)
    answer = served.raw("POST", f"{PAYING}/{intent}/{verb}", form)
    assert (answer.status, answer.error.get("code")) == (400, code)
    assert (
        answer.error["payment_intent"] == served.raw("GET", f"{PAYING}/{intent}").body
    )


def test_nobody_is_shown_an_intent_that_is_none(served: Served) -> None:
    """The refusal is that there is none."""
    answer = served.raw("POST", f"{PAYING}/pi_none/confirm", "")
    assert (answer.status, answer.error["code"]) == (404, "resource_missing")
    assert "payment_intent" not in answer.error


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("-100", (None, "amount_to_capture", "Invalid non-negative integer")),
        (
            "0",
            (
                "parameter_invalid_integer",
                "amount",
                "This value must be greater than or equal to 1.",
            ),
        ),
    ],
)
def test_too_little_is_captured(
    served: Served, amount: str, said: tuple[str | None, str, str]
) -> None:
    """As it was recorded: nothing has the charge's name for it, less the intent's."""
    intent, _ = held(served)
    form = f"amount_to_capture={amount}"
    error = served.raw("POST", f"{PAYING}/{intent}/capture", form).error
    assert (error.get("code"), error["param"], error["message"]) == said


def test_a_settled_intent_is_shown_where_it_is_not_changed(served: Served) -> None:
    """What its charge would be grouped by is said of the intent, too."""
    intent, charge = held(served)
    served.raw("POST", f"{PAYING}/{intent}/capture", "")
    error = served.raw("POST", f"{PAYING}/{intent}", "amount=9999").error
    assert error["payment_intent"]["status"] == "succeeded"
    error = served.raw("POST", f"/v1/charges/{charge}", "transfer_group=order_42").error
    assert f"created by a PaymentIntent ({intent})" in error["message"]
    assert served.raw("GET", f"/v1/charges/{charge}").body["transfer_group"] is None


def test_what_is_captured_already_is_said_of_what_was_named(served: Served) -> None:
    """The charge is captured; the rest of the intent was released."""
    intent, charge = held(served)
    taken = served.raw("POST", f"{PAYING}/{intent}/capture", "amount_to_capture=5000")
    assert taken.status == 200
    error = served.raw("POST", f"/v1/charges/{charge}/capture", "").error
    assert error["message"] == f"Charge {charge} has already been captured."
    assert error["code"] == "charge_already_captured"
    error = served.raw("POST", f"{PAYING}/{intent}/capture", "").error
    assert (
        "the remainder of the authorized amount has been released" in error["message"]
    )
    assert error["code"] == "payment_intent_unexpected_state"


def test_the_dispute_of_a_charge_is_found_by_the_charge(served: Served) -> None:
    """And that there is none is said."""
    form = "amount=900&currency=usd&confirm=true&payment_method=pm_card_"
    disputed = served.raw("POST", PAYING, f"{form}createDispute").body["latest_charge"]
    sound = served.raw("POST", PAYING, f"{form}visa").body["latest_charge"]
    served.raw("POST", "/v1/test_helpers/advance", "by=30d")
    found = served.raw("GET", f"/v1/charges/{disputed}/dispute")
    assert (found.status, found.body["charge"]) == (200, disputed)
    path = f"/v1/disputes/{found.body['id']}/close"
    served.raw("POST", path)
    again = served.raw("POST", path)
    closed = again.status, again.error["message"]
    assert closed == (400, "This dispute is already closed")
    none = served.raw("GET", f"/v1/charges/{sound}/dispute")
    assert none.status == 404
    assert none.error["message"] == f"No dispute for charge: {sound}"


def test_a_key_is_told_as_it_was_given(served: Served) -> None:
    """Each account has keys of its own, and never sees what they are kept as."""
    form = "amount=900&currency=usd&confirm=true&payment_method=pm_card_visa"
    theirs = {"Stripe-Account": "acct_ann", "Idempotency-Key": "order1"}
    made = served.raw("POST", PAYING, form, **theirs)
    assert made.status == 200, made.body
    again = served.raw("POST", PAYING, f"{form}&description=x", **theirs)
    assert "other than 'order1' if" in again.error["message"]
    ours = served.raw("POST", PAYING, form, **{"Idempotency-Key": "acct_ann:order1"})
    assert ours.status == 200, ours.body
    told = served.raw("GET", "/v1/events?limit=100").body["data"]
    keys = {
        one["data"]["object"]["id"]: one["request"]["idempotency_key"] for one in told
    }
    assert keys[made.body["id"]] == "order1"
    assert keys[ours.body["id"]] == "acct_ann:order1"


def test_nothing_is_dropped_wherever_it_is_given(served: Served) -> None:
    """A query counts beside a body; a body that nobody reads is refused."""
    made = served.raw("POST", "/v1/customers?name=Ada&wat=1", "email=a@example.com")
    assert made.error["message"] == "Received unknown parameter: wat"
    made = served.raw("POST", "/v1/customers?name=Ada", "email=a@example.com")
    assert (made.body["name"], made.body["email"]) == ("Ada", "a@example.com")
    bare = served.raw("POST", "/v1/customers?name=Bob")
    assert bare.body["name"] == "Bob"
    read = served.raw("GET", "/v1/customers", "limit=1")
    assert (read.status, "has no body" in read.error["message"]) == (400, True)
    assert served.raw("GET", "/v1/customers", "").status == 200
