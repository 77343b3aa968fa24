"""State line: what a screen says while it has nothing to show."""

from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from store.errors import StoreError
from tui.actions import RELOAD
from tui.status import BAD
from tui.text import line, show

LOADING_AFTER = 0.15
"""Seconds without an answer before a screen says that it reads."""


class StateLine(Static):
    """Empty, loading or failed, in one still sentence; hidden once there are rows."""

    DEFAULT_CSS = """
    StateLine {
        height: auto;
        padding: 1 2;
        color: $text-muted;
        display: none;
    }
    """
    _waits: Timer | None = None

    def reads(self, what: str) -> None:
        """Say that something is being read, if it takes long enough to notice."""
        self._forget()
        self._waits = self.set_timer(
            LOADING_AFTER, lambda: self._say(Content(f"Reading {what}…"))
        )

    def empty(self, why: str) -> None:
        """Say why there is nothing, and which key helps."""
        self._forget()
        self._say(Content(why))

    def failed(self, error: StoreError) -> None:
        """Say what went wrong, and the key that tries again."""
        self._forget()
        again = f" · {RELOAD.key} tries again"
        self._say(line(("✗ ", f"${BAD}"), show(str(error)), again))

    def hide(self) -> None:
        """Step aside: there is something to show."""
        self._forget()
        self.display = False

    def _say(self, words: Content) -> None:
        self.update(words)
        self.display = True

    def _forget(self) -> None:
        if self._waits is not None:
            self._waits.stop()
            self._waits = None
