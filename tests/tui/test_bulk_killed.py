"""A console is killed in the middle of a bulk refund; the next one ends it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from bulk_desk import DISPUTED, TOM, paid, refunds

from conftest import Funds, Pay
from on_pty import PATIENCE, Terminal
from sshd import environment
from store.bulk import BulkState, ItemState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from store import Store

SLOWLY = """
import time
from store.cli import main
from store.verbs import run_bulk
run_bulk.Pace.goes_on = lambda *_: time.sleep(0.05)
main()
"""
"""The console, with one payment in each piece of a bulk and time to kill it."""
FINE = 34
"""Payments that are refunded; one is changed by others, one disputed, one refunded."""
KILLED_AFTER = 22
BACK_TAB = b"\x1b[Z"
CALM = 0.7
"""Seconds without a key, more than a button needs to be armed."""


@contextmanager
def console(url: str, home: Path) -> Iterator[tuple[Terminal, subprocess.Popen[bytes]]]:
    """Run the console on the store, on a terminal of its own; kill it at the end."""
    place = url.removeprefix("sqlite:///")
    with (
        Terminal() as terminal,
        subprocess.Popen(
            (
                sys.executable,
                "-c",
                SLOWLY,
                "--store",
                place,
                "--actor",
                "mia",
                "--zone",
                "UTC",
            ),
            stdin=terminal.program,
            stdout=terminal.program,
            stderr=terminal.program,
            env=environment(HOME=str(home), TERM="xterm-256color"),
        ) as process,
    ):
        try:
            assert terminal.seen(b"Succeeded"), terminal.shown
            yield terminal, process
        finally:
            process.kill()


def made(url: str) -> int:
    """Return how many refunds the store's file has."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file:
        found: tuple[int] = file.execute("SELECT count(*) FROM refund").fetchone()
    return found[0]


def until_made(url: str, number: int) -> None:
    """Wait until so many refunds are made."""
    end = time.monotonic() + PATIENCE
    while made(url) < number and time.monotonic() < end:
        time.sleep(0.005)
    assert made(url) >= number


def pressed(terminal: Terminal, keys: bytes, shows: bytes) -> None:
    """Press keys, and wait for what they show."""
    before = terminal.rested()
    terminal.press(keys)
    assert terminal.seen(shows, after=before), shows
    terminal.rested()


def test_killed_in_the_middle_and_resumed(
    store: Store, pay: Pay, funds: Funds, url: str, tmp_path: Path
) -> None:
    """`kill -9` loses nothing and repeats nothing: one refund for each payment."""
    fine = paid(pay, funds, FINE)
    disputed = pay(1900, method=DISPUTED).id
    refunded, stale = pay(2000).id, pay(2100).id
    store.refunds.create(payment_intent=refunded, actor=TOM)
    with console(url, tmp_path) as (terminal, process):
        pressed(terminal, b"*", b"37 marked")
        pressed(terminal, b"B", b"type REFUND 35")
        store.refunds.create(payment_intent=stale, amount=500, actor=TOM)
        for keys in (b"REFUND 36", b"\r", BACK_TAB, b"REFUND 35", b"\r"):
            terminal.press(keys)
            terminal.rested(CALM)
            assert store.bulk.list().rows == ()
        terminal.press(b"\r")
        until_made(url, 2 + KILLED_AFTER)
        process.kill()
        process.wait(PATIENCE)
    before = made(url)
    assert KILLED_AFTER <= before - 2 < FINE
    (left,) = store.bulk.unfinished()
    assert left.counts[ItemState.SENT] == before - 2
    with console(url, tmp_path) as (terminal, process):
        assert terminal.seen(b"bulk refund of 35 payments")
        assert terminal.seen(b"started")
        pressed(terminal, b"\x1b", b"unfinished bulk")
        terminal.press(b":")
        terminal.rested(CALM)
        pressed(terminal, b"bulk resume\r", b"are left")
        for keys in (b"\t", b"\r"):
            terminal.press(keys)
            terminal.rested(CALM)
        until_made(url, 2 + FINE)
        assert terminal.seen(b"DONE")
    assert refunds(store, [*fine, disputed, refunded, stale]) == [1] * FINE + [0, 1, 1]
    done = store.bulk.retrieve(left.id)
    expected = {ItemState.SENT: FINE, ItemState.STALE: 1, ItemState.SKIPPED: 2}
    assert {state: n for state, n in done.counts.items() if n} == expected
    assert done.state is BulkState.DONE
    assert store.examine() == ()
