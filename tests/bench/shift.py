"""Print what an agent feels in a shift: holding a key, filtering, others at work.

python tests/bench/shift.py [PAYMENTS] — seeds a store of PAYMENTS (100,000), opens
the console on it, holds `j` as a keyboard repeats it, types filters, and lets another
process write 20 refunds a second while the list is shown.
"""

import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

from console import PYTHON, desk
from terminal import ROOT, Terminal

sys.path.insert(0, str(ROOT))

from store import Store, open_store
from store.errors import StoreError
from store.event import Actor
from store.search.language import parse

HELD_SECONDS = 10
REPEAT = 1 / 30
"""Seconds between the repeats of a held key."""
WORDS = ("jane", "status:succeeded", "amount>50", "ahmed", "last4:4242", "email:becker")
WRITES = 20
"""Refunds a second that the other process makes."""
WATCHED_SECONDS = 20
_TICKS = 100
"""Of the processor's time, in a second."""


def held(terminal: Terminal) -> list[float]:
    """Return the seconds between frames while `j` is held."""
    drawn, end = [], time.perf_counter() + HELD_SECONDS
    due = time.perf_counter()
    while due < end:
        terminal.press("j")
        due += REPEAT
        while (left := due - time.perf_counter()) > 0:
            before = len(terminal.output)
            terminal.settled(min(left, 0.002))
            if len(terminal.output) > before:
                drawn.append(time.perf_counter())
    return [later - earlier for earlier, later in pairwise(drawn)]


def filters(terminal: Terminal) -> list[float]:
    """Return the seconds that the list takes to follow each letter of some filters."""
    took = []
    for word in WORDS:
        terminal.press("/")
        terminal.settled(0.5)
        for letter in word:
            terminal.press(letter)
            seconds, _ = terminal.answered(quiet=0.25)
            took.append(seconds)
        terminal.press("\x1b")
        terminal.settled(0.7)
        terminal.press("\x1b")
        terminal.settled(0.7)
    return took


def spent(pid: int) -> float:
    """Return the seconds of processor time that a process has used."""
    told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / _TICKS


def memory(pid: int) -> float:
    """Return the megabytes that a process holds."""
    told = Path(f"/proc/{pid}/status").read_text()
    kilobytes = told.partition("VmRSS:")[2].split()[0]
    return int(kilobytes) / 1024


@contextmanager
def colleague(url: str) -> Iterator[list[str]]:
    """Let another hand refund WRITES payments a second; yield what was made so far."""
    done, made = threading.Event(), list[str]()
    with open_store(url) as store:
        store.topups.create(amount=10**9, currency="usd", actor=Actor("bench"))
        writer = threading.Thread(target=_refund, args=(store, done, made))
        writer.start()
        yield made
        done.set()
        writer.join()


def _refund(store: Store, done: threading.Event, made: list[str]) -> None:
    found = store.payments.page(parse("status:succeeded currency:usd"), size=1000)
    due = time.perf_counter()
    for line in found.rows:
        try:
            asked = store.refunds.create(
                payment_intent=line.id, amount=1, actor=Actor("tom")
            )
            made.append(asked.refund.id)
        except StoreError:
            continue
        due += 1 / WRITES
        if done.wait(max(0.0, due - time.perf_counter())):
            return


def main() -> None:
    """Seed, work, print."""
    payments = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.db"
        seed = [PYTHON, "-m", "store.cli", "seed", "--payments", str(payments)]
        subprocess.run([*seed, "--store", url], check=True, cwd=ROOT)
        with Terminal(desk(url)) as terminal:
            terminal.seen(b" USD")
            terminal.settled(2.0)
        with Terminal(desk(url)) as terminal:
            first, rows = terminal.seen(b"Payments"), terminal.seen(b" USD")
            print(f"first frame {first * 1000:.0f} ms, payments {rows * 1000:.0f} ms")
            terminal.settled(2.0)
            gaps = sorted(held(terminal))
            late = sum(gap > 0.1 for gap in gaps)
            middle = statistics.median(gaps) * 1000
            print(
                f"j held at 30 a second for {HELD_SECONDS} s: {len(gaps)} frames, "
                f"every {middle:.0f} ms, the longest after {gaps[-1] * 1000:.0f} ms, "
                f"{late} later than 100 ms"
            )
            terminal.press("g")
            terminal.settled(2.0)
            took = sorted(filters(terminal))
            at = took[int(len(took) * 0.95)]
            print(
                f"filter, a letter: p50 {statistics.median(took) * 1000:.0f} ms, "
                f"p95 {at * 1000:.0f} ms of {len(took)}"
            )
            print(f"memory: {memory(terminal.pid):.0f} MB")
            watched(terminal, url)


def watched(terminal: Terminal, url: str) -> None:
    """Print what following another process costs."""
    idle, begun = spent(terminal.pid), time.perf_counter()
    sent = terminal.settled(5.0)
    resting = (spent(terminal.pid) - idle) / (time.perf_counter() - begun)
    print(f"nothing changes: {resting:.1%} of a core, {sent} bytes")
    with colleague(url) as made:
        before, begun, size = spent(terminal.pid), time.perf_counter(), len(made)
        end = begun + WATCHED_SECONDS
        while time.perf_counter() < end:
            terminal.settled(0.1)
        seconds = time.perf_counter() - begun
        share = (spent(terminal.pid) - before) / seconds
        rate = (len(made) - size) / seconds
        print(f"{rate:.0f} refunds a second by another: {share:.1%} of a core")


if __name__ == "__main__":
    main()
