"""Refunds that failed: an inbox that each of them enters once and leaves once."""

from datetime import UTC, datetime

import pytest
from failing import FAILS, RETURNED, fail

from conftest import Funds, Import, Later, Pay
from store import Store
from store.clock import StandingClock
from store.desk.follow_up import CLOSED, NOTHING_LEFT, RETRIED, after_failures
from store.errors import Refused, StaleView
from store.event import Actor, is_own
from store.money import Money
from store.refund import FailureReason, Reason, Refund, RefundStatus


@pytest.fixture(autouse=True)
def funded(funds: Funds) -> None:
    """The balance covers whatever is refunded."""
    funds()


def test_a_refund_that_fails_is_in_the_inbox(
    store: Store, pay: Pay, later: Later, clock: StandingClock
) -> None:
    """It says why, what came back and when, what is left and what to do."""
    assert store.refunds.failed_count() == 0
    payment, refund = fail(store, pay, later)
    (found,) = store.refunds.failed().rows
    assert store.refunds.failed_count() == 1
    assert (found.refund, found.payment) == (refund, payment.id)
    assert found.customer == "Ada Lovelace"
    assert found.method.last4 == "5126"
    assert found.why == "The card has expired or was canceled."
    assert found.returned == Money(2_000, "usd")
    assert found.returned_at is not None
    assert refund.created < found.returned_at <= clock.at
    assert found.refundable == Money(5_000, "usd")
    assert found.next_step.startswith("Pay the customer back another way")
    assert not found.is_done


def test_closing_takes_it_out_with_a_note(
    store: Store, pay: Pay, later: Later, mia: Actor
) -> None:
    """Who closed it, when and why stays; the log and the timeline have it too."""
    payment, refund = fail(store, pay, later)
    closed = store.refunds.close_failed(
        refund.id, note=" paid by transfer ", actor=mia, key="close"
    )
    assert (closed.done_by, closed.done_note) == ("mia", "paid by transfer")
    assert closed.done_at == store.now()
    assert store.refunds.failed_count() == 0
    assert store.refunds.failed().rows == ()
    assert store.refunds.failed(done=True).rows == (closed,)
    newest = store.events.newest(object_id=refund.id, limit=1)[0]
    assert (newest.type, newest.actor, newest.key) == (CLOSED, "mia", "close")
    assert is_own(newest.type)
    told = store.payments.detail(payment.id).timeline[0]
    assert (told.actor, told.refund) == ("mia", refund.id)
    assert told.text.endswith("dealt with: paid by transfer")
    again = store.refunds.close_failed(
        refund.id, note=" paid by transfer ", actor=mia, key="close"
    )
    assert again == closed
    assert store.examine() == ()


def test_it_is_closed_once(store: Store, pay: Pay, later: Later, mia: Actor) -> None:
    """The second agent hears who was first; nothing changes."""
    _, refund = fail(store, pay, later)
    store.refunds.close_failed(refund.id, note="done", actor=Actor("tom"))
    with pytest.raises(Refused, match=f"tom has dealt with refund {refund.id}"):
        store.refunds.close_failed(refund.id, note="me too", actor=mia)
    assert store.refunds.failed(done=True).rows[0].done_note == "done"


@pytest.mark.parametrize("note", ["", "  \n ", "x" * 2_001])
def test_closing_needs_a_note(
    store: Store, pay: Pay, later: Later, mia: Actor, note: str
) -> None:
    """Nothing and too much are refused."""
    _, refund = fail(store, pay, later)
    with pytest.raises(Refused, match="note"):
        store.refunds.close_failed(refund.id, note=note, actor=mia)
    assert store.refunds.failed_count() == 1


def test_only_what_failed_is_followed_up(store: Store, pay: Pay, mia: Actor) -> None:
    """A refund on its way is neither closed nor tried again; nor is none at all."""
    payment = pay(5_000)
    sent = store.refunds.create(payment_intent=payment.id, actor=mia).refund.id
    with pytest.raises(Refused, match="has not failed: it is succeeded"):
        store.refunds.retry(sent, actor=mia)
    with pytest.raises(Refused, match="has not failed"):
        store.refunds.close_failed(sent, note="x", actor=mia)
    with pytest.raises(Refused, match="No such refund: 're_none'"):
        store.refunds.retry("re_none", actor=mia)
    assert len(store.refunds.list()) == 1


def test_trying_again_makes_a_new_refund(
    store: Store, pay: Pay, later: Later, mia: Actor
) -> None:
    """Of the same amount and reason, linked to the old, which leaves the inbox."""
    payment, refund = fail(store, pay, later)
    done = store.refunds.retry(refund.id, actor=mia, key="again", seen=payment.version)
    new = done.refund
    assert new.id != refund.id
    assert (new.money, new.reason, new.actor) == (refund.money, refund.reason, "mia")
    assert done.payment.refunded == refund.money
    (old,) = store.refunds.failed(done=True).rows
    assert (old.refund.id, old.retried_as, old.done_by) == (refund.id, new.id, "mia")
    newest = store.events.newest(object_id=refund.id, limit=1)[0]
    assert newest.type == RETRIED
    assert newest.data["retried_as"] == new.id
    replayed = store.refunds.retry(
        refund.id, actor=mia, key="again", seen=payment.version
    )
    assert replayed.replayed
    assert replayed.refund.id == new.id
    with pytest.raises(Refused, match=f"tried again already, as {new.id}"):
        store.refunds.retry(refund.id, actor=mia)
    assert store.examine() == ()


def test_the_new_refund_may_fail_as_well(
    store: Store, pay: Pay, later: Later, mia: Actor
) -> None:
    """Then it is in the inbox itself."""
    _, refund = fail(store, pay, later)
    new = store.refunds.retry(refund.id, actor=mia).refund
    later(RETURNED)
    assert [one.refund.id for one in store.refunds.failed().rows] == [new.id]


def test_a_dry_run_changes_nothing(
    store: Store, pay: Pay, later: Later, mia: Actor
) -> None:
    """A preview shows the outcome of a real one, and leaves the inbox alone."""
    _, refund = fail(store, pay, later)
    shown = store.refunds.retry(refund.id, actor=mia, preview=True)
    assert shown.available_after < shown.available_before
    store.refunds.close_failed(refund.id, note="x", actor=mia, preview=True)
    assert store.refunds.failed_count() == 1
    assert len(store.refunds.list()) == 1


def test_trying_again_obeys_every_rule(
    store: Store, pay: Pay, later: Later, mia: Actor
) -> None:
    """A stale view, a payment refunded meanwhile: nothing is refunded twice."""
    payment, refund = fail(store, pay, later)
    with pytest.raises(StaleView):
        store.refunds.retry(refund.id, actor=mia, seen=payment.version - 1)
    store.refunds.create(payment_intent=payment.id, amount=4_000, actor=mia)
    with pytest.raises(Refused, match="greater than unrefunded amount"):
        store.refunds.retry(refund.id, actor=mia)
    assert store.refunds.failed_count() == 1


def test_what_to_do_follows_what_is_left(
    store: Store, pay: Pay, later: Later, mia: Actor
) -> None:
    """Where nothing is left, or a chargeback stands, the inbox does not say retry."""
    payment, _ = fail(store, pay, later)
    store.refunds.create(payment_intent=payment.id, actor=mia)
    (found,) = store.refunds.failed().rows
    assert (found.next_step, found.refundable) == (NOTHING_LEFT, Money(0, "usd"))
    other, refund = fail(store, pay, later)
    assert other.charge
    store.disputes.create(charge=other.charge.id, actor=mia)
    newest = store.refunds.failed().rows[0]
    assert newest.refund.id == refund.id
    assert newest.next_step.startswith("It cannot be tried again: Charge ch_")
    assert newest.refundable == Money(0, "usd")


def test_an_other_reason_is_tried_again_with_its_note(
    store: Store, pay: Pay, later: Later, mia: Actor
) -> None:
    """The note that explains it goes along."""
    payment = pay(5_000, method=FAILS)
    later()
    made = store.refunds.create(
        payment_intent=payment.id, reason=Reason.OTHER, note="goodwill", actor=mia
    )
    later(RETURNED)
    new = store.refunds.retry(made.refund.id, actor=mia).refund
    assert (new.reason, new.note) == (Reason.OTHER, "goodwill")


def test_pages_go_on_where_they_end(store: Store, pay: Pay, later: Later) -> None:
    """Newest failure first, each once, whatever the size of a page."""
    made = [fail(store, pay, later)[1].id for _ in range(5)]
    seen: list[str] = []
    after = None
    while True:
        page = store.refunds.failed(after=after, limit=2)
        seen += [one.refund.id for one in page.rows]
        if not page.more:
            break
        after = page.last
    assert seen == made[::-1]


def test_imported_failures_come_in_too(store: Store, bring: Import) -> None:
    """What failed elsewhere is followed up here, without a charge if need be."""
    bring(
        {
            "id": "re_elsewhere",
            "object": "refund",
            "amount": 700,
            "currency": "jpy",
            "charge": None,
            "created": 1_700_000_000,
            "status": "failed",
            "failure_reason": "declined",
        }
    )
    (found,) = store.refunds.failed().rows
    assert found.refund.status is RefundStatus.FAILED
    assert (found.returned, found.refundable) == (None, Money(0, "jpy"))
    assert found.why == "The customer's bank declined it."
    assert found.next_step == NOTHING_LEFT
    assert store.examine() == ()


@pytest.mark.parametrize("reason", FailureReason)
def test_what_is_expected_after_each_failure(reason: FailureReason) -> None:
    """Whatever the card or its bank sent back may come back; own causes may not."""
    at = datetime(2026, 3, 2, tzinfo=UTC)
    failed = Refund(
        "re_1",
        Money(100, "usd"),
        RefundStatus.FAILED,
        at,
        "ch_1",
        failure_reason=reason,
    )
    sent = Refund("re_2", failed.money, RefundStatus.SUCCEEDED, at, "ch_1")
    of_ours = {
        FailureReason.INSUFFICIENT_FUNDS,
        FailureReason.MERCHANT_REQUEST,
        FailureReason.CHARGE_FOR_PENDING_REFUND_DISPUTED,
    }
    assert (after_failures((failed, sent)) is None) is (reason in of_ours)
    assert after_failures((sent,)) is None


def test_a_canceled_refund_is_no_failure(
    store: Store, pay: Pay, later: Later, mia: Actor
) -> None:
    """What an agent called back needs nobody's attention."""
    payment = pay(5_000)
    later()
    refund = store.refunds.create(payment_intent=payment.id, actor=mia).refund
    store.refunds.cancel(refund.id, actor=mia)
    assert store.refunds.failed_count() == 0
