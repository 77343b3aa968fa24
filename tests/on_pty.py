"""A pseudo-terminal that is read all the time, as a person's is."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import termios
import time
from contextlib import suppress
from pathlib import Path
from threading import Condition, Thread
from typing import Self

import pyte

PATIENCE = 60
"""Seconds until something that should happen is taken for lost."""
ESCAPE = b"\x1b[27u"
"""The escape key as newer terminals send it: never taken for the start of another."""
_LOOK = 0.01
_LITTLE = 3_000_000
"""Nanoseconds of work that answer nothing: looking for keys and changes."""


class Terminal:
    """A terminal for one program: its keys go in here, what it writes is kept."""

    def __init__(self, columns: int = 120, lines: int = 36) -> None:
        self._person, self.program = pty.openpty()
        room = struct.pack("HHHH", lines, columns, 0, 0)
        fcntl.ioctl(self.program, termios.TIOCSWINSZ, room)
        self.written = b""
        self._screen = pyte.Screen(columns, lines)
        self._drawing = pyte.ByteStream(self._screen)
        self._more = Condition()
        self._reader = Thread(target=self._read)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self.program)
        self._reader.join(PATIENCE)
        os.close(self._person)

    def __repr__(self) -> str:
        return f"a terminal on which came last {self.written[-1500:]!r}"

    def press(self, keys: bytes) -> None:
        """Type keys."""
        os.write(self._person, keys)

    @property
    def shown(self) -> str:
        """Return what the terminal shows, line by line."""
        with self._more:
            return "\n".join(self._screen.display)

    def seen(self, words: bytes, after: int = 0) -> bool:
        """Wait until words are written after so many bytes, or shown; tell whether."""

        def there() -> bool:
            if len(self.written) <= after:
                return False
            return words in self.written[after:] or words.decode() in self.shown

        with self._more:
            return self._more.wait_for(there, PATIENCE)

    def rested(self, quiet: float = 0.5) -> int:
        """Wait until nothing is written for some seconds; return the bytes so far."""
        with self._more:
            while self._more.wait(quiet):
                pass
            return len(self.written)

    def settled(self, process: int, quiet: float = 0.12) -> int:
        """Wait until a process has taken every key and sleeps; return the bytes so far.

        A process that waits for its turn on a busy machine is not asleep: what it has
        to answer is written before this returns.
        """
        end = time.monotonic() + PATIENCE
        worked, written, since, underway = 0, 0, time.monotonic(), True
        while underway or time.monotonic() - since < quiet:
            assert time.monotonic() < end, f"never at rest: {self}"
            time.sleep(_LOOK)
            awake, now = _work(process)
            underway = awake or _unread(self.program) or _unread(self._person)
            if len(self.written) > written or now - worked > _LITTLE:
                worked, written, since = now, len(self.written), time.monotonic()
        return written

    def _read(self) -> None:
        while chunk := _chunk(self._person):
            with self._more:
                self.written += chunk
                self._drawing.feed(chunk)
                self._more.notify_all()


def _chunk(person: int) -> bytes:
    try:
        return os.read(person, 65536)
    except OSError:
        return b""  # the other side is closed


def _unread(end: int) -> bool:
    return fcntl.ioctl(end, termios.FIONREAD, bytes(4)) != bytes(4)


def _work(process: int) -> tuple[bool, int]:
    """Return whether a thread of a process runs or could, and how long all have run."""
    awake, worked = False, 0
    for thread in Path(f"/proc/{process}/task").iterdir():
        with suppress(OSError):
            state = (thread / "stat").read_text(encoding="ascii").rpartition(")")[2]
            awake = awake or state.split()[0] in "RD"
            worked += int((thread / "schedstat").read_text(encoding="ascii").split()[0])
    return awake, worked
