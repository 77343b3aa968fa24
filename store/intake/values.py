"""JSON text → the values in it, one after the other, or what is wrong with it."""

import json
import math

from store.intake.fields import Wrong

_LONG = 1_000_000
_MOST_OBJECTS = 2_000_000
_MOST_VALUES = 8_000_000
"""So many are in memory at once at most: each takes more there than in a text."""


class Unfinished(Exception):
    """The text ends inside a value."""


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise Wrong(f"the number {digits[:20]} is too large.")
    return number


def _no_constant(name: str) -> object:
    raise Wrong(f"{name} is no JSON number.")


_DECODER = json.JSONDecoder(parse_float=_finite, parse_constant=_no_constant)


def values_of(text: str) -> list[object]:
    """Return every JSON value of a text.

    Raises:
        Unfinished: More text may complete the last one.
        Wrong: It is not JSON.
    """
    if len(text) > _LONG:
        many = text.count("{") + text.count("[") > _MOST_OBJECTS
        if many or text.count(",") > _MOST_VALUES:
            raise Wrong("it holds more values than are read at once.")
    values: list[object] = []
    at = _after_blanks(text, 0)
    while at < len(text):
        try:
            value, at = _DECODER.raw_decode(text, at)
        except json.JSONDecodeError as wrong:
            if _ends_early(text, wrong):
                raise Unfinished from wrong
            raise Wrong(f"it is not JSON: {wrong.msg}.") from wrong
        except RecursionError as wrong:
            raise Wrong("it is nested too deeply.") from wrong
        except Wrong:
            raise
        except ValueError as wrong:
            raise Wrong("a number in it has too many digits.") from wrong
        values.append(value)
        at = _after_blanks(text, at)
    return values


def _ends_early(text: str, wrong: json.JSONDecodeError) -> bool:
    return wrong.pos >= len(text.rstrip()) or wrong.msg.startswith("Unterminated")


def _after_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at


def line_of_error(text: str, start: int) -> int:
    """Return the line of what is wrong with a text that begins on line `start`."""
    at = _after_blanks(text, 0)
    while at < len(text):
        try:
            _, at = _DECODER.raw_decode(text, at)
        except json.JSONDecodeError as wrong:
            if _ends_early(text, wrong):
                return start
            return start + text.count("\n", 0, wrong.pos)
        except (ValueError, RecursionError):
            return start
        at = _after_blanks(text, at)
    return start
