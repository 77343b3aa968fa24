"""Told early: what is told before a screen is drawn stands on it once it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from at_work import at_work, everything_said, until

from conftest import Pay
from store.event import Actor
from tui.screens.payment import PaymentScreen

if TYPE_CHECKING:
    from store import Store

WHY = "No bulk refund is unfinished."


async def test_a_screen_that_is_just_opened_can_be_told(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """An answer may find the screen that was opened while it was waited for."""
    payment = pay()
    async with at_work(store, mia) as desk:
        opened = PaymentScreen(payment.id)
        opening = desk.app.push_screen(opened)
        assert desk.app.screen is opened
        assert not opened.children
        opened.app.say_why_not(WHY)
        await opening
        await until(desk, lambda: WHY in everything_said(desk))
