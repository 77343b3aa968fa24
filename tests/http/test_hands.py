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


def nobody() -> None:
    """Be kept from doing it at once."""


async def held_up(hands: Hands, held: threading.Event) -> asyncio.Task[bool]:
    """Let a write be under way that ends when it is told to."""
    first = asyncio.create_task(
        hands.carry_out(lambda: held.wait(20), writes=True, alone=nobody)
    )
    await asyncio.sleep(0.05)
    return first


async def crowd(hands: Hands, commits: Commits, number: int) -> list[object]:
    """Let so many writes come in while another one is under way."""
    held = threading.Event()
    first = await held_up(hands, held)
    others = [
        asyncio.create_task(
            hands.carry_out(partial(commits.do, n), writes=True, alone=nobody)
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
    first = await held_up(hands, held)
    gone, stays = (
        asyncio.create_task(
            hands.carry_out(partial(done.append, name), writes=True, alone=nobody)
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


async def test_who_is_alone_is_carried_out_at_once() -> None:
    """By the thread that takes requests, or, where that cannot be, by another."""
    hands = Hands()
    threads: list[str] = []

    def here() -> str:
        threads.append(threading.current_thread().name)
        return "done"

    taker = threading.current_thread().name
    assert await hands.carry_out(here, writes=True, alone=here) == "done"
    assert threads == [taker]
    assert await hands.carry_out(here, writes=True, alone=nobody) == "done"
    assert threads[1:] != [taker]
    assert await hands.carry_out(here, writes=True, alone=here) == "done"
    assert threads[2:] == [taker]
    hands.rest()


async def test_those_who_come_together_are_not_alone() -> None:
    """Nor is who comes while a write is under way: their commit is one."""
    hands, commits = Hands(), Commits()
    hands.together = commits.together
    alone: list[int] = []

    def asked(number: int) -> asyncio.Task[object]:
        return asyncio.create_task(
            hands.carry_out(
                partial(commits.do, number),
                writes=True,
                alone=partial(alone.append, number),
            )
        )

    await asyncio.gather(asked(0), asked(1))
    assert (alone, commits.lasting, commits.groups) == ([], [0, 1], 1)
    held = threading.Event()
    first = await held_up(hands, held)
    last = asked(2)
    await asyncio.sleep(0.05)
    held.set()
    await asyncio.gather(first, last)
    assert alone == []
    await asked(3)
    assert alone == [3]
    hands.rest()


async def test_who_went_away_before_it_began_is_not_carried_out() -> None:
    """The next one is alone then, or at least not held up."""
    hands = Hands()
    done: list[str] = []
    gone = asyncio.create_task(
        hands.carry_out(
            partial(done.append, "gone"),
            writes=True,
            alone=partial(done.append, "gone at once"),
        )
    )
    await asyncio.sleep(0)
    gone.cancel()
    with pytest.raises(asyncio.CancelledError):
        await gone
    await hands.carry_out(partial(done.append, "stays"), writes=True, alone=nobody)
    hands.rest()
    assert done == ["stays"]
