"""Export: rows written into a new file that only its owner can read.

Nothing in a cell is taken for a formula or acts on a terminal.
"""

import csv
import io
import json
import os
import tempfile
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Generic, TextIO, TypeVar

from store.money import Money
from store.shape.objects import Json
from store.visible import as_written

T = TypeVar("T")
Cell = str | int | Money | datetime | None
_ACTS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""What makes a spreadsheet take a text for a formula; wide forms count too."""
_SKIPPED = " \xa0\u200b\u200e\u200f\u2060\u3000\ufeff"
"""What a spreadsheet may skip before it looks for a formula."""


class Form(StrEnum):
    """What an exported file holds."""

    CSV = "csv"
    JSON_LINES = "json"

    @property
    def ending(self) -> str:
        """Return how the names of such files end."""
        return "csv" if self is Form.CSV else "ndjson"


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """One column: its title in CSV, its key in JSON, and what of a row it holds."""

    title: str
    key: str
    value: Callable[[T], Cell]


@dataclass(frozen=True, slots=True)
class Table(Generic[T]):
    """What is exported of one kind of row."""

    name: str
    """What its files are called: `payments`."""
    columns: tuple[Column[T], ...]
    shape: Callable[[T], Json] | None = None
    """What a line of JSON holds; None: the columns by their keys."""


def cell(value: object) -> object:
    """Return a value for a CSV file: no text acts on a terminal or a spreadsheet."""
    match value:
        case None:
            return ""
        case Money():
            return value.digits(grouped=False)
        case datetime():
            return iso(value)
        case str():
            return _guarded(value)
        case _:
            return json.dumps(value)


def _guarded(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula."""
    seen = as_written(text, len(text) + 1)
    return f"'{seen}" if text.lstrip(_SKIPPED).startswith(_ACTS) else seen


def iso(at: datetime) -> str:
    """Return a time as ISO 8601 in UTC, to the second."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def file_name(name: str, at: datetime, form: Form) -> str:
    """Return what a file of that name, made now, is called unless said otherwise."""
    return f"{name}-{at.astimezone(UTC):%Y%m%d-%H%M%S}.{form.ending}"


class ExportFile(Generic[T]):
    """A file of rows, mode 0600, there whole or not at all.

    Safe to end from another thread than the one that writes.

    Raises:
        FileExistsError: There is one of that name, and it is not to be replaced.
        OSError: It cannot be written.
    """

    def __init__(
        self, target: Path, form: Form, table: Table[T], *, replace: bool = False
    ) -> None:
        self._target = target
        self._form = form
        self._table = table
        self._lock = threading.Lock()
        if replace:
            # mkstemp makes files for their owner alone.
            handle, name = tempfile.mkstemp(dir=target.parent, prefix=".export-")
            self._written = Path(name)
        else:
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
            handle = os.open(target, flags, 0o600)
            self._written = target
        self.number = 0
        """How many rows were written."""
        self._file: TextIO = os.fdopen(handle, "w", encoding="utf-8", newline="")
        if form is Form.CSV:
            self._file.write(_as_csv([column.title for column in table.columns]))

    def write(self, rows: Iterable[T]) -> None:
        """Add rows."""
        line = self._csv if self._form is Form.CSV else self._json
        lines = [line(row) for row in rows]
        with self._lock:
            self._file.write("".join(lines))
            self.number += len(lines)

    def finish(self) -> None:
        """Let the file be there under its name."""
        with self._lock:
            self._file.close()
            if self._written != self._target:
                self._written.replace(self._target)

    def discard(self) -> None:
        """Leave nothing behind; what was there before still is."""
        with self._lock:
            try:
                self._file.close()
            finally:
                self._written.unlink(missing_ok=True)

    def _csv(self, row: T) -> str:
        return _as_csv([cell(column.value(row)) for column in self._table.columns])

    def _json(self, row: T) -> str:
        table = self._table
        shape = table.shape or _by_key(table)
        # The one control character that JSON leaves as it is.
        return json.dumps(shape(row)).replace("\x7f", "\\u007f") + "\n"


def _as_csv(cells: list[object] | list[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


def _by_key(table: Table[T]) -> Callable[[T], Json]:
    def shape(row: T) -> Json:
        return {column.key: _plain(column.value(row)) for column in table.columns}

    return shape


def _plain(value: Cell) -> str | int | None:
    """Return a value for JSON: money in its smallest unit, as the API has it."""
    match value:
        case Money():
            return value.amount
        case datetime():
            return iso(value)
        case _:
            return value
