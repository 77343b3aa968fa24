"""A pseudo-terminal that notes when each byte arrived."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parents[2]


class Terminal:
    """A program running on a terminal of 120 by 40, its output timed from the start."""

    def __init__(
        self, command: Sequence[str], size: tuple[int, int] = (120, 40)
    ) -> None:
        self.output = b""
        self.started = time.perf_counter()
        self._child, self._tty = pty.fork()
        if self._child == 0:
            os.chdir(ROOT)
            environment = {
                **os.environ,
                "TERM": "xterm-256color",
                "COLORTERM": "truecolor",
                "PYTHONPATH": str(ROOT),
            }
            os.execvpe(command[0], list(command), environment)  # noqa: S606 - our own
        columns, lines = size
        room = struct.pack("HHHH", lines, columns, 0, 0)
        fcntl.ioctl(self._tty, termios.TIOCSWINSZ, room)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.kill(self._child, signal.SIGKILL)
        os.waitpid(self._child, 0)
        os.close(self._tty)

    @property
    def pid(self) -> int:
        """Return the id of the program's process."""
        return self._child

    def press(self, keys: str) -> None:
        """Send keys as a keyboard would."""
        os.write(self._tty, keys.encode())

    def seen(self, words: bytes, within: float = 60.0) -> float:
        """Return the seconds from the start until these words were written."""
        end = time.perf_counter() + within
        while words not in self.output:
            if not self._read(end):
                sys.exit(f"{words!r} never appeared; last came {self.output[-300:]!r}")
        return time.perf_counter() - self.started

    def answered(self, quiet: float = 0.08, within: float = 2.0) -> tuple[float, int]:
        """Return seconds until the last byte of an answer, and its bytes."""
        begun = last = time.perf_counter()
        before = len(self.output)
        patience = within
        while self._read(time.perf_counter() + patience):
            last, patience = time.perf_counter(), quiet
        return last - begun, len(self.output) - before

    def settled(self, quiet: float) -> int:
        """Wait for a silence; return the bytes that came before it."""
        before = len(self.output)
        while self._read(time.perf_counter() + quiet):
            pass
        return len(self.output) - before

    def _read(self, end: float) -> bool:
        left = end - time.perf_counter()
        ready, _, _ = select.select([self._tty], [], [], max(0.0, left))
        if not ready:
            return False
        try:
            self.output += os.read(self._tty, 1 << 16)
        except OSError:
            sys.exit(f"the program ended: {self.output[-500:]!r}")
        return True
