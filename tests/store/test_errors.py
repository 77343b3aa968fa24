"""Every refusal has the API's own words, code and parameter, written once."""

import inspect

import pytest

from store import refusals
from store.errors import ImportFailed, Refusal, Refused
from store.money import Money
from store.refusals import metadata as metadata_refusals

TEN, ELEVEN, FIVE, SIX = (Money(n, "usd") for n in (1_000, 1_100, 500, 600))
HOLD = "https://stripe.com/docs/payments/place-a-hold-on-a-payment-method"
KNOWN: list[tuple[Refusal, str, str | None, str | None]] = [
    (
        refusals.already_refunded("ch_X"),
        "Charge ch_X has already been refunded.",
        "charge_already_refunded",
        None,
    ),
    (
        refusals.more_than_charge(ELEVEN, TEN),
        "Refund amount ($11.00) is greater than charge amount ($10.00)",
        None,
        "amount",
    ),
    (
        refusals.more_than_left(SIX, FIVE),
        "Refund amount ($6.00) is greater than unrefunded amount on charge ($5.00)",
        None,
        "amount",
    ),
    (
        refusals.amount_below_one(),
        "This value must be greater than or equal to 1.",
        "parameter_invalid_integer",
        "amount",
    ),
    (
        refusals.amount_not_an_integer("abc"),
        "Invalid integer: abc",
        "parameter_invalid_integer",
        "amount",
    ),
    (
        refusals.no_such("charge", "ch_X", "id"),
        "No such charge: 'ch_X'",
        "resource_missing",
        "id",
    ),
    (
        refusals.names_no_payment(),
        (
            "One of the following params should be provided for this request: "
            "payment_intent or charge."
        ),
        None,
        None,
    ),
    (
        refusals.names_two_payments(),
        "You may only specify one of these parameters: charge, payment_intent.",
        None,
        None,
    ),
    (
        refusals.uncaptured("pi_X"),
        (
            "This uncaptured Charge was created by a PaymentIntent (pi_X). You must "
            "cancel the PaymentIntent to reverse the authorization instead of "
            f"refunding the Charge directly. For more information, see {HOLD}"
        ),
        None,
        None,
    ),
    (
        refusals.no_successful_charge("pi_X"),
        "This PaymentIntent (pi_X) does not have a successful charge to refund.",
        None,
        None,
    ),
    (
        refusals.charged_back("ch_X"),
        "Charge ch_X has been charged back; cannot issue a refund.",
        "charge_disputed",
        None,
    ),
    (
        refusals.bad_reason(),
        (
            "Invalid reason: must be one of duplicate, fraudulent, or "
            "requested_by_customer"
        ),
        None,
        "reason",
    ),
    (
        refusals.insufficient_balance(),
        "Insufficient funds in your Stripe balance to refund this amount.",
        None,
        None,
    ),
    (
        refusals.refund_not_cancelable(),
        "Canceling this refund is unsupported.",
        None,
        None,
    ),
    (
        refusals.intent_not_cancelable("succeeded"),
        (
            "You cannot cancel this PaymentIntent because it has a status of "
            "succeeded. Only a PaymentIntent with one of the following statuses may be "
            "canceled: requires_payment_method, requires_capture, "
            "requires_confirmation, requires_action, processing."
        ),
        "payment_intent_unexpected_state",
        None,
    ),
    (
        refusals.intent_not_capturable("canceled"),
        (
            "This PaymentIntent could not be captured because it has a status of "
            "canceled. Only a PaymentIntent with one of the following statuses may be "
            "captured: requires_capture."
        ),
        "payment_intent_unexpected_state",
        None,
    ),
    (
        refusals.captures_too_much(),
        (
            "The payment could not be captured because the requested capture amount is "
            "greater than the amount you can capture for this charge."
        ),
        "amount_too_large",
        None,
    ),
    (
        refusals.bad_cancellation_reason(),
        (
            "Invalid cancellation_reason: must be one of duplicate, fraudulent, "
            "requested_by_customer, or abandoned"
        ),
        None,
        "cancellation_reason",
    ),
    (
        metadata_refusals.value_too_long(801, "v"),
        (
            "Metadata values can have up to 500 characters, but you passed in a value "
            "that is 801 characters. Invalid value: v"
        ),
        None,
        None,
    ),
    (
        metadata_refusals.key_too_long(41, "k"),
        (
            "Metadata keys can have up to 40 characters, but you passed in a key that "
            "is 41 characters. Invalid key: k"
        ),
        None,
        None,
    ),
    (
        metadata_refusals.too_many(52),
        "Metadata can have up to 50 keys, but you've set 52",
        None,
        None,
    ),
    (
        refusals.idempotency_mismatch("K"),
        (
            "Keys for idempotent requests can only be used with the same parameters "
            "they were first used with. Try using a key other than 'K' if you meant to "
            "execute a different request."
        ),
        None,
        None,
    ),
    (
        refusals.lock_timeout(),
        (
            "This object cannot be accessed right now because another API request or "
            "Stripe process is currently accessing it. If you see this error "
            "intermittently, retry the request."
        ),
        "lock_timeout",
        None,
    ),
]


@pytest.mark.parametrize(("refusal", "message", "code", "param"), KNOWN)
def test_to_the_letter(
    refusal: Refusal, message: str, code: str | None, param: str | None
) -> None:
    """Message, code and parameter are those of the recorded API."""
    assert (refusal.message, refusal.code, refusal.param) == (message, code, param)
    error = refusal.body()["error"]
    assert ("doc_url" in error) is (code is not None)
    assert None not in error.values()
    assert str(Refused(refusal)) == message


def test_status_and_type() -> None:
    """What is missing is a 404, what is busy a 429, a used key its own type."""
    missing, busy = (
        refusals.no_such("refund", "re_X", "refund"),
        refusals.lock_timeout(),
    )
    assert (missing.status, busy.status) == (404, 429)
    used = refusals.idempotency_mismatch("K")
    assert (used.status, used.type) == (400, "idempotency_error")
    assert refusals.bad_reason().type == "invalid_request_error"


def test_every_refusal_says_one_thing() -> None:
    """No two refusals share a sentence, and each is a function of this one module."""
    made = dict(inspect.getmembers(refusals, inspect.isfunction))
    ours = {name for name, one in made.items() if one.__module__ == refusals.__name__}
    plain = [
        made[name]() for name in ours if not inspect.signature(made[name]).parameters
    ]
    assert len({refusal.message for refusal in plain}) == len(plain)
    assert len(ours) >= len(KNOWN)


def test_a_failed_import_names_every_line() -> None:
    """The text of a failed import is its problems, then that nothing came in."""
    failed = ImportFailed("a.json", ("a.json:1: no JSON", "a.json:7: no id"))
    assert str(failed).splitlines() == [
        "a.json:1: no JSON",
        "a.json:7: no id",
        "a.json: nothing was imported.",
    ]
