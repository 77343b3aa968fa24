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
KEYS = 40


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


def keys(command: list[str], rows: bytes) -> tuple[list[float], list[int], int]:
    """Return seconds and bytes per cursor key, and bytes in two idle seconds."""
    with Terminal(command) as terminal:
        terminal.seen(rows, 300)
        terminal.settled(1.5)
        took, sent = [], []
        for _ in range(KEYS):
            terminal.press("j")
            seconds, size = terminal.settled()
            took.append(seconds)
            sent.append(size)
        _, idle = terminal.settled(2.0)
        return took, sent, idle


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
        ours, sent, idle = keys(desk(url), b" USD")
        theirs, table_sent, _ = keys(bare(100_000), b"customer1@")
        compare("cursor key", ours, theirs)
        print(
            f"a DataTable of 100,000 rows is {ratio(theirs, ours):.1f} x slower a key"
        )
        print(
            f"bytes a cursor key: {statistics.median(sent):.0f} against "
            f"{statistics.median(table_sent):.0f}; idle 2 s: {idle}"
        )


def ratio(one: list[float], other: list[float]) -> float:
    """Return the ratio of the medians."""
    return statistics.median(one) / statistics.median(other)


def compare(what: str, ours: list[float], theirs: list[float]) -> None:
    """Print both medians and their ratio."""
    mine, yours = statistics.median(ours) * 1000, statistics.median(theirs) * 1000
    said = f"{mine:.1f} ms against {yours:.1f} ms"
    print(f"{what}: {said}, ratio {ratio(ours, theirs):.2f}")


if __name__ == "__main__":
    main()
