"""Plain ASCII: everything drawn with the characters that any terminal has."""

from functools import lru_cache

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_BOX = dict(zip("─━│┃┌┐└┘├┤┬┴┼╭╮╰╯", "--||+++++++++++++", strict=True))
_SAME = {"▸": ">", "●": "*", "•": "*", "…": "~", "–": "-", "−": "-", "·": "|", "×": "x"}
_ARROWS = {"↑": "^", "↓": "v", "←": "<", "→": ">", "✓": " ", "▐": "#", "▌": "|"}
_BLOCKS = {"▲": "^", "█": "#", "░": ".", "▄": ".", "▖": ".", "▗": "."}
_TABLE = {**_BOX, **_SAME, **_ARROWS, **_BLOCKS}
"""What stands for our own signs; a status sign is dropped, its code is always there."""


@lru_cache(4096)
def ascii_only(text: str) -> str:
    """Return text of the same width without any character beyond ASCII."""
    if text.isascii():
        return text
    return "".join(_plain(letter) for letter in text)


def _plain(letter: str) -> str:
    if letter.isascii():
        return letter
    if letter in _TABLE:
        return _TABLE[letter]
    return ("?" if letter.isalnum() else " ") * cell_len(letter)


class PlainAscii(LineFilter):
    """Draws every line with ASCII only; nothing moves."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments in ASCII."""
        del background
        return [
            Segment(ascii_only(text), style, control)
            for text, style, control in segments
        ]
