"""Output: an answer as JSON for programs, as a table for people, or as CSV."""

import csv
import json
import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from io import TextIOWrapper

from store.cli import say
from store.clock import from_unix
from store.exports.writing import cell
from store.money import Money
from store.shape.objects import Json
from store.visible import visible

_COLUMNS = {
    "refunds": "id created amount currency status reason | charge payment_intent",
    "bulk": "id created status total queued sent held failed stale skipped | actor"
    " reason note",
    "bulk plan": "payment amount currency status message",
    "bulk items": "payment amount currency status message | refund",
    "payment_intents": "id created amount currency status description | latest_charge",
    "charges": "id created amount amount_refunded currency status | disputed"
    " description payment_intent",
    "balance": "currency available pending",
    "topups": "id created amount currency status",
    "events": "id created type | data.object.id request.idempotency_key",
    "events log": "id created actor type | data.object.id request.idempotency_key",
    "refunds failed": "id amount currency customer why next_step | payment created"
    " refundable done_by done_note retried_as",
    "balance_transactions": "id created type amount net currency | fee source"
    " available_on",
    "balance_transactions movements": "id created type net balance currency | amount"
    " fee source available_on",
    "balance_transactions flows": "date refunded returned held currency",
    "notes": "created actor text | id payment",
}
"""What CSV has of an object, by noun, as paths; a table has it up to the bar."""
_OF_MANY = ("list", "search_result", "balance")
_NARROWEST = 6
"""Cells that a column keeps in which texts are broken into lines."""
_BESIDE = 2
"""Cells that are free beside the texts of a column."""
_MONEY = {"amount", "amount_refunded", "available", "pending", "refundable"}
_MONEY |= {"balance", "net", "fee", "refunded", "returned", "held"}


class Form(StrEnum):
    """What an answer is printed as."""

    JSON = "json"
    TABLE = "table"
    CSV = "csv"


def form(asked: str | None) -> Form:
    """Return what was asked for; else a table on a terminal, JSON in a pipe."""
    if asked:
        return Form(asked)
    return Form.TABLE if sys.stdout.isatty() else Form.JSON


def show(shape: Json, noun: str, chosen: Form, verb: str | None = None) -> None:
    """Print an answer; what the terminal has no letters for is escaped."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    if chosen is Form.JSON:
        sys.stdout.write(say.as_json(shape) + "\n")
        return
    columns_of = _COLUMNS.get(f"{noun} {verb}", _COLUMNS[noun])
    short, _, more = columns_of.partition(" | ")
    columns = [*short.split(), *more.split()]
    rows = list(_rows(shape))
    if chosen is Form.CSV:
        lines = csv.writer(sys.stdout, lineterminator="\n")
        lines.writerow(columns)
        lines.writerows([cell(_at(row, path)) for path in columns] for row in rows)
    elif shape["object"] in _OF_MANY:
        # An amount names its currency already.
        seen = [
            one for one in short.split() if one != "currency" or "available" in short
        ]
        _table(seen, [[_seen(row, path) for path in seen] for row in rows])
        if shape.get("has_more"):
            say.problem("There are more: go on after the last id, or raise --limit.")
    else:
        paths = [path for path, _ in _leaves(shape)]
        _table(("", ""), [[path, _seen(shape, path)] for path in paths])


def _rows(shape: Json) -> Iterator[Json]:
    data, available = shape.get("data"), shape.get("available")
    if isinstance(data, list):
        yield from data
    elif isinstance(available, list) and isinstance(shape["pending"], list):
        for fund, waiting in zip(available, shape["pending"], strict=True):
            yield {
                "currency": fund["currency"],
                "available": fund["amount"],
                "pending": waiting["amount"],
            }
    else:
        yield shape


def _leaves(shape: Json, before: str = "") -> Iterator[tuple[str, object]]:
    """Return every value that is there, with the path that leads to it."""
    for key, value in shape.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{before}{key}.")
        elif value is not None:
            yield f"{before}{key}", value


def _at(shape: object, path: str) -> object:
    """Return what a path leads to; a key that holds a dot is found as well."""
    if not isinstance(shape, dict):
        return None
    if path in shape:
        return shape[path]
    for key, value in shape.items():
        if path.startswith(f"{key}.") and isinstance(value, dict):
            found = _at(value, path[len(key) + 1 :])
            if found is not None:
                return found
    return None


def _seen(shape: Json, path: str) -> str:
    """Return a value as a person reads it."""
    value = _at(shape, path)
    currency = shape.get("currency")
    if path in _MONEY and isinstance(value, int) and isinstance(currency, str):
        return str(Money(value, currency))
    if path == "created" and isinstance(value, int):
        return f"{from_unix(value):%Y-%m-%d %H:%M} UTC"
    if value is None:
        return ""
    return visible(value if isinstance(value, str) else json.dumps(value))


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=None, show_header=any(columns), header_style="bold")
    least = 0
    for place, column in enumerate(columns):
        title, whole = column.replace("_", " "), column == "id" or column in _MONEY
        widest = max(
            cell_len(visible(text)) for text in (title, *_at_place(rows, place))
        )
        width = widest if whole else min(widest, _NARROWEST)
        shown.add_column(title, no_wrap=whole, min_width=width, overflow="fold")
        least += width + _BESIDE
    for row in rows:
        shown.add_row(*(Text(visible(text)) for text in row))
    console = Console(file=sys.stdout, highlight=False)
    # Where there is no room for all that is whole, the terminal breaks the lines.
    console.width = max(console.width, least)
    console.print(shown)


def _at_place(rows: Sequence[Sequence[str]], place: int) -> Iterator[str]:
    return (row[place] for row in rows)
