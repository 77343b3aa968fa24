"""Walking: the console on a terminal, key by key, every byte of its answers kept."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from on_pty import ESCAPE, PATIENCE, Terminal
from sshd import ROOT, environment

_SEQUENCE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
_FOLDERS = ("CONFIG", "STATE", "DATA")


@dataclass(frozen=True, slots=True)
class Walk:
    """One console, and what was done with it."""

    terminal: Terminal
    console: subprocess.Popen[bytes]

    def press(self, *keys: bytes, until: str = "") -> str:
        """Press keys, each once the last is answered; return the last answer's text.

        It is answered when the console rests, and has written or shows the words waited
        for.
        """
        said = ""
        for key in keys:
            before = len(self.terminal.written)
            self.terminal.press(key)
            said = self._said(before)
        end = time.monotonic() + PATIENCE
        while until not in said:
            assert time.monotonic() < end, f"{keys[-1]!r} said {said[-3000:]!r}"
            said = self._said(before)
        return said

    def _said(self, before: int) -> str:
        after = self.terminal.settled(self.console.pid)
        came = _SEQUENCE.sub("", self.terminal.written[before:after].decode())
        return f"{came}\n{self.terminal.shown}"

    def look_at(self, key: bytes, words: str) -> None:
        """Open what has these words, and leave it."""
        self.press(key, until=words)
        self.press(ESCAPE)


def folders(home: Path) -> dict[str, str]:
    """Return the variables that make a folder the home of settings and choices."""
    inside = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in _FOLDERS}
    return {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), **inside}


@contextmanager
def walking(
    home: Path,
    *options: str,
    size: tuple[int, int] = (132, 43),
    **variables: str,
) -> Iterator[Walk]:
    """Open the console with a home of its own; it must be alive in the end."""
    here = {"TERM": "xterm-256color", "PYTHONPATH": str(ROOT), **folders(home)}
    here |= variables
    with (
        Terminal(*size) as terminal,
        subprocess.Popen(
            (sys.executable, "-P", "-m", "store.cli", *options),
            stdin=terminal.program,
            stdout=terminal.program,
            stderr=terminal.program,
            cwd=home,
            env=environment(**here),
            start_new_session=True,
        ) as console,
    ):
        try:
            assert terminal.seen(b"help"), terminal
            terminal.settled(console.pid)
            yield Walk(terminal, console)
            assert console.poll() is None
        finally:
            console.kill()
