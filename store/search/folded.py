"""Folded: text as it is searched, without case and without accents."""

import re
import unicodedata

_PLAIN = str.maketrans("đðħıłøŧ", "ddhilot") | str.maketrans(
    {"æ": "ae", "œ": "oe", "þ": "th"}
)
"""Letters that Unicode takes for letters of their own, not for one with a mark."""
# Of other scripts marks stay: a Japanese ga without its mark is another sound, ka.
_ACCENTS = re.compile(
    "(?<=[a-z\u00df-\u02af\u0370-\u0481\u048a-\u052f])"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
"""Marks upon a Latin, Greek or Cyrillic letter."""


def folded(text: str) -> str:
    """Return text as it is matched: the same for `Björk`, `BJÖRK` and `bjork`.

    What is folded folds to itself, and lower case to what the text itself would.
    """
    if text.isascii():
        return text.lower()
    lower = unicodedata.normalize("NFKD", text).casefold()
    # A letter whose case is folded may become one with a mark, or several.
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", lower)).translate(_PLAIN)
    return unicodedata.normalize("NFC", bare)
