"""Bulk refund at the keyboard: a plan, a phrase, one outcome for each, never twice."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from at_work import at_work, everything_said, said, settled, until_armed, until_shown
from bulk_desk import (
    DISPUTED,
    TOM,
    outcomes,
    paid,
    planned,
    pressed,
    refunds,
    typed,
    until,
)
from textual.widgets import Button, Input

from conftest import Funds, Later, Pay
from store.bulk import BulkState, ItemState, Plan
from store.event import Actor
from tui.screens.bulk import BulkScreen
from tui.screens.payments import PaymentsScreen
from tui.widgets.payments_table import PaymentsTable
from tui.words.names import short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store import Store


async def test_bulk_of_thirty_seven(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later
) -> None:
    """One disputed, one refunded, one changed meanwhile: each has its own outcome."""
    fine = paid(pay, funds, 35)
    disputed = pay(1900, method=DISPUTED).id
    refunded = pay(2000).id
    later(timedelta(days=2))
    store.refunds.create(payment_intent=refunded, actor=TOM)
    stale = fine[7]
    async with at_work(store, mia, size=(100, 30)) as desk:
        dialog = await planned(desk)
        told = said(desk, "#foresight")
        assert "can refund 35" in told
        assert "skipped 2" in told
        assert dialog.why_locked() == "type REFUND 35"
        for wrong in ("REFUND 36", "refund 35"):
            await typed(desk, wrong)
            await desk.pause(0.6)
            assert not dialog.armed
            dialog.query_one("#arm", Input).clear()
        store.refunds.create(payment_intent=stale, amount=500, actor=TOM)
        await typed(desk, "REFUND 35")
        await pressed(desk)
        await until_shown(desk, BulkScreen)
        bulk = await until(desk, store, BulkState.DONE)
        expected = {**dict.fromkeys(fine, ItemState.SENT), stale: ItemState.STALE}
        skipped = dict.fromkeys((disputed, refunded), ItemState.SKIPPED)
        assert outcomes(store, bulk) == expected | skipped
        shown = everything_said(desk)
        assert "DONE" in shown
        assert "35/35" in shown
        assert "✓ 34 sent" in shown
        assert "~ 1 stale" in shown
        assert refunds(store, fine) == [1] * 35
        assert refunds(store, [disputed, refunded]) == [0, 1]
        await desk.press("f")
        await settled(desk)
        assert "tom" in everything_said(desk)
        await desk.press("escape")
        await until_shown(desk, PaymentsScreen)
        assert not desk.app.screen.query_one(PaymentsTable).marks


async def test_few_keys_and_an_honest_plan(
    store: Store,
    mia: Actor,
    pay: Pay,
    funds: Funds,
    later: Later,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Mark, plan, phrase, enter twice; what is skipped is counted by its reason."""
    fine = paid(pay, funds, 2)
    for one in [pay(2000).id for _ in range(5)]:
        store.refunds.create(payment_intent=one, actor=TOM)
    pay(1900, method=DISPUTED)
    later(timedelta(days=2))
    plans: list[Plan] = []
    plan = store.bulk.plan

    def noted(*, payments: Sequence[str]) -> Plan:
        plans.append(plan(payments=payments))
        return plans[-1]

    monkeypatch.setattr(store.bulk, "plan", noted)
    async with at_work(store, mia) as desk:
        dialog = await planned(desk)
        assert plans
        plans.clear()
        told = said(desk, "#foresight")
        assert "skipped 6: 5 already refunded, 1 disputed" in told
        assert "pi_" not in told
        dialog.query_one("#note").focus()
        await desk.press(*"lost")
        dialog.query_one("#arm").focus()
        await desk.press(*"REFUND", "space", "2", "enter")
        assert isinstance(desk.app.focused, Button)
        assert desk.app.focused.id == "confirm"
        await until_armed(desk)
        await desk.press("enter")
        await until_shown(desk, BulkScreen)
        await until(desk, store, BulkState.DONE)
    assert not plans  # planned once, whatever is typed
    assert {store.payments.find(one).refunds[0].note for one in fine} == {"lost"}


async def test_the_phrase_is_where_typing_begins(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later
) -> None:
    """What is skipped is named where it is one; wrong keys only fill the field."""
    paid(pay, funds, 1)
    disputed = pay(1900, method=DISPUTED).id
    later(timedelta(days=2))
    async with at_work(store, mia) as desk:
        dialog = await planned(desk)
        told = said(desk, "#foresight")
        assert "skipped 1: disputed" in told
        assert short(disputed) in told
        assert "has been charged back" in told
        await desk.press("b", "enter")
        assert not dialog.armed
        assert dialog.query_one("#arm", Input).value == "b"


@pytest.mark.parametrize("keys", [["enter"] * 60, ["R", "E", "F", "space"] * 12])
async def test_mashed_keys_arm_nothing(
    store: Store, mia: Actor, pay: Pay, funds: Funds, keys: list[str]
) -> None:
    """Held or random keys begin no bulk: only the phrase does, and only once calm."""
    made = paid(pay, funds, 3)
    async with at_work(store, mia) as desk:
        dialog = await planned(desk)
        for key in (*keys, "tab", "enter", "enter"):
            await desk.press(key)
        assert not dialog.armed
        await settled(desk)
        assert store.bulk.list().rows == ()
        assert refunds(store, made) == [0, 0, 0]


async def test_other_reason_needs_a_note(
    store: Store, mia: Actor, pay: Pay, funds: Funds
) -> None:
    """One reason for all; Other is refused until it is explained."""
    made = paid(pay, funds, 2)
    async with at_work(store, mia, size=(100, 30)) as desk:
        await planned(desk)
        desk.app.screen.query_one("#reason").focus()
        await desk.press("left")
        await desk.pause(0.5)
        await settled(desk)
        assert "note" in said(desk, "#foresight").lower()
        await typed(desk, "REFUND 2")
        desk.app.screen.query_one("#note").focus()
        await desk.press(*"double")
        await pressed(desk)
        await until_shown(desk, BulkScreen)
        await until(desk, store, BulkState.DONE)
        reasons = {store.payments.find(one).refunds[0].note for one in made}
        assert reasons == {"double"}


async def test_held_refunds_are_foreseen_and_never_called_refunded(
    store: Store, mia: Actor, pay: Pay, funds: Funds
) -> None:
    """The plan says what would wait for funds; the outcome says held."""
    for _ in range(3):
        pay(1000, "eur", "pm_card_visa")
    funds(1500, "eur")
    async with at_work(store, mia, size=(100, 30)) as desk:
        await planned(desk)
        assert "! 2 HELD until funds come" in said(desk, "#foresight")
        await typed(desk, "REFUND 3")
        await pressed(desk)
        await until_shown(desk, BulkScreen)
        await until(desk, store, BulkState.DONE)
        shown = everything_said(desk)
        assert "! 2 held" in shown
        assert "HELD 20.00 EUR" in shown
        assert "refunded" not in shown.lower()


async def test_nothing_marked_is_one_sentence(store: Store, mia: Actor) -> None:
    """`B` without marks says how to mark."""
    async with at_work(store, mia) as desk:
        await desk.press("B")
        await settled(desk)
        assert "nothing is marked: space marks, * marks all" in everything_said(desk)
