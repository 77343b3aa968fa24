"""Stored text made fit to be seen: nothing in it can act on a terminal."""

import unicodedata

LONGEST = 500
_MARKS_PER_LETTER = 4
_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
_BYTE, _PLANE = 0xFF, 0xFFFF
_UNSEEN = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
)
"""Letters and marks that take no ink, though their category says otherwise."""
_BLANK = {"\n": " ", "\r": " ", "\t": " "}


def visible(text: str, limit: int = LONGEST) -> str:
    r"""Return text on one line with every character that could act shown as `\u202e`.

    Line breaks and tabs become spaces; text past `limit` characters ends in `…`; a
    letter keeps at most four combining marks.
    """
    shown = text if len(text) <= limit else text[: limit - 1] + "…"
    if shown.isascii() and shown.isprintable():
        return shown
    return "".join(_shown(shown))


def _shown(text: str) -> list[str]:
    out: list[str] = []
    marks = 0
    for letter in text:
        category = "Cf" if letter in _UNSEEN else unicodedata.category(letter)
        if category in ("Mn", "Me"):
            marks += 1
            if marks <= _MARKS_PER_LETTER:
                out.append(letter)
            continue
        marks = 0
        if letter in _BLANK:
            out.append(_BLANK[letter])
        elif category in _HIDDEN:
            out.append(_escaped(letter))
        else:
            out.append(" " if category == "Zs" else letter)
    return out


def _escaped(letter: str) -> str:
    code = ord(letter)
    if code <= _BYTE:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= _PLANE else f"\\U{code:08x}"
