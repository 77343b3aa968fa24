"""Unconfirmed actions: whether a change whose answer was lost was done."""

import asyncio
from collections.abc import Callable

from textual.content import Content

from store.desk.answered import Answered
from store.errors import StoreError
from tui.ask import Ask
from tui.files.journal import Asked
from tui.text import Zone
from tui.words import results

_ASKS = 3
"""How often a key must have no answer before that is believed."""
_ASKS_EVERY = 0.5
"""Seconds between: so long a server may still finish what a lost client began."""


async def became(
    ask: Ask,
    asked: Asked,
    zone: Zone,
    did: Callable[[results.Done], None] | None = None,
) -> Content:
    """Return whether a change of this session was done, or that nobody knows yet.

    What was done after all is told to `did`.
    """
    try:
        answered = await _answer(ask, asked.key)
        now = await ask.read(lambda store: store.now())
    except StoreError as failed:
        ask.journal.lose(asked.key)
        return results.still_unknown(asked, failed)
    ask.journal.answered(asked.key)
    if did and answered and answered.done and answered.object_id:
        did(results.Done(answered.object_id))
    return results.became(asked, answered, zone, now)


async def left_behind(ask: Ask, zone: Zone) -> list[Content]:
    """Return of each action that a lost console left whether it was done.

    Raises:
        StoreError: The store cannot be read.
    """
    left = await asyncio.to_thread(ask.journal.left)
    return [await told_of(ask, asked, zone) for asked in left]


async def told_of(ask: Ask, asked: Asked, zone: Zone) -> Content:
    """Return whether a change was done.

    Raises:
        StoreError: The store cannot be read.
    """
    answered = await _answer(ask, asked.key)
    now = await ask.read(lambda store: store.now())
    return results.became(asked, answered, zone, now)


async def _answer(ask: Ask, key: str) -> Answered | None:
    for left in range(_ASKS - 1, -1, -1):
        found = await ask.read(lambda store: store.answer(key))
        if found is not None or not left:
            return found
        await asyncio.sleep(_ASKS_EVERY)
    return None
