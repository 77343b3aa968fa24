"""Bulk refunds beside others, and killed in the middle: nothing is refunded twice."""

import math
import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from bulks import MIA, check_once, items, run_out, started
from racers import PROCESSES, Ask, race

from conftest import FUNDED, MONDAY
from store import Mode, Store, open_store
from store.bulk import BulkState, ItemState
from store.clock import StandingClock
from store.event import Actor
from store.ids import SeededIds
from store.money import Money
from store.outcome import RefundOutcome
from store.payment import Payment
from store.sql.audit import INVARIANTS
from store.sql.batch import Batch
from store.verbs import run_bulk
from store.verbs.issue_refund import Asked, issue
from store.verbs.run_bulk import Pace
from store.verbs.write import Request

WORTH = 5_000
CLOCK = StandingClock(MONDAY)
STEP = Pace().fits
"""So many payments are a step, where it may take as long as it likes."""


@pytest.fixture
def desk(url: str) -> Iterator[Store]:
    """A store that may be lost with the power, so that races are quick."""
    ids = SeededIds("bulk")
    with open_store(url, clock=CLOCK, ids=ids, mode=Mode.DEMO) as made:
        yield made
        assert made.examine() == ()


@pytest.fixture
def payments(desk: Store, pytestconfig: pytest.Config) -> list[Payment]:
    """As many payments as there are rounds of a race."""
    return paid(desk, int(pytestconfig.getoption("race_rounds")))


@pytest.fixture
def few(desk: Store) -> list[Payment]:
    """A few payments, where no race is."""
    return paid(desk, 6)


def paid(desk: Store, number: int) -> list[Payment]:
    """Return payments that can be refunded, and the money for it."""
    desk.topups.create(amount=number * WORTH, currency="usd", actor=MIA)
    return [
        desk.payment_intents.create(
            amount=WORTH, currency="usd", payment_method=FUNDED, actor=MIA
        ).payment
        for _ in range(number)
    ]


def test_bulk_against_single(desk: Store, url: str, payments: list[Payment]) -> None:
    """A job meets an agent who begins at the other end: each payment goes out once."""
    bulk = started(desk, payments)
    runs = [Ask("bulk.run", {"bulk_id": bulk.id})] * len(payments)
    singles = [
        Ask("refunds.create", {"payment_intent": one.id}) for one in reversed(payments)
    ]
    _, answers = race(url, CLOCK, [runs, singles], in_step=False)
    done = run_out(desk, desk.bulk.retrieve(bulk.id))
    by_agent = {
        one.id
        for one, (refunded, why) in zip(reversed(payments), answers, strict=True)
        if refunded or "has already been refunded" not in why
    }
    for item in items(desk, done):
        stale = item.payment in by_agent
        assert item.state is (ItemState.STALE if stale else ItemState.SENT)
        refunds = desk.payments.find(item.payment).refunds
        assert [one.money.amount for one in refunds] == [WORTH]
    assert done.counts[ItemState.SENT] + len(by_agent) == len(payments)
    check_once(desk, done)


def test_two_processes_run_one_job(
    desk: Store, url: str, payments: list[Payment]
) -> None:
    """Both are let in by turns; between them every payment is refunded once."""
    bulk = started(desk, payments)
    runs = [Ask("bulk.run", {"bulk_id": bulk.id})] * len(payments)
    race(url, CLOCK, [runs, runs], in_step=False)
    done = desk.bulk.retrieve(bulk.id)
    assert done.state is BulkState.DONE
    assert done.counts[ItemState.SENT] == len(payments)
    told = desk.events.newest(limit=100_000)
    made = [one.object_id for one in told if one.type == "refund.created"]
    assert len(made) == len(set(made)) == len(payments)
    check_once(desk, done)


def work(url: str, bulk: str, dies_in: str, at: int) -> None:
    """Run a job, and be killed at the n-th time that a part of a step is come to."""
    reached = 0
    real = getattr(Batch, dies_in)

    def dying(tx: Batch, *given: object) -> object:
        nonlocal reached
        reached += 1
        done = real(tx, *given)
        if reached == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    setattr(Batch, dies_in, dying)
    run_bulk.LONGEST, run_bulk.MOST = math.inf, STEP
    with open_store(url, clock=CLOCK, mode=Mode.DEMO) as store:
        while store.bulk.run(bulk, actor=Actor("worker")).queued:
            pass


@pytest.mark.parametrize(
    ("dies_in", "lives"),
    [
        ("add_refund", (1, 3, 8, 9, 20, 29)),
        ("commit", (1, 2, 3)),
        ("keep_answer", (7,)),
    ],
    ids=["while it refunds", "once it is lasting", "before it is lasting"],
)
def test_a_job_survives_being_killed(
    desk: Store, url: str, payments: list[Payment], dies_in: str, lives: tuple[int, ...]
) -> None:
    """Killed again and again, it goes on where it was; no refund is made twice."""
    bulk = started(desk, payments)
    for at in lives:
        before = desk.bulk.retrieve(bulk.id)
        args = (url, bulk.id, dies_in, at)
        process = PROCESSES.Process(target=work, args=args)
        process.start()
        process.join()
        assert process.exitcode == -signal.SIGKILL
        process.close()
        now = desk.bulk.retrieve(bulk.id)
        steps = at if dies_in == "commit" else (at - 1) // STEP
        assert now.queued == before.queued - steps * STEP
        check_once(desk, now)
    assert [one.id for one in desk.bulk.unfinished()] == [bulk.id]
    done = run_out(desk, desk.bulk.retrieve(bulk.id))
    assert done.counts[ItemState.SENT] == len(payments)
    check_once(desk, done)


def test_what_was_planned_and_not_started_is_not_there(
    desk: Store, few: list[Payment], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever dies before the job is written leaves none, and may start it anew."""
    plan = desk.bulk.plan(payments=[one.id for one in few])

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr("store.verbs.bulk.bulks.add", dies)
        with pytest.raises(KeyboardInterrupt):
            desk.bulk.start(plan, actor=MIA, key="once")
    assert desk.bulk.list().rows == desk.bulk.unfinished() == ()
    done = run_out(desk, desk.bulk.start(plan, actor=MIA, key="once"))
    assert done.counts[ItemState.SENT] == len(few)
    check_once(desk, done)


def test_what_a_guard_refuses_ends_alone(
    desk: Store, few: list[Payment], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were the rules wrong about one payment, its guard stops that one only."""
    bulk = started(desk, few)
    wrong = few[1].id

    def doubling(
        tx: Batch, request: Request, asked: Asked, known: Payment | None
    ) -> RefundOutcome:
        made = issue(tx, request, asked, known)
        if asked.payment_intent == wrong:
            tx.add_refund(made.refund)
        return made

    with monkeypatch.context() as broken:
        broken.setattr("store.verbs.run_bulk.issue", doubling)
        done = run_out(desk, bulk)
    (failed,) = desk.bulk.items(done.id, states=[ItemState.FAILED]).rows
    assert failed.payment == wrong
    assert not failed.again
    assert "guards refused it" in (failed.message or "")
    assert done.counts[ItemState.SENT] == len(few) - 1
    assert not desk.payments.find(wrong).refunded
    check_once(desk, done)


def test_a_large_job_loses_nothing(desk: Store, pytestconfig: pytest.Config) -> None:
    """Many payments, of which the money covers half: exact sums, none overtakes."""
    number = int(pytestconfig.getoption("bulk_payments"))
    desk.topups.create(amount=number * WORTH // 2, currency="usd", actor=MIA)
    made = [
        desk.payment_intents.create(
            amount=WORTH, currency="usd", payment_method="pm_card_visa", actor=MIA
        ).payment
        for _ in range(number)
    ]
    plan = desk.bulk.plan(payments=[one.id for one in made], reason="duplicate")
    done = run_out(desk, desk.bulk.start(plan, actor=MIA))
    ended = items(desk, done)
    states = [one.state for one in ended]
    assert states == [one.expects for one in plan.items]
    assert states == [ItemState.SENT] * (number // 2) + [ItemState.HELD] * (number // 2)
    assert [str(one) for one in done.sums(ItemState.SENT)] == [
        str(Money(number // 2 * WORTH, "usd"))
    ]
    assert desk.refunds.pending().balances[0].available == Money(0, "usd")
    assert [one.payment for one in ended] == [one.id for one in made]
    check_once(desk, done)


WRONG = {
    "every bulk refund has all its payments": "DELETE FROM bulk_item",
    "what a bulk refund has done is done": (
        "UPDATE bulk_item SET refund = 're_of_another'"
    ),
}


@pytest.mark.sqlite
@pytest.mark.parametrize("rule", WRONG)
def test_the_doctor_finds_a_job_that_was_altered(
    url: str, few: list[Payment], desk: Store, rule: str
) -> None:
    """Behind the guards, a job cannot be made to say what was not done."""
    done = run_out(desk, started(desk, few))
    assert done.counts[ItemState.SENT] == len(few)
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as raw:
        raw.execute("SAVEPOINT altered")
        for guard in ("bulk_item_bu", "bulk_item_bd"):
            raw.execute(f"DROP TRIGGER {guard}")
        raw.execute(f"{WRONG[rule]} WHERE seq = 1")
        assert len(raw.execute(INVARIANTS[rule]).fetchall()) == 1
        raw.execute("ROLLBACK TO altered")
        assert raw.execute(INVARIANTS[rule]).fetchall() == []
