"""Keys mashed at random, and a paste as long as a book, move no money."""

from __future__ import annotations

import random
import shutil
import string
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from at_work import Desk, count, settled, until_shown
from textual.events import Key, Paste
from textual.keys import _character_to_key

import store as door
from store.clock import StandingClock
from store.demo.story import NOW
from store.demo.world import open_demo
from store.event import Actor
from store.ids import SeededIds
from tui.app import RefundDesk
from tui.dialogs import armed
from tui.dialogs.help import HelpDialog
from tui.screens.payments import PaymentsScreen

if TYPE_CHECKING:
    from store import Store

SEEDS, READING = range(10), range(10, 14)
MASHED = 500
"""Keys a seed; ten seeds are enough to open every screen and dialog many times."""
AT_ONCE = 7
"""So many keys come before the console has answered the first of them."""
LETTERS = string.ascii_letters + string.digits + string.punctuation + " "
NAMED = (
    *("enter", "tab", "shift+tab", "escape", "up", "down", "left", "right"),
    *("home", "end", "pageup", "pagedown", "backspace", "delete", "insert"),
    *("f1", "f5", "f10", "ctrl+a", "ctrl+d", "ctrl+k", "ctrl+p", "ctrl+u", "ctrl+x"),
)
OFTEN = ("enter", "tab", "r", "x", "c", "escape")
"""What leads deepest is pressed more often than the rest."""
MOST_OPEN = 40
"""Dialogs and fields that may be left open, or come late on a loaded machine."""
BOOK = "REFUND 35\n" * 100_000
WHY = "This console was opened with --read-only: nothing can be changed."


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the demo once."""
    file = tmp_path_factory.mktemp("demo") / "demo.db"
    open_demo(f"sqlite:///{file}").close()
    return file


@pytest.fixture
def url(demo: Path, tmp_path: Path) -> str:
    """A copy of the demo, in which every state there is can be found."""
    return f"sqlite:///{shutil.copy(demo, tmp_path / 'demo.db')}"


@pytest.fixture
def store(url: str) -> Store:
    """Open the copy; the console closes it."""
    return door.open_store(
        url, clock=StandingClock(NOW), ids=SeededIds("mash"), mode=door.Mode.DEMO
    )


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let no slow machine look like an agent who pauses; quitting is not the test's."""

    async def stay(_: RefundDesk) -> None:
        """Go on."""

    monkeypatch.setattr(armed, "QUIET_SECONDS", 3600)
    monkeypatch.setattr(RefundDesk, "action_quit", stay)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)


def pressed(number: int, seed: int) -> list[Key]:
    """Return so many keys, always the same of one seed."""
    chance = random.Random(seed)  # noqa: S311 - nothing here is secret
    keys = []
    for _ in range(number):
        name = chance.choice((*LETTERS, *NAMED, *OFTEN * 5))
        one = name if len(name) == 1 else None
        keys.append(Key(_character_to_key(name) if one else name, one))
    return keys


async def mash(desk: Desk, seed: int) -> None:
    """Press keys faster than anything is answered; half way through comes a paste."""
    keys = pressed(MASHED, seed)
    for at in range(0, MASHED, AT_ONCE):
        for key in keys[at : at + AT_ONCE]:
            desk.app.post_message(key)
        await desk.pause()
        if at == MASHED // 2 // AT_ONCE * AT_ONCE:
            desk.app.set_focus(None)
            desk.app.post_message(Paste(BOOK))
            await desk.pause()
    await settled(desk)


def money_moved(url: str) -> tuple[int, ...]:
    """Return how many refunds, cancels, top-ups and movements there are."""
    return (
        count(url, "refund"),
        count(url, "refund", "status = 'canceled'"),
        count(url, "payment_intent", "status = 'canceled'"),
        count(url, "posting"),
    )


def changed(url: str) -> tuple[int, ...]:
    """Return the same with all that is written down besides."""
    return (*money_moved(url), count(url, "event"), count(url, "outbox"))


@pytest.mark.parametrize("seed", SEEDS)
async def test_no_key_at_random_moves_money_or_breaks_the_console(
    store: Store, mia: Actor, url: str, seed: int
) -> None:
    """0 refunds, 0 cancels; afterwards the console answers as it did before."""
    before = money_moved(url)
    app = RefundDesk(lambda: store, mia)
    async with app.run_test(size=(100, 30)) as desk:
        await settled(desk)
        await mash(desk, seed)
        assert money_moved(url) == before
        await still_works(desk)


@pytest.mark.parametrize("seed", READING)
async def test_a_console_for_reading_changes_nothing_at_all(
    store: Store, mia: Actor, url: str, seed: int
) -> None:
    """Where nothing may be changed, no event is written whatever is pressed."""
    before = changed(url)
    app = RefundDesk(lambda: store, mia, read_only=WHY)
    async with app.run_test(size=(100, 30)) as desk:
        await settled(desk)
        await mash(desk, seed)
        assert changed(url) == before
        await still_works(desk)


async def still_works(desk: Desk) -> None:
    """Leave whatever is open, and check that the list of payments answers keys."""
    for _ in range(MOST_OPEN):
        await desk.press("escape", "1")
        await settled(desk)
        if isinstance(desk.app.screen, PaymentsScreen):
            break
    await until_shown(desk, PaymentsScreen)
    await desk.press("question_mark")
    await until_shown(desk, HelpDialog)
