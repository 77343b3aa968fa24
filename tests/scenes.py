"""Scenes: every screen and dialog in a known state, for snapshots and pictures.

A scene is a store, a size, a theme and the keys that lead there. The same scenes make
the pictures in screenshots/ and hold the console to them.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from textual.pilot import Pilot

from store.clock import StandingClock
from store.event import Actor
from store.ids import SeededIds
from tui.app import RefundDesk
from tui.zone import Zone

if TYPE_CHECKING:
    from store import Store

Keys = tuple[str, ...]
NARROW, SMALL, NORMAL, WIDE = (60, 20), (80, 24), (100, 30), (132, 43)
CALM = "<calm>"
"""Among the keys: wait until the screen stands still, as a careful agent does."""
CALM_SECONDS = 0.6
"""How long a screen must stay the same to be the picture: longer than any timer."""
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
            stage = mock.patch.dict(os.environ)
            with stage:
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
                )
                yield app, done

    async def play(self, app: RefundDesk, pilot: Pilot[None]) -> None:
        """Press the keys, each once the screen has its answer, and wait for calm."""
        if self.store == SLOW:
            await pilot.press(*self.keys)
            await _calm(app, pilot, answered=False)
            return
        await _settled(app, pilot)
        for key in self.keys:
            if key == CALM:
                await _calm(app, pilot)
                continue
            await pilot.press(key)
            await _settled(app, pilot)
        await _calm(app, pilot)

    async def picture(self) -> str:
        """Return the scene as SVG."""
        with self.app() as (app, done):
            async with app.run_test(size=self.size, notifications=True) as pilot:
                await self.play(app, pilot)
                taken = app.export_screenshot(title="Refund Desk")
                done.set()
                await _settled(app, pilot)
        return taken


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


async def _settled(app: RefundDesk, pilot: Pilot[None]) -> None:
    await pilot.pause()
    while app.ask.under_way:
        await pilot.pause(0.01)
    await pilot.pause()


async def _calm(app: RefundDesk, pilot: Pilot[None], *, answered: bool = True) -> None:
    step, same, before = 0.05, 0.0, ""
    while same < CALM_SECONDS:
        await pilot.pause(step)
        shown = app.export_screenshot()
        waits = answered and app.ask.under_way > 0
        same = same + step if shown == before and not waits else 0.0
        before = shown


LIST = Scene("payments")
NOA = found("noa@example.com")
JANE = found("jane@example.com")
BO = found("bo@example.com")
HELD = found("kim@example.org")
HOTEL = found("zur post")
REFUND = Scene("refund-payment", (*JANE, "r"))
PAYMENT = Scene("payment", (*BO, "enter"))
PENDING = Scene("pending", ("2",))
REFUND_DETAIL = Scene("refund", (*BO, "enter", "enter"))
PRESSED = ("tab", "tab", "tab", "tab", CALM, "enter", CALM)

SCENES: tuple[Scene, ...] = (
    LIST,
    *(LIST.at(size) for size in (NARROW, SMALL, WIDE)),
    *(LIST.looking(t) for t in ("light", "ansi-dark", "ansi-light", "high-contrast")),
    replace(LIST, name="payments-no-color", no_color=True),
    replace(LIST, name="payments-ascii", ascii_only=True),
    replace(LIST, name="payments-empty", store="empty"),
    replace(LIST, name="payments-empty-80x24", store="empty", size=SMALL),
    replace(LIST, name="payments-error", store="broken"),
    replace(LIST, name="payments-loading", store=SLOW),
    replace(LIST, name="too-small", size=(50, 12)),
    Scene("payments-filter", ("slash", *typed("status:refunded amount>20"))),
    Scene(
        "payments-bad-filter", ("slash", *typed("card"), CALM, *typed(":visa amount>"))
    ),
    Scene("payments-nothing-found", found("nobody at all")),
    Scene("payments-marked", ("space", "space", "j", "space")),
    Scene("payments-refunded-tab", ("right_square_bracket",) * 2),
    Scene("payments-by-amount", ("s",)),
    Scene("hostile-names", found("guest")),
    Scene("menu", (*BO, "full_stop")),
    Scene("menu-80x24", (*BO, "full_stop"), SMALL),
    Scene("copy", (*BO, "Y")),
    Scene("help", ("question_mark",)),
    Scene("help-80x24", ("question_mark", *typed("cancel ref")), SMALL),
    Scene("palette", ("ctrl+p",)),
    REFUND,
    REFUND.at(SMALL),
    REFUND.at(NARROW),
    REFUND.looking("light"),
    replace(REFUND, name="refund-payment-no-color", no_color=True),
    Scene("partial-refund", (*JANE, "p", *typed("12.50"))),
    Scene("partial-refund-bad", (*JANE, "p", *typed("1,50"), "tab"), SMALL),
    Scene("refund-sent", (*JANE, "r", *PRESSED)),
    Scene("refund-held", (*found("currency:eur status:succeeded"), "r")),
    Scene("refund-inquiry", (*found("status:dispute_needs_response"), "r")),
    Scene("refund-refused", (*found("status:dispute_lost"), "r")),
    Scene("cancel-refund", (*NOA, "x")),
    Scene("cancel-refund-80x24", (*NOA, "x"), SMALL),
    Scene("cancel-payment", (*HOTEL, "c")),
    Scene("cancel-payment-80x24", (*HOTEL, "c"), SMALL),
    Scene("look-up", (*BO, "l")),
    PAYMENT,
    PAYMENT.at(SMALL),
    PAYMENT.at(WIDE),
    PAYMENT.looking("light"),
    Scene("payment-hostile", (*found("guest"), "enter")),
    REFUND_DETAIL,
    REFUND_DETAIL.at(SMALL),
    REFUND_DETAIL.at(NARROW),
    Scene("refund-reference-pending", (*NOA, "enter", "enter")),
    Scene("refund-reversal", (*found("lea@example.com"), "enter", "enter")),
    Scene("refund-failed", (*found("status:refund_failed"), "enter", "enter")),
    Scene("refund-waiting", (*HELD, "enter", "enter")),
    PENDING,
    PENDING.at(SMALL),
    PENDING.at(NARROW),
    PENDING.looking("light"),
    replace(PENDING, name="pending-empty", store="empty"),
    replace(PENDING, name="pending-loading", store=SLOW),
    replace(PENDING, name="pending-error", store="broken"),
    Scene("top-up", ("2", "t")),
)
"""Every scene there is, by name."""
BY_NAME = {scene.name: scene for scene in SCENES}
