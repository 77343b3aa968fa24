"""A bulk desk: marked payments of every kind, and the steps of a bulk refund."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from at_work import Desk, reached, settled, until_armed, until_shown
from textual.widgets import Input

from conftest import Funds, Pay
from store.bulk import Bulk, BulkState, ItemState
from store.event import Actor, Face
from store.verbs.run_bulk import Pace
from tui.app import RefundDesk
from tui.dialogs.bulk_refund import BulkRefundDialog
from tui.screens.bulk import BulkScreen

if TYPE_CHECKING:
    from store import Store

DISPUTED = "pm_card_createDispute"
TOM = Actor("tom", Face.CONSOLE)


def paid(pay: Pay, funds: Funds, number: int) -> list[str]:
    """Let so many customers pay 10.00 and more; return the ids, oldest first."""
    funds(10_000_000)
    return [pay(1000 + each).id for each in range(number)]


def at(desk: Desk) -> RefundDesk:
    """Return the console."""
    assert isinstance(desk.app, RefundDesk)
    return desk.app


async def planned(desk: Desk) -> BulkRefundDialog:
    """Mark everything and ask for a bulk refund; return its dialog with its plan."""
    await desk.press("asterisk")
    await settled(desk)
    await desk.press("B")
    await until_shown(desk, BulkRefundDialog)
    dialog = desk.app.screen
    assert isinstance(dialog, BulkRefundDialog)
    await reached(desk, lambda: dialog.why_locked() != "planning")
    return dialog


async def typed(desk: Desk, phrase: str) -> None:
    """Type the phrase that arms."""
    field = desk.app.screen.query_one("#arm", Input)
    field.focus()
    await desk.pause()
    await desk.press(*(("space" if key == " " else key) for key in phrase))


async def pressed(desk: Desk) -> None:
    """Press the acting button, once it is armed."""
    await until_armed(desk)
    desk.app.screen.query_one("#confirm").focus()
    await desk.pause()
    await desk.press("enter")


async def begun(desk: Desk, number: int) -> BulkScreen:
    """Carry a bulk refund of everything out; return its screen."""
    await planned(desk)
    await typed(desk, f"REFUND {number}")
    await pressed(desk)
    await until_shown(desk, BulkScreen)
    assert isinstance(desk.app.screen, BulkScreen)
    return desk.app.screen


async def until(desk: Desk, store: Store, state: BulkState) -> Bulk:
    """Wait until the newest job is in a state and nobody works at it."""

    def ended() -> bool:
        found = store.bulk.list(limit=1).rows
        going = at(desk).bulk.going
        return bool(found) and found[0].state is state and not going

    await reached(desk, ended)
    await settled(desk)
    return store.bulk.list(limit=1).rows[0]


def outcomes(store: Store, bulk: Bulk) -> dict[str, ItemState]:
    """Return what became of each payment of a job."""
    page = store.bulk.items(bulk.id, limit=1000)
    return {one.payment: one.state for one in page.rows}


def refunds(store: Store, payments: list[str]) -> list[int]:
    """Return how many refunds each payment has."""
    return [len(store.payments.find(one).refunds) for one in payments]


class Gate:
    """Lets so many payments of a bulk through, one a piece, and no more."""

    def __init__(self, store: Store, patch: pytest.MonkeyPatch) -> None:
        self.left = 0
        self._store, self._run = store, store.bulk.run
        patch.setattr(store.bulk, "run", self._one)
        patch.setattr(Pace, "goes_on", lambda *_: False)

    def _one(self, bulk_id: str, *, actor: Actor) -> Bulk:
        if self.left <= 0:
            time.sleep(0.001)
            return self._store.bulk.retrieve(bulk_id)
        self.left -= 1
        return self._run(bulk_id, actor=actor)

    async def let(self, desk: Desk, number: int) -> None:
        """Let so many through, and wait until that is seen."""
        bulk = at(desk).bulk.bulk
        wanted = max(0, bulk.queued - number) if bulk else 0
        self.left = number

        def through() -> bool:
            bulk = at(desk).bulk.bulk
            return bulk is not None and bulk.queued == wanted

        await reached(desk, through)
        await desk.pause(0.3)
        await settled(desk)
