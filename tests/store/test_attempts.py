"""A refund is of the charge that was named, however often its payment was tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bulks import run_out
from exported import AT, charge, dispute, intent, refund
from tried import declined_then_paid

from conftest import Import
from store.bulk import ItemState
from store.errors import ImportFailed, Refused
from store.money import Money

if TYPE_CHECKING:
    from conftest import Funds
    from store import Store
    from store.event import Actor

NEVER_PAID = "This PaymentIntent ({}) does not have a successful charge to refund."


def test_a_failed_charge_refunds_nothing(
    store: Store, mia: Actor, funds: Funds
) -> None:
    """Not even where the payment was paid by another charge."""
    funds()
    tried = declined_then_paid(store, mia)
    for more in ({}, {"payment_intent": tried.intent}, {"amount": 100}):
        with pytest.raises(Refused) as refused:
            store.refunds.create(charge=tried.failed, actor=mia, **more)
        assert str(refused.value) == NEVER_PAID.format(tried.intent)
    assert store.refunds.list().data == ()
    done = store.refunds.create(charge=tried.paid, amount=100, actor=mia)
    assert done.refund.charge == tried.paid
    by_intent = store.refunds.create(payment_intent=tried.intent, amount=200, actor=mia)
    assert by_intent.refund.charge == tried.paid
    assert store.examine() == ()


def test_an_id_is_of_its_own_kind(store: Store, mia: Actor, funds: Funds) -> None:
    """An intent is no charge, and a charge no intent."""
    funds()
    tried = declined_then_paid(store, mia)
    with pytest.raises(Refused) as refused:
        store.refunds.create(charge=tried.intent, actor=mia)
    found = refused.value.refusal
    assert (found.message, found.code, found.param, found.status) == (
        f"No such charge: '{tried.intent}'",
        "resource_missing",
        "id",
        404,
    )
    with pytest.raises(Refused) as refused:
        store.refunds.create(payment_intent=tried.paid, actor=mia)
    found = refused.value.refusal
    assert (found.message, found.code, found.param, found.status) == (
        f"No such payment_intent: '{tried.paid}'",
        "resource_missing",
        "payment_intent",
        404,
    )
    with pytest.raises(Refused, match=r"^No such charge: 'pi_"):
        store.refunds.list(charge=tried.intent)
    with pytest.raises(Refused, match=r"^No such payment_intent: 'ch_"):
        store.refunds.list(payment_intent=tried.paid)


def test_a_bulk_refund_leaves_the_failed_charge_out(
    store: Store, mia: Actor, funds: Funds
) -> None:
    """And refunds the payment that is named beside it once."""
    funds()
    tried = declined_then_paid(store, mia)
    names = (tried.failed, tried.intent, tried.paid)
    plan = store.bulk.plan(payments=names)
    assert [(one.payment, one.expects) for one in plan.items] == [
        (tried.failed, ItemState.SKIPPED),
        (tried.intent, ItemState.SENT),
    ]
    assert plan.items[0].message == NEVER_PAID.format(tried.intent)
    job = store.bulk.start(plan, actor=mia)
    run_out(store, job, mia)
    assert [one.charge for one in store.refunds.list().data] == [tried.paid]


def twice_paid() -> tuple[dict[str, object], ...]:
    """Return a payment whose earlier charge succeeded too, as an import may say."""
    return (
        intent(latest_charge="ch_2"),
        charge(),
        charge("2", payment_intent="pi_1", amount=700, amount_captured=700),
    )


def test_an_earlier_charge_is_refunded_itself(
    store: Store, mia: Actor, bring: Import, funds: Funds
) -> None:
    """Its own money, its own ceiling; the list goes on showing the latest."""
    funds()
    bring(*twice_paid())
    done = store.refunds.create(charge="ch_1", amount=1500, actor=mia, key="k")
    assert done.refund.charge == "ch_1"
    assert done.payment.charge is not None
    assert (done.payment.charge.id, done.payment.id) == ("ch_1", "pi_1")
    assert done.payment.refundable == Money(500, "usd")
    again = store.refunds.create(charge="ch_1", amount=1500, actor=mia, key="k")
    assert (again.refund, again.replayed) == (done.refund, True)
    assert again.payment.refundable == Money(500, "usd")
    (line,) = store.payments.page().rows
    assert (line.charge, line.refunded) == ("ch_2", Money(0, "usd"))
    detail = store.refunds.detail(done.refund.id)
    assert detail.payment is not None
    assert detail.payment.charge == done.payment.charge
    assert [one.refund for one in store.payments.recent_refunds("pi_1")] == [
        done.refund.id
    ]
    canceled = store.refunds.cancel(done.refund.id, actor=mia)
    assert canceled.payment.refundable == Money(2000, "usd")
    with pytest.raises(Refused, match="greater than charge amount"):
        store.refunds.create(payment_intent="pi_1", amount=1500, actor=mia)
    assert store.examine() == ()


def test_a_bulk_refunds_an_earlier_charge_that_is_named(
    store: Store, mia: Actor, bring: Import, funds: Funds
) -> None:
    """The payment, named beside it, has changed by then and is left for a look."""
    funds()
    bring(*twice_paid())
    plan = store.bulk.plan(payments=("ch_1", "pi_1", "ch_2"))
    assert [(one.payment, one.amount.amount) for one in plan.items] == [
        ("ch_1", 2000),
        ("pi_1", 700),
    ]
    job = store.bulk.start(plan, actor=mia)
    run_out(store, job, mia)
    done = {one.charge: one.money.amount for one in store.refunds.list().data}
    assert done == {"ch_1": 2000}
    states = {one.payment: one.state for one in store.bulk.items(job.id).rows}
    assert states == {"ch_1": ItemState.SENT, "pi_1": ItemState.STALE}


def test_a_dispute_bars_the_charge_that_it_is_about(
    store: Store, mia: Actor, bring: Import, funds: Funds
) -> None:
    """And no other one of the payment."""
    funds()
    bring(*twice_paid(), dispute())
    with pytest.raises(Refused, match=r"^Charge ch_1 has been charged back"):
        store.refunds.create(charge="ch_1", amount=1, actor=mia)
    assert store.refunds.create(charge="ch_2", amount=1, actor=mia).refund.charge


def test_a_retry_is_of_the_charge_of_the_refund_that_failed(
    store: Store, mia: Actor, bring: Import, funds: Funds
) -> None:
    """Though the payment has a later one."""
    funds()
    failed = refund(status="failed", failure_reason="declined", created=AT + 9)
    bring(*twice_paid(), failed)
    retried = store.refunds.retry("re_1", actor=mia)
    assert retried.refund.charge == "ch_1"
    (shown,) = store.refunds.failed(done=True).rows
    assert shown.payment == "pi_1"


def test_an_imported_refund_belongs_to_the_charge_that_it_names(
    store: Store, bring: Import
) -> None:
    """A failed attempt cannot have given money back: the file is refused."""
    bad = charge(captured=False, paid=False, status="failed")
    good = charge("2", payment_intent="pi_1")
    bring(intent(latest_charge="ch_2"), bad, good)
    with pytest.raises(ImportFailed, match=r"ch_1 would be 5\.00 USD, more than"):
        bring(refund())
    assert store.payments.find("pi_1").refunded == Money(0, "usd")
