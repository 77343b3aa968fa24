"""The list of payments, as an agent sees it."""

from __future__ import annotations

from at_work import settled
from textual.pilot import Pilot
from textual.widgets import Input

from tui.screens.payments import PaymentsScreen


def screen(desk: Pilot[None]) -> PaymentsScreen:
    """Return the list's screen."""
    shown = desk.app.screen
    assert isinstance(shown, PaymentsScreen)
    return shown


def on(desk: Pilot[None]) -> str | None:
    """Return the id under the cursor."""
    return screen(desk).target


async def type_filter(desk: Pilot[None], text: str) -> None:
    """Type a filter as an agent does, and wait for the list."""
    await desk.press("slash")
    await desk.pause()
    screen(desk).query_one(Input).value = text
    await desk.pause(0.3)
    await settled(desk)
