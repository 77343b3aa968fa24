"""Calling a refund back at the keyboard."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from at_work import at_work, confirm, count, said, until_armed, until_shown, until_told
from textual.widgets import Button, OptionList

from conftest import Funds, Pay
from store.clock import StandingClock
from store.event import Actor
from store.refund import FailureReason, RefundStatus
from tui.dialogs.cancel_refund import CancelRefundDialog
from tui.dialogs.pick_refund import PickRefundDialog
from tui.screens.payment import PaymentScreen
from tui.screens.refund import RefundScreen

if TYPE_CHECKING:
    from store import Store

LATER = timedelta(hours=3)


async def test_cancel_the_only_refund(
    store: Store, mia: Actor, pay: Pay, funds: Funds, clock: StandingClock
) -> None:
    """Within its window a card refund is canceled, and its money is back."""
    payment = pay(4200)
    funds()
    clock.at += LATER
    store.refunds.create(payment_intent=payment.id, amount=1200, actor=mia)
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("x")
        await until_shown(desk, CancelRefundDialog)
        button = desk.app.screen.query_one("#confirm", Button)
        assert str(button.render()) == "Yes, cancel refund 12.00 USD"
        await until_armed(desk)
        assert "42.00 USD can be refunded again" in said(desk, "#foresight")
        told = await confirm(desk)
    assert told.startswith("✓ canceled 12.00 USD re_")
    after = store.payments.detail(payment.id).payment
    assert after.refunds[0].status is RefundStatus.CANCELED
    assert after.refunds[0].failure_reason is FailureReason.MERCHANT_REQUEST
    assert after.refundable.amount == 4200


async def test_pick_among_several(
    store: Store, mia: Actor, pay: Pay, funds: Funds, clock: StandingClock
) -> None:
    """Several refunds are listed; what cannot be canceled is dim and says why."""
    payment = pay(8000)
    funds()
    clock.at += LATER
    old = store.refunds.create(payment_intent=payment.id, amount=1000, actor=mia)
    clock.at += LATER
    new = store.refunds.create(payment_intent=payment.id, amount=500, actor=mia)
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("x")
        await until_shown(desk, PickRefundDialog)
        rows = desk.app.screen.query_one(OptionList)
        assert rows.get_option(old.refund.id).disabled
        assert not rows.get_option(new.refund.id).disabled
        why = str(rows.get_option(old.refund.id).prompt)
        assert "Sent more than 30 minutes ago: it is at the bank." in why
        await desk.press("enter")
        await until_shown(desk, CancelRefundDialog)
        await confirm(desk)
    found = {one.id: one for one in store.payments.detail(payment.id).payment.refunds}
    assert found[new.refund.id].status is RefundStatus.CANCELED
    assert found[old.refund.id].status is RefundStatus.SUCCEEDED


async def test_keep_refund(
    store: Store, mia: Actor, pay: Pay, funds: Funds, clock: StandingClock, url: str
) -> None:
    """Esc keeps the refund as it is."""
    payment = pay(4200)
    funds()
    clock.at += LATER
    store.refunds.create(payment_intent=payment.id, actor=mia)
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("x")
        await until_shown(desk, CancelRefundDialog)
        await desk.press("escape")
        await until_shown(desk, PaymentScreen)
    assert count(url, "refund", "status = 'canceled'") == 0


async def test_no_refund_says_so(store: Store, mia: Actor, pay: Pay) -> None:
    """A payment without refunds answers with the store's sentence."""
    payment = pay(4200)
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("x")
        assert await until_told(desk) == "✗ nothing was done: No refund yet."


async def test_too_late_says_so_from_the_refund(
    store: Store, mia: Actor, pay: Pay, funds: Funds, clock: StandingClock
) -> None:
    """On the refund's own screen the reason is in view, and x repeats it."""
    payment = pay(4200)
    funds()
    clock.at += LATER
    made = store.refunds.create(payment_intent=payment.id, actor=mia)
    clock.at += LATER
    async with at_work(store, mia, RefundScreen(made.refund.id)) as desk:
        sentence = "Sent more than 30 minutes ago: it is at the bank."
        assert f"no: {sentence}" in said(desk, "#cancel")
        await desk.press("x")
        assert await until_told(desk) == f"✗ nothing was done: {sentence}"
