"""The clock jumps: events keep their order, and what is due happens once."""

import time
from datetime import datetime, timedelta

import pytest

from conftest import MONDAY, Funds, Pay
from store import Store
from store.bank import AUTHORISED_FOR
from store.clock import RunningClock, StandingClock
from store.event import Actor, Event
from store.refund import HELD_FOR, RefundStatus

MIA = Actor("mia")
SECOND, YEAR = timedelta(seconds=1), timedelta(days=365)


def all_told(store: Store) -> tuple[Event, ...]:
    """Return every event, the first first."""
    return store.events.newest(limit=10_000)[::-1]


def refunded(store: Store, payment: str) -> datetime:
    """Refund a little; return when the store says that this was."""
    done = store.refunds.create(payment_intent=payment, amount=1, actor=MIA)
    return done.refund.created


@pytest.mark.parametrize("jump", [SECOND, YEAR, -SECOND, -YEAR])
def test_the_order_of_events_is_that_of_time(
    store: Store, clock: StandingClock, pay: Pay, funds: Funds, jump: timedelta
) -> None:
    """Whatever the clock does, no event is before the one that was told before it."""
    funds()
    payment = pay().id
    before = refunded(store, payment)
    clock.at += jump
    store.advance()
    jumped = refunded(store, payment)
    clock.at -= jump
    store.advance()
    back = refunded(store, payment)
    assert before <= jumped <= back
    assert jumped == (MONDAY + jump if jump > timedelta() else MONDAY)
    told = [event.created for event in all_told(store)]
    assert told == sorted(told)
    assert store.examine() == ()


def test_a_held_refund_expires_once(
    store: Store, clock: StandingClock, pay: Pay
) -> None:
    """A clock that runs ahead and is set back lets a deadline pass one time."""
    payment = pay(method="pm_card_visa")
    held = store.refunds.create(payment_intent=payment.id, actor=MIA).refund
    assert held.is_held
    assert held.expires_at == MONDAY + HELD_FOR
    clock.at = MONDAY - YEAR
    assert store.advance() == 0
    clock.at = MONDAY + timedelta(hours=1)
    assert store.advance() == 0
    for at in (MONDAY + YEAR, MONDAY, MONDAY + YEAR, MONDAY + 2 * YEAR):
        clock.at = at
        store.advance()
    told = [event for event in all_told(store) if event.type == "refund.failed"]
    assert [event.created for event in told] == [MONDAY + HELD_FOR]
    assert store.refunds.retrieve(held.id).status is RefundStatus.FAILED
    assert store.examine() == ()


def test_an_authorisation_expires_once(
    store: Store, clock: StandingClock, pay: Pay
) -> None:
    """An authorisation ends when its deadline has come, however often it comes."""
    payment = pay(capture_method="manual")
    for at in (-YEAR, AUTHORISED_FOR - SECOND, AUTHORISED_FOR, -YEAR, YEAR):
        clock.at = MONDAY + at
        store.advance()
    told = [event.type for event in all_told(store)]
    assert told.count("charge.expired") == 1
    assert told.count("payment_intent.canceled") == 1
    (ended,) = [e for e in all_told(store) if e.type == "payment_intent.canceled"]
    assert ended.created == MONDAY + AUTHORISED_FOR
    assert store.payments.find(payment.id).refunds == ()


def test_what_is_late_does_not_come_before_what_was_told(
    store: Store, clock: StandingClock, pay: Pay, funds: Funds
) -> None:
    """A deed that was due before the last event is told after it, at its time."""
    funds()
    payment = pay(method="pm_card_visa").id
    clock.at = MONDAY + timedelta(days=30)
    late = refunded(store, payment)
    assert store.advance() > 0
    told = [event.created for event in all_told(store)]
    assert told == sorted(told)
    assert told[-1] == late


@pytest.mark.parametrize("zone", ["Asia/Kathmandu", "America/New_York", "UTC"])
def test_the_machine_may_stand_anywhere(
    zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The time zone of the machine, and its summer time, change nothing."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    here = RunningClock().now()
    monkeypatch.undo()
    time.tzset()
    assert here.utcoffset() == timedelta()
    assert abs(RunningClock().now() - here) < timedelta(seconds=5)


def test_after_2038(store: Store, clock: StandingClock, pay: Pay, funds: Funds) -> None:
    """Seconds that need more than 31 bits are kept as they are."""
    clock.at = MONDAY.replace(year=2040)
    funds()
    payment = pay().id
    assert refunded(store, payment) == clock.at
    assert {event.created for event in all_told(store)} == {clock.at}
