"""Commands typed: one that is done, and one that is refused."""

from __future__ import annotations

from at_work import Desk, settled, until_shown
from at_work import said as words_of
from textual.widgets import Input

from store.visible import visible
from tui.dialogs.command import CommandDialog


async def command(desk: Desk, text: str) -> None:
    """Type a command and press enter."""
    if not isinstance(desk.app.screen, CommandDialog):
        await desk.press("colon")
        await until_shown(desk, CommandDialog)
    desk.app.screen.query_one(Input).value = text
    await desk.press("enter")
    await settled(desk)


async def refused(desk: Desk, text: str, *, why: str) -> None:
    """Type a command that is not done: it stays in the line, with the reason."""
    await command(desk, text)
    await until_shown(desk, CommandDialog)
    while why not in words_of(desk, "Offered"):
        await desk.pause(0.02)
    assert desk.app.screen.query_one(Input).value == visible(text)
