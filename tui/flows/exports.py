"""Exports: a list goes into a file page by page, while the keys go on working."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from textual.content import Content

from store.errors import StoreError
from store.exports.writing import ExportFile, Table
from store.lists.page import Cursor, Page
from tui.dialogs.export import ExportDialog, ExportRequest, described
from tui.flows.attempt import Desk
from tui.words import results

if TYPE_CHECKING:
    from store import Store

T = TypeVar("T")
PAGE = 500
"""How many rows are read at once."""
_TOLD_EVERY = 10
"""How many pages are written before the screen says how far it is."""


@dataclass(frozen=True, slots=True)
class Source(Generic[T]):
    """A list that can be exported: what it has, where its pages come from."""

    table: Table[T]
    page: "Callable[[Store, Cursor | None], Page[T]]"
    things: str
    """What the rows are called."""
    filtered: str = ""
    """How the list is narrowed, as it was typed or chosen."""


async def export(desk: Desk, source: Source[T]) -> Content | None:
    """Ask for format and path, write the whole list, and return what came of it."""
    try:
        now = await desk.ask.read(lambda store: store.now())
    except StoreError as failed:
        return results.nothing_written(str(failed))
    table = source.table
    what = described(source.things, source.filtered, len(table.columns))
    dialog = ExportDialog(what, table.name, now, Path.cwd())
    asked = await desk.app.push_screen_wait(dialog)
    if asked is None:
        return None
    try:
        number = await _write(desk, source, asked)
    except FileExistsError:
        return results.nothing_written("there is a file of that name already.")
    except OSError as error:
        return results.nothing_written(error.strerror or str(error))
    except StoreError as failed:
        return results.nothing_written(str(failed))
    return results.of_export(number, asked.path)


async def _write(desk: Desk, source: Source[T], asked: ExportRequest) -> int:
    """Write every row; nothing is left of the file where that does not succeed."""
    file = await asyncio.to_thread(
        ExportFile, asked.path, asked.form, source.table, replace=asked.replace
    )

    after: Cursor | None = None

    def write(store: "Store") -> Page[T]:
        page = source.page(store, after)
        file.write(page.rows)
        return page

    try:
        more, pages = True, 0
        while more:
            page = await desk.ask.read(write)
            after, more, pages = page.last, page.more and bool(page.rows), pages + 1
            if pages % _TOLD_EVERY == 0:
                desk.result.tell(results.exporting(file.number))
        await asyncio.to_thread(file.finish)
    except BaseException:
        file.discard()
        raise
    return file.number
