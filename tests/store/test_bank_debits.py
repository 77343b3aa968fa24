"""Bank debits: days in which they can be canceled, and never captured by hand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from conftest import ADA, MONDAY, Funds, Later, Pay
from store import Store
from store.badge import Badge, badge
from store.cards import CARDS
from store.errors import Refused
from store.event import Actor, Face
from store.method import TYPES, Method, why_not_by_hand
from store.payment import ChargeStatus, IntentStatus, Payment
from store.refund import FailureReason, RefundStatus
from store.search.language import Tab

API = Actor("shop", Face.API)
DEBIT = "pm_us_bank_account"
HELD_FIRST = {
    *("card", "affirm", "afterpay_clearpay", "alma", "cashapp", "klarna", "paypal"),
    "revolut_pay",
}
"""Where the API's own reference has `payment_method_options[…][capture_method]`."""


def told(store: Store) -> list[str]:
    """Return the types of all events, oldest first."""
    return [one.type for one in reversed(store.events.newest(limit=1_000))]


def refused(act: Callable[..., object], *given: object, **more: object) -> str:
    """Return the sentence with which something is refused."""
    with pytest.raises(Refused) as said:
        act(*given, **more, actor=API)
    return str(said.value)


def test_canceling_a_debit_on_its_way_fails_its_charge(
    store: Store, pay: Pay, funds: Funds, later: Later
) -> None:
    """Nothing is left to settle, the other debits settle, and no cent has moved."""
    funds()
    gone, stays = pay(method=DEBIT), pay(method=DEBIT)
    waiting = store.refunds.create(payment_intent=gone.id, actor=API).refund
    before = len(told(store))
    done = store.payment_intents.cancel(gone.id, actor=API).payment
    assert told(store)[before:] == [
        "charge.failed",
        "payment_intent.canceled",
        "refund.updated",
        "charge.refund.updated",
    ]
    assert done.charge is not None
    assert done.charge.status is ChargeStatus.FAILED
    assert done.charge.failure_message is not None
    assert badge(done) is Badge.CANCELED
    assert not done.refundable
    ended = store.refunds.retrieve(waiting.id)
    assert ended.status is RefundStatus.CANCELED
    assert ended.failure_reason is FailureReason.MERCHANT_REQUEST
    why = f"This PaymentIntent ({gone.id}) does not have a successful charge to refund."
    assert refused(store.refunds.create, payment_intent=gone.id) == why
    assert refused(store.refunds.create, charge=done.charge.id) == why
    later(timedelta(days=30))
    assert store.payment_intents.retrieve(stays.id).status is IntentStatus.SUCCEEDED
    assert store.payments.find(gone.id) == done
    assert not store.payments.tabs()[Tab.FAILED]
    assert store.examine() == ()


def test_looking_first_cancels_nothing(store: Store, pay: Pay) -> None:
    """A preview answers what would be, and leaves the debit on its way."""
    paid = pay(method=DEBIT)
    looked = store.payment_intents.cancel(paid.id, actor=API, preview=True).payment
    assert badge(looked) is Badge.CANCELED
    assert badge(store.payments.find(paid.id)) is Badge.PROCESSING
    assert store.advance(MONDAY + timedelta(days=30)) > 0


def test_other_debits_on_their_way_are_not_canceled(store: Store, pay: Pay) -> None:
    """Only the bank accounts of one country can be stopped."""
    paid = pay(method="pm_sepa_debit")
    said = refused(store.payment_intents.cancel, paid.id)
    assert "because it has a status of processing" in said


def test_one_table_says_what_is_captured_by_hand() -> None:
    """Bank debits, vouchers and most redirects take the money at once or days later."""
    for kind in TYPES:
        refusal = why_not_by_hand([kind])
        assert (refusal is None) is (kind in HELD_FIRST), kind
        assert refusal is None or kind in refusal.message
    mixed = why_not_by_hand(["card", "ideal"])
    assert mixed == why_not_by_hand(["ideal"])
    assert why_not_by_hand(["card", "klarna"]) is None


@pytest.mark.parametrize("token", sorted(CARDS))
def test_no_way_leads_to_a_promise_that_cannot_be_kept(
    store: Store, later: Later, token: str
) -> None:
    """Paid at once, begun with it, given when confirmed, changed to it: one answer."""
    intents, kind = store.payment_intents, CARDS[token].method.type
    usual: dict[str, Any] = {
        "amount": 900,
        "currency": "usd",
        "capture_method": "manual",
        "customer": ADA,
        "actor": API,
    }
    begun = intents.create(**usual, payment_method=None, confirm=False).payment
    if kind in HELD_FIRST:
        held = intents.confirm(begun.id, payment_method=token, actor=API).payment
        assert held.charge is not None
        assert not held.charge.captured
        later(timedelta(days=30))
        assert store.examine() == ()
        return
    refusal = why_not_by_hand([kind])
    assert refusal is not None
    ways: list[tuple[Callable[..., object], dict[str, Any]]] = [
        (intents.create, {**usual, "payment_method": token}),
        (intents.create, {**usual, "payment_method": token, "confirm": False}),
        (intents.create, {**usual, "payment_method": Method(kind)}),
        (
            intents.create,
            {**usual, "method_types": ("card", kind), "confirm": False},
        ),
        (intents.confirm, {"intent": begun.id, "payment_method": token, "actor": API}),
        (intents.update, {"intent": begun.id, "payment_method": token, "actor": API}),
    ]
    before = told(store)
    for act, given in ways:
        with pytest.raises(Refused) as said:
            act(**given)
        assert said.value.refusal == refusal
    saved = store.payment_methods.create(type=kind, actor=API)
    store.payment_methods.attach(saved.id, customer=ADA.id, actor=API)
    with pytest.raises(Refused) as said:
        intents.confirm(begun.id, payment_method=saved.id, actor=API)
    assert said.value.refusal == refusal
    made = ("payment_method.attached",)
    assert [one for one in told(store) if one not in made] == before
    later(timedelta(days=30))
    assert store.examine() == ()


@pytest.mark.parametrize(
    "status",
    [
        IntentStatus.CANCELED,
        IntentStatus.REQUIRES_PAYMENT_METHOD,
        IntentStatus.REQUIRES_CONFIRMATION,
        IntentStatus.REQUIRES_ACTION,
    ],
)
def test_a_charge_that_its_intent_let_go_of_is_not_refunded(
    pay: Pay, status: IntentStatus
) -> None:
    """What an export says so is never refundable, and not shown as on its way."""
    paid = pay(method=DEBIT)
    assert paid.intent is not None
    assert badge(paid) is Badge.PROCESSING
    let_go: Payment = replace(paid, intent=replace(paid.intent, status=status))
    assert not let_go.refundable
    canceled = status is IntentStatus.CANCELED
    assert badge(let_go) is (Badge.CANCELED if canceled else Badge.INCOMPLETE)
