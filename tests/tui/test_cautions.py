"""A risky refund: what speaks against it is said, and the amount is typed to arm."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from at_work import (
    at_work,
    confirm,
    count,
    everything_said,
    said,
    settled,
    until,
    until_armed,
    until_shown,
)
from textual.widgets import Input

from conftest import Funds, Later, Pay
from store.event import Actor
from store.settings import Settings
from tui.dialogs.issue_refund import IssueRefundDialog
from tui.screens.payment import PaymentScreen

if TYPE_CHECKING:
    from store import Store

TOM = Actor("tom")


async def test_the_same_amount_to_the_same_customer(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later, url: str
) -> None:
    """Within 30 days the amount has to be typed; a wrong one locks the button."""
    before, payment = pay(4200), pay(4200)
    funds()
    later()
    store.refunds.create(payment_intent=before.id, actor=TOM)
    later(timedelta(days=6))
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("r")
        await until_shown(desk, IssueRefundDialog)
        told = said(desk, "#cautions")
        assert told.startswith("! tom refunded 42.00 USD to this customer")
        assert "6 days ago: the same amount." in told
        arm = desk.app.screen.query_one("#arm", Input)
        arm.value = "41.00"
        await until(desk, lambda: "sent now" in said(desk, "#foresight"))
        assert said(desk, "#lock") == "locked: type the amount"
        assert count(url, "refund") == 1
        arm.value = "42"
        await confirm(desk)
    assert count(url, "refund") == 2


async def test_the_doubts_follow_the_amount(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later
) -> None:
    """Another amount is no repetition; typed back, the doubt is there again."""
    before, payment = pay(4200), pay(9000)
    funds()
    later()
    store.refunds.create(payment_intent=before.id, actor=TOM)
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("p")
        await until_shown(desk, IssueRefundDialog)
        dialog = desk.app.screen
        assert isinstance(dialog, IssueRefundDialog)
        dialog.query_one("#amount", Input).value = "42"
        await settled(desk)
        assert dialog.query_one("#arm").display
        assert dialog.query_one(".-arm").display
        dialog.query_one("#amount", Input).value = "41"
        await settled(desk)
        assert not dialog.query_one(".-arm").display
        await until_armed(desk)


async def test_a_refund_of_long_ago_is_no_doubt(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later
) -> None:
    """After 30 days the same amount is an amount like any other."""
    before, payment = pay(4200), pay(4200)
    funds()
    later()
    store.refunds.create(payment_intent=before.id, actor=TOM)
    later(timedelta(days=31))
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("r")
        await until_shown(desk, IssueRefundDialog)
        assert "the same amount" not in everything_said(desk)
        await until_armed(desk)


async def test_more_than_the_setting(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later
) -> None:
    """The holder decides from which amount on a refund is asked about twice."""
    payment = pay(9000)
    funds()
    later()
    store.configure(Settings(caution_above={"usd": 5000}))
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("r")
        await until_shown(desk, IssueRefundDialog)
        assert said(desk, "#cautions") == "! 90.00 USD is more than 50.00 USD."
        desk.app.screen.query_one("#amount", Input).value = "50"
        await settled(desk)
        await until_armed(desk)
