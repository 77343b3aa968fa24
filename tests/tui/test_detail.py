"""The screens of one payment and one refund: everything is there, as characters."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from at_work import at_work, everything_said, said, until_shown
from textual.widgets import Static

from conftest import Funds, Pay
from store.clock import StandingClock
from store.event import Actor
from store.payment import Customer
from tui.screens.payment import PaymentScreen
from tui.screens.refund import RefundScreen

if TYPE_CHECKING:
    from store import Store

HOSTILE = "[/x] \x1b]52;c;QQ==\x07 \u202eevil [@click=app.bell]here[/]"
LATER = timedelta(hours=3)


async def test_a_payment_tells_everything(
    store: Store, mia: Actor, pay: Pay, funds: Funds, clock: StandingClock
) -> None:
    """Badge, sums, timeline, refunds, breakdown and metadata are in view when wide."""
    payment = pay(8000, metadata={"order": "6735"}, description="Order 6735")
    funds()
    clock.at += LATER
    store.refunds.create(
        payment_intent=payment.id, amount=3000, reason="duplicate", actor=mia
    )
    async with at_work(store, mia, PaymentScreen(payment.id), (132, 43)) as desk:
        shown = everything_said(desk)
        for words in (
            "PART ◐ Partial refund",
            "80.00 USD · refunded 30.00 · refundable 50.00",
            "Ada Lovelace · ada@example.com",
            "refund 30.00 USD sent, duplicate",
            "Refunds 1",
            "gross                    80.00 USD",
            "net                      77.38 USD",
            "order        6735",
        ):
            assert words in shown


async def test_narrow_panes_turn(store: Store, mia: Actor, pay: Pay) -> None:
    """At 80 columns each pane is a key away, and comes round again."""
    payment = pay(8000, metadata={"order": "6735"})
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        assert "payment 80.00 USD" in everything_said(desk)
        await desk.press("]", "]")
        assert "NOTES" in everything_said(desk)
        await desk.press("]")
        assert "BREAKDOWN" in everything_said(desk)
        await desk.press("]")
        assert "order" in everything_said(desk)
        await desk.press("]")
        assert "payment 80.00 USD" in everything_said(desk)
        await desk.press("[")
        assert "order" in everything_said(desk)


async def test_enter_opens_the_refund_of_an_entry(
    store: Store, mia: Actor, pay: Pay, funds: Funds, clock: StandingClock
) -> None:
    """A refund's entry in the timeline leads to its details."""
    payment = pay(8000)
    funds()
    clock.at += LATER
    made = store.refunds.create(
        payment_intent=payment.id, amount=500, reason="other", note="late", actor=mia
    )
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("enter")
        await until_shown(desk, RefundScreen)
        assert made.refund.id in said(desk, "#summary")
        assert "by mia · Other · “late”" in said(desk, "#summary")
        assert "-5.00 USD" in said(desk, "#money")
        assert "refund.created" in said(desk, "#story")
        assert "yes, for 30 min" in said(desk, "#cancel")
        await desk.press("escape")
        await until_shown(desk, PaymentScreen)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (132, 43)])
async def test_hostile_text_is_shown_as_characters(
    store: Store, mia: Actor, pay: Pay, funds: Funds, size: tuple[int, int]
) -> None:
    """Markup, escapes and direction marks in any text are visible and do nothing."""
    payment = pay(
        8000,
        customer=Customer("cus_x", HOSTILE, "x@example.com"),
        description=HOSTILE,
        metadata={"[/k]": HOSTILE},
    )
    funds()
    made = store.refunds.create(
        payment_intent=payment.id, amount=100, reason="other", note=HOSTILE, actor=mia
    )
    async with at_work(store, mia, PaymentScreen(payment.id), size) as desk:
        shown = everything_said(desk)
        assert "[/x]" in shown
        assert "\\x1b" in shown
        assert "\\u202e" in shown
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        await desk.app.push_screen(RefundScreen(made.refund.id))
        await until_shown(desk, RefundScreen)
        assert "\\u202e" in said(desk, "#summary")


async def test_unknown_payment_says_so(store: Store, mia: Actor) -> None:
    """A payment that is not there is one sentence with the key that tries again."""
    async with at_work(store, mia, PaymentScreen("pi_nothing")) as desk:
        shown = everything_said(desk)
        assert "No such payment_intent: 'pi_nothing'" in shown
        assert "R tries again" in shown
        assert desk.app.screen.query_one("#summary", Static).size.height <= 1
