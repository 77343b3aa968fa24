"""A bulk refund of another day: shown by its id or from its event, and not begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from at_work import Desk, at_work, everything_said, settled, until_shown
from bulk_desk import Gate, at, begun, paid, until

from conftest import Funds, Pay
from store.bulk import Bulk, BulkState
from store.event import Actor
from store.refund import Reason
from tui.dialogs.confirm import ConfirmDialog
from tui.screens.bulk import BulkScreen
from tui.screens.events import EventsScreen
from tui.widgets.bulk_columns import BulkTable

if TYPE_CHECKING:
    from store import Store

TOM = Actor("tom")


@pytest.fixture
def stopped(store: Store, pay: Pay, funds: Funds) -> Bulk:
    """A bulk of three payments that Tom stopped before its first."""
    plan = store.bulk.plan(payments=paid(pay, funds, 3))
    plan = store.bulk.because(plan, reason=Reason.DUPLICATE, note=None)
    bulk = store.bulk.start(plan, actor=TOM)
    return store.bulk.stop(bulk.id, actor=TOM)


@pytest.fixture
def gate(
    store: Store,
    pay: Pay,
    funds: Funds,
    stopped: Bulk,
    monkeypatch: pytest.MonkeyPatch,
) -> Gate:
    """Five payments in all, of a store that waits before each payment of a bulk."""
    assert stopped.state is BulkState.STOPPED
    paid(pay, funds, 2)
    return Gate(store, monkeypatch)


async def commanded(desk: Desk, typed: str) -> None:
    """Type a command and run it."""
    await desk.press("colon")
    await settled(desk)
    await desk.press(*(("space" if one == " " else one) for one in typed), "enter")
    await settled(desk)


async def shown(desk: Desk, bulk: Bulk) -> str:
    """Return what is said, once the bulk is on the screen; nothing of it was sent."""
    await until_shown(desk, BulkScreen)
    await settled(desk)
    assert at(desk).bulk.bulk == bulk
    assert not at(desk).bulk.going
    return everything_said(desk)


async def test_it_is_shown_by_its_id(store: Store, mia: Actor, stopped: Bulk) -> None:
    """With what it left, for the list and a file; there is nothing to go on with."""
    async with at_work(store, mia, size=(100, 30)) as desk:
        await commanded(desk, f"bulk {stopped.id}")
        said = await shown(desk, stopped)
        assert "3 not refunded" in said
        assert " p " not in said.splitlines()[-1]
        await desk.press("f")
        await settled(desk)
        assert len(list(desk.app.screen.query_one(BulkTable)._window.rows)) == 3
    assert store.bulk.retrieve(stopped.id).state is BulkState.STOPPED
    assert not store.refunds.list().data


async def test_its_event_leads_to_it(store: Store, mia: Actor, stopped: Bulk) -> None:
    """`o` on an event of a bulk shows the bulk; esc leads back to the log."""
    async with at_work(store, mia, size=(100, 30)) as desk:
        await desk.press("5")
        await until_shown(desk, EventsScreen)
        await settled(desk)
        await desk.press("o")
        await shown(desk, stopped)
        await desk.press("escape")
        await until_shown(desk, EventsScreen)


async def test_an_id_that_is_none(store: Store, mia: Actor) -> None:
    """It is told, and what was typed can be put right."""
    async with at_work(store, mia, size=(100, 30)) as desk:
        await commanded(desk, "bulk blk_nothing")
        said = everything_said(desk)
        assert "No such bulk refund: 'blk_nothing'" in said
        assert "bulk blk_nothing" in said


async def test_one_that_goes_is_not_left_for_it(
    store: Store, mia: Actor, stopped: Bulk, gate: Gate
) -> None:
    """While this console carries another one out, it says so and goes on."""
    async with at_work(store, mia, size=(100, 30)) as desk:
        screen = await begun(desk, 5)
        going = at(desk).bulk.bulk
        assert going
        await commanded(desk, f"bulk {stopped.id}")
        assert "look when it is over" in everything_said(desk)
        await desk.press("escape")
        await settled(desk)
        assert desk.app.screen is screen
        assert at(desk).bulk.going
        here = at(desk).bulk.bulk
        assert here
        assert here.id == going.id
        await gate.let(desk, 5)
    assert len(store.refunds.list().data) == 5


async def test_keys_act_on_the_bulk_that_is_shown(
    store: Store, mia: Actor, stopped: Bulk, gate: Gate
) -> None:
    """After a look at another one, `s` stops the one it was pressed on."""
    async with at_work(store, mia, size=(100, 30)) as desk:
        screen = await begun(desk, 5)
        await gate.let(desk, 1)
        await desk.press("p")
        mine = await until(desk, store, BulkState.PAUSED)
        await commanded(desk, f"bulk {stopped.id}")
        await shown(desk, stopped)
        assert desk.app.screen is not screen
        await desk.press("escape")
        await settled(desk)
        assert desk.app.screen is screen
        assert at(desk).bulk.bulk == mine
        await desk.press("s")
        await until_shown(desk, ConfirmDialog)
        await desk.press("down", "enter")
        await until(desk, store, BulkState.STOPPED)
    assert store.bulk.retrieve(mine.id).state is BulkState.STOPPED
    assert store.bulk.retrieve(stopped.id) == stopped
    assert len(store.refunds.list().data) == 1
