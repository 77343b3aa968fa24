"""At work: the console on a real store, as an agent sits before it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing, suppress
from datetime import UTC
from typing import TYPE_CHECKING, Any

from textual.css.query import NoMatches
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static

from store.event import Actor
from tui.app import RefundDesk
from tui.dialogs.armed import ArmedDialog
from tui.files.faults import Faults
from tui.files.journal import Journal
from tui.files.memory import Memory
from tui.parts.desk import DeskScreen
from tui.widgets.window_view import WindowView
from tui.words import results
from tui.words.zone import Zone

if TYPE_CHECKING:
    from store import Store

Desk = Pilot[None]
WAITING = results.waiting().plain
"""What is told when an answer takes longer than a moment."""
_NO_OUTCOME = (WAITING, "? no answer: checking…", "exporting… ")
"""How sentences begin that may be told, or not, on the way to an outcome."""
_READS = ("read", "counts", "open", "preview", "news", "rank", "dry run")
_PATIENCE = 120.0
"""So many real seconds a state may take to come about, on the slowest machine."""
_GLANCE = 0.02
"""How much of the console's time passes between two looks."""


@asynccontextmanager
async def at_work(
    store: Store,
    agent: Actor,
    screen: Screen[None] | None = None,
    size: tuple[int, int] = (80, 24),
    memory: Memory | None = None,
    journal: Journal | None = None,
    faults: Faults | None = None,
) -> AsyncIterator[Desk]:
    """Open the console, and a screen on it, at that size."""
    app = RefundDesk(
        lambda: store,
        agent,
        zone=Zone(UTC),
        memory=memory,
        journal=journal,
        faults=faults,
    )
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        if screen is not None:
            await app.push_screen(screen)
            await settled(pilot)
        yield pilot


async def reached(pilot: Desk, holds: Callable[[], bool]) -> None:
    """Wait until something holds, whatever is told or shown before it."""
    ends = time.monotonic() + _PATIENCE
    while time.monotonic() < ends:
        with suppress(AssertionError, NoMatches):  # a screen that only just comes
            if holds():
                return
        await pilot.pause(_GLANCE)
    assert holds()


async def settled(pilot: Desk) -> None:
    """Wait until everything that is being read is shown."""

    def nothing_read() -> bool:
        reads = any(w.is_running for w in pilot.app.workers if w.group in _READS)
        views = pilot.app.screen.query(WindowView)
        return not (reads or any(view._saying for view in views))

    await pilot.pause()
    await reached(pilot, nothing_read)
    await pilot.pause()


async def until(pilot: Desk, holds: Callable[[], bool]) -> None:
    """Wait until something holds, and everything that is read then is shown."""
    await reached(pilot, holds)
    await settled(pilot)


async def until_shown(
    pilot: Desk, kind: type[Screen[Any]], instead_of: Screen[Any] | None = None
) -> None:
    """Wait until a screen of that kind is on top, another one than the given."""

    def shown() -> bool:
        screen = pilot.app.screen
        return isinstance(screen, kind) and screen is not instead_of

    await until(pilot, shown)


async def until_armed(pilot: Desk) -> None:
    """Wait until the dialog's button would act."""
    dialog = pilot.app.screen
    assert isinstance(dialog, ArmedDialog)
    await reached(pilot, lambda: dialog.armed)


def result_line(pilot: Desk) -> str:
    """Return what the result line of the screen that is on top says."""
    screen = pilot.app.screen
    return screen.result.told.plain if isinstance(screen, DeskScreen) else ""


async def until_told(pilot: Desk, instead_of: str = "") -> str:
    """Wait for the outcome in the screen's result line, and return it.

    That the store has not answered yet is told on the way there, or is not. Nor is
    that an outcome `instead_of` which it comes.
    """

    def there() -> bool:
        last = result_line(pilot)
        return last not in {"", instead_of} and not last.startswith(_NO_OUTCOME)

    await until(pilot, there)
    return result_line(pilot)


async def confirm(pilot: Desk) -> str:
    """Wait for the button, press it, and return what was told."""
    await settled(pilot)
    await until_armed(pilot)
    pilot.app.screen.query_one("#confirm").focus()
    await pilot.pause()
    await pilot.press("enter")
    return await until_told(pilot)


def said(pilot: Desk, selector: str) -> str:
    """Return the words of a part of the screen that is on top."""
    return str(pilot.app.screen.query_one(selector, Static).render())


def everything_said(pilot: Desk) -> str:
    """Return every character that the terminal shows."""
    width, height = pilot.app.size
    rows = pilot.app.screen._compositor.render_strips()
    assert len(rows) == height
    return "\n".join("".join(s.text for s in row)[:width] for row in rows)


def count(url: str, table: str, where: str = "1=1") -> int:
    """Return how many rows a table of the store's file has."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        sql = f"SELECT count(*) FROM {table} WHERE {where}"
        found: tuple[int] = connection.execute(sql).fetchone()
    return found[0]
