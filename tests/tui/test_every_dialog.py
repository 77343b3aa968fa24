"""Every dialog there is stays whole at every size, resized while it is open."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest
from at_work import Desk, at_work, everything_said, settled, until
from rich.cells import cell_len
from textual.containers import ScrollableContainer
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Button

import store as door
from scenes import Keys, found
from store.bulk import Plan
from store.clock import StandingClock
from store.demo.story import NOW
from store.demo.world import open_demo
from store.event import Actor
from store.ids import SeededIds
from store.money import Money
from store.reference import ReferenceMatch, ReferenceType
from store.search.language import parse
from tui import dialogs
from tui.dialogs.confirm import ConfirmDialog
from tui.dialogs.dialog import Dialog
from tui.dialogs.matches import MatchesDialog
from tui.dialogs.problem import ProblemDialog
from tui.dialogs.unconfirmed import UnconfirmedDialog
from tui.words.times import Times
from tui.words.zone import Zone

SIZES = ((80, 24), (100, 30), (60, 20), (132, 43), (60, 20), (80, 24))
MIA = Actor("mia")
JANE, NOA = found("jane@example.com"), found("noa@example.com")
BO, HOTEL = found("bo@example.com"), found("zur post")
MANY = found("status:succeeded currency:usd amount>85")
FRAME = 4
"""Cells of a box's width that the words in its border cannot have."""
LONG = (
    "The store cannot be used: " + "it is broken in a way that takes long to say. " * 4
)
OPENED: dict[str, Keys] = {
    "BulkRefundDialog": (*MANY, "asterisk", "B"),
    "CancelPaymentDialog": (*HOTEL, "c"),
    "CancelRefundDialog": (*NOA, "x"),
    "ColumnsDialog": ("C",),
    "CommandDialog": ("colon",),
    "ContinueBulkDialog": ("b",),
    "CopyDialog": (*BO, "Y"),
    "CoverDialog": ("2", "A"),
    "EventDialog": ("5", "enter"),
    "ExportDialog": ("e",),
    "FinishFailedDialog": ("3", "d"),
    "HelpDialog": ("question_mark",),
    "HistoryDialog": (*BO, "h"),
    "IssueRefundDialog": (*JANE, "r"),
    "LetterDialog": (*NOA, "m"),
    "LookUpDialog": (*NOA, "l"),
    "MenuDialog": (*BO, "full_stop"),
    "NoteDialog": (*BO, "n"),
    "PickKindDialog": ("4", "slash"),
    "PickRefundDialog": (*BO, "l"),
    "RetryRefundDialog": ("3", "a"),
    "TopUpDialog": ("2", "t"),
    "ViewsDialog": ("f",),
}
"""The keys that lead from the list of payments to each dialog."""
PUSHED: dict[str, Callable[[], ModalScreen[Any]]] = {
    "ConfirmDialog": lambda: ConfirmDialog(
        "Mark 4,980 payments?", Content(LONG), keep="Keep marks", act="Mark all"
    ),
    "MatchesDialog": lambda: MatchesDialog(
        "687903",
        [
            ReferenceMatch(
                ReferenceType.STAN,
                "687903",
                f"re_{number:024d}",
                f"pi_{number:024d}",
                Money(4200, "usd"),
                NOW,
            )
            for number in range(40)
        ],
        Times(Zone(), NOW),
    ),
    "ProblemDialog": lambda: ProblemDialog("Something broke", LONG, LONG),
    "UnconfirmedDialog": lambda: UnconfirmedDialog([Content(LONG)] * 12),
}
"""Dialogs that a fault, an answer or the past opens, and no key."""
PROMPT = "CommandDialog"
"""One line to type in; the keys are named while something is wrong with it."""
UNBOXED = {"TooSmallDialog": "it is what is shown where no other dialog has room"}


def kinds() -> dict[str, type[ModalScreen[Any]]]:
    """Return every dialog that is declared and may be opened."""
    found_: dict[str, type[ModalScreen[Any]]] = {}
    for module in iter_modules(dialogs.__path__):
        declared = vars(import_module(f"tui.dialogs.{module.name}")).values()
        found_ |= {
            one.__name__: one
            for one in declared
            if isinstance(one, type)
            and issubclass(one, ModalScreen)
            and one.__module__.startswith("tui.dialogs")
            and one is not Dialog
            and not any(has_no_words(one, name) for name in dir(one))
        }
    return found_


def has_no_words(kind: type, name: str) -> bool:
    """Tell whether a dialog leaves something to be said by those made of it."""
    return getattr(getattr(kind, name, None), "__isabstractmethod__", False)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the demo once, with a bulk refund that was begun and left."""
    file = tmp_path_factory.mktemp("demo") / "demo.db"
    with open_demo(f"sqlite:///{file}") as made:
        plan: Plan = made.bulk.plan(filter=parse("status:succeeded amount>85"))
        made.bulk.start(plan, actor=MIA)
    return file


@pytest.fixture
def store_(demo: Path, tmp_path: Path) -> door.Store:
    """Open a copy of the demo."""
    file = shutil.copy(demo, tmp_path / "demo.db")
    return door.open_store(
        f"sqlite:///{file}",
        clock=StandingClock(NOW),
        ids=SeededIds("dialogs"),
        mode=door.Mode.DEMO,
    )


def test_every_dialog_is_among_these() -> None:
    """A new dialog is tried at every size, or it is said why not."""
    assert set(kinds()) == {*OPENED, *PUSHED, *UNBOXED}


@pytest.mark.parametrize("name", [*OPENED, *PUSHED])
async def test_no_part_leaves_the_screen_while_it_is_resized(
    store_: door.Store, name: str
) -> None:
    """No widget is outside, the buttons are whole, the keys that close it are named."""
    async with at_work(store_, MIA, size=(80, 24)) as desk:
        if name in PUSHED:
            desk.app.push_screen(PUSHED[name]())
        for key in OPENED.get(name, ()):
            await desk.press(key)
            await settled(desk)
        await until(desk, lambda: type(desk.app.screen).__name__ == name)
        for width, height in SIZES:
            await desk.resize_terminal(width, height)
            await settled(desk)
            await is_whole(desk, f"{name} at {width}x{height}")


async def is_whole(desk: Desk, where: str) -> None:
    """Check every part of the dialog that is on top."""
    screen = desk.app.screen
    for one in screen.walk_children(Widget):
        if not one.display or not one.region.area or in_a_scroll(one):
            continue
        assert screen.region.contains_region(one.region), (where, one)
        if isinstance(one, Button):
            seen = screen.find_widget(one).clip.intersection(one.region)
            assert seen == one.region, (where, one)
        for words in filter(None, (one.border_title, one.border_subtitle)):
            assert cell_len(words) <= one.region.width - FRAME, (where, words)
    assert "esc" in everything_said(desk) or where.startswith(PROMPT), where


def in_a_scroll(one: Widget) -> bool:
    """Tell whether a part may be scrolled out of sight."""
    return any(isinstance(above, ScrollableContainer) for above in one.ancestors)
