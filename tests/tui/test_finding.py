"""Finding: from every screen one key leads to the payments, and to what is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from at_work import Desk, at_work, everything_said, settled, until
from bulk_desk import at, begun, paid
from bulk_desk import until as until_bulk
from failing import fail
from textual.widgets import Input
from typed_ahead import at_once

from conftest import Funds, Later, Pay
from store.bulk import BulkState
from store.event import Actor
from store.search.filters import Tab
from tui.files.memory import Memory
from tui.screens.bulk import BulkScreen
from tui.screens.failed import FailedScreen
from tui.screens.payment import PaymentScreen
from tui.screens.payments import PaymentsScreen
from tui.screens.refund import RefundScreen
from tui.settings import Settings

if TYPE_CHECKING:
    from store import Store


def the_list(desk: Desk) -> PaymentsScreen:
    """Return the list of payments, which is what is shown."""
    assert isinstance(desk.app.screen, PaymentsScreen)
    return desk.app.screen


async def find(desk: Desk, text: str) -> None:
    """Type the key and what is looked for in one go; wait until it stands there."""
    at_once(desk, f"/{text}")

    def written() -> bool:
        return the_list(desk).query_one(Input).value == text

    await until(desk, written)


@pytest.mark.parametrize("key", ["2", "3"])
async def test_what_is_typed_on_another_screen_is_looked_for(
    store: Store, mia: Actor, pay: Pay, key: str
) -> None:
    """No letter acts there: `e` would export, `t` top up, `q` leave."""
    made = pay()
    async with at_work(store, mia) as desk:
        await desk.press(key)
        await settled(desk)
        await find(desk, "etqaxd")
        assert len(desk.app.screen_stack) == 1
        await desk.press("escape")
        await settled(desk)
        assert the_list(desk).target == made.id


async def test_details_are_left_for_the_list(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later
) -> None:
    """From a payment and a refund, however many lie over the list."""
    funds()
    charge, refund = fail(store, pay, later)
    async with at_work(store, mia) as desk:
        await desk.app.push_screen(PaymentScreen(charge.id))
        await settled(desk)
        await desk.app.push_screen(RefundScreen(refund.id))
        await settled(desk)
        await find(desk, "nobody")
        assert len(desk.app.screen_stack) == 1
        await until(desk, lambda: "Nothing matches nobody" in everything_said(desk))


async def test_a_bulk_is_left_as_it_is(
    store: Store, mia: Actor, pay: Pay, funds: Funds
) -> None:
    """It goes on while another payment is looked for."""
    made = paid(pay, funds, 2)
    async with at_work(store, mia, size=(100, 30)) as desk:
        await begun(desk, 2)
        await until_bulk(desk, store, BulkState.DONE)
        await find(desk, made[0])
        await until(desk, lambda: the_list(desk).target == made[0])
        assert at(desk).bulk.bulk is not None


async def test_all_payments_are_looked_through(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """Neither the filter of before nor its tab hides what is looked for."""
    made = pay()
    memory = Memory(Settings(filter="nobody", tab=Tab.DISPUTED))
    async with at_work(store, mia, memory=memory) as desk:
        said = everything_said(desk)
        assert "as you left it: nobody (esc clears it) under Disputed ([ ])" in said
        await desk.press("3")
        await settled(desk)
        await find(desk, made.id)
        await until(desk, lambda: the_list(desk).target == made.id)
        assert the_list(desk).tabs.active is Tab.ALL
        assert "as you left it" not in everything_said(desk)


async def test_a_number_leads_back_and_then_to_the_list(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """First what was open there; pressed again, the list under it."""
    made = pay()
    async with at_work(store, mia) as desk:
        await desk.press("enter")
        await until(desk, lambda: isinstance(desk.app.screen, PaymentScreen))
        await desk.press("3")
        await until(desk, lambda: isinstance(desk.app.screen, FailedScreen))
        await desk.press("1")
        await until(desk, lambda: isinstance(desk.app.screen, PaymentScreen))
        await desk.press("1")
        await until(desk, lambda: isinstance(desk.app.screen, PaymentsScreen))
        assert the_list(desk).target == made.id


async def test_the_list_is_a_number_away_from_a_bulk(
    store: Store, mia: Actor, pay: Pay, funds: Funds
) -> None:
    """A bulk lies over the list like any detail."""
    paid(pay, funds, 2)
    async with at_work(store, mia, size=(100, 30)) as desk:
        assert isinstance(await begun(desk, 2), BulkScreen)
        await until_bulk(desk, store, BulkState.DONE)
        await desk.press("1")
        await until(desk, lambda: isinstance(desk.app.screen, PaymentsScreen))
