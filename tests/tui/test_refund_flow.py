"""Refunding at the keyboard: what the store holds afterwards, and what was said."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from at_work import (
    WAITING,
    at_work,
    confirm,
    count,
    reached,
    result_line,
    said,
    settled,
    until_armed,
    until_shown,
    until_told,
)
from textual.widgets import Input

from conftest import Pay
from store.clock import StandingClock
from store.event import Actor
from store.refund import Reason
from tui.dialogs import armed
from tui.dialogs.armed import ArmedDialog
from tui.dialogs.issue_refund import IssueRefundDialog
from tui.screens.payment import PaymentScreen
from tui.words import names

if TYPE_CHECKING:
    import pytest

    from store import Store
LATER = timedelta(hours=3)
"""Long enough after a payment for a refund to be no reversal."""
HELD_ENTERS = 50
LONG = 3.0
"""Seconds: a machine may be so loaded that it holds a key with gaps in between."""


async def test_refund_in_full(
    store: Store, mia: Actor, pay: Pay, clock: StandingClock, url: str
) -> None:
    """One press refunds all once: one refund, one posting, one refund.created."""
    payment = pay(4200)
    pay(9000)
    clock.at += LATER
    before = count(url, "posting")
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("r")
        await until_shown(desk, IssueRefundDialog)
        told = await confirm(desk)
        refund = store.payments.detail(payment.id).payment.refunds[0]
        assert told.startswith(f"✓ sent 42.00 USD {names.short(refund.id)}")
        assert "x cancels for 30 min" in told
    assert count(url, "refund") == 1
    assert count(url, "posting") == before + 1
    assert count(url, "event", "type = 'refund.created'") == 1
    assert refund.money.amount == 4200
    assert refund.actor == "mia"


async def test_time_that_passes_in_the_dialog(
    store: Store, mia: Actor, pay: Pay, clock: StandingClock
) -> None:
    """How long it can be canceled counts from when it was sent."""
    payment = pay(4200)
    pay(9000)
    clock.at += LATER
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("r")
        await until_shown(desk, IssueRefundDialog)
        clock.at += timedelta(seconds=70)
        assert "x cancels for 30 min" in await confirm(desk)


async def test_enter_that_comes_too_soon_is_told(
    store: Store, mia: Actor, pay: Pay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The button does nothing right after a key, and says so."""
    monkeypatch.setattr(armed, "QUIET_SECONDS", 60.0)
    payment = pay(4200)
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("r")
        await until_shown(desk, IssueRefundDialog)
        await desk.press("shift+tab", "enter")
        assert said(desk, "#lock") == "too soon after a key: enter once more"
        assert not store.payments.find(payment.id).refunds
        await desk.press("shift+tab")
        assert said(desk, "#lock") == "locked"


async def test_held_enter_presses_nothing(
    store: Store, mia: Actor, pay: Pay, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Enter held from the key on refunds nothing; three presses when armed, once."""
    payment = pay(4200)
    pay(9000)
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("r")
        await until_shown(desk, IssueRefundDialog)
        with monkeypatch.context() as patch:
            patch.setattr(armed, "QUIET_SECONDS", LONG)
            for _ in range(HELD_ENTERS):
                await desk.press("enter")
        assert count(url, "refund") == 0
        assert isinstance(desk.app.screen, IssueRefundDialog)
        await until_armed(desk)
        desk.app.screen.query_one("#confirm").focus()
        await desk.press("enter", "enter", "enter")
        await until_told(desk)
        assert count(url, "refund") == 1


async def test_typed_ahead_enter_presses_nothing(
    store: Store, mia: Actor, pay: Pay, url: str
) -> None:
    """Keys sent before the dialog is there do not confirm it."""
    payment = pay(4200)
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("r", "tab", "tab", "tab", "tab", "enter")
        await settled(desk)
        assert count(url, "refund") == 0


async def test_escape_keeps_the_payment(
    store: Store, mia: Actor, pay: Pay, url: str
) -> None:
    """Esc closes the dialog, and nothing was done or said."""
    payment = pay(4200)
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("r")
        await until_shown(desk, IssueRefundDialog)
        await desk.press("escape")
        await until_shown(desk, PaymentScreen)
        assert count(url, "refund") == 0


async def test_refund_a_part(store: Store, mia: Actor, pay: Pay) -> None:
    """A partial refund starts empty and refunds what is typed, with its reason."""
    payment = pay(8000)
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("p")
        await until_shown(desk, IssueRefundDialog)
        assert desk.app.screen.query_one("#amount", Input).value == ""
        await desk.press(*"25%", "enter", "right", "enter", *"twice")
        await confirm(desk)
    refund = store.payments.detail(payment.id).payment.refunds[0]
    assert (refund.money.amount, refund.reason) == (2000, Reason.DUPLICATE)
    assert refund.note == "twice"


async def test_too_much_is_said_not_clamped(store: Store, mia: Actor, pay: Pay) -> None:
    """More than is left says the limit and keeps the button locked."""
    payment = pay(4200)
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("p")
        await until_shown(desk, IssueRefundDialog)
        await desk.press(*"43")
        await desk.pause(0.6)
        dialog = desk.app.screen
        assert "at most 42.00 USD" in said(desk, "#foresight")
        assert dialog.query_one("#amount", Input).value == "43"
        assert isinstance(dialog, ArmedDialog)
        assert not dialog.armed


async def test_other_needs_a_note(store: Store, mia: Actor, pay: Pay) -> None:
    """Reason Other stays locked with the store's sentence until a note is there."""
    payment = pay(4200)
    pay(9000)
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("r")
        await until_shown(desk, IssueRefundDialog)
        await desk.press("tab", "left")
        await desk.pause(0.6)
        assert "needs a note" in said(desk, "#foresight")
        assert said(desk, "#lock") == "locked"
        await desk.press("tab", *"goodwill")
        await confirm(desk)
    assert store.payments.detail(payment.id).payment.refunds[0].note == "goodwill"


async def test_second_refund_asks_for_the_amount(
    store: Store, mia: Actor, pay: Pay, url: str
) -> None:
    """A second refund on a payment arms only by typing its amount."""
    payment = pay(8000)
    pay(9000)
    store.refunds.create(payment_intent=payment.id, amount=1000, actor=mia)
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("r")
        await until_shown(desk, IssueRefundDialog)
        arm = desk.app.screen.query_one("#arm", Input)
        arm.value = "69.00"
        await desk.pause(0.6)
        assert said(desk, "#lock") == "locked: type the amount"
        arm.value = "70.00"
        await confirm(desk)
    assert count(url, "refund") == 2


async def test_stale_view_sends_nothing_and_keeps_what_was_typed(
    store: Store, mia: Actor, pay: Pay, url: str
) -> None:
    """A colleague's refund disarms the dialog, names him and keeps the amount."""
    payment = pay(4200)
    pay(9000)
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("p")
        await until_shown(desk, IssueRefundDialog)
        await desk.press(*"7.50")
        await until_armed(desk)
        first = desk.app.screen
        store.refunds.create(payment_intent=payment.id, amount=2000, actor=Actor("tom"))
        first.query_one("#confirm").focus()
        await desk.press("enter")
        await until_shown(desk, IssueRefundDialog, instead_of=first)
        notice = said(desk, "#notice")
        assert notice.startswith("Changed while you looked: tom")
        assert "22.00 USD" in notice
        assert notice.endswith("Nothing was sent.")
        assert desk.app.screen.query_one("#amount", Input).value == "7.50"
        assert count(url, "refund") == 1
        desk.app.screen.query_one("#arm", Input).value = "7.50"
        await confirm(desk)
    refunds = store.payments.detail(payment.id).payment.refunds
    assert sorted(one.money.amount for one in refunds) == [750, 2000]


async def test_an_open_dialog_notices_a_colleague(
    store: Store, mia: Actor, pay: Pay, url: str
) -> None:
    """Without a key press, a colleague's refund disarms the dialog within 2 s."""
    payment = pay(4200)
    pay(9000)
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("r")
        await until_shown(desk, IssueRefundDialog)
        await until_armed(desk)
        first = desk.app.screen
        store.refunds.create(payment_intent=payment.id, amount=2000, actor=Actor("tom"))
        await until_shown(desk, IssueRefundDialog, instead_of=first)
        assert said(desk, "#notice").startswith("Changed while you looked: tom")
        assert said(desk, "#lock") == "locked: type the amount"
        assert count(url, "refund") == 1


async def test_a_slow_answer_is_waited_for_in_words(
    store: Store, mia: Actor, pay: Pay, url: str
) -> None:
    """While another process holds the store the line says so; then what was done."""
    payment = pay(4200)
    pay(9000)
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("r")
        await until_shown(desk, IssueRefundDialog)
        await until_armed(desk)
        desk.app.screen.query_one("#confirm").focus()
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as other:
            other.execute("BEGIN IMMEDIATE")
            await desk.press("enter")
            await reached(desk, lambda: result_line(desk) == WAITING)
            other.rollback()
        assert (await until_told(desk)).startswith("✓ sent 42.00 USD")
    assert count(url, "refund") == 1
