"""Faults of the console's own: one sentence for the agent, the details in a file."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from at_work import at_work, everything_said, until
from textual.pilot import Pilot

from conftest import Pay
from store.event import Actor
from tui.app import RefundDesk
from tui.dialogs.problem import ProblemDialog
from tui.files.faults import Faults
from tui.screens.payments import PaymentsScreen

if TYPE_CHECKING:
    from store import Store

HOSTILE = "[/x]\x1b]52;c;QQ==\x07\u202e"


async def _breaks() -> None:
    known = "a customer's name"
    raise ValueError(HOSTILE + str(len(known)))


async def test_a_broken_worker_is_told_once_and_nothing_ends(
    store: Store, mia: Actor, pay: Pay, tmp_path: Path
) -> None:
    """The dialog says where the details are; the console goes on."""
    pay(4200)
    file = tmp_path / "log" / "faults.log"
    async with at_work(store, mia, size=(100, 30), faults=Faults(file)) as desk:
        desk.app.run_worker(_breaks())
        await until(desk, lambda: isinstance(desk.app.screen, ProblemDialog))
        shown = everything_said(desk)
        assert "Something broke in Refund Desk" in shown
        assert "faults.log" in shown
        assert "Traceback" not in shown
        await desk.press("escape")
        await until(desk, lambda: isinstance(desk.app.screen, PaymentsScreen))
        desk.app.run_worker(_breaks())
        await until(desk, lambda: file.read_text().count("ValueError") == 2)
        assert isinstance(desk.app.screen, PaymentsScreen)
    written = file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "_breaks" in written
    assert "a customer's name" not in written.replace('known = "a cust', "")
    assert "\x1b" not in written
    assert "\u202e" not in written


async def test_a_broken_screen_ends_the_console_with_a_sentence(
    store: Store, mia: Actor, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the terminal keeps is where the details are, no traceback."""
    file = tmp_path / "faults.log"
    app = RefundDesk(lambda: store, mia, faults=Faults(file))

    async def break_it(_: Pilot[object]) -> None:
        app.call_later(_breaks)

    await app.run_async(headless=True, auto_pilot=break_it)
    assert app.return_code == 1
    said = capsys.readouterr().err
    assert "Refund Desk broke and has ended." in said
    assert "faults.log" in "".join(said.split())  # a long path wraps
    assert "Traceback" not in said
    assert "ValueError" in file.read_text()


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """Nothing is lost twice over a log file."""
    (tmp_path / "log").write_text("a file")
    where, new = Faults(tmp_path / "log" / "faults.log").note(ValueError("no"))
    assert where == "The details could not be written down."
    assert new
