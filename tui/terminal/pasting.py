"""Pasting: what is pasted is text to its end, whatever stands in it.

The toolkit reads an escape sequence inside a paste as keys: a customer's text that is
pasted over tmux could press them. So escapes are taken out before it reads.
"""

import sys
from collections.abc import Iterable

from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.message import Message

_BEGINS, _ENDS, _ESCAPE = "\x1b[200~", "\x1b[201~", "\x1b"


class Pastes:
    """Takes the escapes out of what is between the two marks of a paste."""

    def __init__(self) -> None:
        self._within = False
        self._begun = ""
        """As much of the next mark as has come."""

    def calmed(self, data: str) -> str:
        """Return what is to be read; the beginning of an end is held back."""
        if not (self._within or self._begun or _ESCAPE in data):
            return data
        return "".join(self._calmed(letter) for letter in data)

    def _calmed(self, letter: str) -> str:
        mark = _ENDS if self._within else _BEGINS
        held, begun = self._begun, self._begun + letter
        if begun == mark:
            self._begun, self._within = "", not self._within
            return letter if self._within else mark
        if mark.startswith(begun):
            self._begun = begun
            return "" if self._within else letter
        self._begun = letter if letter == _ESCAPE else ""
        return (held + letter).replace(_ESCAPE, "") if self._within else letter


class CalmParser(XTermParser):
    """Reads keys as the toolkit does, and a paste as nothing but text."""

    def __init__(self, debug: bool = False) -> None:  # noqa: FBT001, FBT002 - theirs
        super().__init__(debug)
        self._pastes = Pastes()

    def feed(self, data: str) -> Iterable[Message]:
        """Yield what the input means; nothing stands for its end."""
        calm = self._pastes.calmed(data)
        return super().feed(calm) if calm or not data else ()


def calm(driver: type[Driver]) -> None:
    """Let drivers of that kind read pastes so; the toolkit has no place for it."""
    module = sys.modules[driver.__module__]
    if hasattr(module, XTermParser.__name__):
        setattr(module, XTermParser.__name__, CalmParser)
