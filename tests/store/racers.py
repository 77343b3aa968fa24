"""Racers: processes that ask the same store for different things at one moment."""

import multiprocessing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerContext
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier

from store import open_store
from store.clock import StandingClock
from store.errors import Refused, StoreBusy
from store.event import Actor

PATIENCE = 120
"""So many seconds a race may take."""
PROCESSES: ForkServerContext = multiprocessing.get_context("forkserver")
"""Fresh processes, forked off one that has loaded the store and opened nothing."""
PROCESSES.set_forkserver_preload(["store.store", "psycopg"])


@dataclass(frozen=True)
class Ask:
    """One call of a verb, such as `refunds.create`, and what it is given."""

    verb: str
    given: Mapping[str, object] = field(default_factory=dict)


Answer = tuple[bool, str]
"""Whether it was done, and the id of what was made, or the sentence that says why."""


def race(
    url: str,
    clock: StandingClock,
    lanes: Sequence[Sequence[Ask]],
    *,
    in_step: bool = True,
) -> list[list[Answer]]:
    """Let a process run each lane, all starting at the same moment.

    Args:
        url: Where the store is.
        clock: What time it is for all of them.
        lanes: What each process asks, in order.
        in_step: Each waits for the others before its next thing.

    Returns:
        What each lane was answered, in its order.
    """
    start = PROCESSES.Barrier(len(lanes))
    said: Queue[tuple[int, list[Answer]]] = PROCESSES.Queue()
    runners = [
        PROCESSES.Process(
            target=_run, args=(url, clock, number, lane, start, said, in_step)
        )
        for number, lane in enumerate(lanes)
    ]
    for runner in runners:
        runner.start()
    try:
        answers = dict(said.get(timeout=PATIENCE) for _ in runners)
    finally:
        for runner in runners:
            runner.join(10)
            runner.kill()
            runner.join()
            runner.close()
    return [answers[number] for number in range(len(lanes))]


def _run(
    url: str,
    clock: StandingClock,
    number: int,
    lane: Sequence[Ask],
    start: Barrier,
    said: "Queue[tuple[int, list[Answer]]]",
    in_step: bool,  # noqa: FBT001 - a process is given its arguments by place
) -> None:
    with open_store(url, clock=clock) as store:
        answers: list[Answer] = []
        for ask in lane:
            if in_step or not answers:
                start.wait(PATIENCE)
            verb: object = store
            for name in ask.verb.split("."):
                verb = getattr(verb, name)
            answers.append(_asked(verb, ask.given, Actor(f"agent {number}")))
    said.put((number, answers))


def _asked(verb: object, given: Mapping[str, object], actor: Actor) -> Answer:
    assert callable(verb)
    while True:
        try:
            done = verb(**given, actor=actor)
        except Refused as refused:
            return False, str(refused)
        except StoreBusy:
            continue
        made = getattr(done, "refund", None) or getattr(done, "payment", None) or done
        return True, str(made.id)
