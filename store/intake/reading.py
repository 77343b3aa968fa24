"""A file of Stripe API JSON → every object in it, nested ones too, or what is wrong."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from store.errors import ImportFailed
from store.intake.fields import KEPT, Wrong, whole_text
from store.intake.lines import Line, TooLong, gathered, lines_of
from store.intake.values import Unfinished, line_of_error, values_of

_LISTS = ("list", "search_result")
_UNREAD = frozenset(("metadata", "previous_attributes"))
_DEEPEST = 100
_LONGEST_KIND = 80
NEVER_ENDS = "the JSON value that begins here never ends."


@dataclass(frozen=True, slots=True)
class Found:
    """One object as it stands in a file, and where."""

    kind: str
    data: dict[str, object]
    source: str
    line: int
    size: int = 0
    """So much text it was read from; nothing where it shares that of another."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A place in a file that cannot be read, and why not."""

    source: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.source}, line {self.line}: {self.message}"


Sighting = Found | Problem


def read(
    path: Path, *, source: str | None = None, watch: Callable[[int], None] | None = None
) -> Iterator[Sighting]:
    """Yield every object of a file in order, and a Problem for each unreadable place.

    Takes single objects, lists, events, arrays, JSON lines and pretty-printed JSON.

    Args:
        path: The file.
        source: What problems call it; its name when nothing is said.
        watch: Told now and then how many bytes were read.

    Raises:
        ImportFailed: The file itself cannot be opened or read.
    """
    name = source or path.name
    try:
        with path.open("rb") as file:
            yield from _sightings(lines_of(file, watch), name)
    except TooLong as wrong:
        yield Problem(name, wrong.line, str(wrong))
    except OSError as wrong:
        reason = wrong.strerror or "it cannot be read"
        raise ImportFailed(name, (f"{name}: {reason}.",)) from wrong


def _sightings(lines: Iterator[Line], source: str) -> Iterator[Sighting]:
    for number, line in lines:
        if isinstance(line, UnicodeError):
            yield Problem(source, number, "it is not UTF-8 text.")
            continue
        try:
            values = values_of(line)
        except Unfinished:
            yield from _document(number, line, lines, source)
            continue
        except Wrong as wrong:
            yield Problem(source, number, str(wrong))
            continue
        size = len(line)
        for value in values:
            yield from _objects(value, source, number, size=size)
            size = 0


def _document(
    start: int, first: str, lines: Iterator[Line], source: str
) -> Iterator[Sighting]:
    """Read a value that goes on over several lines, or tell that its line is broken."""
    rest = gathered(lines, len(first))
    text, undecoded = first + rest.text, rest.undecoded
    try:
        values = values_of(text) if rest.is_all and not undecoded else []
    except Unfinished:
        message = NEVER_ENDS
    except Wrong as wrong:
        message = str(wrong)
    else:
        if rest.is_all and not undecoded:
            lines_of_it = _LineFinder(text, start)
            for value in values:
                yield from _objects(value, source, start, lines_of_it, size=len(text))
            return
        bad = next(iter(undecoded), 0)
        message = f"line {bad} of this JSON value is not UTF-8 text."
    if first.strip() in ("{", "["):
        if not rest.is_all:
            raise TooLong(start, "the JSON value that begins here")
        yield Problem(source, line_of_error(text, start), message)
        return
    yield Problem(source, start, NEVER_ENDS)
    yield from _sightings(chain(rest.lines(start + 1), lines), source)


class _LineFinder:
    """Tells on which line of a long value the object with some id begins."""

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self._at = 0
        self._line = start

    def line(self, given: object) -> int:
        """Return the line where the id stands next, or the last line known."""
        if isinstance(given, str):
            found = self._text.find(f'"{given}"', self._at)
            if found >= 0:
                self._line += self._text.count("\n", self._at, found)
                self._at = found
        return self._line


def _objects(
    value: object,
    source: str,
    line: int,
    lines_of: _LineFinder | None = None,
    *,
    size: int,
) -> Iterator[Sighting]:
    """Yield the objects of one top-level value; the first of them is of its size."""
    if isinstance(value, list):
        for member in value:
            yield from _objects(member, source, line, lines_of, size=size)
            size = 0
        return
    if not isinstance(value, dict):
        yield Problem(source, line, "it is no JSON object.")
        return
    kind = value.get("object")
    if kind in _LISTS and isinstance(value.get("data"), list):
        yield from _objects(value["data"], source, line, lines_of, size=size)
        return
    at = lines_of.line(value.get("id")) if lines_of else line
    try:
        if isinstance(kind, str):
            inside = list(_inside(value, 0))
            yield Found(whole_text(kind[:_LONGEST_KIND]), value, source, at, size)
            for nested in inside:
                yield Found(str(nested["object"]), nested, source, at)
        else:
            yield from _of_no_kind(value, source, at)
    except Wrong as wrong:
        yield Problem(source, at, str(wrong))


def _of_no_kind(value: dict[str, object], source: str, at: int) -> Iterator[Sighting]:
    inside = list(_inside(value, 0))
    error = value.get("error")
    if inside:
        for nested in inside:
            yield Found(str(nested["object"]), nested, source, at)
    elif isinstance(error, dict):
        said = str(error.get("message") or error.get("code") or "no message")
        text = f"it is an error that the API answered: {whole_text(said)}"
        yield Problem(source, at, text)
    else:
        yield Problem(source, at, 'it has no "object" that names its kind.')


def _inside(
    value: object, depth: int, *, counts: bool = True
) -> Iterator[dict[str, object]]:
    """Yield the kept objects nested in a value, at any depth."""
    if depth > _DEEPEST:
        raise Wrong("it is nested too deeply.")
    members = value.items() if isinstance(value, dict) else enumerate(_members(value))
    for key, member in members:
        if not isinstance(member, (dict, list)):
            continue
        told = counts and key not in _UNREAD
        if told and isinstance(member, dict) and _is_kept(member):
            yield member
        yield from _inside(member, depth + 1, counts=told)


def _members(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _is_kept(value: dict[str, object]) -> bool:
    kind = value.get("object")
    return isinstance(kind, str) and kind in KEPT and "id" in value
