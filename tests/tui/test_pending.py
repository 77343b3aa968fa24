"""Pending refunds: the queue, what it lacks, and what a top-up lets go."""

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

from conftest import Funds, Pay
from store.event import Actor
from store.refund import RefundStatus
from tui.dialogs.top_up import TopUpDialog
from tui.parts.desk import DeskScreen
from tui.screens.pending import PendingScreen
from tui.screens.refund import RefundScreen
from tui.widgets.rows import Rows
from tui.words import names

if TYPE_CHECKING:
    from store import Store


@pytest.fixture
def queue(store: Store, mia: Actor, pay: Pay, funds: Funds) -> list[str]:
    """Two refunds wait for euros: 310.00, short 96.20, then 20.00."""
    funds(21380, "eur")
    first = pay(31000, "eur", "pm_card_visa")
    second = pay(5000, "eur", "pm_card_visa")
    made = [
        store.refunds.create(payment_intent=first.id, actor=mia),
        store.refunds.create(payment_intent=second.id, amount=2000, actor=mia),
    ]
    return [outcome.refund.id for outcome in made]


async def test_the_queue_and_its_shortfall(
    store: Store, mia: Actor, queue: list[str]
) -> None:
    """Balances, order, need and end are in view, at the narrow width too."""
    async with at_work(store, mia, PendingScreen()) as desk:
        assert said(desk, "#count") == "Pending refunds 2 · waits for funds 2"
        balance = said(desk, "#balances")
        assert "EUR available 213.80  held 330.00  SHORT 116.20" in balance
        shown = everything_said(desk)
        assert shown.index("310.00 EUR") < shown.index("20.00 EUR")
        assert "96.20" in shown
        assert "16 Apr" in shown
        screen = desk.app.screen
        assert isinstance(screen, PendingScreen)
        assert screen.rows.key == queue[0]


async def test_top_up_releases_in_order(
    store: Store, mia: Actor, queue: list[str]
) -> None:
    """The proposed top-up is the shortfall; it lets both go, and the screen empties."""
    async with at_work(store, mia, PendingScreen()) as desk:
        await desk.press("t")
        await until_shown(desk, TopUpDialog)
        assert desk.app.screen.query_one("#amount", Input).value == "116.20"
        await until_armed(desk)
        assert "releases 2 refunds" in said(desk, "#foresight")
        told = await confirm(desk)
        assert told.startswith("✓ added 116.20 EUR · released 2: ")
        assert told.index(names.short(queue[0])) < told.index(names.short(queue[1]))
        assert "No refund waits" in everything_said(desk)
    for refund in queue:
        found = store.refunds.detail(refund).refund
        assert found.status is RefundStatus.SUCCEEDED


async def test_a_later_small_refund_waits_behind(
    store: Store, mia: Actor, pay: Pay, queue: list[str]
) -> None:
    """One euro asked for later is held behind those before it, though it would fit."""
    payment = pay(5000, "eur", "pm_card_visa")
    made = store.refunds.create(payment_intent=payment.id, amount=100, actor=mia)
    assert made.queue_position == 3
    async with at_work(store, mia, PendingScreen()) as desk:
        screen = desk.app.screen
        assert isinstance(screen, PendingScreen)
        await desk.press("j", "j")
        assert screen.rows.key == made.refund.id
        assert queue[0] != made.refund.id


async def test_all_go_out_in_their_order(
    store: Store, mia: Actor, pay: Pay, queue: list[str]
) -> None:
    """The proposed top-up lets all three out, oldest first; until then none goes."""
    payment = pay(5000, "eur", "pm_card_visa")
    third = store.refunds.create(payment_intent=payment.id, amount=100, actor=mia)
    assert third.refund.is_held
    async with at_work(store, mia, PendingScreen()) as desk:
        await desk.press("t")
        await until_shown(desk, TopUpDialog)
        assert desk.app.screen.query_one("#amount", Input).value == "117.20"
        told = await confirm(desk)
        assert told.startswith("✓ added 117.20 EUR · released 3: ")
    moved = store.balance_transactions.movements(currency="eur", kind="refund").rows
    assert [one.source for one in reversed(moved)] == [*queue, third.refund.id]


async def test_too_little_lets_the_first_go_alone(
    store: Store, mia: Actor, pay: Pay, queue: list[str]
) -> None:
    """What covers the first and the last, but not the second, releases the first."""
    payment = pay(5000, "eur", "pm_card_visa")
    last = store.refunds.create(payment_intent=payment.id, amount=100, actor=mia)
    async with at_work(store, mia, PendingScreen()) as desk:
        await desk.press("t")
        await until_shown(desk, TopUpDialog)
        desk.app.screen.query_one("#amount", Input).value = "100.00"
        await settled(desk)
        told = await confirm(desk)
        assert told.startswith("✓ added 100.00 EUR · released 1: ")
    waiting = store.refunds.pending().waiting
    assert [one.refund.id for one in waiting] == [queue[1], last.refund.id]


async def test_cursor_stays_on_its_refund(
    store: Store, mia: Actor, funds: Funds, queue: list[str]
) -> None:
    """When the first refund goes out, the cursor is still on the second."""
    async with at_work(store, mia, PendingScreen()) as desk:
        await desk.press("j")
        funds(9620, "eur")
        await desk.press("R")
        await desk.pause(0.2)
        screen = desk.app.screen
        assert isinstance(screen, PendingScreen)
        assert screen.rows.key == queue[1]


async def test_cancel_a_waiting_refund(
    store: Store, mia: Actor, queue: list[str]
) -> None:
    """The key x cancels the refund under the cursor; no money had moved."""
    async with at_work(store, mia, PendingScreen()) as desk:
        await desk.press("x")
        await desk.pause(0.3)
        await until_armed(desk)
        assert "no money had moved yet" in said(desk, "#foresight")
        await confirm(desk)
    assert store.refunds.detail(queue[0]).refund.status is RefundStatus.CANCELED


async def test_open_the_refund(store: Store, mia: Actor, queue: list[str]) -> None:
    """Enter opens the refund under the cursor."""
    async with at_work(store, mia, PendingScreen()) as desk:
        await desk.press("enter")
        await until_shown(desk, RefundScreen)
        assert queue[0] in said(desk, "#summary")


@pytest.mark.parametrize("key", ["1", "2", "3", "4", "5"])
async def test_every_header_counts_what_waits(
    store: Store, mia: Actor, pay: Pay, queue: list[str], key: str
) -> None:
    """On each screen, also when a colleague's refund begins to wait meanwhile."""
    assert len(queue) == 2
    async with at_work(store, mia) as desk:
        await desk.press(key)
        await settled(desk)
        assert "2Pend(2)" in everything_said(desk).splitlines()[0]
        payment = pay(5000, "eur", "pm_card_visa")
        store.refunds.create(payment_intent=payment.id, amount=100, actor=mia)
        screen = desk.app.screen
        assert isinstance(screen, DeskScreen)
        screen.look_again()
        await settled(desk)
        assert "2Pend(3)" in everything_said(desk).splitlines()[0]


async def test_what_is_not_short_is_not_called_short(
    store: Store, mia: Actor, pay: Pay, queue: list[str]
) -> None:
    """Once all went out, only balances that something waits for are named."""
    waits = pay(5000, "usd", "pm_us_bank_account")
    store.refunds.create(payment_intent=waits.id, amount=100, actor=mia)
    async with at_work(store, mia, PendingScreen()) as desk:
        await desk.press("t")
        await until_shown(desk, TopUpDialog)
        await confirm(desk)
        assert {one.refund.id for one in store.refunds.pending().waiting}.isdisjoint(
            queue
        )
        assert said(desk, "#balances").startswith("USD available")
        assert "EUR" not in said(desk, "#balances")
        await desk.press("t")
        await until_shown(desk, TopUpDialog)
        assert "SHORT" not in said(desk, "#about")


async def test_nothing_waits(store: Store, mia: Actor) -> None:
    """An empty store says that nothing waits, and which key helps."""
    async with at_work(store, mia, PendingScreen()) as desk:
        assert "No refund waits" in everything_said(desk)


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (132, 43)])
async def test_many_waiting_refunds_take_a_line_each(
    store: Store, mia: Actor, pay: Pay, queue: list[str], size: tuple[int, int]
) -> None:
    """Where the list scrolls, its rows are drawn for what room that leaves."""
    for _ in range(45 - len(queue)):
        payment = pay(100, "eur", "pm_card_visa")
        store.refunds.create(payment_intent=payment.id, actor=mia)
    async with at_work(store, Actor("dana"), size=size) as desk:
        await desk.press("2")
        await until(desk, lambda: desk.app.screen.query_one(Rows).option_count == 45)
        rows = desk.app.screen.query_one(Rows)
        await until(desk, lambda: rows.virtual_size.height == 45)
