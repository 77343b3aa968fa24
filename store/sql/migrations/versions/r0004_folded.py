"""Searches without accents: what is searched is folded, not in lower case alone."""

import re
import unicodedata

from alembic import op

from store.sql.migrations.refolding import refold

revision = "0004"
down_revision = "0003"
_PLAIN = str.maketrans("đðħıłøŧ", "ddhilot") | str.maketrans(
    {"æ": "ae", "œ": "oe", "þ": "th"}
)
_ACCENTS = re.compile(
    "(?<=[a-z\u00df-\u02af\u0370-\u0481\u048a-\u052f])"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)


def upgrade() -> None:
    """Fold what is searched of every payment.

    Lower case folds to the same as what the customer wrote: no object is read again.
    """
    refold(op.get_bind(), _folded)


def _folded(text: str) -> str:
    """Return text as this revision matched it: without case and accents."""
    if text.isascii():
        return text.lower()
    lower = unicodedata.normalize("NFKD", text).casefold()
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", lower)).translate(_PLAIN)
    return unicodedata.normalize("NFC", bare)
