"""Payments: how they come in, are captured, are canceled, and expire."""

from datetime import timedelta

import pytest

from conftest import ADA, MONDAY, Later, Pay
from store import Store
from store.badge import Badge, badge
from store.errors import Refused
from store.event import Actor, Face
from store.method import Method
from store.money import LARGEST, Money
from store.payment import (
    CancellationReason,
    ChargeStatus,
    IntentStatus,
    Payment,
)
from store.refusals.currencies import below_any_charge, no_currency
from store.search.language import Tab

API = Actor("key_1", Face.API)


def intent_status(payment: Payment) -> IntentStatus:
    """Return where the payment's intent stands."""
    assert payment.intent is not None
    return payment.intent.status


def test_a_payment_comes_in(store: Store, pay: Pay) -> None:
    """Gross is pending at first, the fee is off, and it is listed."""
    paid = pay(5_000, method="pm_card_visa", description="Order 1")
    assert paid.charge is not None
    assert paid.charge.amount_captured == 5_000
    assert paid.charge.fee == Money(175, "usd")
    assert paid.customer is not None
    assert paid.customer.name == ADA.name
    (balance,) = store.refunds.pending().balances
    assert (balance.pending, balance.available) == (
        Money(4_825, "usd"),
        Money(0, "usd"),
    )
    assert store.payments.tabs()[Tab.SUCCEEDED] == 1
    detail = store.payments.detail(paid.charge.id)
    assert detail.payment == paid
    assert (detail.fee, detail.net) == (Money(175, "usd"), Money(4_825, "usd"))
    assert store.examine() == ()


def test_a_declined_payment(store: Store, pay: Pay) -> None:
    """Nothing moves, and the intent waits for another method."""
    paid = pay(method="pm_card_chargeDeclined")
    assert paid.charge is not None
    assert paid.charge.status is ChargeStatus.FAILED
    assert paid.charge.failure_message == "Your card was declined."
    assert intent_status(paid) is IntentStatus.REQUIRES_PAYMENT_METHOD
    assert badge(paid) is Badge.FAILED
    assert store.refunds.pending().balances == ()


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [
        (0, "usd", below_any_charge().message),
        (49, "usd", "Amount must be at least $0.50 usd"),
        (1, "zzz", no_currency("zzz").message),
        (LARGEST + 1, "usd", "Amount must be no more than $999,999.99"),
        (
            1_235,
            "kwd",
            "Invalid amount: 1.235 KWD must be a multiple of 0.010 KWD.",
        ),
    ],
)
def test_impossible_payments(
    pay: Pay, store: Store, amount: int, currency: str, said: str
) -> None:
    """An amount that no payment can have is refused."""
    with pytest.raises(Refused) as refused:
        pay(amount, currency)
    assert str(refused.value) == said
    assert store.payments.page().rows == ()


def test_any_method_may_pay(pay: Pay) -> None:
    """A method that is no test card is taken as it is; an unknown name is refused."""
    paid = pay(method=Method("paypal", country="DE"))
    assert paid.charge is not None
    assert paid.charge.id.startswith("py_")
    assert paid.charge.method.country == "DE"
    with pytest.raises(Refused) as refused:
        pay(method="pm_nonsense")
    assert str(refused.value) == "No such payment_method: 'pm_nonsense'"


def test_capture(store: Store, mia: Actor, pay: Pay) -> None:
    """An authorisation moves nothing until it is captured, all or in part."""
    held = pay(5_000, capture_method="manual")
    assert badge(held) is Badge.UNCAPTURED
    assert store.refunds.pending().balances == ()
    done = store.payment_intents.capture(held.id, amount=3_000, actor=mia)
    assert done.released == Money(2_000, "usd")
    assert done.payment.charge is not None
    assert done.payment.charge.amount_captured == 3_000
    assert done.payment.refundable == Money(3_000, "usd")
    assert intent_status(done.payment) is IntentStatus.SUCCEEDED
    (line,) = store.payments.page().rows
    assert (line.badge, line.expires_at) == (Badge.SUCCEEDED, None)
    assert store.examine() == ()
    with pytest.raises(Refused) as refused:
        store.refunds.create(payment_intent=held.id, amount=3_001, actor=mia)
    assert str(refused.value) == (
        "Refund amount ($30.01) is greater than charge amount ($30.00)"
    )


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (0, "This value must be greater than or equal to 1."),
        (
            5_001,
            (
                "The payment could not be captured because the requested capture "
                "amount is greater than the amount you can capture for this charge."
            ),
        ),
    ],
)
def test_impossible_captures(
    store: Store, mia: Actor, pay: Pay, amount: int, said: str
) -> None:
    """At least one cent, at most what was authorised."""
    held = pay(5_000, capture_method="manual")
    with pytest.raises(Refused) as refused:
        store.payment_intents.capture(held.id, amount=amount, actor=mia)
    assert str(refused.value) == said
    assert store.payments.find(held.id) == held


def test_capture_only_once(store: Store, mia: Actor, pay: Pay) -> None:
    """A captured payment is refused with its state."""
    paid = pay(5_000)
    with pytest.raises(Refused) as refused:
        store.payment_intents.capture(paid.id, actor=mia)
    assert str(refused.value) == (
        "This PaymentIntent could not be captured because it has a status of "
        "succeeded. Only a PaymentIntent with one of the following statuses may be "
        "captured: requires_capture."
    )


def test_cancel_an_uncaptured_payment(store: Store, mia: Actor, pay: Pay) -> None:
    """The authorisation is released; there is no refund, and no way back."""
    held = pay(5_000, capture_method="manual")
    done = store.payment_intents.cancel(
        held.id, reason="requested_by_customer", actor=mia
    )
    assert done.released == Money(5_000, "usd")
    assert done.payment.intent is not None
    assert done.payment.intent.status is IntentStatus.CANCELED
    assert done.payment.intent.canceled_at == MONDAY
    assert done.payment.refunds == ()
    assert badge(done.payment) is Badge.CANCELED
    assert not store.payments.tabs()[Tab.UNCAPTURED]
    for act in (store.payment_intents.cancel, store.payment_intents.capture):
        with pytest.raises(Refused):
            act(held.id, actor=mia)
    assert store.advance(MONDAY + timedelta(days=30)) == 0
    assert store.examine() == ()


def test_cancel_reasons(store: Store, mia: Actor, pay: Pay) -> None:
    """The API's reasons, or Other with a note."""
    held = pay(capture_method="manual")
    for reason in ("because", "automatic"):
        with pytest.raises(Refused) as refused:
            store.payment_intents.cancel(held.id, reason=reason, actor=mia)
        assert str(refused.value) == (
            "Invalid cancellation_reason: must be one of duplicate, fraudulent, "
            "requested_by_customer, or abandoned"
        )
    with pytest.raises(Refused) as refused:
        store.payment_intents.cancel(held.id, reason="other", note=" ", actor=mia)
    assert str(refused.value) == "The reason Other needs a note that explains it."
    done = store.payment_intents.cancel(
        held.id, reason="other", note="shop closed", actor=mia
    )
    assert done.payment.intent is not None
    assert done.payment.intent.cancellation_reason is CancellationReason.OTHER
    assert done.payment.intent.cancel_note == "shop closed"


def test_cancel_a_paid_payment(store: Store, mia: Actor, pay: Pay) -> None:
    """The console says so shortly, the API in its own words."""
    paid = pay()
    with pytest.raises(Refused) as refused:
        store.payment_intents.cancel(paid.id, actor=mia)
    assert str(refused.value) == "Only uncaptured payments can be canceled here."
    with pytest.raises(Refused) as refused:
        store.payment_intents.cancel(paid.id, actor=API)
    assert str(refused.value) == (
        "You cannot cancel this PaymentIntent because it has a status of succeeded. "
        "Only a PaymentIntent with one of the following statuses may be canceled: "
        "requires_payment_method, requires_capture, requires_confirmation, "
        "requires_action, processing."
    )


def test_an_authorisation_expires(store: Store, pay: Pay, later: Later) -> None:
    """After seven days the bank lets it go."""
    held = pay(capture_method="manual")
    (line,) = store.payments.page().rows
    assert line.expires_at == MONDAY + timedelta(days=7)
    later(timedelta(days=7) - timedelta(seconds=1))
    assert badge(store.payments.find(held.id)) is Badge.UNCAPTURED
    later(timedelta(seconds=1))
    expired = store.payments.find(held.id)
    assert badge(expired) is Badge.EXPIRED
    assert expired.intent is not None
    assert expired.intent.cancellation_reason is CancellationReason.AUTOMATIC
    assert [event.type for event in store.events.newest(limit=2)] == [
        "payment_intent.canceled",
        "charge.expired",
    ]


def test_unknown_payments(store: Store, mia: Actor) -> None:
    """A path that leads nowhere is named as it was asked for."""
    for act in (store.payment_intents.cancel, store.payment_intents.capture):
        with pytest.raises(Refused) as refused:
            act("pi_X", actor=mia)
        assert str(refused.value) == "No such payment_intent: 'pi_X'"
        assert refused.value.refusal.param == "intent"
    with pytest.raises(Refused) as refused:
        store.payments.detail("ch_X")
    assert str(refused.value) == "No such charge: 'ch_X'"
