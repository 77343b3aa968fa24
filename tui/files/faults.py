"""Faults: errors of the console's own; their details go to a file of the agent's."""

import os
import traceback
from contextlib import suppress
from pathlib import Path

from store.clock import RunningClock
from tui.words.cells import plain

_LONGEST_LINE = 1000


class Faults:
    """Keeps what is needed to find a fault, and returns the sentence for the agent."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._told: set[str] = set()

    def note(self, error: BaseException) -> tuple[str, bool]:
        """Return where the details are, and whether this fault is a new one."""
        lines = [
            line
            for part in traceback.format_exception(error)
            for line in part.rstrip("\n").split("\n")
        ]
        place = "\n".join(one for one in lines if one.lstrip().startswith("File "))
        new = place not in self._told
        self._told.add(place)
        return self._keep(lines), new

    def _keep(self, lines: list[str]) -> str:
        stamp = RunningClock().now().isoformat()
        text = "\n".join(plain(line, _LONGEST_LINE) for line in [stamp, *lines])
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            flags = os.O_CREAT | os.O_WRONLY | os.O_APPEND
            with os.fdopen(os.open(self._file, flags, 0o600), "w") as file:
                file.write(text + "\n\n")
            return f"The details are in {self._file}."
        return "The details could not be written down."
