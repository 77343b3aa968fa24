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
_ZWJ = "\u200d"
_JOINERS = frozenset(("\u200c", _ZWJ))
_JOINING = (
    ("\u0600", "\u08ff"),  # Arabic, Syriac, N'Ko, Mandaic
    ("\u0900", "\u0dff"),  # the writings of India and Sri Lanka
    ("\u1000", "\u109f"),  # Myanmar
    ("\u1780", "\u18af"),  # Khmer, Mongolian
    ("\ua8e0", "\ua8ff"),  # Devanagari, extended
    ("\ufb50", "\ufdff"),  # Arabic forms
    ("\ufe70", "\ufefc"),
)
"""Writings whose letters join, or are kept apart, by a joiner between them."""
_VIRAMA = 9
"""What Unicode calls the sign that joins an Indian consonant to the next."""
_PICTURE_MARKS = "\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
"""What makes a picture of a sign, or gives it a colour of skin."""
_BLANK = {"\n": " ", "\r": " ", "\t": " "}


def visible(text: str, limit: int = LONGEST) -> str:
    r"""Return text on one line with every character that could act shown as `\u202e`.

    Line breaks and tabs become spaces; text past `limit` characters ends in `…`; a
    letter keeps at most four combining marks.
    """
    return _fit(text, limit, joining=False)


def as_written(text: str, limit: int = LONGEST) -> str:
    """Return the same for a letter or a file, where a joiner does what it is for.

    Without it `علی‌رضا` is another word. Only between letters of a writing that joins
    them, and between parts of one picture, it stays as it is.
    """
    return _fit(text, limit, joining=True)


def _fit(text: str, limit: int, *, joining: bool) -> str:
    shown = text if len(text) <= limit else text[: limit - 1] + "…"
    if shown.isascii() and shown.isprintable():
        return shown
    return "".join(_shown(shown, joining=joining))


def _shown(text: str, *, joining: bool) -> list[str]:
    out: list[str] = []
    marks = 0
    for at, letter in enumerate(text):
        category = "Cf" if letter in _UNSEEN else unicodedata.category(letter)
        if category in ("Mn", "Me"):
            marks += 1
            if marks <= _MARKS_PER_LETTER:
                out.append(letter)
            continue
        marks = 0
        if letter in _BLANK:
            out.append(_BLANK[letter])
        elif joining and letter in _JOINERS and _joins(text, at):
            out.append(letter)
        elif category in _HIDDEN:
            out.append(_escaped(letter))
        else:
            out.append(" " if category == "Zs" else letter)
    return out


def _joins(text: str, at: int) -> bool:
    """Tell whether the joiner there stands where its writing needs it."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if not before:
        return False
    if unicodedata.combining(before) == _VIRAMA and _is_joining(before):
        return not after or after.isspace() or _is_joining(after)
    if _is_joining(before):
        return _is_joining(after)
    picture = text[:at].rstrip(_PICTURE_MARKS)[-1:]
    pictures = (picture, after) if text[at] == _ZWJ else ()
    return bool(pictures) and all(one and _is_picture(one) for one in pictures)


def _is_joining(letter: str) -> bool:
    known = any(first <= letter <= last for first, last in _JOINING)
    return known and unicodedata.category(letter)[0] in "LM"


def _is_picture(letter: str) -> bool:
    return unicodedata.category(letter) == "So"


def _escaped(letter: str) -> str:
    code = ord(letter)
    if code <= _BYTE:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= _PLANE else f"\\U{code:08x}"
