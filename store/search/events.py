"""Event filter: `type:refund. object:re_… actor:mia` → what of the log is wanted."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from store.search.completion import Completion, spliced
from store.search.terms import SearchError

KEYS = {
    "type": "a type, or how some begin, such as type:refund.",
    "object": "an object, or a payment with all of its objects, by id",
    "actor": "who did it, such as actor:mia",
}
"""What can stand before a colon, and what it narrows to."""
TYPES = (
    *("refund.", "refund.created", "refund.updated", "refund.failed", "charge."),
    *("charge.refunded", "charge.captured", "charge.failed", "charge.dispute."),
    *("payment_intent.", "topup.", "transfer.", "application_fee.", "review."),
    "desk.",
)
"""What types begin with; any other can be typed too."""
HINT = " ".join(f"{key}:" for key in KEYS)
"""What can be typed, in short."""
_WORD = re.compile(r'(?:[^\s"]|"[^"]*")+')


@dataclass(frozen=True, slots=True)
class EventFilter:
    """What of the log is wanted; nothing said means all of it."""

    type: str | None = None
    """A type, or its beginning up to a dot: `refund.`"""
    object: str | None = None
    actor: str | None = None


def parse_events(text: str) -> EventFilter:
    """Read a filter of the log.

    An id may stand alone (`re_3N…`), a type or its beginning too (`refund.`).

    Raises:
        SearchError: An unknown key, one that stands twice, or one without a value.
    """
    if text.count('"') % 2:
        raise SearchError("A quotation mark is not closed.", text.rindex('"'))
    found = EventFilter()
    for word in _WORD.finditer(text):
        key, value = _read(word[0], word.start())
        if getattr(found, key) is not None:
            raise SearchError(
                f'"{key}" stands twice: an event has only one.', word.start()
            )
        found = replace(found, **{key: value})
    return found


def _read(word: str, position: int) -> tuple[str, str]:
    key, colon, value = word.partition(":")
    key = key.lower()
    if not colon:
        return _guess(word, position)
    if key not in KEYS:
        known = ", ".join(KEYS)
        raise SearchError(f'"{key}" is no key here: {known} are.', position)
    value = value.replace('"', "")
    if not value:
        after = position + len(key) + len(colon)
        raise SearchError(f'"{key}:" needs a value.', after)
    return key, value.lower() if key == "type" else value


def _guess(word: str, position: int) -> tuple[str, str]:
    """Return the key that a word without one can only belong to."""
    value = word.replace('"', "")
    if "." in value:
        return "type", value.lower()
    if "_" in value:
        return "object", value
    said = f'"{value}" is neither an id nor a type: write actor:{value} for a name.'
    raise SearchError(said, position)


def event_completions(text: str, caret: int | None = None) -> tuple[Completion, ...]:
    """Return the keys or types that the term at the caret may become."""
    at = len(text) if caret is None else caret
    begin = text.rfind(" ", 0, at) + 1
    return spliced(text, begin, at, _offered(text[begin:at].lower()))


def _offered(typed: str) -> Iterable[tuple[str, str, str]]:
    key, colon, value = typed.partition(":")
    if not colon:
        begun = (key for key in KEYS if key.startswith(typed))
        return [(f"{key}:", f"{key}:", KEYS[key]) for key in begun]
    if key != "type":
        return ()
    begun = (one for one in TYPES if one.startswith(value) and one != value)
    return [(one, f"type:{one}", KEYS["type"]) for one in begun]
