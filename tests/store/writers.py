"""Writers: processes that refund without end, to be killed at any instant.

They import little, so that the next life of one begins soon.
"""

import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

from racers import PROCESSES

from store import Mode, Store, open_store
from store.errors import StoreBusy
from store.event import Actor

BREATH = 0.003
"""So long a writer lets others come in: SQLite itself lets nobody in by turns."""
EXAMINED = "examined"
"""While this file is there, writers finish what they asked and ask nothing more."""
PATIENCE = 120


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
        args = (self.url, self.notes, self.up, self.payments, name, self.unanswered())
        self.process = PROCESSES.Process(target=write, args=args)
        self.process.start()
        self.until(self.up.exists)

    def kill(self) -> None:
        """End this life, whatever it is doing."""
        assert self.process is not None
        os.kill(self.pid, signal.SIGKILL)
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

    @property
    def up(self) -> Path:
        """Return the file that tells that this life has opened the store."""
        return self.notes.with_name(f"{self.notes.name}-{self.lives}.up")

    @property
    def pid(self) -> int:
        """Return the process of a writer that lives."""
        assert self.process is not None
        assert self.process.pid is not None
        return self.process.pid

    def noted(self, after: int = 0) -> bytes:
        """Return what was noted, but for so many bytes at its beginning."""
        if not self.notes.exists():
            return b""
        with self.notes.open("rb") as notes:
            notes.seek(after)
            return notes.read()

    def wait(self, lines: int) -> None:
        """Wait until that much more was noted."""
        begun = len(self.noted())
        self.until(lambda: self.noted(begun).count(b"\n") >= lines)

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until a writer that lives has brought something about."""
        ends = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < ends
            time.sleep(0.002)


def write(
    url: str, notes: Path, up: Path, payments: list[str], name: str, again: str | None
) -> None:
    """Refund without end, one payment after the other, each under its own key."""
    log = os.open(notes, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    keys = numbered(name)
    with opened(url) as store:
        up.touch()
        while True:
            while notes.with_name(EXAMINED).exists():
                time.sleep(BREATH)
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
