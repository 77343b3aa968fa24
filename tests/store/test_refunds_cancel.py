"""Calling a refund back: who may, how long, and where the money goes."""

from datetime import timedelta

import pytest

from conftest import Funds, Later, Pay
from store import Store
from store.badge import Badge, badge
from store.errors import Refused
from store.event import Actor, Face
from store.money import Money
from store.outcome import RefundOutcome
from store.refund import FailureReason, RefundStatus

API = Actor("key_1", Face.API)


@pytest.fixture
def sent(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later
) -> RefundOutcome:
    """A partial refund of a settled card payment, just sent."""
    funds()
    paid = pay(5_000)
    later()
    return store.refunds.create(payment_intent=paid.id, amount=2_000, actor=mia)


def test_the_money_comes_back(store: Store, mia: Actor, sent: RefundOutcome) -> None:
    """A canceled refund ends by the merchant's wish, and is left to refund again."""
    done = store.refunds.cancel(sent.refund.id, actor=mia)
    assert done.refund.status is RefundStatus.CANCELED
    assert done.refund.failure_reason is FailureReason.MERCHANT_REQUEST
    assert done.refund.failure_balance_transaction is not None
    assert done.available_after == sent.available_before
    assert done.payment.refundable == Money(5_000, "usd")
    assert done.cancelable_until is None
    assert badge(done.payment) is Badge.SUCCEEDED
    back = [m for m in store.refunds.detail(sent.refund.id).movements if m.net > 0]
    assert [(m.type, m.description, m.net) for m in back] == [
        ("refund_failure", "REFUND FAILURE", 2_000)
    ]
    assert store.examine() == ()


def test_only_once(store: Store, mia: Actor, sent: RefundOutcome) -> None:
    """What is canceled stays canceled; the money comes back one time."""
    store.refunds.cancel(sent.refund.id, actor=mia)
    with pytest.raises(Refused) as refused:
        store.refunds.cancel(sent.refund.id, actor=mia)
    assert str(refused.value) == (
        "The refund is canceled already: nothing is left to cancel."
    )
    assert store.refunds.pending().balances[0].available == sent.available_before


def test_the_window_closes_after_half_an_hour(
    store: Store, mia: Actor, later: Later, sent: RefundOutcome
) -> None:
    """At thirty minutes it may still be called back, a second later not."""
    later(timedelta(minutes=30))
    shown = store.refunds.cancel(sent.refund.id, actor=mia, preview=True)
    assert shown.refund.status is RefundStatus.CANCELED
    assert sent.cancelable_until == store.now()
    later(timedelta(seconds=1))
    with pytest.raises(Refused) as refused:
        store.refunds.cancel(sent.refund.id, actor=mia)
    assert str(refused.value) == "Sent more than 30 minutes ago: it is at the bank."


def test_the_api_may_not(store: Store, sent: RefundOutcome) -> None:
    """Card refunds are canceled in the console only."""
    with pytest.raises(Refused) as refused:
        store.refunds.cancel(sent.refund.id, actor=API)
    assert str(refused.value) == "Canceling this refund is unsupported."
    assert store.refunds.detail(sent.refund.id).refund == sent.refund


def test_a_reversal_is_gone(store: Store, mia: Actor, pay: Pay, funds: Funds) -> None:
    """A dropped charge cannot be called back, not even at once."""
    funds()
    done = store.refunds.create(payment_intent=pay().id, actor=mia)
    with pytest.raises(Refused) as refused:
        store.refunds.cancel(done.refund.id, actor=mia)
    assert str(refused.value) == (
        "It went out as a reversal: the bank has taken it off the charge already."
    )


def test_bank_refunds_are_gone(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later
) -> None:
    """Once sent through a bank there is no way back."""
    funds()
    paid = pay(method="pm_sepa_debit")
    later(timedelta(days=7))
    done = store.refunds.create(payment_intent=paid.id, actor=mia)
    with pytest.raises(Refused) as refused:
        store.refunds.cancel(done.refund.id, actor=mia)
    assert str(refused.value) == (
        "Refunds to sepa_debit cannot be canceled once they are sent."
    )


def test_one_that_asks_the_customer_is_canceled_by_anyone(
    store: Store, mia: Actor, pay: Pay, funds: Funds
) -> None:
    """The API may cancel it too, and its money comes back."""
    funds(10_000)
    for actor in (API, mia):
        paid = pay(method="pm_konbini")
        asked = store.refunds.create(payment_intent=paid.id, actor=actor)
        assert asked.refund.status is RefundStatus.REQUIRES_ACTION
        done = store.refunds.cancel(asked.refund.id, actor=actor)
        assert done.refund.status is RefundStatus.CANCELED
        assert done.available_after == Money(10_000, "usd")
    assert store.examine() == ()


def test_a_held_refund_is_canceled_without_money(
    store: Store, mia: Actor, pay: Pay, later: Later
) -> None:
    """Days later it is still free to go, and those behind it may pass."""
    paid, other = pay(5_000), pay(5_000)
    first = store.refunds.create(payment_intent=paid.id, amount=4_900, actor=mia)
    second = store.refunds.create(payment_intent=other.id, amount=4_900, actor=mia)
    third = store.refunds.create(payment_intent=other.id, amount=100, actor=mia)
    assert (first.queue_position, second.queue_position) == (None, 1)
    assert third.queue_position == 2
    later(timedelta(days=3))
    with pytest.raises(Refused):
        store.refunds.cancel(second.refund.id, actor=API)
    done = store.refunds.cancel(second.refund.id, actor=mia)
    assert done.refund.status is RefundStatus.CANCELED
    assert done.refund.failure_balance_transaction is None
    passed = store.refunds.detail(third.refund.id).refund
    assert passed.status is RefundStatus.SUCCEEDED
    assert store.refunds.pending().waiting == ()
    assert store.examine() == ()


def test_an_unknown_refund(store: Store, mia: Actor) -> None:
    """It is named as it was asked for."""
    with pytest.raises(Refused) as refused:
        store.refunds.cancel("re_X", actor=mia)
    assert str(refused.value) == "No such refund: 're_X'"
    assert refused.value.refusal.code == "resource_missing"
    with pytest.raises(Refused) as refused:
        store.refunds.detail("re_X")
    assert str(refused.value) == "No such refund: 're_X'"
