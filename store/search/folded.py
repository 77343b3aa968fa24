"""Folded: text as it is searched, without case, accents and signs that keys lack."""

import re
import unicodedata

_PLAIN = str.maketrans("đðħıłøŧ", "ddhilot") | str.maketrans(
    {"æ": "ae", "œ": "oe", "þ": "th"}
)
"""Letters that Unicode takes for letters of their own, not for one with a mark."""
_SAME = (
    ("'", "\u2018\u2019\u201a\u201b\u2032\u2035\u02b9\u02bb\u02bc\u02bd\u02c8\u02ca"),
    (
        "'",
        "\u02cb\u02bf\u02be\u055a\u05f3\u07f4\u07f5\ua78c\u0060\u00b4\u2039\u203a",
    ),
    (
        '"',
        "\u201c\u201d\u201e\u201f\u00ab\u00bb\u3003\u301d\u301e\u301f\u05f4\u02ba",
    ),
    ("-", "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\u058a\u05be\u1806\u02d7"),
    ("-", "\u2e3a\u2e3b\u2e40\u301c\u3030\u2e17\u2053"),
    (".", "\u00b7\u30fb\u2027\u2022\u0387"),
    ("'", "\u1ffd"),
    ('"', "\u2033\u2036"),
    (" ", "\u1680"),
    ("\u064a", "\u06cc\u0649"),
    ("\u0643", "\u06a9"),
)
"""What one types, and what a customer's keyboard or editor writes for it."""
_TYPED = {ord(one): typed for typed, others in _SAME for one in others}
# Of other scripts marks stay: a Japanese ga without its mark is another sound, ka.
_ACCENTS = re.compile(
    "(?<=[a-z\u00df-\u02af\u0370-\u0481\u048a-\u052f])"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
"""Marks upon a Latin, Greek or Cyrillic letter."""
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u0640\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0100-\U000e01ef]+"
)
"""Joiners, directions and what else takes no ink; a long stroke in Arabic too."""


def folded(text: str) -> str:
    """Return text as it is matched: the same for `Björk`, `BJÖRK` and `bjork`.

    What is folded folds to itself, and lower case to what the text itself would.
    """
    if text.isascii():
        return text.lower().replace("`", "'")
    # Some signs would come apart into a blank and a mark, or into two of another.
    typed = _UNSEEN.sub("", text).translate(_TYPED)
    lower = unicodedata.normalize("NFKD", typed).casefold()
    # A letter whose case is folded may become one with a mark, or several.
    apart = _UNSEEN.sub("", unicodedata.normalize("NFKD", lower))
    bare = _ACCENTS.sub("", apart).translate(_PLAIN).translate(_TYPED)
    return unicodedata.normalize("NFC", bare)
