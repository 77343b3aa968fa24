"""At the log: the screen of events, as an agent moves in it."""

from __future__ import annotations

from at_work import Desk, settled

from store.event import Event
from tui.screens.events import EventsScreen


def screen(desk: Desk) -> EventsScreen:
    """Return the log."""
    assert isinstance(desk.app.screen, EventsScreen)
    return desk.app.screen


def on(desk: Desk) -> Event:
    """Return the event under the cursor."""
    event = screen(desk).table.line
    assert event is not None
    return event


async def narrowed(desk: Desk, typed: str) -> None:
    """Type a filter and wait for the list."""
    await desk.press("slash")
    await desk.pause()
    bar = screen(desk).bar
    field = bar.query_one("FilterInput")
    for letter in typed:
        await desk.press("space" if letter == " " else letter)
    assert getattr(field, "value", None) == typed
    await desk.press("enter")
    await settled(desk)
