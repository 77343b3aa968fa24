"""Killed at any instant: no answered refund is lost, none is made twice."""

import os
import random
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from writers import EXAMINED, Writer, asked, opened

from conftest import FUNDED
from store import Store
from store.event import Actor

PAYMENTS = 40
LONGEST_LIFE = 0.08
"""A writer lives for so many seconds at most, once it has begun to write."""


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
            os.kill(other.pid, signal.SIGSTOP)
            victim.kill()
            self.journals += self.path.with_name(f"{self.path.name}-journal").exists()
            os.kill(other.pid, signal.SIGCONT)
            with opened(self.url) as store, self.no_more_asked():
                assert store.examine() == ()
                victim.start()
            victim.wait(2)
        for writer in writers:
            writer.kill()
        return writers

    @contextmanager
    def no_more_asked(self) -> Iterator[None]:
        """Let nobody write on: what is examined would grow as fast as it is read."""
        examined = self.folder / EXAMINED
        examined.touch()
        try:
            yield
        finally:
            examined.unlink()


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
    with closing(sqlite3.connect(path)) as raw:
        kept = dict(raw.execute("SELECT key, id FROM refund").fetchall())
        told = raw.execute(
            "SELECT count(*) FROM event WHERE type = 'refund.created'"
        ).fetchone()
    assert kept == answered
    assert told == (len(answered),)
    assert sum(writer.lives for writer in writers) == kills + 2
    assert massacre.journals > 0 or kills < 20
