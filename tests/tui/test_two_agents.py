"""Two agents at one payment: the second is told who did what, and sends nothing."""

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
    until_armed,
    until_shown,
)
from textual.widgets import Input

import store as door
from conftest import Funds, Later, Pay
from store.clock import StandingClock
from store.event import Actor
from store.ids import SeededIds
from tui.dialogs.issue_refund import IssueRefundDialog
from tui.dialogs.problem import ProblemDialog
from tui.screens.payment import PaymentScreen

if TYPE_CHECKING:
    from store import Store

TOM = Actor("tom")
BOTH = pytest.mark.parametrize("engine", ["sqlite", "postgresql"])


@BOTH
async def test_two_consoles_on_one_payment(
    store: Store,
    mia: Actor,
    pay: Pay,
    funds: Funds,
    later: Later,
    url: str,
    clock: StandingClock,
) -> None:
    """Tom refunds while Mia's dialog is open: it disarms, says so, keeps her amount."""
    payment = pay(4200)
    funds()
    later()
    with door.open_store(url, clock=clock, ids=SeededIds("tom")) as other:
        async with (
            at_work(store, mia, PaymentScreen(payment.id)) as hers,
            at_work(other, TOM, PaymentScreen(payment.id)) as his,
        ):
            await hers.press("p")
            await until_shown(hers, IssueRefundDialog)
            await hers.press(*"30")
            await until_armed(hers)
            first = hers.app.screen
            await his.press("p")
            await until_shown(his, IssueRefundDialog)
            await his.press(*"20")
            assert (await confirm(his)).startswith("✓ sent 20.00 USD")
            await until(hers, lambda: hers.app.screen is not first)
            await until_shown(hers, IssueRefundDialog, instead_of=first)
            assert said(hers, "#notice") == (
                "Changed while you looked: tom refunded 20.00 at 12:00 "
                "(left 42.00 → 22.00 USD). Nothing was sent."
            )
            dialog = hers.app.screen
            assert dialog.query_one("#amount", Input).value == "30.00"
            assert "at most 22.00 USD" in said(hers, "#foresight")
            assert isinstance(dialog, IssueRefundDialog)
            assert not dialog.armed
    refunds = store.payments.detail(payment.id).payment.refunds
    assert [one.money.amount for one in refunds] == [2000]


async def test_the_time_is_told_as_the_agent_reads_times(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later
) -> None:
    """Where ages are read, the change is told by its age."""
    payment = pay(4200)
    funds()
    later()
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("z", "z", "r")
        await until_shown(desk, IssueRefundDialog)
        await until_armed(desk)
        store.refunds.create(payment_intent=payment.id, amount=2000, actor=TOM)
        await until(desk, lambda: "tom refunded 20.00 now" in everything_said(desk))


async def test_what_the_press_would_do_is_told_anew(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later
) -> None:
    """Another refund empties the balance: the open dialog says that this one waits."""
    payment, elsewhere = pay(4200, method="pm_card_visa"), pay(5000)
    later()
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("r")
        await until_shown(desk, IssueRefundDialog)
        await until_armed(desk)
        assert "sent now" in said(desk, "#foresight")
        store.refunds.create(payment_intent=elsewhere.id, amount=3000, actor=TOM)
        await until(desk, lambda: "HELD: short" in said(desk, "#foresight"))
        await settled(desk)
        assert not store.payments.detail(payment.id).payment.refunds
        del funds


async def test_what_changed_besides_a_refund_is_said_in_words(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """A capture by somebody else ends the dialog; what is being typed acts nowhere."""
    payment = pay(4200, capture_method="manual")
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("c")
        await until(desk, lambda: "What will happen" in everything_said(desk))
        store.payment_intents.capture(payment.id, actor=TOM)
        await until_shown(desk, ProblemDialog)
        assert "Nothing was sent" in everything_said(desk)
        assert "Only uncaptured payments" in everything_said(desk)
        await desk.press(*"queer", "enter")
        assert isinstance(desk.app.screen, ProblemDialog)
        await desk.press("escape")
        await until(desk, lambda: "nothing was done" in everything_said(desk))
        assert store.payments.find(payment.id).charge is not None
