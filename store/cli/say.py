"""Say: what commands print; results on stdout, problems and progress on stderr."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import typer

from store.visible import visible

_LONGEST_LINE = 2_000


class Watch(Protocol):
    """Told how far something has come, in the unit of its total."""

    def __call__(self, done: int, /) -> None:
        """Take note."""


def result(text: str) -> None:
    """Print what was done, with nothing in it that could act on a terminal."""
    for line in text.split("\n"):
        typer.echo(visible(line, _LONGEST_LINE))


def problem(text: str) -> None:
    """Print what went wrong, with nothing in it that could act on a terminal."""
    for line in text.split("\n"):
        typer.echo(visible(line, _LONGEST_LINE), err=True)


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
    from rich.console import Console  # noqa: PLC0415 - a terminal only
    from rich.progress import (  # noqa: PLC0415 - a terminal only
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
