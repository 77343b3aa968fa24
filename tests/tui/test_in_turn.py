"""In turn: what an agent asks for comes next, however much a bulk has to do."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

from store.event import Actor
from tui.ask import Ask

if TYPE_CHECKING:
    from store import Store


async def test_changes_are_made_one_after_another(store: Store, mia: Actor) -> None:
    """Nobody overtakes; what somebody has given up is done all the same."""
    ask = Ask(lambda: store, mia)
    done: list[str] = []
    first_goes, goes_on = threading.Event(), threading.Event()

    def first(_: Store) -> None:
        first_goes.set()
        assert goes_on.wait(10)
        done.append("first")

    asked = [asyncio.create_task(ask.write(first))]
    await asyncio.to_thread(first_goes.wait, 10)
    for change in (lambda _: done.append("second"), lambda _: done.append("third")):
        asked.append(asyncio.create_task(ask.write(change)))
        await asyncio.sleep(0)
    asked[1].cancel()
    await asyncio.sleep(0.05)
    assert done == []
    goes_on.set()
    await asyncio.gather(*asked, return_exceptions=True)
    assert done == ["first", "second", "third"]
