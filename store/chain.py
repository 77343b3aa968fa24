"""Chain: each event seals the one before it, over every column."""

import hashlib
import json
from collections.abc import Mapping
from operator import itemgetter

START = ""
"""What the first event seals."""
SEALED = (
    *("seq", "id", "type", "object_id", "payment", "created", "actor", "face"),
    *("request", "key", "data", "previous"),
)
"""The columns of an event that its seal covers: all but the seals themselves."""


_SEALED = itemgetter(*SEALED)
_PLAIN = json.JSONEncoder(separators=(",", ":"))


def seal(before: str, event: Mapping[str, object]) -> str:
    """Return the seal of an event over its columns and the seal before it."""
    text = _PLAIN.encode((before, *_SEALED(event)))
    return hashlib.sha256(text.encode()).hexdigest()
