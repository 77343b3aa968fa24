"""Text: the only place where stored text becomes display text.

Whatever a customer wrote is shown as characters: it cannot restyle, link, move the
cursor or leave its cell.
"""

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.style import Style

from store.money import Money
from store.visible import visible
from tui.zone import Zone, brief, day, exact, when

__all__ = [
    "NOTHING",
    "Zone",
    "brief",
    "cells",
    "day",
    "exact",
    "fit",
    "join",
    "line",
    "money",
    "plain",
    "pressable",
    "show",
    "spread",
    "when",
]

NOTHING = "–"
"""What stands where there is nothing to show."""
LONGEST = 300
_MORE = "…"


def plain(text: str | None, limit: int = LONGEST) -> str:
    """Return stored text as one safe line; nothing at all becomes a dash."""
    return visible(text, limit) if text else NOTHING


def show(text: str | None, style: str | Style = "", limit: int = LONGEST) -> Content:
    """Return stored text as content in one style, never read as markup."""
    return Content.styled(plain(text, limit), style)


def line(*parts: str | Content | tuple[str, str | Style]) -> Content:
    """Return the parts on one line; a `(text, style)` part is styled, none is markup.

    The parts must be our own words, or have passed through `plain` or `show`.
    """
    return Content.assemble(*parts)


def join(parts: list[Content], between: str = " · ") -> Content:
    """Return the parts that are not empty, with `between` between them."""
    return Content(between).join([part for part in parts if part.plain])


def cells(text: str) -> int:
    """Return how many cells the terminal needs for the text."""
    return cell_len(text)


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Return the text in exactly `width` cells: padded, or cut with `…`."""
    room = width - cell_len(text)
    if room >= 0:
        return " " * room + text if right else text + " " * room
    if width <= 0:
        return ""
    cut = set_cell_size(text, width - 1)
    return f"{cut}{_MORE}"


def spread(left: Content, right: Content, width: int) -> Content:
    """Return one line of exactly that width with `right` at its right end.

    Where both do not fit, `left` is cut.
    """
    room = max(0, width - right.cell_length)
    cut = left.truncate(max(0, room - 1), ellipsis=True) if left.cell_length else left
    return Content.assemble(cut, " " * (room - cut.cell_length), right)


def money(amount: Money | None) -> str:
    """Return an exact amount with its currency; a dash for none."""
    return NOTHING if amount is None else str(amount)


_KEY_NAMES = {
    "question_mark": "?",
    "slash": "/",
    "full_stop": ".",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "asterisk": "*",
    "tilde": "~",
    "minus": "-",
    "colon": ":",
    "at": "@",
    "escape": "esc",
    "pageup": "pgup",
    "pagedown": "pgdn",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}


def pressable(key: str) -> str:
    """Return a key as it is printed on the keyboard: `?` for `question_mark`."""
    if key in _KEY_NAMES:
        return _KEY_NAMES[key]
    return key.upper() if key[:1] == "f" and key[1:].isdigit() else key
