"""The command line does what keys do, and what needs an argument; it sends nothing."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from at_work import Desk, at_work, count, everything_said, settled, until_shown
from at_work import said as words_of
from commands_typed import command, refused
from payments_filter import JANE, listed
from textual.widgets import Input

from conftest import Funds, Pay
from store.event import Actor
from store.lists.page import Order, Sort
from store.refund import Reason
from tui.app import RefundDesk
from tui.console import Console
from tui.dialogs.columns import ColumnsDialog
from tui.dialogs.command import CommandDialog
from tui.dialogs.issue_refund import IssueRefundDialog
from tui.dialogs.top_up import TopUpDialog
from tui.files.memory import Memory
from tui.parts.desk import DeskScreen
from tui.screens.payment import PaymentScreen
from tui.screens.payments import PaymentsScreen
from tui.screens.pending import PendingScreen
from tui.screens.refund import RefundScreen
from tui.settings import Reading, Settings, View

if TYPE_CHECKING:
    from store import Store


def console(desk: Desk) -> Console:
    """Return the console."""
    assert isinstance(desk.app, Console)
    return desk.app


async def test_pay_opens_a_payment_or_a_refund(
    store: Store, mia: Actor, pay: Pay, funds: Funds
) -> None:
    """By intent, charge or refund; an unknown id is told and stays to be put right."""
    payment = pay(4200)
    funds()
    refund = store.refunds.create(payment_intent=payment.id, actor=mia).refund.id
    assert payment.charge
    async with at_work(store, mia) as desk:
        for given in (payment.id, payment.charge.id):
            await command(desk, f"pay {given}")
            await until_shown(desk, PaymentScreen)
            await desk.press("escape")
            await until_shown(desk, PaymentsScreen)
        await command(desk, f"pay {refund}")
        await until_shown(desk, RefundScreen)
        await refused(desk, "pay pi_none", why="No such payment_intent: 'pi_none'")
        await desk.press("x")
        assert desk.app.screen.query_one(Input).value == "pay pi_nonex"
        await refused(desk, "pay", why="pay needs more: pay pi_…")
        await refused(desk, "[/x]\x1b[31m", why="is no command and no action")
        await desk.press("escape")
        await until_shown(desk, RefundScreen)


async def test_refund_opens_the_dialog_filled_and_sends_nothing(
    store: Store, mia: Actor, pay: Pay, url: str
) -> None:
    """`:refund 42 dup`: amount and reason stand there; only its button refunds."""
    pay(9000)
    async with at_work(store, mia, size=(100, 30)) as desk:
        await command(desk, "refund 42 dup")
        await until_shown(desk, IssueRefundDialog)
        assert isinstance(desk.app.screen, IssueRefundDialog)
        asked = desk.app.screen.request()
        assert (asked.amount.amount, asked.reason) == (4200, Reason.DUPLICATE)
        await desk.press("escape")
        await command(desk, "refund 20 USD dup")
        await until_shown(desk, IssueRefundDialog)
        assert desk.app.screen.request().amount.amount == 2000
        await desk.press("escape")
        await refused(desk, "refund 91", why="at most 90.00 USD")
        await refused(desk, "refund 1,00.50", why="is not an amount")
        await refused(desk, "refund 20 eur dup", why="is not in USD")
        await refused(desk, "refund 42 x", why='"x" is no reason: use one of')
        await refused(desk, "refund 1 2 3 4", why="refund takes less")
        assert count(url, "refund") == 0


async def test_topup_opens_the_dialog_filled_and_adds_nothing(
    store: Store, mia: Actor, url: str
) -> None:
    """`:topup 100 usd` fills the amount; a wrong currency or amount is told."""
    async with at_work(store, mia, size=(100, 30)) as desk:
        await command(desk, "topup 100 USD")
        await until_shown(desk, TopUpDialog)
        assert isinstance(desk.app.screen, TopUpDialog)
        assert str(desk.app.screen.request()) == "100.00 USD"
        await desk.press("escape")
        await refused(desk, "topup 100 dollars", why="Invalid currency: dollars.")
        await refused(desk, "topup lots usd", why='"lots" is not an amount')
    assert count(url, "topup") == 0


async def test_views_columns_and_filters_by_name(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """`:view`, `:cols` and `:find` change the list, from any screen."""
    pay(customer=JANE)
    pay()
    week = View("my week", "jane", Sort(Order.AMOUNT), ("ID",))
    memory = Memory(Settings(views=(week,)))
    async with at_work(store, mia, size=(100, 30), memory=memory) as desk:
        await desk.press("2")
        await until_shown(desk, PendingScreen)
        await command(desk, "view my week")
        await until_shown(desk, PaymentsScreen)
        await settled(desk)
        assert listed(desk).view("my week") == week
        assert len(listed(desk).table.held) == 1
        await refused(desk, "view other", why="No view is called other. There is my")
        await command(desk, "cols created amount")
        await until_shown(desk, CommandDialog)
        assert "AMOUNT is no column" in words_of(desk, "Offered")
        await command(desk, "cols created, by")
        await until_shown(desk, PaymentsScreen)
        assert listed(desk).view("").columns == ("CREATED", "BY")
        await command(desk, "find ada amount>1")
        await until_shown(desk, PaymentsScreen)
        await settled(desk)
        assert listed(desk).bar.query_text == "ada amount>1"
        await refused(desk, "find statos:x", why='"statos" is no search key')
        await desk.press("escape")
        await until_shown(desk, PaymentsScreen)
        await command(desk, "columns")
        await until_shown(desk, ColumnsDialog)


async def test_tz_changes_how_times_are_read(store: Store, mia: Actor) -> None:
    """By reading or by zone; it is remembered."""
    async with at_work(store, mia) as desk:
        await command(desk, "tz relative")
        assert console(desk).zone.reading is Reading.RELATIVE
        await command(desk, "tz Asia/Kathmandu")
        assert console(desk).settings.zone == "Asia/Kathmandu"
        assert "+0545" in everything_said(desk).splitlines()[0]
        await refused(desk, "tz mars", why="mars is no zone")


async def test_actions_go_by_their_names_where_they_can(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """An action of the screen runs; one of another screen says so."""
    pay()
    async with at_work(store, mia) as desk:
        await command(desk, "sort")
        assert "largest first" in everything_said(desk)
        await command(desk, "Reverse order")
        assert "smallest first" in everything_said(desk)
        await refused(desk, "top up", why='"Top up" is not for this screen.')
        await desk.press("escape")
        await command(desk, "pending")
        await until_shown(desk, PendingScreen)


async def test_history_and_completion(store: Store, mia: Actor) -> None:
    """Up recalls what was run, also after a start; tab completes."""
    memory = Memory(Settings())
    async with at_work(store, mia, memory=memory) as desk:
        await command(desk, "tz utc")
        await command(desk, "sort")
        await desk.press("colon")
        await until_shown(desk, CommandDialog)
        field = desk.app.screen.query_one(Input)
        await desk.press("up", "up")
        assert field.value == "tz utc"
        await desk.press("down", "down")
        assert field.value == ""
        await desk.press("t", "z", "tab", "r", "tab")
        assert field.value == "tz relative"
    assert memory.settings.commands == ("tz utc", "sort")


async def test_yank_writes_the_copied_value_for_its_owner_alone(
    store: Store,
    mia: Actor,
    pay: Pay,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The file holds exactly what was copied, mode 0600; its path is told."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    payment = pay()
    file = tmp_path / "refund-desk" / "copied.txt"
    async with at_work(store, mia, size=(132, 43)) as desk:
        await refused(desk, "yank", why="Nothing was copied yet.")
        await desk.press("escape")
        await desk.press("y")
        await command(desk, "yank")
        assert isinstance(desk.app.screen, DeskScreen)
        assert str(file) in desk.app.screen.result.told.plain
    assert file.read_text() == f"{payment.id}\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def test_q_quits(store: Store, mia: Actor) -> None:
    """`:q` ends the console."""
    async with at_work(store, mia) as desk:
        await desk.press("colon")
        await until_shown(desk, CommandDialog)
        await desk.press("q", "enter")
        await desk.pause()
        assert not desk.app.is_running or desk.app._exit


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (132, 43)])
async def test_the_line_fits_every_size(
    store: Store, mia: Actor, size: tuple[int, int]
) -> None:
    """Field and hints are at the bottom, within the screen."""
    async with at_work(store, mia, size=size) as desk:
        await desk.press("colon")
        await until_shown(desk, CommandDialog)
        lines = everything_said(desk).splitlines()
        assert lines[-1].lstrip().startswith(":")
        assert "STATUS" in lines[3]
        for widget in desk.app.screen.query("Offered, Input"):
            assert widget.region.right <= size[0]
            assert widget.region.bottom <= size[1]


async def test_where_nothing_may_change_commands_say_so(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """`:refund` and `:topup` name the reason instead of opening their dialogs."""
    payment = pay(4200)
    why = "Nothing can be changed here."
    app = RefundDesk(lambda: store, mia, read_only=why)
    async with app.run_test(size=(100, 30)) as desk:
        await settled(desk)
        await refused(desk, "refund 42", why=why)
        await refused(desk, "topup 1 usd", why=why)
        await command(desk, f"pay {payment.id}")
        await until_shown(desk, PaymentScreen)
