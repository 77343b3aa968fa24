"""Bulk refunds: a plan, then one outcome for each payment, like single refunds."""

import pytest
from bulks import MIA, check_once, items, run_out, started

from conftest import ADA, Funds, Pay
from store import Store
from store.bulk import BulkState, ItemState
from store.errors import Refused
from store.event import Actor
from store.money import Money
from store.payment import Customer
from store.refund import Reason
from store.refusals import bulk as bulk_refusals

TOM = Actor("tom")
NOBODY = Customer("cus_nobody", "Nobody")


@pytest.fixture
def mixed(store: Store, pay: Pay, funds: Funds) -> list[str]:
    """Payments of every kind, of which four can be refunded and one must wait."""
    funds(10_000)
    whole, other = pay(4_000), pay(5_000)
    partly, fully = pay(3_000), pay(2_000)
    store.refunds.create(payment_intent=partly.id, amount=1_000, actor=TOM)
    store.refunds.create(payment_intent=fully.id, actor=TOM)
    disputed = pay(1_000)
    assert disputed.charge is not None
    store.disputes.create(charge=disputed.charge.id, actor=TOM)
    held = pay(900_000, method="pm_card_visa")
    behind = pay(100)
    uncaptured = pay(700, capture_method="manual")
    cash = pay(800, method="pm_boleto")
    return [
        one.id
        for one in (
            *(whole, other, partly, fully, disputed),
            *(held, behind, uncaptured, cash),
        )
    ]


def test_a_plan_says_what_would_become_of_each(store: Store, mixed: list[str]) -> None:
    """Sent, held or skipped, each skipped one with the store's own sentence."""
    twice = [*mixed, mixed[0], "pi_none"]
    before = store.events.newest(limit=500)
    plan = store.bulk.plan(payments=twice, reason="duplicate")
    assert [one.payment for one in plan.items] == [*mixed, "pi_none"]
    said = {one.payment: (one.expects.value, one.message) for one in plan.items}
    whole, other, partly, fully, disputed, held, behind, uncaptured, cash = mixed
    assert said[whole] == said[other] == ("sent", None)
    assert said[held] == said[behind] == ("held", None)
    partial = bulk_refusals.partly_refunded(Money(1_000, "usd"), Money(2_000, "usd"))
    assert said[partly] == ("skipped", partial.message)
    assert "20.00 USD is left" in partial.message
    for one, sentence in (
        (fully, "has already been refunded"),
        (disputed, "has been charged back"),
        (uncaptured, "This uncaptured Charge"),
        (cash, "cannot be refunded"),
        ("pi_none", "No such payment_intent: 'pi_none'"),
    ):
        state, message = said[one]
        assert (state, sentence in (message or "")) == ("skipped", True)
        if one != "pi_none":
            with pytest.raises(Refused) as refused:
                store.refunds.create(payment_intent=one, actor=MIA, preview=True)
            assert str(refused.value) == message
    assert plan.sums == (Money(909_100, "usd"),)
    assert dict(plan.skipped_as) == {
        "partly refunded": 1,
        "already refunded": 1,
        "disputed": 1,
        "not captured": 1,
        "boleto, never refunded": 1,
        "not known": 1,
    }
    assert plan.reason is Reason.DUPLICATE
    assert store.events.newest(limit=500) == before


def test_every_payment_gets_its_outcome(store: Store, mixed: list[str]) -> None:
    """What was planned comes to pass, by whoever ran it."""
    plan = store.bulk.plan(payments=mixed, reason="duplicate", note="November")
    bulk = store.bulk.start(plan, actor=MIA)
    assert store.bulk.unfinished() == (bulk,)
    done = run_out(store, bulk, TOM)
    assert done.state is BulkState.DONE
    assert store.bulk.unfinished() == ()
    ended = items(store, done)
    assert [one.state for one in ended] == [one.expects for one in plan.items]
    assert [one.payment for one in ended] == mixed
    assert {one.customer for one in ended} == {ADA.name}
    assert done.counts == {
        **dict.fromkeys(ItemState, 0),
        ItemState.SENT: 2,
        ItemState.HELD: 2,
        ItemState.SKIPPED: 5,
    }
    assert done.sums(ItemState.HELD) == (Money(900_100, "usd"),)
    held = [one for one in ended if one.state is ItemState.HELD]
    assert [one.message for one in held] == [
        "Held: insufficient funds, first in line.",
        "Held: insufficient funds, number 2 in line.",
    ]
    for one in ended:
        if one.refund:
            refund = store.refunds.retrieve(one.refund)
            assert (refund.actor, refund.reason) == ("tom", Reason.DUPLICATE)
            assert refund.note == "November"
            told = store.events.newest(object_id=one.refund, limit=1)
            assert [event.actor for event in told] == ["tom"]
    check_once(store, done)
    assert store.bulk.list().rows == (done,)


def test_a_refund_in_bulk_is_a_refund(store: Store, pay: Pay, funds: Funds) -> None:
    """It leaves the rows, postings and events that a single one leaves."""
    funds()
    single, other = pay(4_000), pay(4_000)
    alone = store.refunds.create(
        payment_intent=single.id, amount=4_000, actor=MIA, reason="duplicate", key="k"
    ).refund
    bulk = run_out(store, started(store, [other], reason="duplicate"))
    (item,) = items(store, bulk)
    detail = store.refunds.detail(item.refund or "")
    like = store.refunds.detail(alone.id)
    assert detail.refund.status is alone.status
    assert detail.refund.destination == alone.destination
    assert [(one.type, one.money) for one in detail.movements] == [
        (one.type, one.money) for one in like.movements
    ]
    assert [one.type for one in detail.events] == [one.type for one in like.events]
    again = store.refunds.create(
        payment_intent=other.id,
        amount=4_000,
        actor=MIA,
        reason="duplicate",
        key=detail.refund.key,
    )
    assert again.replayed
    assert again.refund.id == item.refund
    assert (
        store.payments.find(other.id).version == store.payments.find(single.id).version
    )


def test_a_payment_that_changed_is_left_to_an_agent(
    store: Store, pay: Pay, funds: Funds
) -> None:
    """Nothing is sent; it says who did what, and what is left."""
    funds()
    changed, same = pay(6_000), pay(4_000)
    bulk = started(store, [changed, same])
    store.refunds.create(payment_intent=changed.id, amount=2_000, actor=TOM)
    done = run_out(store, bulk)
    stale, sent = items(store, done)
    assert (stale.state, sent.state) == (ItemState.STALE, ItemState.SENT)
    assert "tom" in (stale.message or "")
    assert "40.00 USD" in (stale.message or "")
    assert store.payments.find(changed.id).refunded == Money(2_000, "usd")
    check_once(store, done)


@pytest.mark.parametrize("at_once", [1, 2, 500])
def test_only_failures_that_may_end_otherwise_are_tried_again(
    store: Store, pay: Pay, funds: Funds, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    """A balance that was short may be filled; many are queued in many transactions."""
    monkeypatch.setattr("store.verbs.bulk._WRITTEN_AT_ONCE", at_once)
    funds(12_000)
    bulk = started(store, [pay(3_000, method="pm_paypal") for _ in range(4)])
    other = pay(11_000, method="pm_card_visa")
    store.refunds.create(payment_intent=other.id, actor=TOM)
    done = run_out(store, bulk)
    assert done.counts[ItemState.FAILED] == 4
    failed = store.bulk.items(done.id, states=[ItemState.FAILED]).rows
    assert {one.message for one in failed} == {
        "Insufficient funds in your Stripe balance to refund this amount."
    }
    assert all(one.again and one.refund is None for one in failed)
    funds(100_000)
    again = store.bulk.retry(done.id, actor=TOM)
    assert (again.state, again.queued) == (BulkState.RUNNING, 4)
    assert again.counts[ItemState.FAILED] == 0
    done = run_out(store, again, TOM)
    assert done.counts[ItemState.SENT] == 4
    check_once(store, done)
    with pytest.raises(Refused, match="nothing is tried again"):
        store.bulk.retry(done.id, actor=TOM)


def test_a_job_pauses_stops_and_goes_on(store: Store, pay: Pay, funds: Funds) -> None:
    """Running it does nothing until it runs again; each change is told."""
    funds()
    bulk = started(store, [pay(), pay()])
    assert store.bulk.pause(bulk.id, actor=MIA).state is BulkState.PAUSED
    assert store.bulk.run(bulk.id, actor=MIA).queued == 2
    assert [one.id for one in store.bulk.unfinished()] == [bulk.id]
    assert store.bulk.resume(bulk.id, actor=MIA).state is BulkState.RUNNING
    stopped = store.bulk.stop(bulk.id, actor=TOM)
    assert store.bulk.stop(bulk.id, actor=TOM) == stopped
    assert run_out(store, stopped).queued == 2
    assert store.bulk.unfinished() == ()
    done = run_out(store, store.bulk.resume(bulk.id, actor=MIA))
    assert done.counts[ItemState.SENT] == 2
    with pytest.raises(Refused, match="is done: it cannot be paused"):
        store.bulk.pause(bulk.id, actor=MIA)
    told = store.events.newest(object_id=bulk.id, limit=10)
    assert [(one.actor, one.data["status"]) for one in reversed(told)] == [
        ("mia", "running"),
        ("mia", "paused"),
        ("mia", "running"),
        ("tom", "stopped"),
        ("mia", "running"),
        ("mia", "done"),
    ]
    check_once(store, done)


def test_one_key_starts_one_job(store: Store, pay: Pay, funds: Funds) -> None:
    """Asked twice, it is the same job; with another plan, it is refused."""
    funds()
    plan = store.bulk.plan(payments=[pay().id])
    bulk = store.bulk.start(plan, actor=MIA, key="once")
    assert store.bulk.start(plan, actor=MIA, key="once") == bulk
    other = store.bulk.plan(payments=[pay().id])
    with pytest.raises(Refused, match="same parameters"):
        store.bulk.start(other, actor=MIA, key="once")
    assert [one.id for one in store.bulk.list().rows] == [bulk.id]


def test_two_jobs_of_the_same_payments_refund_once(
    store: Store, pay: Pay, funds: Funds
) -> None:
    """The second finds them changed."""
    funds()
    payments = [pay() for _ in range(3)]
    first, second = started(store, payments), started(store, payments)
    assert run_out(store, first).counts[ItemState.SENT] == 3
    done = run_out(store, second)
    assert done.counts[ItemState.STALE] == 3
    check_once(store, done)
