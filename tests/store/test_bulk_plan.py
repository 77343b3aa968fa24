"""What a bulk refund is planned to be: sums, what is left out and why."""

import pytest
from bulks import MIA
from failing import fail

from conftest import Funds, Later, Pay
from store import Store
from store.bulk import ItemState
from store.errors import Refused
from store.event import Actor
from store.payment import Customer
from store.refusals import bulk as bulk_refusals
from store.search.language import parse

TOM = Actor("tom")
NOBODY = Customer("cus_nobody", "Nobody")


def test_a_search_is_planned(store: Store, pay: Pay, funds: Funds) -> None:
    """Everything that the filter finds, newest first, and nothing else."""
    funds()
    small, large = pay(1_000), pay(9_000)
    plan = store.bulk.plan(filter=parse("amount>50"))
    assert [one.payment for one in plan.items] == [large.id]
    both = store.bulk.plan(filter=parse("")).items
    assert {one.payment for one in both} == {small.id, large.id}


def test_what_cannot_be_planned_is_refused(store: Store, pay: Pay) -> None:
    """Nothing chosen, a reason that there is not, Other without a note."""
    payment = pay(500, method="pm_boleto")
    with pytest.raises(Refused, match="No payment is chosen"):
        store.bulk.plan(payments=[])
    with pytest.raises(Refused, match="Invalid reason"):
        store.bulk.plan(payments=[payment.id], reason="boredom")
    with pytest.raises(Refused, match="needs a note"):
        store.bulk.plan(payments=[payment.id], reason="other")
    plan = store.bulk.plan(payments=[payment.id])
    with pytest.raises(Refused, match="nothing to start"):
        store.bulk.start(plan, actor=MIA)
    for ask in (store.bulk.retrieve, store.bulk.items):
        with pytest.raises(Refused, match="No such bulk refund: 'blk_x'"):
            ask("blk_x")
    with pytest.raises(Refused, match="No such bulk refund"):
        store.bulk.run("blk_x", actor=MIA)


def test_currencies_are_summed_and_spent_apart(
    store: Store, pay: Pay, funds: Funds
) -> None:
    """What is short in one says nothing of another."""
    funds(5_000, "eur")
    for amount, currency in ((4_000, "eur"), (900, "usd"), (300, "jpy")):
        pay(amount, currency, method="pm_card_visa")
    plan = store.bulk.plan(filter=parse(""))
    assert [str(one) for one in plan.sums] == ["40.00 EUR", "300 JPY", "9.00 USD"]
    assert {one.amount.currency for one in plan.held} == {"usd", "jpy"}


def test_nobody_to_ask_is_said_beforehand(store: Store, pay: Pay, funds: Funds) -> None:
    """A method that asks for bank details needs an address to ask at."""
    funds()
    unknown = pay(500, method="pm_konbini", customer=NOBODY)
    (item,) = store.bulk.plan(payments=[unknown.id]).items
    assert item.expects is ItemState.SKIPPED
    assert "instructions_email is needed" in (item.message or "")


def test_what_was_closed_with_a_note_is_left_to_an_agent(
    store: Store, pay: Pay, funds: Funds, later: Later
) -> None:
    """It may be paid another way; a failure that is open, or tried again, is not."""
    funds()
    (closed, failed), (open_, _), (again, other) = (
        fail(store, pay, later, amount=5_000) for _ in range(3)
    )
    store.refunds.close_failed(failed.id, note="paid by wire", actor=MIA)
    retried = store.refunds.retry(other.id, actor=MIA).refund
    store.refunds.cancel(retried.id, actor=MIA)
    plan = store.bulk.plan(payments=[closed.id, open_.id, again.id])
    assert [one.expects for one in plan.items] == [
        ItemState.SKIPPED,
        *(ItemState.SENT,) * 2,
    ]
    refusal = bulk_refusals.closed_with_a_note(failed.money)
    assert plan.items[0].message == refusal.message
    assert dict(plan.skipped_as) == {refusal.brief: 1}
    alone = store.refunds.create(payment_intent=closed.id, actor=MIA, preview=True)
    assert alone.refund.money == failed.money
