"""The story of a payment, newest first, each step once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from store.event import Event
from store.payment import (
    CancellationReason,
)
from store.refund import Reason
from store.timeline.story import Mark

if TYPE_CHECKING:
    from conftest import Funds, Pay
    from store import Store
    from store.clock import StandingClock
    from store.event import Actor
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def told(seq: int, kind: str, data: dict[str, object], **previous: object) -> Event:
    """Return an event some hours after the payment."""
    at = AT + timedelta(hours=seq)
    return Event(seq, f"evt_{seq}", kind, str(data["id"]), at, "mia", data, previous)


@pytest.fixture
def story(store: Store) -> Callable[[str], list[tuple[str, Mark, str]]]:
    """Tell the story of a payment in the store: who, what kind, in words."""

    def telling(given: str) -> list[tuple[str, Mark, str]]:
        entries = store.payments.detail(given).timeline
        assert [one.at for one in entries] == sorted(
            (one.at for one in entries), reverse=True
        )
        return [(one.actor, one.mark, one.text) for one in entries]

    return telling


Story = Callable[[str], list[tuple[str, Mark, str]]]


def test_refunds_are_sent_canceled_and_traced(
    store: Store, mia: Actor, pay: Pay, clock: StandingClock, story: Story
) -> None:
    """Each event twin is told once, with the reason or the note."""
    paid = pay(8000)
    clock.at += timedelta(hours=3)
    kept = store.refunds.create(
        payment_intent=paid.id,
        amount=3000,
        reason=Reason.DUPLICATE,
        note="paid twice",
        actor=mia,
    )
    clock.at += timedelta(minutes=5)
    gone = store.refunds.create(
        payment_intent=paid.id,
        amount=1000,
        reason=Reason.OTHER,
        note="sorry",
        actor=mia,
    )
    clock.at += timedelta(minutes=5)
    store.refunds.cancel(gone.refund.id, actor=mia)
    clock.at += timedelta(days=20)
    store.advance()
    where = store.refunds.detail(kept.refund.id).refund.destination
    assert where is not None
    assert story(paid.id) == [
        ("bank", Mark.REFERENCE, f"refund 30.00 USD: ARN {where.reference}"),
        ("mia", Mark.REFUND_CANCELED, "refund 10.00 USD canceled"),
        ("mia", Mark.REFUND_SENT, "refund 10.00 USD sent, sorry"),
        ("mia", Mark.REFUND_SENT, "refund 30.00 USD sent, duplicate: paid twice"),
        ("mia", Mark.PAID, "payment 80.00 USD"),
    ]
    entries = store.payments.detail(paid.id).timeline
    assert entries[0].refund == kept.refund.id
    assert entries[-1].refund is None


def test_a_held_refund_is_never_told_as_sent(
    store: Store, mia: Actor, pay: Pay, funds: Funds, clock: StandingClock, story: Story
) -> None:
    """Until the balance covers it."""
    paid = pay(9000, method="pm_card_visa")
    store.refunds.create(payment_intent=paid.id, actor=mia)
    held = ("mia", Mark.REFUND_WAITS, "refund 90.00 USD held: the balance is short")
    assert story(paid.id)[0] == held
    clock.at += timedelta(minutes=1)
    funds(9000)
    assert story(paid.id)[:2] == [
        (
            "mia",
            Mark.REFUND_SENT,
            "refund 90.00 USD no longer held: the balance covers it, sent",
        ),
        held,
    ]


def test_a_refund_that_fails_later(
    store: Store, mia: Actor, pay: Pay, funds: Funds, clock: StandingClock, story: Story
) -> None:
    """Sent first, then failed, by the bank."""
    funds()
    paid = pay(2000, method="pm_card_refundFail")
    store.refunds.create(payment_intent=paid.id, actor=mia)
    clock.at += timedelta(days=20)
    store.advance()
    newest = story(paid.id)[0]
    said = "refund 20.00 USD failed: expired or canceled card"
    assert newest == ("bank", Mark.REFUND_FAILED, said)


def test_authorise_then_capture_cancel_or_expire(
    store: Store, mia: Actor, pay: Pay, clock: StandingClock, story: Story
) -> None:
    """An uncaptured payment ends in one of three ways."""
    begun = ("mia", Mark.AUTHORISED, "payment 90.00 USD authorised, not captured yet")
    taken, canceled, left = (pay(9000, capture_method="manual") for _ in range(3))
    store.payment_intents.capture(taken.id, amount=5000, actor=mia)
    store.payment_intents.cancel(
        canceled.id, reason=CancellationReason.OTHER, note="wrong size", actor=mia
    )
    clock.at += timedelta(days=9)
    store.advance()
    captured = ("mia", Mark.CAPTURED, "captured 50.00 USD of 90.00 USD")
    assert story(taken.id) == [captured, begun]
    ended = ("mia", Mark.CANCELED, "payment canceled: wrong size")
    assert story(canceled.id) == [ended, begun]
    expired = ("bank", Mark.CANCELED, "authorisation expired, 90.00 USD released")
    assert story(left.id) == [expired, begun]


def test_a_payment_that_failed(pay: Pay, story: Story) -> None:
    """With the bank's words, once for charge and intent."""
    failed = pay(method="pm_card_chargeDeclined")
    said = "payment 50.00 USD failed: Your card was declined."
    assert story(failed.id) == [("mia", Mark.FAILED, said)]


def test_a_dispute_step_by_step(
    store: Store, mia: Actor, pay: Pay, story: Story
) -> None:
    """Opened, money gone, money back, won."""
    paid = pay()
    assert paid.charge is not None
    opened = store.disputes.create(charge=paid.charge.id, actor=mia)
    store.disputes.close(opened.id, status="won", actor=mia)
    assert [text for _, mark, text in story(paid.id) if mark is Mark.DISPUTE] == [
        "dispute 50.00 USD: won",
        "dispute 50.00 USD: the money came back",
        "dispute 50.00 USD: the money was withdrawn",
        "dispute 50.00 USD opened: fraudulent",
    ]
