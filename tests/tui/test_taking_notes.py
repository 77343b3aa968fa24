"""Notes and history: what agents leave for each other, and what a customer had."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from at_work import at_work, everything_said, said, until, until_shown, until_told
from textual import events
from textual.widgets import Button

from conftest import Funds, Later, Pay
from store.event import Actor
from store.payment import Customer
from tui.dialogs.history import HistoryDialog
from tui.dialogs.menu import MenuDialog
from tui.dialogs.note import NoteDialog
from tui.screens.payment import PaymentScreen
from tui.screens.refund import RefundScreen
from tui.widgets.note_area import NoteArea

if TYPE_CHECKING:
    from store import Store

TOM = Actor("tom")
JANE = Customer("cus_jane", "Jane Doe", "jane@example.com")


async def test_a_note_of_two_lines(store: Store, mia: Actor, pay: Pay) -> None:
    """`n` asks, tab leads to the button, and the payment shows who wrote what."""
    payment = pay(4200)
    screen = PaymentScreen(payment.id)
    async with at_work(store, mia, screen, size=(132, 43)) as desk:
        await desk.press("n")
        await until_shown(desk, NoteDialog)
        await desk.press(*"lost", "enter", *"call back", "tab", "tab", "enter")
        assert (await until_told(desk)) == f"✓ noted on {payment.id}"
        await until(desk, lambda: "call back" in said(desk, "#notes"))
        assert "mia 09:00" in said(desk, "#notes").replace("02 Mar ", "")
        assert "note: lost call back" in everything_said(desk)
    (note,) = store.notes.of(payment.id)
    assert (note.text, note.actor) == ("lost\ncall back", "mia")


async def test_an_empty_note_is_none(store: Store, mia: Actor, pay: Pay) -> None:
    """Saving nothing says so; esc writes nothing."""
    payment = pay(4200)
    async with at_work(store, mia) as desk:
        await desk.press("n")
        await until_shown(desk, NoteDialog)
        desk.app.screen.query_one("#save", Button).press()
        await until(desk, lambda: said(desk, "#said").startswith("✗"))
        await desk.press("escape")
    assert store.notes.of(payment.id) == ()


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (100, 30)])
async def test_pasted_text_is_characters(
    store: Store, mia: Actor, pay: Pay, size: tuple[int, int]
) -> None:
    """A paste that would act on a terminal is shown; its buttons stay in sight."""
    pay(4200)
    async with at_work(store, mia, size=size) as desk:
        await desk.press("n")
        await until_shown(desk, NoteDialog)
        area = desk.app.screen.query_one(NoteArea)
        desk.app.post_message(events.Paste("[/x]\x1b]52;c;QQ==\x07\nsecond \u202e"))
        await until(desk, lambda: "second" in everything_said(desk))
        shown = everything_said(desk)
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        assert area.text == "[/x]\\x1b]52;c;QQ==\\x07\nsecond \\u202e"
        assert "Save note" in shown


async def test_another_agents_note_appears(store: Store, mia: Actor, pay: Pay) -> None:
    """What a colleague writes is there without a key."""
    payment = pay(4200)
    screen = PaymentScreen(payment.id)
    async with at_work(store, mia, screen, size=(132, 43)) as desk:
        assert "none yet · n adds one" in said(desk, "#notes")
        store.notes.add(payment=payment.id, text="waits for the bank", actor=TOM)
        await until(desk, lambda: "waits for the bank" in said(desk, "#notes"))


async def test_history_across_payments(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later
) -> None:
    """`h` lists who gave how much when, within 30 days and before; enter opens one."""
    old, recent, payment = (pay(sum_, customer=JANE) for sum_ in (4200, 3100, 9000))
    other = pay(7700)
    funds()
    later()
    store.refunds.create(payment_intent=old.id, actor=TOM)
    later(timedelta(days=40))
    sent = store.refunds.create(payment_intent=recent.id, actor=TOM)
    store.refunds.create(payment_intent=payment.id, amount=1000, actor=mia)
    store.refunds.create(payment_intent=other.id, actor=mia)
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("h")
        await until_shown(desk, HistoryDialog)
        shown = everything_said(desk)
        assert "Within 30 days: 2 refunds, 41.00 USD" in shown
        assert "Before: 1 refund, 42.00 USD" in shown
        assert "77.00" not in shown
        row = next(one for one in shown.splitlines() if "10.00 USD" in one)
        assert "mia" in row
        assert "this payment" in row
        await desk.press("j", "enter")
        await until_shown(desk, RefundScreen)
        assert sent.refund.id in everything_said(desk)


async def test_no_history_is_said(store: Store, mia: Actor, pay: Pay) -> None:
    """A customer who was never refunded has none within 30 days and none before."""
    pay(4200, customer=JANE)
    async with at_work(store, mia) as desk:
        await desk.press("full_stop")
        await until_shown(desk, MenuDialog)
        await desk.press("h")
        await until_shown(desk, HistoryDialog)
        assert "Within 30 days: none" in everything_said(desk)
        await desk.press("escape")
