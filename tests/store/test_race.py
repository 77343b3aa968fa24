"""Two processes race for one charge: exactly what was captured is refunded."""

import multiprocessing
from collections import Counter
from multiprocessing.connection import Connection

import pytest

from conftest import Funds, Pay
from store import Store, open_store
from store.errors import Refused, StoreBusy
from store.event import Actor

REFUNDS = 200
WORTH = 100
PARENT_WAITS = 60


def race(url: str, intent: str, name: str, answers: Connection) -> None:
    """Ask for many refunds of one payment as fast as the store answers."""
    said: list[str] = []
    actor = Actor(name)
    with open_store(url) as store:
        answers.send("ready")
        answers.recv()
        while len(said) < REFUNDS:
            try:
                done = store.refunds.create(
                    payment_intent=intent,
                    amount=WORTH,
                    actor=actor,
                    key=f"{name}{len(said)}",
                )
            except Refused as refused:
                said.append(str(refused))
            except StoreBusy:
                continue
            else:
                said.append(done.refund.status)
    answers.send(said)


def run_both(url: str, intent: str) -> list[list[str]]:
    """Start two processes at the same moment; return what each was answered."""
    spawn = multiprocessing.get_context("spawn")
    ours, racers = [], []
    for name in ("ann", "bob"):
        here, there = spawn.Pipe()
        racer = spawn.Process(target=race, args=(url, intent, name, there))
        racer.start()
        there.close()
        ours.append(here)
        racers.append(racer)
    try:
        for pipe in ours:
            assert pipe.poll(PARENT_WAITS)
            assert pipe.recv() == "ready"
        for pipe in ours:
            pipe.send("go")
        for pipe in ours:
            assert pipe.poll(PARENT_WAITS)
        return [pipe.recv() for pipe in ours]
    finally:
        for pipe in ours:
            pipe.close()
        for racer in racers:
            racer.join(10)
            racer.kill()
            racer.close()


@pytest.mark.parametrize("short", [False, True])
def test_never_a_cent_too_much(
    store: Store, url: str, pay: Pay, funds: Funds, *, short: bool
) -> None:
    """Of 400 refunds over a charge for 150, 150 go and 250 are told why not.

    Where the balance covers only a part, the others wait, and are no less counted.
    """
    funds(10_000 if short else 1_000_000)
    paid = pay(150 * WORTH, method="pm_card_visa")
    assert paid.charge is not None
    both = run_both(url, paid.id)
    answers = Counter(answer for said in both for answer in said)
    sent = 100 if short else 150
    assert answers == Counter(
        {
            "succeeded": sent,
            **({"pending": 50} if short else {}),
            f"Charge {paid.charge.id} has already been refunded.": 250,
        }
    )
    assert [len(said) for said in both] == [REFUNDS, REFUNDS]
    after = store.payments.find(paid.id)
    assert after.refunded == paid.money
    assert sum(refund.money.amount for refund in after.refunds) == 150 * WORTH
    assert len({refund.key for refund in after.refunds}) == 150
    told = Counter(event.type for event in store.events.newest(limit=2_000))
    assert told["refund.created"] == told["charge.refunded"] == 150
    assert len(store.refunds.pending().waiting) == 150 - sent
    assert store.examine() == ()
