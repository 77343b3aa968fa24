"""The short way of a cursor key ends where the long one does, in the same order."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from at_work import Desk, at_work, settled, until
from payments_list import on, screen
from textual.events import Key

from conftest import Pay
from store.event import Actor
from tui.files.memory import Memory
from tui.screens.payment import PaymentScreen
from tui.settings import Settings
from tui.terminal.short_way import ShortWay

if TYPE_CHECKING:
    from store import Store

LETTERS = {"space": " "}
PAYMENTS = 12


def in_one_go(desk: Desk, keys: list[str]) -> None:
    """Let keys come as one write of the terminal."""
    for key in keys:
        desk.app.post_message(Key(key, LETTERS.get(key, key)))


def where(desk: Desk) -> tuple[str | None, set[str]]:
    """Return the payment under the cursor and those that are marked."""
    return on(desk), set(screen(desk).table.marks)


@pytest.mark.parametrize("seed", range(6))
async def test_keys_in_one_go_do_what_they_do_one_by_one(
    store: Store, mia: Actor, pay: Pay, seed: int
) -> None:
    """No cursor key overtakes a mark, a range or what ends one."""
    for _ in range(PAYMENTS):
        pay()
    chance = random.Random(seed)  # noqa: S311 - keys to press, no secret
    keys = [chance.choice(["j", "k", "g", "G", "space", "v", "u"]) for _ in range(40)]
    async with at_work(store, mia) as desk:
        for key in keys:
            in_one_go(desk, [key])
            await settled(desk)
        meant = where(desk)
    async with at_work(store, mia) as desk:
        in_one_go(desk, keys)
        await settled(desk)
        await until(desk, lambda: where(desk) == meant)


async def test_only_a_key_by_itself_takes_the_short_way(
    store: Store, mia: Actor, pay: Pay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cursor key alone takes it; one behind a key under way does not."""
    for _ in range(PAYMENTS):
        pay()
    taken: list[str] = []
    takes = ShortWay.takes

    def watched(way: ShortWay, event: Key) -> bool:
        short = takes(way, event)
        if short:
            taken.append(event.key)
        return short

    monkeypatch.setattr(ShortWay, "takes", watched)
    async with at_work(store, mia) as desk:
        in_one_go(desk, ["j", "j"])
        await settled(desk)
        assert taken == ["j", "j"]
        in_one_go(desk, ["space", "k"])
        await settled(desk)
        assert taken == ["j", "j"]
        in_one_go(desk, ["k"])
        await settled(desk)
        assert taken == ["j", "j", "k"]


async def test_keys_of_the_agents_own_take_it_and_the_old_ones_do_nothing(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """A remapped key is a cursor key like any other."""
    for _ in range(3):
        pay()
    memory = Memory(Settings(keys={"down": "h"}))
    async with at_work(store, mia, memory=memory) as desk:
        first = on(desk)
        in_one_go(desk, ["j"])
        await settled(desk)
        assert on(desk) == first
        in_one_go(desk, ["h"])
        await settled(desk)
        assert on(desk) != first


async def test_what_opens_takes_the_cursor_keys_behind_it(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """A payment opens where enter was pressed, however fast the next key comes."""
    for _ in range(3):
        pay()
    async with at_work(store, mia) as desk:
        first = on(desk)
        in_one_go(desk, ["enter", "j"])
        await until(desk, lambda: isinstance(desk.app.screen, PaymentScreen))
        shown = desk.app.screen
        assert isinstance(shown, PaymentScreen)
        assert shown.target == first
