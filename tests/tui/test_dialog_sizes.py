"""Every dialog fits every size, and stays whole while the terminal changes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from at_work import at_work, until_shown
from every_size import stays_whole
from failing import fail

from conftest import Funds, Later, Pay
from store.clock import StandingClock
from store.event import Actor
from tui.dialogs.armed import ArmedDialog
from tui.screens.failed import FailedScreen
from tui.screens.payment import PaymentScreen
from tui.screens.pending import PendingScreen

if TYPE_CHECKING:
    from store import Store


@pytest.mark.parametrize("key", ["r", "x"])
async def test_refund_dialogs(
    store: Store, mia: Actor, pay: Pay, funds: Funds, clock: StandingClock, key: str
) -> None:
    """Refund, with its typed arm, and cancel refund."""
    payment = pay(8000)
    funds()
    clock.at += timedelta(hours=3)
    store.refunds.create(payment_intent=payment.id, amount=1000, actor=mia)
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press(key)
        await stays_whole(desk)


async def test_cancel_payment_dialog(store: Store, mia: Actor, pay: Pay) -> None:
    """Cancel payment, with its five reasons."""
    payment = pay(50_000, method="pm_card_visa", capture_method="manual")
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("c")
        await stays_whole(desk)


@pytest.mark.parametrize("key", ["t", "A"])
async def test_top_up_dialogs(store: Store, mia: Actor, pay: Pay, key: str) -> None:
    """Top up, and cover all, with what they release."""
    payment = pay(31000, "eur", "pm_card_visa")
    store.refunds.create(payment_intent=payment.id, actor=mia)
    async with at_work(store, mia, PendingScreen()) as desk:
        await desk.press(key)
        await stays_whole(desk)


@pytest.mark.parametrize("key", ["a", "d"])
async def test_dialogs_of_failed_refunds(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later, key: str
) -> None:
    """Try again, and done with a note."""
    funds()
    fail(store, pay, later)
    async with at_work(store, mia, FailedScreen()) as desk:
        await desk.press(key)
        await until_shown(desk, ArmedDialog)
        await desk.press(*"wired")
        await stays_whole(desk)
