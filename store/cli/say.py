"""Say: what commands print; results on stdout, problems and progress on stderr."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol, TextIO

from store import refusals
from store.errors import Refusal, Refused, StoreBusy, StoreError
from store.visible import visible

_LONGEST_LINE = 2_000


class Watch(Protocol):
    """Told how far something has come, in the unit of its total."""

    def __call__(self, done: int, /) -> None:
        """Take note."""


def result(text: str) -> None:
    """Print what was done, with nothing in it that could act on a terminal."""
    _print(text, sys.stdout)


def problem(text: str) -> None:
    """Print what went wrong, with nothing in it that could act on a terminal."""
    _print(text, sys.stderr)


def refusal(error: StoreError) -> None:
    """Print the API's error body on stderr, all of it in plain ASCII."""
    sys.stderr.write(as_json(_body(error)) + "\n")


def _body(error: StoreError) -> dict[str, dict[str, str]]:
    match error:
        case Refused():
            return error.refusal.body()
        case StoreBusy():
            return refusals.lock_timeout().body()
        case _:
            return Refusal(str(error), type="api_error").body()


def as_json(shape: object) -> str:
    """Return JSON in which every character but plain ASCII is escaped."""
    return json.dumps(shape, indent=2).replace("\x7f", "\\u007f")


def _print(text: str, to: TextIO) -> None:
    encoding = to.encoding or "utf-8"
    for line in text.split("\n"):
        seen = visible(line, _LONGEST_LINE)
        to.write(seen.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def counted(number: int, kind: str) -> str:
    """Return a number and the plain name of what it counts: `2 charges`."""
    name = kind.replace("_", " ")
    return f"{number:,} {name}" if number == 1 else f"{number:,} {name}s"


@contextmanager
def progress(what: str, total: int) -> Iterator[Watch]:
    """Show on a terminal how far something has come; elsewhere say nothing."""
    if not sys.stderr.isatty():
        yield lambda _done: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
    )

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
    )
    shown = Progress(*columns, console=Console(stderr=True), transient=True)
    with shown:
        task = shown.add_task(visible(what), total=total)
        yield lambda done: shown.update(task, completed=done)
