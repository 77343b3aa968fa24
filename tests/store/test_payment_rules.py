"""One badge sums a payment up, and each refusal names its reason."""

from dataclasses import replace

import pytest
from paid import (
    AUTHORISED,
    CHARGE,
    DEAD,
    HELD,
    INTENT,
    PAID,
    TEN,
    WAITING,
    paid,
    refund,
    refunded,
)

from store.badge import Badge
from store.capture import Capture, why_not_capture
from store.dispute import Dispute
from store.method import Method
from store.money import Money
from store.payment import (
    ChargeStatus,
    IntentStatus,
    Payment,
    why_not_cancel,
    why_not_refund,
)

HOLD = (
    "This uncaptured Charge was created by a PaymentIntent (pi_1). You must cancel "
    "the PaymentIntent to reverse the authorization instead of refunding the Charge "
    "directly. For more information, see "
    "https://stripe.com/docs/payments/place-a-hold-on-a-payment-method"
)
UNPAID = "This PaymentIntent (pi_1) does not have a successful charge to refund."
BACK = "Charge ch_1 has been charged back; cannot issue a refund."
SETTLING = (
    IntentStatus.PROCESSING,
    IntentStatus.SUCCEEDED,
)
NONE_LEFT = "Charge ch_1 has already been refunded."


@pytest.mark.parametrize(
    ("payment", "amount", "said", "code"),
    [
        (paid(), None, None, None),
        (paid(), 1, None, None),
        (paid(), 1_000, None, None),
        (
            paid(),
            1_100,
            "Refund amount ($11.00) is greater than charge amount ($10.00)",
            None,
        ),
        (
            refunded(refund(500)),
            600,
            "Refund amount ($6.00) is greater than unrefunded amount on charge ($5.00)",
            None,
        ),
        (
            paid(),
            0,
            "This value must be greater than or equal to 1.",
            "parameter_invalid_integer",
        ),
        (refunded(refund(1_000)), None, NONE_LEFT, "charge_already_refunded"),
        (refunded(refund(1_000)), 1, NONE_LEFT, "charge_already_refunded"),
        (refunded(*DEAD), 1_000, None, None),
        (refunded(WAITING[Badge.REFUND_HELD], refund(900)), 1, NONE_LEFT, "charge_"),
        (paid(None), None, UNPAID, None),
        (paid(replace(CHARGE, status=ChargeStatus.FAILED)), None, UNPAID, None),
        (paid(AUTHORISED, HELD), None, HOLD, None),
        (
            paid(replace(CHARGE, method=Method("oxxo"))),
            None,
            "Payments with oxxo cannot be refunded.",
            "charge_not_refundable",
        ),
        (paid(replace(CHARGE, disputed=True)), None, BACK, "charge_disputed"),
        (paid(replace(CHARGE, status=ChargeStatus.PENDING)), None, None, None),
        *(
            (
                paid(
                    replace(CHARGE, status=ChargeStatus.PENDING),
                    replace(INTENT, status=status),
                ),
                None,
                None if status in SETTLING else UNPAID,
                None,
            )
            for status in IntentStatus
        ),
    ],
)
def test_why_not_refund(
    payment: Payment, amount: int | None, said: str | None, code: str | None
) -> None:
    """A refund that breaks a rule is refused with the API's sentence and code."""
    refusal = why_not_refund(payment, amount)
    assert (refusal and refusal.message) == said
    if refusal is not None:
        assert (refusal.code or "").startswith(code or "")
        assert bool(refusal.code) is bool(code)


@pytest.mark.parametrize(
    ("currency", "amount", "left", "said"),
    [
        (
            "kwd",
            1_235,
            9_000,
            "Invalid amount: 1.235 KWD must be a multiple of 0.010 KWD.",
        ),
        (
            "isk",
            150,
            90_000,
            "Invalid amount: 1.50 ISK must be a multiple of 1.00 ISK.",
        ),
        (
            "jpy",
            9_001,
            9_000,
            "Refund amount (¥9,001) is greater than charge amount (¥9,000)",
        ),
        (
            "kwd",
            9_010,
            9_000,
            "Refund amount (9.010 KWD) is greater than charge amount (9.000 KWD)",
        ),
    ],
)
def test_amounts_of_other_currencies(
    currency: str, amount: int, left: int, said: str
) -> None:
    """Each currency refuses in its own symbol and decimals, and off its grid."""
    charge = replace(CHARGE, money=Money(left, currency), amount_captured=left)
    refusal = why_not_refund(paid(charge), amount)
    assert refusal is not None
    assert refusal.message == said
    assert refusal.param == "amount"


@pytest.mark.parametrize(
    ("status", "flag", "may"),
    [
        ("warning_needs_response", True, True),
        ("warning_under_review", False, True),
        ("won", False, True),
        ("needs_response", False, False),
        ("under_review", False, False),
        ("lost", False, False),
    ],
)
def test_refunds_of_disputed_charges(status: str, *, flag: bool, may: bool) -> None:
    """An inquiry or a won dispute may be refunded, an open or lost chargeback not."""
    dispute = Dispute("du_1", TEN, status, PAID, "ch_1", is_charge_refundable=flag)
    disputed = replace(paid(replace(CHARGE, disputed=True)), dispute=dispute)
    refusal = why_not_refund(disputed)
    assert (refusal is None) is may
    assert disputed.refundable == (TEN if may else Money(0, "usd"))


def test_refundable_is_what_the_rules_allow() -> None:
    """What is left counts refunds in flight; nothing where the rules refuse."""
    assert refunded(refund(400)).refundable == Money(600, "usd")
    assert refunded(refund(400), WAITING[Badge.REFUND_HELD]).refundable.amount == 500
    assert refunded(*DEAD).refundable == TEN
    assert paid(AUTHORISED, HELD).refundable.amount == 0
    assert paid(None).refundable.amount == 0


ONLY = "Only uncaptured payments can be canceled here."


@pytest.mark.parametrize("status", list(IntentStatus))
def test_the_console_cancels_uncaptured_payments_only(status: IntentStatus) -> None:
    """Whatever else the state, the console refuses."""
    refusal = why_not_cancel(
        paid(None, replace(INTENT, status=status)), by_console=True
    )
    uncaptured = status is IntentStatus.REQUIRES_CAPTURE
    assert (refusal and refusal.message) == (None if uncaptured else ONLY)


def test_a_charge_without_an_intent_cannot_be_canceled() -> None:
    """An imported charge whose intent is missing has nothing to cancel."""
    refusal = why_not_cancel(paid(CHARGE, None), by_console=False)
    assert refusal is not None
    assert refusal.message == ONLY


@pytest.mark.parametrize("status", list(IntentStatus))
@pytest.mark.parametrize("debit", [True, False])
def test_the_api_cancels_what_has_not_ended(
    status: IntentStatus, *, debit: bool
) -> None:
    """Ended intents refuse; one that is processing only lets a bank debit go."""
    types = ("us_bank_account",) if debit else ("card",)
    intent = replace(INTENT, status=status, method_types=types)
    refusal = why_not_cancel(paid(None, intent), by_console=False)
    ended = status in (IntentStatus.SUCCEEDED, IntentStatus.CANCELED)
    stuck = status is IntentStatus.PROCESSING and not debit
    said = (
        f"You cannot cancel this PaymentIntent because it has a status of {status}. "
        "Only a PaymentIntent with one of the following statuses may be canceled: "
        "requires_payment_method, requires_capture, requires_confirmation, "
        "requires_action, processing."
    )
    assert (refusal and refusal.message) == (said if ended or stuck else None)
    assert refusal is None or refusal.code == "payment_intent_unexpected_state"


@pytest.mark.parametrize("status", list(IntentStatus))
def test_only_an_authorisation_is_captured(status: IntentStatus) -> None:
    """Capture is refused in any other state, which it names."""
    refusal = why_not_capture(replace(HELD, status=status), Capture())
    said = (
        "This PaymentIntent could not be captured because it has a status of "
        f"{status}. Only a PaymentIntent with one of the following statuses may be "
        "captured: requires_capture."
    )
    waits = status is IntentStatus.REQUIRES_CAPTURE
    assert (refusal and refusal.message) == (None if waits else said)


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        (1, None),
        (1_000, None),
        (1_001, "amount_too_large"),
        (0, "parameter_invalid_integer"),
    ],
)
def test_a_capture_takes_at_most_what_was_authorised(
    amount: int, code: str | None
) -> None:
    """From one minor unit up to the authorised amount."""
    refusal = why_not_capture(HELD, Capture(amount))
    assert (refusal and refusal.code) == code
