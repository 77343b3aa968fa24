"""Terminal: the last line of defence before bytes reach the agent's terminal."""

import os
import re
import sys
from collections.abc import Callable

from textual.driver import Driver

from tui.terminal.early import ENTER
from tui.terminal.pasting import calm

_ACTS = re.compile(
    "\x1b[\\]PX^_]|[\x00\x80-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]"
)
"""What begins an OSC, DCS, SOS, PM or APC sequence, C1 controls, bidi marks, NUL."""
_SEQUENCE = re.compile(
    "\x1b[\\]PX^_].*?(?:\x07|\x1b\\\\|$)"
    "|[\x00\x80-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]",
    re.DOTALL,
)
_OUR_COPY = re.compile("\x1b\\]52;c;[A-Za-z0-9+/=]*\x07")


def harmless(data: str) -> str:
    """Return what may be written: frames without anything that acts beyond drawing.

    One whole write that copies to the clipboard is let through: only the app's own
    copying makes such a write, frames are longer.
    """
    if not _ACTS.search(data) or _OUR_COPY.fullmatch(data):
        return data
    return _SEQUENCE.sub("", data)


class Line:
    """The line to the agent's terminal, where the console began on one."""

    def __init__(self) -> None:
        begun = sys.__stdin__
        on_one = begun and not begun.closed and begun.isatty()
        self._file = begun.fileno() if begun and on_one else None

    @property
    def is_gone(self) -> bool:
        """Tell whether the terminal is no longer there."""
        return self._file is not None and not os.isatty(self._file)


def guarded(
    driver: type[Driver],
    *,
    entered: bool = False,
    begins: Callable[[], None] = lambda: None,
) -> type[Driver]:
    """Return a driver of that kind that writes, and lets be pasted, only the harmless.

    Args:
        driver: The platform's own.
        entered: Whether the terminal shows its second screen already: going there
            again would wipe what is drawn on it.
        begins: Called before the terminal is taken, at the start and after a pause.
    """
    calm(driver)

    class GuardedDriver(driver):  # type: ignore[valid-type, misc]
        def start_application_mode(self) -> None:
            begins()
            super().start_application_mode()

        def write(self, data: str) -> None:
            if not (entered and data == ENTER):
                super().write(harmless(data))

    return GuardedDriver
