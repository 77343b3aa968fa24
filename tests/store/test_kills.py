"""Killed at any instant: no answered refund is lost, none is made twice."""

import os
import random
import signal
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from racers import PROCESSES

from conftest import FUNDED
from store import Mode, Store, open_store
from store.errors import StoreBusy
from store.event import Actor

PAYMENTS = 40
LONGEST_LIFE = 0.08
"""A writer lives for so many seconds at most, once it has begun to write."""
BREATH = 0.003
"""So long a writer lets others come in: SQLite itself lets nobody in by turns."""
PATIENCE = 30


def opened(url: str) -> Store:
    """Open the store; a kill loses nothing that the system has, so it need not sync."""
    return open_store(url, mode=Mode.DEMO)


@dataclass
class Writer:
    """A process that refunds and notes, outside the store, what it was answered.

    Its notes are lines of a file: a key when it is about to ask, then the refund that
    it was told. Only the last ask of a killed writer can be without an answer.
    """

    url: str
    notes: Path
    payments: list[str]
    lives: int = 0
    process: BaseProcess | None = None

    def start(self) -> None:
        """Begin a life: first ask again what stayed without an answer."""
        self.lives += 1
        name = f"{self.notes.stem}-{self.lives}"
        args = (self.url, self.notes, self.payments, name, self.unanswered())
        self.process = PROCESSES.Process(target=write, args=args)
        self.process.start()

    def kill(self) -> None:
        """End this life, whatever it is doing."""
        assert self.process is not None
        assert self.process.pid is not None
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.join()
        assert self.process.exitcode == -signal.SIGKILL
        self.process.close()

    def lines(self) -> list[list[str]]:
        """Return what was noted: `[key]`, or `[key, refund]` once it was answered."""
        text = self.notes.read_text() if self.notes.exists() else ""
        whole, _, _ = text.rpartition("\n")
        return [line.split() for line in whole.splitlines()]

    def answered(self) -> dict[str, str]:
        """Return the refund that each key was answered."""
        return {line[0]: line[1] for line in self.lines() if len(line) > 1}

    def unanswered(self) -> str | None:
        """Return the key that was asked and not answered, if any."""
        asked = {line[0] for line in self.lines()} - self.answered().keys()
        assert len(asked) <= 1
        return next(iter(asked), None)

    def wait(self, lines: int) -> None:
        """Wait until that much more was noted."""
        wanted, ends = len(self.lines()) + lines, time.monotonic() + PATIENCE
        while len(self.lines()) < wanted:
            assert time.monotonic() < ends
            time.sleep(0.002)


def write(
    url: str, notes: Path, payments: list[str], name: str, again: str | None
) -> None:
    """Refund without end, one payment after the other, each under its own key."""
    log = os.open(notes, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    keys = numbered(name)
    with opened(url) as store:
        while True:
            key = again or next(keys)
            again = None
            os.write(log, f"{key}\n".encode())
            os.write(log, f"{key} {asked(store, payments, key)}\n".encode())
            time.sleep(BREATH)


def numbered(name: str) -> Iterator[str]:
    """Yield key after key."""
    number = 0
    while True:
        number += 1
        yield f"{name}-{number}"


def asked(store: Store, payments: list[str], key: str) -> str:
    """Refund a little under a key, as often as it takes to be answered."""
    payment = payments[int(key.rpartition("-")[2]) % len(payments)]
    while True:
        try:
            done = store.refunds.create(
                payment_intent=payment, amount=10, actor=Actor("writer"), key=key
            )
        except StoreBusy:
            continue
        return done.refund.id


@dataclass
class Massacre:
    """Two writers on one store, and what is looked at after each kill."""

    url: str
    folder: Path
    path: Path
    chance: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311
    journals: int = 0
    """How often a kill left a transaction half written in the file."""

    def run(self, kills: int) -> list[Writer]:
        """Kill one writer after the other; each is replaced by its next life."""
        with opened(self.url) as store:
            payments = [paid(store) for _ in range(PAYMENTS)]
        writers = [
            Writer(self.url, self.folder / name, payments) for name in ("ann", "bob")
        ]
        for writer in writers:
            writer.start()
            writer.wait(2)
        for _ in range(kills):
            victim, other = self.chance.sample(writers, 2)
            time.sleep(self.chance.uniform(0, LONGEST_LIFE))
            os.kill(pid(other), signal.SIGSTOP)
            victim.kill()
            self.journals += self.path.with_name(f"{self.path.name}-journal").exists()
            os.kill(pid(other), signal.SIGCONT)
            with opened(self.url) as store:
                assert store.examine() == ()
            victim.start()
            victim.wait(2)
        for writer in writers:
            writer.kill()
        return writers


def pid(writer: Writer) -> int:
    """Return the process of a writer that lives."""
    assert writer.process is not None
    assert writer.process.pid is not None
    return writer.process.pid


def paid(store: Store) -> str:
    """Let a customer pay a lot."""
    made = store.payment_intents.create(
        amount=9_000_000,
        currency="usd",
        payment_method=FUNDED,
        actor=Actor("customer"),
    )
    return made.payment.id


@pytest.mark.sqlite
def test_nothing_answered_is_lost(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    """Every answered key has its one refund; an unanswered one is made once, at most.

    Whoever opens the store after a kill finds it whole.
    """
    path = tmp_path / "desk.db"
    url = f"sqlite:///{path}"
    kills = int(pytestconfig.getoption("kills"))
    massacre = Massacre(url, tmp_path, path)
    writers = massacre.run(kills)
    answered = {**writers[0].answered(), **writers[1].answered()}
    open_asks = [key for writer in writers if (key := writer.unanswered())]
    with opened(url) as store:
        for key in open_asks:
            answered[key] = asked(store, writers[0].payments, key)
        assert store.examine() == ()
        for key in random.Random(1).sample(sorted(answered), 50):  # noqa: S311
            assert asked(store, writers[0].payments, key) == answered[key]
    with sqlite3.connect(path) as raw:
        kept = dict(raw.execute("SELECT key, id FROM refund").fetchall())
        told = raw.execute(
            "SELECT count(*) FROM event WHERE type = 'refund.created'"
        ).fetchone()
    assert kept == answered
    assert told == (len(answered),)
    assert sum(writer.lives for writer in writers) == kills + 2
    assert massacre.journals > 0 or kills < 20
