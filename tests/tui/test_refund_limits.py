"""What a refund cannot be, and how every currency is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from at_work import (
    at_work,
    confirm,
    count,
    everything_said,
    said,
    until_armed,
    until_shown,
    until_told,
)

from conftest import Funds, Pay
from store.event import Actor
from tui.dialogs.issue_refund import IssueRefundDialog
from tui.screens.payment import PaymentScreen

if TYPE_CHECKING:
    from store import Store


async def test_held_refund_is_never_called_refunded(
    store: Store, mia: Actor, pay: Pay, funds: Funds
) -> None:
    """A short balance is said before and after; the money is not called refunded."""
    payment = pay(31000, "eur", "pm_card_visa")
    funds(21380, "eur")
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("r")
        await until_shown(desk, IssueRefundDialog)
        await until_armed(desk)
        assert "HELD: short 96.20 EUR · first in line" in said(desk, "#foresight")
        told = await confirm(desk)
        assert told.startswith("! HELD: short 96.20 EUR · first in line")
        shown = everything_said(desk)
        assert "HELD" in shown
        assert "refunded" not in shown.lower()


async def test_short_balance_refuses_what_cannot_wait(
    store: Store, mia: Actor, pay: Pay, url: str
) -> None:
    """What is no card is refused with the store's sentence, and a top-up offered."""
    payment = pay(2500, "eur", "pm_ideal")
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("r")
        await until_shown(desk, IssueRefundDialog)
        await desk.pause(0.6)
        words = said(desk, "#foresight")
        assert "Insufficient funds in your Stripe balance" in words
        assert "A top-up helps" in words
        assert said(desk, "#lock") == "locked"
        assert count(url, "refund") == 0


@pytest.mark.parametrize(
    ("amount", "currency", "label"),
    [
        (9000, "jpy", "Refund 9,000 JPY"),
        (1230, "kwd", "Refund 1.230 KWD"),
        (50, "usd", "Refund 0.50 USD"),
    ],
)
async def test_every_currency_keeps_its_decimals(
    store: Store,
    mia: Actor,
    pay: Pay,
    funds: Funds,
    amount: int,
    currency: str,
    label: str,
) -> None:
    """Field, button and store agree on the amount in each class of currency."""
    payment = pay(amount, currency)
    funds(99_000, currency)
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("r")
        await until_shown(desk, IssueRefundDialog)
        await until_armed(desk)
        button = desk.app.screen.query_one("#confirm")
        assert str(button.render()) == label
        await confirm(desk)
    assert store.payments.detail(payment.id).payment.refunds[0].money.amount == amount


async def test_refund_of_nothing_says_why_not(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """A payment without anything left answers with the store's sentence at once."""
    payment = pay(4200, "usd", capture_method="manual")
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("r")
        told = await until_told(desk)
        assert told.startswith("✗ nothing was done: This uncaptured Charge")
        assert told.endswith(" c cancels the payment.")
