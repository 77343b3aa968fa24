"""Print how the console compares with a bare Textual app, in one run.

python tests/bench/console.py [PAYMENTS] [ROUNDS] — seeds a store of PAYMENTS
(100,000), then measures both sides in turn, ROUNDS times (7).
"""

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from terminal import ROOT, Terminal

PYTHON = sys.executable
HERE = Path(__file__).parent
KEYS = 60
SCREENFUL = 45
"""Cursor keys after which every further one scrolls."""


def bare(rows: int) -> list[str]:
    """Return the command of the yardstick."""
    return [PYTHON, str(HERE / "bare.py"), str(rows)]


def desk(url: str) -> list[str]:
    """Return the command of the console."""
    return [PYTHON, "-m", "store.cli", "--store", url, "--actor", "bench"]


def starts(command: list[str], frame: bytes, rows: bytes) -> tuple[float, float]:
    """Return the seconds until the first frame and until rows are on screen."""
    with Terminal(command) as terminal:
        return terminal.seen(frame), terminal.seen(rows)


def keys(command: list[str], rows: bytes, skip: int) -> tuple[list[float], list[int]]:
    """Return seconds and bytes of each cursor key, after so many unmeasured ones."""
    with Terminal(command) as terminal:
        terminal.seen(rows, 300)
        terminal.settled(2.0)
        terminal.press("j" * skip)
        terminal.settled(1.0)
        took, sent = [], []
        for _ in range(KEYS):
            terminal.press("j")
            seconds, size = terminal.answered()
            took.append(seconds)
            sent.append(size)
        return took, sent


def idle(command: list[str], rows: bytes) -> int:
    """Return the bytes written in three idle seconds."""
    with Terminal(command) as terminal:
        terminal.seen(rows)
        terminal.settled(2.0)
        return terminal.settled(3.0)


def main() -> None:
    """Seed, measure in turn, print medians and ratios."""
    payments = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.db"
        seed = [PYTHON, "-m", "store.cli", "seed", "--payments", str(payments)]
        subprocess.run([*seed, "--store", url], check=True, cwd=ROOT)
        starts(desk(url), b"Payments", b" USD")
        frames, shown, plain, plain_rows = [], [], [], []
        for _ in range(rounds):
            first, rows = starts(desk(url), b"Payments", b" USD")
            frames.append(first)
            shown.append(rows)
            first, rows = starts(bare(100), b"CUSTOMER", b"customer1@")
            plain.append(first)
            plain_rows.append(rows)
        print(f"store of {payments:,} payments, {rounds} rounds, medians")
        compare("first frame", frames, plain)
        compare("payments on screen", shown, plain_rows)
        for skip, where in ((2, "within the screen"), (SCREENFUL, "scrolling")):
            ours, sent = keys(desk(url), b" USD", skip)
            theirs, table_sent = keys(bare(100_000), b"customer1@", skip)
            said = f"cursor key, {where}, a DataTable of 100,000 rows beside"
            compare(said, ours, theirs)
            print(
                f"  it is {ratio(theirs, ours):.1f} x faster a key; bytes a key:",
                end="",
            )
            mine, table = statistics.median(sent), statistics.median(table_sent)
            print(f" {mine:.0f} against {table:.0f}")
        print(f"bytes in three idle seconds: {idle(desk(url), b' USD')}")


def ratio(one: list[float], other: list[float]) -> float:
    """Return the ratio of the medians."""
    return statistics.median(one) / statistics.median(other)


def compare(what: str, ours: list[float], theirs: list[float]) -> None:
    """Print both medians and their ratio."""
    mine, yours = statistics.median(ours) * 1000, statistics.median(theirs) * 1000
    said = f"{mine:.1f} ms against {yours:.1f} ms"
    means = statistics.mean(ours) / statistics.mean(theirs)
    print(f"{what}: {said}, ratio {ratio(ours, theirs):.2f} (of means {means:.2f})")


if __name__ == "__main__":
    main()
