"""Lines: what a file or a stream holds, line by line, in memory that has a bound."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from store.bounded import MIB

LONGEST = 64 * MIB
"""So many bytes a line holds at most, and so many a value over several lines."""
SAID = f"{LONGEST // MIB} MiB"
_WATCHED_EVERY = 1000
_JOINED_EVERY = 1000
Line = tuple[int, str | UnicodeError]


class TooLong(ValueError):
    """A line, or a value that begins there, that goes on past what is read of one."""

    def __init__(self, line: int, what: str = "it") -> None:
        super().__init__(f"{what} is longer than {SAID}.")
        self.line = line


def lines_of(file: BinaryIO, watch: Callable[[int], None] | None) -> Iterator[Line]:
    """Number the lines of a file and decode them; only a line feed ends one.

    Raises:
        TooLong: A line, or all of a text in UTF-16, is too long.
    """
    return _decoded(_read(file, watch))


def lines_in(text: str, start: int) -> Iterator[Line]:
    """Number the lines of a text, of which the first is `start`."""
    at, number = 0, start
    while at < len(text):
        end = text.find("\n", at) + 1 or len(text)
        yield number, text[at:end]
        at, number = end, number + 1


@dataclass(frozen=True, slots=True)
class Gathered:
    """Lines that may belong together, as one text; those that are no text stand empty.

    It is not all of them where they are more than is gathered.
    """

    text: str
    undecoded: dict[int, UnicodeError]
    is_all: bool

    def lines(self, start: int) -> Iterator[Line]:
        """Return them again, line by line."""
        for number, line in lines_in(self.text, start):
            yield number, self.undecoded.get(number, line)


def gathered(lines: Iterable[Line], before: int) -> Gathered:
    """Gather lines up to what is read of one value, of which there are some before."""
    whole: list[str] = []
    pieces: list[str] = []
    undecoded: dict[int, UnicodeError] = {}
    size, is_all = before, True
    for number, line in lines:
        if isinstance(line, str):
            pieces.append(line)
            size += len(line) if line.isascii() else len(line.encode())
        else:
            pieces.append("\n")
            undecoded[number] = line
            size += 1
        if len(pieces) >= _JOINED_EVERY:
            whole.append("".join(pieces))
            pieces.clear()
        if size > LONGEST:
            is_all = False
            break
    return Gathered("".join((*whole, *pieces)), undecoded, is_all)


def _read(file: BinaryIO, watch: Callable[[int], None] | None) -> Iterator[bytes]:
    done = number = 0
    while line := file.readline(LONGEST + 1):
        number += 1
        if len(line) > LONGEST and not line.endswith(b"\n"):
            raise TooLong(number)
        yield line
        done += len(line)
        if watch and number % _WATCHED_EVERY == 1:
            watch(done)
    if watch:
        watch(done)


def _decoded(lines: Iterator[bytes]) -> Iterator[Line]:
    first = next(lines, b"")
    if first.startswith((b"\xff\xfe", b"\xfe\xff")):
        whole = bytearray(first)
        for line in lines:
            whole += line
            if len(whole) > LONGEST:
                raise TooLong(1)
        text = whole.decode("utf-16", errors="replace").removeprefix("\ufeff")
        yield from lines_in(text, 1)
        return
    number, line = 1, first.removeprefix(b"\xef\xbb\xbf")
    while line or number == 1:
        try:
            yield number, line.decode()
        except UnicodeDecodeError as wrong:
            yield number, UnicodeError(str(wrong.reason))
        line = next(lines, b"")
        number += 1
