"""The keys of a bulk refund: each says what it does with the bulk as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from at_work import Desk, at_work, everything_said, settled, until_shown
from at_work import until as at_work_until
from bulk_desk import Gate, begun, paid, refunds, until

from conftest import Funds, Pay
from store.bulk import STOPPED_BEFORE, BulkState
from store.event import Actor
from tui.dialogs.confirm import ConfirmDialog
from tui.files.journal import Asked, Journal
from tui.screens.bulk import BulkScreen
from tui.widgets.bulk_columns import BulkTable

if TYPE_CHECKING:
    from store import Store


@pytest.fixture
def gate(store: Store, monkeypatch: pytest.MonkeyPatch) -> Gate:
    """A store that waits before each payment of a bulk."""
    return Gate(store, monkeypatch)


async def paused(desk: Desk, store: Store, gate: Gate) -> None:
    """Begin a bulk of five payments and pause it after the second."""
    await begun(desk, 5)
    await gate.let(desk, 2)
    assert "p pause" in everything_said(desk).splitlines()[-1]
    await desk.press("p")
    await until(desk, store, BulkState.PAUSED)


async def test_its_key_says_what_it_does_now(
    store: Store, mia: Actor, pay: Pay, funds: Funds, gate: Gate
) -> None:
    """`p` pauses what goes, lets go on what stands still, and then is gone."""
    made = paid(pay, funds, 5)
    async with at_work(store, mia, size=(100, 30)) as desk:
        await paused(desk, store, gate)
        await at_work_until(
            desk, lambda: "p go on" in everything_said(desk).splitlines()[-1]
        )
        await desk.press("s")
        await until_shown(desk, ConfirmDialog)
        await desk.press("down", "enter")
        bulk = await until(desk, store, BulkState.STOPPED)
        await settled(desk)
        shown = everything_said(desk)
        assert "3 not refunded" in shown
        assert STOPPED_BEFORE.rstrip(".") in shown
        assert "queued" not in shown
        assert "QUEU" not in shown
        assert " p " not in shown.splitlines()[-1]
        assert bulk.queued == 3
        await desk.press("f")
        await settled(desk)
        rows = list(desk.app.screen.query_one(BulkTable)._window.rows)
        left = [one for one in made if not store.payments.find(one).refunds]
        assert sorted(one.payment for one in rows) == sorted(left)
    assert sum(refunds(store, made)) == 2


async def test_each_turn_is_written_down_and_answered(
    store: Store,
    mia: Actor,
    pay: Pay,
    funds: Funds,
    gate: Gate,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A console that is lost with one of them unanswered tells what became of it."""
    paid(pay, funds, 5)
    journal, written = Journal(), list[Asked]()
    monkeypatch.setattr(journal, "write", written.append)
    async with at_work(store, mia, size=(100, 30), journal=journal) as desk:
        await paused(desk, store, gate)
        await desk.press("s")
        await until_shown(desk, ConfirmDialog)
        await desk.press("down", "enter")
        bulk = await until(desk, store, BulkState.STOPPED)
    assert [one.what for one in written] == [
        "bulk refund of 5 payments",
        f"pause bulk refund {bulk.id}",
        f"stop bulk refund {bulk.id}",
    ]
    for one in written:
        found = store.answer(one.key)
        assert found is not None
        assert found.word == "stopped"
        assert found.message == "2 of 5 sent, 3 left as they are."


async def test_a_paused_bulk_is_shown_and_sends_nothing(
    store: Store, mia: Actor, pay: Pay, funds: Funds, gate: Gate
) -> None:
    """`b` leads to it, from anywhere and there; only `p` lets it go on."""
    made = paid(pay, funds, 5)
    async with at_work(store, mia, size=(100, 30)) as desk:
        await paused(desk, store, gate)
        gate.left = 100
        await desk.press("escape")
        await at_work_until(
            desk, lambda: "3 of 5 left · b shows it" in everything_said(desk)
        )
        for _ in range(2):
            await desk.press("b")
            await until_shown(desk, BulkScreen)
            await desk.pause(0.3)
            assert "PAUSED" in everything_said(desk)
        assert sum(refunds(store, made)) == 2
        await desk.press("p")
        await until(desk, store, BulkState.DONE)
    assert refunds(store, made) == [1] * 5
