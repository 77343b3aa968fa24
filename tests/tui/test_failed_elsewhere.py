"""What the inbox can do is offered wherever a failed refund is seen, and only there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from at_work import (
    at_work,
    confirm,
    everything_said,
    said,
    settled,
    until,
    until_shown,
)
from failing import fail_twice
from textual.widgets import Input, OptionList

from conftest import Funds, Later, Pay
from store.event import Actor
from tui.dialogs.command import CommandDialog
from tui.dialogs.finish_failed import FinishFailedDialog
from tui.dialogs.issue_refund import IssueRefundDialog
from tui.dialogs.menu import MenuDialog
from tui.screens.failed import FailedScreen
from tui.screens.payment import PaymentScreen
from tui.screens.refund import RefundScreen

if TYPE_CHECKING:
    from store import Store


@pytest.fixture(autouse=True)
def funded(funds: Funds) -> None:
    """The balance covers whatever is refunded."""
    funds()


@pytest.fixture
def two(store: Store, pay: Pay, later: Later) -> list[str]:
    """The ids of two failed refunds."""
    return fail_twice(store, pay, later)


async def test_the_menu_offers_what_the_inbox_does(
    store: Store, mia: Actor, two: list[str]
) -> None:
    """Try again and done stand first; a letter of the menu runs them."""
    assert len(two) == 2
    async with at_work(store, mia, FailedScreen(), size=(100, 30)) as desk:
        await desk.press("full_stop")
        await until_shown(desk, MenuDialog)
        options = desk.app.screen.query_one(OptionList)
        ids = [options.get_option_at_index(i).id for i in range(options.option_count)]
        assert ids[:3] == ["retry_refund", "finish", "refund"]
        await desk.press("d")
        await until_shown(desk, FinishFailedDialog)


async def test_a_failed_refund_says_on_its_own_screen_what_to_do(
    store: Store, mia: Actor, two: list[str]
) -> None:
    """Why, where the money is, what next; and both can be done from there."""
    async with at_work(store, mia, RefundScreen(two[0]), size=(100, 30)) as desk:
        told = said(desk, "#failed")
        assert "The card has expired or was canceled." in told
        assert "next: Pay the customer back another way" in told
        assert "a try again  d done" in everything_said(desk)
        await desk.press("d")
        await until_shown(desk, FinishFailedDialog)
        await desk.press(*"wired")
        await confirm(desk)
        assert "✓ done by mia" in said(desk, "#failed")
        assert "a try again" not in everything_said(desk)
        await desk.press("a")
        await settled(desk)
        assert isinstance(desk.app.screen, RefundScreen)


async def test_any_other_refund_offers_neither(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """What went out is not tried again, and its screen and menu say nothing of it."""
    payment = pay()
    made = store.refunds.create(payment_intent=payment.id, amount=100, actor=mia)
    async with at_work(store, mia, RefundScreen(made.refund.id)) as desk:
        assert not desk.app.screen.query_one("#failed").display
        assert "try again" not in everything_said(desk)
        await desk.press("a", "d")
        await settled(desk)
        assert isinstance(desk.app.screen, RefundScreen)


async def test_what_was_closed_as_paid_is_not_refunded_in_passing(
    store: Store, mia: Actor, two: list[str]
) -> None:
    """The note of the failed refund is said, and the amount must be typed to arm."""
    closed = store.refunds.close_failed(two[0], note="wired, ticket 99", actor=mia)
    async with at_work(store, mia, PaymentScreen(closed.payment)) as desk:
        await desk.press("r")
        await until_shown(desk, IssueRefundDialog)
        assert said(desk, "#cautions") == (
            "! mia closed a failed refund of 7.00 USD: “wired, ticket 99”."
            " Was it paid another way?"
        )
        await until(desk, lambda: "locked: type the amount" in said(desk, "#lock"))


async def test_a_refunds_id_is_no_reference_but_leads_to_it(
    store: Store, mia: Actor, two: list[str]
) -> None:
    """`:ref re_…` opens the refund instead of denying it."""
    async with at_work(store, mia) as desk:
        await desk.press("colon")
        await until_shown(desk, CommandDialog)
        desk.app.screen.query_one(Input).value = f"ref {two[0]}"
        await desk.press("enter")
        await until_shown(desk, RefundScreen)
