"""Scenes: every screen and dialog in a known state, for snapshots and pictures.

A scene is a store, a size, a theme and the keys that lead there. The gallery lists
them: the same ones make the pictures in screenshots/ and hold the console to them.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import chdir, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from elsewhere import DEEDS, NOTICED_SECONDS
from held_up import held_up
from textual.pilot import Pilot
from textual.strip import Strip

from store.clock import StandingClock
from store.event import Actor
from store.ids import SeededIds
from tui.app import RefundDesk
from tui.files.journal import Asked, Journal
from tui.words.zone import Zone

if TYPE_CHECKING:
    from store import Store

Keys = tuple[str, ...]
NARROW, SMALL, NORMAL, WIDE = (60, 20), (80, 24), (100, 30), (132, 43)
CALM = "<calm>"
"""Among the keys: wait until the screen stands still, as a careful agent does."""
CALM_SECONDS = 0.6
"""How long a screen must stay the same to be the picture: longer than any timer."""
PATIENCE_SECONDS = 60
"""How long a screen may take to stand still; one that never does has no picture."""
GLANCE_SECONDS = 0.1
"""The same after a change of colours alone, which no timer follows."""
SLOW = "slow"
"""The store that is still being opened."""


def typed(text: str) -> Keys:
    """Return the keys that type a text."""
    names = {" ": "space", ":": "colon", ">": "greater_than_sign", ".": "full_stop"}
    others = {"@": "at", "_": "underscore", "[": "left_square_bracket", "/": "slash"}
    return tuple((names | others).get(letter, letter) for letter in text)


def found(text: str) -> Keys:
    """Return the keys that narrow the list and put the cursor on its first row."""
    return ("slash", *typed(text), "enter")


@dataclass(frozen=True, slots=True)
class Scene:
    """A state of the console, worth a picture."""

    name: str
    keys: Keys = ()
    size: tuple[int, int] = NORMAL
    theme: str = "dark"
    store: str = "demo"
    ascii_only: bool = False
    no_color: bool = False
    read_only: str | None = None
    left: bool = False
    """Whether a console was killed here before it could tell what it did."""
    halts: int | None = None
    """After how many payments a bulk refund stands still, where there is one."""

    def at(self, size: tuple[int, int]) -> Scene:
        """Return the same scene on a terminal of another size."""
        return replace(self, size=size, name=f"{self.name}-{size[0]}x{size[1]}")

    def looking(self, theme: str) -> Scene:
        """Return the same scene in another theme."""
        return replace(self, theme=theme, name=f"{self.name}-{theme}")

    @contextmanager
    def app(self) -> Iterator[tuple[RefundDesk, threading.Event]]:
        """Make the console of this scene, and what lets a slow store open at last."""
        with tempfile.TemporaryDirectory() as folder:
            # Whoever takes the picture, it names no folder of theirs.
            stage = mock.patch.dict(os.environ, HOME=folder)
            with stage, chdir(folder):
                os.environ.pop("NO_COLOR", None)
                if self.no_color:
                    os.environ["NO_COLOR"] = "1"
                done = threading.Event()
                app = RefundDesk(
                    lambda: _opened(self.store, Path(folder), done),
                    Actor("mia"),
                    agent="mia@support-1",
                    ascii_only=self.ascii_only,
                    zone=Zone(UTC),
                    theme=self.theme,
                    read_only=self.read_only,
                    journal=_left(Path(folder)) if self.left else None,
                )
                with held_up(app, self.halts):
                    yield app, done

    async def play(self, app: RefundDesk, pilot: Pilot[None]) -> None:
        """Press the keys, each once the screen has its answer, and wait for calm."""
        if self.store == SLOW:
            await pilot.press(*self.keys)
            await _calm(app, pilot, answered=False)
            return
        await settled(app, pilot)
        await press(app, pilot, (*self.keys, CALM))


@dataclass(frozen=True, slots=True)
class Sitting:
    """Scenes that differ in size and theme alone: played once, then looked at."""

    scenes: tuple[Scene, ...]

    @property
    def name(self) -> str:
        """Return the name of the scene that is played."""
        return self.scenes[0].name

    async def pictures(self) -> Mapping[str, str]:
        """Return each scene as SVG, by its name."""
        first = self.scenes[0]
        found = {}
        with first.app() as (app, done):
            async with app.run_test(size=first.size, notifications=True) as pilot:
                await first.play(app, pilot)
                size = first.size
                for scene in self.scenes:
                    if scene.size != size:
                        size = scene.size
                        await pilot.resize_terminal(*size)
                        await _calm(app, pilot, answered=scene.store != SLOW)
                    if scene.theme != app.theme:
                        app.theme = scene.theme
                        await _calm(app, pilot, seconds=GLANCE_SECONDS)
                    found[scene.name] = app.export_screenshot(title="Refund Desk")
                done.set()
                await settled(app, pilot)
        return found


def sittings(scenes: Iterable[Scene]) -> tuple[Sitting, ...]:
    """Return the scenes, put together by what is played."""
    together: dict[Scene, list[Scene]] = {}
    for scene in scenes:
        played = replace(scene, name="", size=NORMAL, theme="dark")
        together.setdefault(played, []).append(scene)
    return tuple(Sitting(tuple(alike)) for alike in together.values())


def _left(folder: Path) -> Journal:
    """Return a journal beside one in which two actions are open."""
    from store.demo.story import NOW  # noqa: PLC0415 - the store opens late

    before = Journal(folder)
    for key, what in (
        ("support-1/ses_1/1", "refund 42.00 USD of pi_1H3eVawnfiBDOVft9KUkhXZO"),
        ("support-1/ses_1/2", "cancel payment pi_3nFSkNSOFtXxEaMnaVFfXpPB"),
    ):
        before.write(Asked(key, what, "mia", NOW))
    before.close()
    return Journal(folder)


@cache
def _demo() -> Path:
    """Make the demo store once; every scene gets a copy."""
    from store.demo.world import open_demo  # noqa: PLC0415 - the store opens late

    path = Path(tempfile.mkdtemp()) / "demo.db"
    open_demo(f"sqlite:///{path}").close()
    return path


def _opened(kind: str, folder: Path, done: threading.Event) -> Store:
    from store import Mode, open_store  # noqa: PLC0415 - same
    from store.demo.story import NOW  # noqa: PLC0415 - same

    if kind == SLOW:
        done.wait()
    path = folder / f"{kind}.db"
    if kind == "demo":
        shutil.copy(_demo(), path)
    if kind == "broken":
        path.write_text("This is no store.\n" * 100)
    return open_store(
        f"sqlite:///{path}",
        clock=StandingClock(NOW),
        ids=SeededIds("scene"),
        mode=Mode.DEMO if kind == "demo" else Mode.SANDBOX,
    )


async def press(app: RefundDesk, pilot: Pilot[None], keys: Keys) -> None:
    """Press keys, each once the screen has its answer to the one before."""
    for key in keys:
        if key == CALM:
            await _calm(app, pilot)
            continue
        if key in DEEDS:
            await app.ask.read(DEEDS[key])
            await pilot.pause(NOTICED_SECONDS)
            continue
        await pilot.press(key)
        await settled(app, pilot)


async def settled(app: RefundDesk, pilot: Pilot[None]) -> None:
    """Wait until the store has answered everything that was asked of it."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        await pilot.pause()
        while app.ask.under_way:
            await pilot.pause(0.01)
        await pilot.pause()


async def _calm(
    app: RefundDesk,
    pilot: Pilot[None],
    *,
    answered: bool = True,
    seconds: float = CALM_SECONDS,
) -> None:
    step, same = 0.05, 0.0
    before: list[Strip] = []
    async with asyncio.timeout(PATIENCE_SECONDS):
        while same < seconds:
            await pilot.pause(step)
            shown = app.screen._compositor.render_strips()
            waits = answered and app.ask.under_way > 0
            same = same + step if shown == before and not waits else 0.0
            before = shown
