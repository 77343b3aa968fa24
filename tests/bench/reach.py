"""Print what the console sends to a terminal of 120 by 40: python tests/bench/reach.py.

Bytes from the start to the first list, for a key, a page, a screen, a dialog, and in
idle seconds, with as many colours as terminals have; and packed, as `ssh -C` does.
"""

import statistics
import sys
import tempfile
import time
import zlib
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent), str(HERE.parent / "reach")]

from walking import Walk, walking  # noqa: E402 - the path must be known first

from on_pty import ESCAPE  # noqa: E402 - same

SIZE = (120, 40)
AFAR = {"SSH_CONNECTION": "127.0.0.1 1 127.0.0.1 22"}
MIA = ("--actor", "mia")
IDLE = 10
"""Seconds in which nobody does anything."""
TERMINALS = {
    "truecolor": {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
    "256 colours": {"TERM": "xterm-256color", "COLORTERM": ""},
    "16 colours": {"TERM": "screen", "COLORTERM": ""},
    "no colours": {"TERM": "vt100", "COLORTERM": ""},
}
KEYS = {"cursor key": (b"j", 30), "page": (b"\x1b[6~", 5), "end, home": (b"Gg", 5)}
OPENS = {"refund dialog": b"r", "payment": b"\r", "menu": b".", "help": b"?"}


def cost(walk: Walk, key: bytes) -> int:
    """Return the bytes that answer a key."""
    before = len(walk.terminal.written)
    walk.press(key)
    return len(walk.terminal.written) - before


def opening(walk: Walk, key: bytes) -> int:
    """Return the bytes that open something which is closed again."""
    sent = cost(walk, key)
    walk.press(ESCAPE)
    return sent


def idle(walk: Walk) -> float:
    """Return the bytes of one second in which nobody does anything."""
    before = len(walk.terminal.written)
    time.sleep(IDLE)
    return (len(walk.terminal.written) - before) / IDLE


def main() -> None:
    """Measure each kind of terminal in turn."""
    for name, terminal in TERMINALS.items():
        with (
            tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home,
            walking(Path(home), "demo", *MIA, size=SIZE, **AFAR, **terminal) as at,
        ):
            at.terminal.seen(b"Jane Doe")
            at.terminal.settled(at.console.pid, 1.0)
            print(f"{name}: start {len(at.terminal.written):,}")
            for what, key in OPENS.items():
                print(f"  {what} {opening(at, key):,}")
            for what, (key, times) in KEYS.items():
                sent = statistics.median(cost(at, key) for _ in range(times))
                print(f"  {what} {sent:,.0f}")
            print(f"  idle second {idle(at):,.0f}")
            packed = len(zlib.compress(at.terminal.written, 6))
            print(f"  all {len(at.terminal.written):,}, packed {packed:,}")


if __name__ == "__main__":
    main()
