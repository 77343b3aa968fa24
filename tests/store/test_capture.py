"""Capture: what is taken, what is let go, what it costs, and what is told."""

from datetime import timedelta

from conftest import MONDAY, Later, Pay
from store import Store
from store.event import Actor
from store.money import Money


def test_only_what_is_captured_moves(
    store: Store, mia: Actor, pay: Pay, later: Later
) -> None:
    """The fee is that of the captured part; the rest never reaches the balance."""
    held = pay(5_000, method="pm_card_visa", capture_method="manual")
    later(timedelta(days=3))
    done = store.payment_intents.capture(held.id, amount=3_000, actor=mia)
    assert done.released == Money(2_000, "usd")
    detail = store.payments.detail(held.id)
    assert (detail.fee, detail.net) == (Money(117, "usd"), Money(2_883, "usd"))
    (moved,) = detail.movements
    assert (moved.money, moved.fee, moved.net) == (Money(3_000, "usd"), 117, 2_883)
    assert moved.available_on == MONDAY + timedelta(days=7)
    later(timedelta(days=4))
    (balance,) = store.refunds.pending().balances
    assert balance.available == Money(2_883, "usd")
    assert store.examine() == ()


def test_a_capture_tells_what_was(store: Store, mia: Actor, pay: Pay) -> None:
    """The charge first, then the intent; each with what changed, as it was."""
    held = pay(5_000, capture_method="manual")
    store.payment_intents.capture(held.id, amount=3_000, actor=mia)
    charge, intent = store.payments.detail(held.id).events[-2:]
    assert (charge.type, intent.type) == ("charge.captured", "payment_intent.succeeded")
    assert charge.previous == {
        "amount_captured": 0,
        "balance_transaction": None,
        "captured": False,
    }
    assert intent.previous == {
        "amount_capturable": 5_000,
        "amount_received": 0,
        "status": "requires_capture",
    }
    assert charge.data["amount_refunded"] == 0


def test_a_capture_lets_waiting_refunds_go(store: Store, mia: Actor, pay: Pay) -> None:
    """Money that is available at once counts at once."""
    paid, held = pay(5_000), pay(9_000, capture_method="manual")
    waits = store.refunds.create(payment_intent=paid.id, actor=mia)
    assert waits.refund.is_held
    store.payment_intents.capture(held.id, actor=mia)
    assert not store.refunds.retrieve(waits.refund.id).is_held
    assert store.examine() == ()


def test_an_authorisation_is_let_go_after_a_week(
    store: Store, mia: Actor, pay: Pay, later: Later
) -> None:
    """Not a second before; what was captured in time stays."""
    late = pay(5_000, capture_method="manual")
    kept = pay(5_000, capture_method="manual")
    later(timedelta(days=7) - timedelta(seconds=1))
    assert late.intent is not None
    assert store.payments.find(late.id).intent == late.intent
    store.payment_intents.capture(kept.id, actor=mia)
    later(timedelta(seconds=1))
    told = [one.type for one in store.payments.detail(late.id).events[-2:]]
    assert told == ["charge.expired", "payment_intent.canceled"]
    assert store.payments.find(kept.id).refundable == Money(5_000, "usd")
    assert store.examine() == ()
