"""A bulk refund survives pausing, leaving, closing and resuming; never twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from at_work import Desk, at_work, everything_said, reached, settled, until_shown
from at_work import until as at_work_until
from bulk_desk import (
    Gate,
    begun,
    outcomes,
    paid,
    planned,
    pressed,
    refunds,
    typed,
    until,
)

from conftest import Funds, Pay
from store.bulk import BulkState, ItemState
from store.event import Actor
from tui.app import RefundDesk
from tui.dialogs import armed
from tui.dialogs.confirm import ConfirmDialog
from tui.dialogs.continue_bulk import ContinueBulkDialog
from tui.screens.bulk import BulkScreen
from tui.screens.payments import PaymentsScreen

if TYPE_CHECKING:
    from store import Store


@pytest.fixture
def gate(store: Store, monkeypatch: pytest.MonkeyPatch) -> Gate:
    """A store that waits before each payment of a bulk."""
    return Gate(store, monkeypatch)


async def resumed(desk: Desk, rest: int) -> None:
    """Resume what was left, as the dialog offers it."""
    await desk.press("b")
    await until_shown(desk, ContinueBulkDialog)
    await settled(desk)
    assert f"{rest} payments are left" in everything_said(desk)
    await pressed(desk)
    await until_shown(desk, BulkScreen)


async def test_closed_in_the_middle_and_resumed(
    store: Store, mia: Actor, pay: Pay, funds: Funds, gate: Gate
) -> None:
    """The next start says what is unfinished; resuming refunds the rest, once each."""
    made = paid(pay, funds, 35)
    async with at_work(store, mia, size=(100, 30)) as desk:
        await begun(desk, 35)
        await gate.let(desk, 22)
        shown = everything_said(desk)
        assert "22/35" in shown
        assert "13 queued" in shown
    assert sum(refunds(store, made)) == 22
    async with at_work(store, mia, size=(100, 30)) as desk:
        left = "unfinished bulk by mia: 13 of 35 left"
        await at_work_until(desk, lambda: left in everything_said(desk))
        await resumed(desk, 13)
        gate.left = 100
        bulk = await until(desk, store, BulkState.DONE)
        assert set(outcomes(store, bulk).values()) == {ItemState.SENT}
    assert refunds(store, made) == [1] * 35


async def test_resuming_can_be_left(
    store: Store,
    mia: Actor,
    pay: Pay,
    funds: Funds,
    gate: Gate,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Escape, or an Enter that was held, resumes nothing."""
    made = paid(pay, funds, 4)
    async with at_work(store, mia) as desk:
        await begun(desk, 4)
        await gate.let(desk, 1)
    gate.left = 100
    async with at_work(store, mia) as desk:
        await desk.press("b")
        await until_shown(desk, ContinueBulkDialog)
        # Between two presses of a held key a busy machine takes its time.
        monkeypatch.setattr(armed, "QUIET_SECONDS", 60.0)
        for _ in range(30):
            if not isinstance(desk.app.screen, ContinueBulkDialog):
                break  # what lies under it opens a payment with enter
            await desk.press("enter")
        else:
            await desk.press("escape")
        await until_shown(desk, BulkScreen)
        assert sum(refunds(store, made)) == 1
        assert "LEFT" in everything_said(desk)


async def test_it_goes_on_while_the_agent_works_elsewhere(
    store: Store, mia: Actor, pay: Pay, funds: Funds, gate: Gate
) -> None:
    """`esc` leaves it in the background; the result line says how it stands."""
    made = paid(pay, funds, 6)
    async with at_work(store, mia, size=(100, 30)) as desk:
        await begun(desk, 6)
        await desk.press("escape")
        await until_shown(desk, PaymentsScreen)
        await gate.let(desk, 2)
        assert "bulk 2/6" in everything_said(desk)
        await desk.press("B")
        await settled(desk)
        assert "nothing is marked" not in everything_said(desk)
        assert "a bulk refund is going on; b shows it" in everything_said(desk)
        gate.left = 100
        await until(desk, store, BulkState.DONE)
        await desk.press("escape")
        await settled(desk)
        assert "✓ bulk done: ✓ 6 sent · b shows it" in everything_said(desk)
        await desk.press("b")
        await until_shown(desk, BulkScreen)
        await settled(desk)
        await desk.press("escape")
        await until_shown(desk, PaymentsScreen)
        assert "bulk done" not in everything_said(desk)
        assert refunds(store, made) == [1] * 6


async def test_pause_go_on_and_stop(
    store: Store, mia: Actor, pay: Pay, funds: Funds, gate: Gate
) -> None:
    """`p` stands still and goes on; `s` ends it, after a question."""
    made = paid(pay, funds, 6)
    async with at_work(store, mia, size=(100, 30)) as desk:
        await begun(desk, 6)
        await gate.let(desk, 2)
        await desk.press("p")
        await until(desk, store, BulkState.PAUSED)
        assert "PAUSED" in everything_said(desk)
        await desk.press("p")
        await gate.let(desk, 2)
        assert sum(refunds(store, made)) == 4
        await desk.press("s")
        await until_shown(desk, ConfirmDialog)
        said = everything_said(desk)
        assert "It stands still. 2 payments are left and would not be refunded." in said
        await desk.press("down", "enter")
        await until(desk, store, BulkState.STOPPED)
        gate.left = 100
        assert "STOPPED" in everything_said(desk)
        await desk.press("p")
        await settled(desk)
        assert store.bulk.list().rows[0].state is BulkState.STOPPED
        assert sum(refunds(store, made)) == 4


async def test_it_stands_still_while_stop_asks(
    store: Store, mia: Actor, pay: Pay, funds: Funds, gate: Gate
) -> None:
    """What is asked about is not refunded meanwhile; let be, it goes on by itself."""
    made = paid(pay, funds, 6)
    async with at_work(store, mia, size=(100, 30)) as desk:
        await begun(desk, 6)
        await gate.let(desk, 2)
        await desk.press("s")
        await until_shown(desk, ConfirmDialog)
        gate.left = 100
        await desk.pause(0.3)
        assert store.bulk.unfinished()[0].state is BulkState.PAUSED
        assert sum(refunds(store, made)) == 2
        await desk.press("enter")
        await until(desk, store, BulkState.DONE)
    assert refunds(store, made) == [1] * 6


async def test_quitting_asks_while_it_runs(
    store: Store, mia: Actor, pay: Pay, funds: Funds, gate: Gate
) -> None:
    """The first answer stays; the second one leaves, and nothing is lost."""
    made = paid(pay, funds, 4)
    async with at_work(store, mia, size=(100, 30)) as desk:
        await begun(desk, 4)
        await gate.let(desk, 1)
        await desk.press("Q")
        await until_shown(desk, ConfirmDialog)
        assert "A bulk refund is running. Quit?" in everything_said(desk)
        await desk.press("enter")
        await until_shown(desk, BulkScreen)
        assert desk.app.is_running
        await desk.press("Q")
        await until_shown(desk, ConfirmDialog)
        await desk.press("down", "enter")
        await reached(desk, lambda: not desk.app.is_running)
    assert store.bulk.unfinished()[0].queued == 3
    assert sum(refunds(store, made)) == 1


async def test_retry_tries_only_what_may_end_otherwise(
    store: Store, mia: Actor, pay: Pay, funds: Funds
) -> None:
    """Failures for want of funds are tried again once there are some, nothing else."""
    sent = paid(pay, funds, 2)
    short = [pay(2500, "eur", "pm_ideal").id for _ in range(2)]
    stale = pay(3000).id
    funds(5000, "eur")
    async with at_work(store, mia, size=(100, 30)) as desk:
        await planned(desk)
        assert "can refund 5" in everything_said(desk)
        drain = pay(5000, "eur", "pm_card_visa").id
        store.refunds.create(payment_intent=drain, actor=mia)
        store.refunds.create(payment_intent=stale, amount=100, actor=mia)
        await typed(desk, "REFUND 5")
        await pressed(desk)
        await until_shown(desk, BulkScreen)
        bulk = await until(desk, store, BulkState.DONE)
        states = outcomes(store, bulk)
        assert {states[one] for one in short} == {ItemState.FAILED}
        assert states[stale] is ItemState.STALE
        await desk.press("R")
        await until_shown(desk, ContinueBulkDialog)
        await settled(desk)
        assert "2 payments failed and may end otherwise" in everything_said(desk)
        funds(10_000, "eur")
        await pressed(desk)
        await until_shown(desk, BulkScreen)
        bulk = await until(desk, store, BulkState.DONE)
        assert {outcomes(store, bulk)[one] for one in short} == {ItemState.SENT}
        assert refunds(store, [*sent, *short, stale]) == [1] * 5
        await desk.press("R")
        await settled(desk)
        assert isinstance(desk.app.screen, BulkScreen)


async def test_resume_without_any_is_one_sentence(store: Store, mia: Actor) -> None:
    """`b` says so where nothing is unfinished."""
    async with at_work(store, mia) as desk:
        assert isinstance(desk.app, RefundDesk)
        await desk.press("b")
        await settled(desk)
        assert "No bulk refund is unfinished; B plans one." in everything_said(desk)


async def test_resuming_from_the_command_line(
    store: Store, mia: Actor, pay: Pay, funds: Funds
) -> None:
    """`:bulk resume` offers what was left, as its key does."""
    made = paid(pay, funds, 2)
    store.bulk.start(store.bulk.plan(payments=made), actor=mia)
    async with at_work(store, mia, size=(100, 30)) as desk:
        await desk.press("colon")
        await desk.pause()
        await desk.press(*"bulk", "space", *"resume", "enter")
        await until_shown(desk, ContinueBulkDialog)
        await pressed(desk)
        await until_shown(desk, BulkScreen)
        await until(desk, store, BulkState.DONE)
    assert refunds(store, made) == [1, 1]
