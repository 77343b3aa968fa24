"""A store in trouble: keys answer, and it is said what was not done."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest
from at_work import (
    at_work,
    count,
    everything_said,
    until,
    until_armed,
    until_shown,
)
from sqlalchemy import event

from conftest import Funds, Pay
from store.event import Actor
from tui.dialogs.help import HelpDialog
from tui.dialogs.issue_refund import IssueRefundDialog
from tui.screens.payment import PaymentScreen
from tui.screens.payments import PaymentsScreen

if TYPE_CHECKING:
    from store import Store


@contextmanager
def held(url: str) -> Iterator[None]:
    """Let another process keep everybody out of the store."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.rollback()


async def test_keys_answer_while_the_store_is_locked(
    store: Store, mia: Actor, pay: Pay, url: str
) -> None:
    """The cursor moves and a mark is set though nothing can be read; then it is."""
    chosen = pay(4200)
    pay(9000)
    async with at_work(store, mia) as desk:
        screen = desk.app.screen
        assert isinstance(screen, PaymentsScreen)
        with held(url):
            await desk.press("R", "j", "space", "z")
            assert screen.target == chosen.id
            assert list(screen.table.marks) == [chosen.id]
        await until(desk, lambda: "UTC" in everything_said(desk))
        assert screen.result.told.plain == ""


async def test_a_refund_of_a_locked_store_is_not_done(
    store: Store, mia: Actor, pay: Pay, url: str
) -> None:
    """Who waits in vain is told that nothing was done, and nothing was."""
    payment = pay(4200)
    screen = PaymentScreen(payment.id)
    async with at_work(store, mia, screen) as desk:
        await desk.press("r")
        await until_shown(desk, IssueRefundDialog)
        await until_armed(desk)
        desk.app.screen.query_one("#confirm").focus()
        with held(url):
            await desk.press("enter")
            await until(desk, lambda: "nothing was done" in screen.result.told.plain)
        assert count(url, "refund") == 0
        assert desk.app.ask.journal.has_answered  # type: ignore[attr-defined]
        assert desk.app.ask.journal.lost() == ()  # type: ignore[attr-defined]


def from_now_on(store: Store, pragma: str) -> None:
    """Let every connection of the store begin with a pragma, as a bad disk does."""
    engine = store._database._reached.engine

    @event.listens_for(engine, "connect")
    def begin(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(pragma)

    engine.dispose()


BAD_DISKS = {
    "is full": "PRAGMA max_page_count = 1",
    "is read-only": "PRAGMA query_only = ON",
}


@pytest.mark.parametrize("disk", BAD_DISKS)
async def test_a_refund_on_a_bad_disk_is_told_as_not_done(
    store: Store, mia: Actor, pay: Pay, funds: Funds, url: str, disk: str
) -> None:
    """It is looked up by its key: nothing was sent; the list can still be read."""
    payment = pay(4200)
    funds()
    screen = PaymentScreen(payment.id)
    async with at_work(store, mia, screen) as desk:
        await desk.press("r")
        await until_shown(desk, IssueRefundDialog)
        await until_armed(desk)
        from_now_on(store, BAD_DISKS[disk])
        desk.app.screen.query_one("#confirm").focus()
        await desk.press("enter")
        told = "not done, nothing was sent"
        await until(desk, lambda: screen.result.told.plain.endswith(told))
        assert count(url, "refund") == 0
        await desk.press("escape")
        await until_shown(desk, PaymentsScreen)
        assert "42.00 USD" in everything_said(desk)


async def test_a_refund_of_a_file_that_is_gone_is_unknown_until_it_is_back(
    store: Store, mia: Actor, pay: Pay, funds: Funds, url: str
) -> None:
    """It says that it does not know, keys are answered, and then it says: not done."""
    payment = pay(4200)
    funds()
    screen = PaymentScreen(payment.id)
    file = url.removeprefix("sqlite:///")
    async with at_work(store, mia, screen) as desk:
        await desk.press("r")
        await until_shown(desk, IssueRefundDialog)
        await until_armed(desk)
        desk.app.screen.query_one("#confirm").focus()
        shutil.move(file, f"{file}.gone")
        from_now_on(store, "PRAGMA query_only = OFF")  # no open file is left either
        await desk.press("enter")
        await until(desk, lambda: "is looked up as soon" in screen.result.told.plain)
        await desk.press("question_mark")
        await until_shown(desk, HelpDialog)
        await desk.press("escape")
        shutil.move(f"{file}.gone", file)
        told = "not done, nothing was sent"
        await until(desk, lambda: screen.result.told.plain.endswith(told))
        assert count(url, "refund") == 0


async def test_quitting_waits_for_no_answer_but_the_store_s(
    store: Store, mia: Actor, pay: Pay, url: str
) -> None:
    """A console that waits for a locked store can be left."""
    pay(4200)
    async with at_work(store, mia) as desk:
        with held(url):
            await desk.press("R", "Q")
            assert desk.app._exit
