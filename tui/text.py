"""Text: the only place where stored text becomes display text.

Whatever a customer wrote is shown as characters: it cannot restyle, link, move the
cursor or leave its cell.
"""

from textual.content import Content
from textual.keys import key_to_character
from textual.style import Style

from store.money import Money
from tui.words.cells import GAP, LONGEST, NOTHING, Cell, cells, fit, plain, spaced
from tui.words.zone import Zone, brief, day, exact, when

__all__ = [
    "GAP",
    "KEY_NAMES",
    "NOTHING",
    "Cell",
    "Zone",
    "brief",
    "cells",
    "columns",
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


def columns(*parts: Cell | tuple[Cell, str | Style]) -> Content:
    """Return cells on one line, each apart from the next; it grows with an amount."""
    styled = [part if isinstance(part, tuple) else (part, "") for part in parts]
    *texts, last = spaced([cell for cell, _ in styled], grows=True)
    drawn = zip([*(text + GAP for text in texts), last], styled, strict=True)
    return line(*((text, style) if style else text for text, (_, style) in drawn))


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


KEY_NAMES = {
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
"""Keys whose names are not what is printed on them."""


def pressable(key: str) -> str:
    """Return a key as it is printed on the keyboard: `?` for `question_mark`."""
    if key in KEY_NAMES:
        return KEY_NAMES[key]
    sign = key_to_character(key)
    if sign and sign.isprintable() and not sign.isspace():
        return sign
    return key.upper() if key[:1] == "f" and key[1:].isdigit() else key
