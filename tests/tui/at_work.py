"""At work: the console on a real store, as an agent sits before it."""

from __future__ import annotations

import sqlite3
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
from tui.words.zone import Zone

if TYPE_CHECKING:
    from store import Store

Desk = Pilot[None]
_READS = ("read", "counts", "open", "preview", "news", "rank", "dry run")
_TRIES = 1500
"""Waiting ends when what is waited for is there; a loaded machine may need long."""


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


async def settled(pilot: Desk) -> None:
    """Wait until everything that is being read is shown."""
    await pilot.pause()
    for _ in range(_TRIES):
        reads = any(w.is_running for w in pilot.app.workers if w.group in _READS)
        if not (reads or any(t._saying for t in pilot.app.screen.query(WindowView))):
            break
        await pilot.pause(0.02)
    await pilot.pause()


async def until(pilot: Desk, holds: Callable[[], bool]) -> None:
    """Wait until something holds that another process brought about."""
    for _ in range(_TRIES):
        with suppress(AssertionError, NoMatches):  # a screen that only just comes
            if holds():
                break
        await pilot.pause(0.02)
    assert holds()
    await settled(pilot)


async def until_shown(
    pilot: Desk, kind: type[Screen[Any]], instead_of: Screen[Any] | None = None
) -> None:
    """Wait until a screen of that kind is on top, another one than the given."""
    for _ in range(_TRIES):
        shown = pilot.app.screen
        if isinstance(shown, kind) and shown is not instead_of:
            break
        await pilot.pause(0.02)
    assert isinstance(pilot.app.screen, kind)
    assert pilot.app.screen is not instead_of
    await settled(pilot)


async def until_armed(pilot: Desk) -> None:
    """Wait until the dialog's button would act."""
    dialog = pilot.app.screen
    assert isinstance(dialog, ArmedDialog)
    for _ in range(_TRIES):
        if dialog.armed:
            break
        await pilot.pause(0.02)
    assert dialog.armed


async def until_told(pilot: Desk, instead_of: str = "") -> str:
    """Wait for the screen's result line to say something else, and return it."""
    for _ in range(_TRIES):
        screen = pilot.app.screen
        if isinstance(screen, DeskScreen) and screen.result.told.plain != instead_of:
            break
        await pilot.pause(0.02)
    await settled(pilot)
    assert isinstance(pilot.app.screen, DeskScreen)
    return pilot.app.screen.result.told.plain


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
