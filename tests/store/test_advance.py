"""Time passes: banks answer, references arrive, what waits too long is given up."""

from datetime import timedelta
from itertools import pairwise

import pytest

from conftest import MONDAY, Funds, Later, Pay
from store import Store
from store.badge import Badge, badge
from store.errors import Refused
from store.event import Actor
from store.money import Money
from store.reference import ReferenceStatus, expected_by
from store.refund import FailureReason, RefundStatus

MONTH = timedelta(days=30)


def dollars(amount: int) -> Money:
    """Return an amount of dollars."""
    return Money(amount, "usd")


def test_funds_become_available(store: Store, pay: Pay, later: Later) -> None:
    """Two business days after a payment its net can be refunded from."""
    pay(5_000, method="pm_card_visa")
    later(timedelta(days=2) - timedelta(seconds=1))
    (before,) = store.refunds.pending().balances
    assert (before.pending, before.available) == (dollars(4_825), dollars(0))
    later(timedelta(seconds=1))
    (after,) = store.refunds.pending().balances
    assert (after.pending, after.available) == (dollars(0), dollars(4_825))


def test_settling_payments_release_waiting_refunds(
    store: Store, mia: Actor, pay: Pay, later: Later
) -> None:
    """A held refund goes out with the first money that covers it."""
    paid = pay(5_000, method="pm_card_visa")
    held = store.refunds.create(payment_intent=paid.id, amount=4_000, actor=mia).refund
    later(timedelta(days=2))
    assert store.refunds.detail(held.id).refund.status is RefundStatus.SUCCEEDED
    assert store.refunds.pending().waiting == ()
    assert store.examine() == ()


@pytest.mark.parametrize(
    ("method", "label", "length"),
    [
        ("pm_card_visa", "ARN", 23),
        ("pm_card_mastercard", "ARN", 23),
        ("pm_card_amex", "RRN", 12),
        ("pm_card_jcb", "STAN", 6),
        ("pm_sepa_debit", "reference", 12),
    ],
)
def test_references_arrive(
    store: Store,
    mia: Actor,
    pay: Pay,
    funds: Funds,
    later: Later,
    method: str,
    label: str,
    length: int,
) -> None:
    """Each network gives its number within seven business days."""
    funds()
    paid = pay(method=method)
    later(timedelta(days=7))
    sent = store.refunds.create(payment_intent=paid.id, actor=mia).refund
    waiting = store.refunds.detail(sent.id)
    assert waiting.refund.destination is not None
    assert waiting.refund.destination.reference is None
    assert waiting.reference_expected_by == expected_by(store.now())
    later(expected_by(store.now()) - store.now())
    arrived = store.refunds.detail(sent.id)
    where = arrived.refund.destination
    assert where is not None
    assert where.status is ReferenceStatus.AVAILABLE
    assert where.label == label
    assert where.reference is not None
    assert where.reference.isdigit()
    assert len(where.reference) == length
    assert arrived.reference_since is not None
    assert arrived.reference_expected_by is None
    (found,) = store.payments.lines([paid.id]).values()
    assert found.badge is Badge.REFUNDED
    assert store.examine() == ()


def test_some_banks_give_no_reference(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later
) -> None:
    """It ends as unavailable, and stays so."""
    funds()
    paid = pay(method="pm_card_diners")
    later()
    sent = store.refunds.create(payment_intent=paid.id, actor=mia).refund
    later(MONTH)
    where = store.refunds.detail(sent.id).refund.destination
    assert where is not None
    assert (where.status, where.reference) == (ReferenceStatus.UNAVAILABLE, None)


def test_a_slow_refund_succeeds_later(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later
) -> None:
    """The bank's answer changes the state, not the balance."""
    funds()
    paid = pay(method="pm_card_pendingRefund")
    sent = store.refunds.create(payment_intent=paid.id, actor=mia)
    assert badge(sent.payment) is Badge.REFUND_PROCESSING
    later(MONTH)
    done = store.refunds.detail(sent.refund.id)
    assert done.refund.status is RefundStatus.SUCCEEDED
    assert done.refund.pending_reason is None
    assert len(done.movements) == 1
    assert badge(store.payments.find(paid.id)) is Badge.REFUNDED
    assert store.examine() == ()


def test_a_refund_fails_and_its_money_returns(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later
) -> None:
    """The customer's card is closed: the money is back, and can be refunded again."""
    funds()
    paid = pay(method="pm_card_refundFail")
    sent = store.refunds.create(payment_intent=paid.id, actor=mia)
    assert sent.refund.status is RefundStatus.SUCCEEDED
    later(MONTH)
    failed = store.refunds.detail(sent.refund.id)
    assert failed.refund.status is RefundStatus.FAILED
    assert failed.refund.failure_reason is FailureReason.EXPIRED_OR_CANCELED_CARD
    assert sum(movement.net for movement in failed.movements) == 0
    after = store.payments.find(paid.id)
    assert badge(after) is Badge.REFUND_FAILED
    assert after.refundable == dollars(5_000)
    (line,) = store.payments.page().rows
    assert line.failed_refunds == 5_000
    with pytest.raises(Refused) as refused:
        store.refunds.cancel(sent.refund.id, actor=mia)
    assert str(refused.value) == (
        "The refund is failed already: nothing is left to cancel."
    )
    assert store.examine() == ()


def test_a_held_refund_is_given_up_after_45_days(
    store: Store, mia: Actor, pay: Pay, later: Later
) -> None:
    """It fails for want of funds; no money had moved, and the next one may go."""
    paid = pay(5_000)
    other = pay(5_000)
    store.refunds.create(payment_intent=paid.id, amount=4_900, actor=mia)
    held = store.refunds.create(payment_intent=other.id, amount=4_900, actor=mia)
    later(timedelta(days=1))
    behind = store.refunds.create(payment_intent=other.id, amount=100, actor=mia)
    assert (held.queue_position, behind.queue_position) == (1, 2)
    later(timedelta(days=44) - timedelta(seconds=1))
    assert len(store.refunds.pending().waiting) == 2
    later(timedelta(seconds=1))
    failed = store.refunds.detail(held.refund.id)
    assert failed.refund.status is RefundStatus.FAILED
    assert failed.refund.failure_reason is FailureReason.INSUFFICIENT_FUNDS
    assert failed.movements == ()
    freed = store.refunds.detail(behind.refund.id).refund
    assert freed.status is RefundStatus.SUCCEEDED
    assert store.examine() == ()


def test_a_dispute_fails_the_refunds_that_wait(
    store: Store, mia: Actor, pay: Pay, later: Later
) -> None:
    """The bank takes the money itself, so nothing is refunded twice."""
    paid = pay(5_000, method="pm_card_createDispute")
    held = store.refunds.create(payment_intent=paid.id, actor=mia).refund
    later(timedelta(days=2))
    failed = store.refunds.detail(held.id).refund
    assert failed.status is RefundStatus.FAILED
    why = FailureReason.CHARGE_FOR_PENDING_REFUND_DISPUTED
    assert failed.failure_reason is why
    disputed = store.payments.find(paid.id)
    assert badge(disputed) is Badge.DISPUTE_NEEDS_RESPONSE
    with pytest.raises(Refused) as refused:
        store.refunds.create(payment_intent=paid.id, actor=mia)
    charge = paid.charge.id if paid.charge else ""
    assert str(refused.value) == (
        f"Charge {charge} has been charged back; cannot issue a refund."
    )
    assert store.examine() == ()


def test_an_inquiry_may_still_be_refunded(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later
) -> None:
    """A refund settles the customer's question before it becomes a chargeback."""
    funds()
    paid = pay(5_000, method="pm_card_createDisputeInquiry")
    later(timedelta(days=3))
    assert badge(store.payments.find(paid.id)) is Badge.DISPUTE_NEEDS_RESPONSE
    done = store.refunds.create(payment_intent=paid.id, actor=mia)
    assert done.refund.status is RefundStatus.SUCCEEDED
    assert store.examine() == ()


def test_time_is_walked_through_in_order(
    store: Store, mia: Actor, pay: Pay, funds: Funds
) -> None:
    """A long leap does what many small ones do, each deed at its own time, once."""
    funds()
    for method in ("pm_card_visa", "pm_card_refundFail", "pm_sepa_debit"):
        paid = pay(method=method)
        store.refunds.create(payment_intent=paid.id, amount=1_000, actor=mia)
    before = store.events.newest(limit=1)[0].seq
    assert store.advance(MONDAY + MONTH) > 6
    assert store.advance(MONDAY + MONTH) == 0
    told = [e for e in reversed(store.events.newest(limit=1_000)) if e.seq > before]
    assert all(one.created <= two.created for one, two in pairwise(told))
    assert told[0].created > MONDAY
    assert {event.actor for event in told} == {"bank"}
    assert store.examine() == ()
