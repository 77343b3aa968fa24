"""Giving up an uncaptured payment at the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from at_work import at_work, confirm, said, until_shown, until_told
from textual.widgets import Button

from conftest import Pay
from store.event import Actor
from store.payment import CancellationReason, IntentStatus
from tui.dialogs.cancel_payment import CancelPaymentDialog
from tui.screens.payment import PaymentScreen

if TYPE_CHECKING:
    from store import Store


async def test_cancel_an_uncaptured_payment(store: Store, mia: Actor, pay: Pay) -> None:
    """The button repeats verb and amount; reason and note are written down."""
    payment = pay(50_000, method="pm_card_visa", capture_method="manual")
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("c")
        await until_shown(desk, CancelPaymentDialog)
        button = desk.app.screen.query_one("#confirm", Button)
        assert str(button.render()) == "Cancel payment 500.00 USD"
        await desk.press("left", "enter", *"never shipped")
        told = await confirm(desk)
    assert told.startswith("✓ canceled 500.00 USD pi_")
    intent = store.payments.detail(payment.id).payment.intent
    assert intent is not None
    assert intent.status is IntentStatus.CANCELED
    assert intent.cancellation_reason is CancellationReason.OTHER
    assert intent.cancel_note == "never shipped"


async def test_other_needs_a_note(store: Store, mia: Actor, pay: Pay) -> None:
    """Reason Other without a note stays locked with the store's sentence."""
    payment = pay(50_000, method="pm_card_visa", capture_method="manual")
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("c")
        await until_shown(desk, CancelPaymentDialog)
        await desk.press("left")
        await desk.pause(0.6)
        assert "needs a note" in said(desk, "#foresight")
        assert said(desk, "#lock") == "locked"


async def test_only_uncaptured_payments(store: Store, mia: Actor, pay: Pay) -> None:
    """A captured payment answers with the store's sentence."""
    payment = pay(4200)
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("c")
        told = await until_told(desk)
    assert told.endswith("Only uncaptured payments can be canceled here.")
