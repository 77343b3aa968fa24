"""Hands: what joins others shares their commit, and is answered after it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest

from store.errors import StoreUnusable
from store.http.hands import MOST_TOGETHER, Hands


class Commits:
    """Counts what was done together, and fails when it is told to."""

    def __init__(self) -> None:
        self.groups = 0
        self.lasting: list[int] = []
        self._done: list[int] = []
        self.fails = False

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make what was done lasting."""
        self.groups += 1
        self._done = []
        yield
        if self.fails:
            raise StoreUnusable("The disk is full. Nothing was done.")
        self.lasting += self._done

    def do(self, number: int) -> tuple[int, bool]:
        """Do something; return whether it is lasting already."""
        self._done.append(number)
        return number, number in self.lasting


async def crowd(hands: Hands, commits: Commits, number: int) -> list[object]:
    """Let so many writes come in while another one is under way."""
    held = threading.Event()
    first = asyncio.create_task(
        hands.carry_out(lambda: held.wait(20), writes=True, joins=True)
    )
    others = [
        asyncio.create_task(
            hands.carry_out(partial(commits.do, n), writes=True, joins=True)
        )
        for n in range(number)
    ]
    await asyncio.sleep(0.05)
    held.set()
    found = await asyncio.gather(*others, return_exceptions=True)
    assert await first
    hands.rest()
    return list(found)


async def test_those_who_wait_share_a_commit() -> None:
    """So many at once at most, in the order in which they came."""
    hands, commits = Hands(), Commits()
    hands.together = commits.together
    number = 2 * MOST_TOGETHER
    found = await crowd(hands, commits, number)
    assert found == [(n, False) for n in range(number)]
    assert commits.lasting == list(range(number))
    assert commits.groups == 2


async def test_a_commit_that_fails_is_told_to_everybody() -> None:
    """Nobody is answered what did not last."""
    hands, commits = Hands(), Commits()
    hands.together, commits.fails = commits.together, True
    found = await crowd(hands, commits, 5)
    assert all(isinstance(one, StoreUnusable) for one in found)
    assert (len(found), commits.lasting) == (5, [])


async def test_who_went_away_before_the_turn_is_left_out() -> None:
    """And nobody else is held up."""
    hands = Hands()
    held = threading.Event()
    done: list[str] = []
    first = asyncio.create_task(
        hands.carry_out(lambda: held.wait(20), writes=True, joins=True)
    )
    gone, stays = (
        asyncio.create_task(
            hands.carry_out(partial(done.append, name), writes=True, joins=True)
        )
        for name in ("gone", "stays")
    )
    await asyncio.sleep(0.05)
    gone.cancel()
    await asyncio.sleep(0)
    held.set()
    await asyncio.gather(first, stays)
    with pytest.raises(asyncio.CancelledError):
        await gone
    hands.rest()
    assert done == ["stays"]
