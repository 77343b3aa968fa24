"""Followed at the end: a change seen while the console closes breaks nothing."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from at_work import at_work

from conftest import Pay
from store.event import Actor
from tui.parts.desk import DeskScreen

if TYPE_CHECKING:
    import pytest

    from store import Store


async def test_a_change_seen_while_the_console_closes(
    store: Store, mia: Actor, pay: Pay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store answers when the screen has lost its parts and not yet itself."""
    pay()
    asked, answered = asyncio.Event(), asyncio.Event()
    async with at_work(store, mia) as desk:
        screen = desk.app.screen
        assert isinstance(screen, DeskScreen)

        async def late() -> bool:
            asked.set()
            while screen.children:  # noqa: ASYNC110 - nothing tells of this moment
                await asyncio.sleep(0)
            answered.set()
            return True

        monkeypatch.setattr(screen.ask, "has_changed", late)
        await asked.wait()
    assert answered.is_set()
