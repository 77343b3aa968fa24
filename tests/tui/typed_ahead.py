"""Typed ahead: what is typed in one go."""

from __future__ import annotations

from at_work import Desk
from textual.events import Key

NAMES = {
    ".": "full_stop",
    "/": "slash",
    ":": "colon",
    "?": "question_mark",
    "\r": "enter",
    "\t": "tab",
}


def at_once(desk: Desk, text: str, first: str | None = None) -> None:
    """Let keys come as one write of the terminal, none waiting for the one before."""
    for number, letter in enumerate(text):
        key = first if first and not number else NAMES.get(letter, letter)
        shown = letter if letter.isprintable() else None
        desk.app.post_message(Key(key, shown))
