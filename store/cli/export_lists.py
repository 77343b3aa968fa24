"""Export: a list goes into a new file that only its owner can read."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from store.cli import place, say
from store.cli.export_payments import payments
from store.cli.options import Mistyped, Typed
from store.errors import StoreUnusable
from store.exports import exported
from store.exports.writing import ExportFile, Form, Table, file_name
from store.lists.page import Cursor, Page
from store.outcome import Movement
from store.search.events import parse_events
from store.search.terms import SearchError

if TYPE_CHECKING:
    from store import Store

T = TypeVar("T")
Listed = tuple[Table[Any], Iterable[tuple[Any, ...]]]
"""What is exported, and its rows page by page."""


def export(typed: Typed) -> int:
    """Write a list into a new file; return the exit code.

    Raises:
        Mistyped: The filter cannot be read, or the list takes none.
        StoreUnusable: The file is there already, or cannot be written.
    """
    form = Form(typed.format or Form.CSV)
    if typed.filter and typed.list not in _FILTERED:
        raise Mistyped(f"--filter is for {' and '.join(_FILTERED)}.")
    with place.open_there(place.url_of(typed.store)) as store:
        table, pages = _LISTS[typed.list](typed, store)
        name = typed.file or file_name(table.name, store.now(), form)
        target = Path(name).absolute()
        try:
            number = _write(ExportFile(target, form, table), pages)
        except OSError as error:
            why = error.strerror or str(error)
            raise StoreUnusable(f"{target} cannot be written: {why}.") from None
    thing = "payment" if typed.list == PAYMENTS else "row"
    say.result(f"{say.counted(number, thing)} exported to {target}")
    return 0


def _write(file: ExportFile[T], pages: Iterable[tuple[T, ...]]) -> int:
    try:
        for rows in pages:
            file.write(rows)
        file.finish()
    except BaseException:
        file.discard()
        raise
    return file.number


def _walked(page: Callable[[Cursor | None], Page[T]]) -> Iterator[tuple[T, ...]]:
    after: Cursor | None = None
    more = True
    while more:
        read = page(after)
        yield read.rows
        after, more = read.last, read.more and bool(read.rows)


def _payments(typed: Typed, store: "Store") -> Listed:
    table, page = payments(typed, store)
    return table, _walked(page)


def _movements(_: Typed, store: "Store") -> Listed:
    def of(currency: str, after: Cursor | None) -> Page[Movement]:
        movements = store.balance_transactions.movements
        return movements(currency=currency, after=after)

    def pages() -> Iterator[tuple[Movement, ...]]:
        for balance in store.balance_sheet():
            yield from _walked(partial(of, balance.currency))

    return exported.MOVEMENTS, pages()


def _events(typed: Typed, store: "Store") -> Listed:
    try:
        wanted = parse_events(typed.filter)
    except SearchError as wrong:
        raise Mistyped(str(wrong)) from None
    log = store.events.log
    kind, about, actor = wanted.type, wanted.object, wanted.actor
    return exported.EVENTS, _walked(
        lambda after: log(type=kind, object=about, actor=actor, after=after)
    )


def _failed(_: Typed, store: "Store") -> Listed:
    return exported.FAILED, _walked(lambda after: store.refunds.failed(after=after))


def _pending(_: Typed, store: "Store") -> Listed:
    return exported.WAITING, (store.refunds.pending().waiting,)


PAYMENTS = "payments"
_LISTS: dict[str, Callable[[Typed, "Store"], Listed]] = {
    PAYMENTS: _payments,
    "pending": _pending,
    "failed": _failed,
    "movements": _movements,
    "events": _events,
}
_FILTERED = (PAYMENTS, "events")
