"""Looking up a bank reference, in each of its states, and copying it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from at_work import at_work, said, until, until_shown, until_told
from textual.widgets import OptionList

from conftest import Funds, Pay
from store.clock import StandingClock
from store.event import Actor
from tui.dialogs.issue_refund import IssueRefundDialog
from tui.dialogs.look_up import LookUpDialog
from tui.dialogs.pick_refund import PickRefundDialog
from tui.screens.payment import PaymentScreen
from tui.screens.refund import RefundScreen

if TYPE_CHECKING:
    from store import Store

LATER = timedelta(hours=3)


async def test_pending_reference(
    store: Store, mia: Actor, pay: Pay, funds: Funds, clock: StandingClock
) -> None:
    """A fresh refund says until when its number is expected; y copies nothing."""
    payment = pay(4200)
    funds()
    clock.at += LATER
    store.refunds.create(payment_intent=payment.id, actor=mia)
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("l")
        await until_shown(desk, LookUpDialog)
        assert "ARN" in said(desk, "#card")
        assert "pending, expected by 11 Mar" in said(desk, "#card")
        await desk.press("y")
        assert desk.app.clipboard == ""
        assert said(desk, "#copied") == "There is no reference to copy yet."


async def test_available_reference_is_copied(
    store: Store, mia: Actor, pay: Pay, funds: Funds, clock: StandingClock
) -> None:
    """Once the bank has answered, y puts exactly the number on the clipboard."""
    payment = pay(4200)
    funds()
    clock.at += LATER
    made = store.refunds.create(payment_intent=payment.id, actor=mia)
    clock.at += timedelta(days=20)
    store.advance(clock.at)
    where = store.refunds.detail(made.refund.id).refund.destination
    assert where is not None
    number = where.reference
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("l")
        await until_shown(desk, LookUpDialog)
        assert "available since" in said(desk, "#card")
        assert str(number) in said(desk, "#card")
        await desk.press("y")
        assert desk.app.clipboard == number
        await desk.press("escape")
        await until_shown(desk, PaymentScreen)
        await desk.app.push_screen(screen := RefundScreen(made.refund.id))
        await until_shown(desk, RefundScreen)
        assert str(number) in said(desk, "#card")
        desk.app.copy_to_clipboard("")
        await desk.press("y")
        assert desk.app.clipboard == number
        assert str(number) in screen.result.told.plain


async def test_reversal_has_no_arn(
    store: Store, mia: Actor, pay: Pay, funds: Funds
) -> None:
    """A refund within two hours drops the charge; the card says so."""
    payment = pay(4200)
    funds()
    store.refunds.create(payment_intent=payment.id, actor=mia)
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("l")
        await until_shown(desk, LookUpDialog)
        assert "This is a reversal: the charge drops off" in said(desk, "#card")


async def test_a_reversal_of_a_part_takes_off_that_part(
    store: Store, mia: Actor, pay: Pay, funds: Funds
) -> None:
    """Dry run and card say what the charge shows less, not that it is gone."""
    payment = pay(500_000)
    funds()
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("p")
        await until_shown(desk, IssueRefundDialog)
        await desk.press(*"6.90")
        less = "the charge shows 6.90 USD less on the statement"
        await until(desk, lambda: less in said(desk, "#foresight"))
        await desk.press("escape")
    store.refunds.create(payment_intent=payment.id, amount=690, actor=mia)
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("l")
        await until_shown(desk, LookUpDialog)
        assert f"This is a reversal: {less}" in said(desk, "#card")


async def test_pick_among_several(
    store: Store, mia: Actor, pay: Pay, funds: Funds, clock: StandingClock
) -> None:
    """Where a payment has several refunds, the one that is chosen is shown."""
    payment = pay(4200)
    funds()
    clock.at += LATER
    for amount in (100, 200):
        store.refunds.create(payment_intent=payment.id, amount=amount, actor=mia)
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("l")
        await until_shown(desk, PickRefundDialog)
        chosen = desk.app.screen.query_one(OptionList).get_option_at_index(1).id
        await desk.press("down", "enter")
        await until_shown(desk, LookUpDialog)
        assert str(chosen) in said(desk, "#about")


async def test_no_refund_says_so(store: Store, mia: Actor, pay: Pay) -> None:
    """A payment without refunds answers with the store's sentence."""
    payment = pay(4200)
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("l")
        assert await until_told(desk) == "✗ nothing was done: No refund yet."
