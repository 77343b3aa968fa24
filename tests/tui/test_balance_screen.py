"""Balance: what every currency has, what moved it, and by which kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from at_the_balance import chosen, shown, two_wait
from at_work import (
    at_work,
    everything_said,
    said,
    settled,
    until_shown,
)

from conftest import Funds, Later, Pay
from store.errors import StoreBusy
from store.event import Actor
from store.money import Money
from store.payment import Customer
from tui.dialogs.pick_kind import PickKindDialog
from tui.screens.balance import BalanceScreen
from tui.screens.payment import PaymentScreen
from tui.screens.refund import RefundScreen

if TYPE_CHECKING:
    from store import Store

SIZES = ((80, 24), (100, 30), (60, 20))


@pytest.fixture
def held(store: Store, mia: Actor, pay: Pay, funds: Funds) -> list[str]:
    """The ids of refunds that wait in two currencies."""
    return two_wait(store, mia, pay, funds)


@pytest.mark.parametrize("size", SIZES)
async def test_every_currency_with_its_own_decimals(
    store: Store, mia: Actor, pay: Pay, held: list[str], size: tuple[int, int]
) -> None:
    """Available, pending with its day, held, short; at every width."""
    assert len(held) == 2
    pay(1230, "kwd")
    async with at_work(store, mia, size=size) as desk:
        await desk.press("4")
        await settled(desk)
        assert shown(desk).region.size == desk.app.screen.size
        words = " ".join(everything_said(desk).split())
        assert "EUR available 213.80 pending" in words
        assert "held 310.00" in words
        assert "SHORT 96.20" in words
        assert "JPY available 0 pending" in words
        assert "SHORT 9,000" in words
        assert "on 04 Mar" in said(desk, "#coming")
        await chosen(desk, "kwd")
        moved = shown(desk).table.line
        assert moved is not None
        assert moved.balance is not None
        net = Money(moved.net, "kwd")
        assert str(net) in everything_said(desk)
        assert moved.balance.digits() in everything_said(desk)


async def test_an_empty_store_says_so(store: Store, mia: Actor) -> None:
    """No money has moved: one sentence and the key that helps."""
    async with at_work(store, mia, BalanceScreen()) as desk:
        assert "No money has moved yet. 1 goes to the payments." in everything_said(
            desk
        )
        assert not shown(desk).table.display
        assert everything_said(desk).splitlines()[-1].startswith(" ? help")


async def test_what_cannot_be_read_is_said(
    store: Store, mia: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reason and the key that tries again; that key reads it."""

    def busy() -> None:
        raise StoreBusy("Another process holds the store; nothing was done.")

    async with at_work(store, mia) as desk:
        with monkeypatch.context() as patched:
            patched.setattr(store, "balance_sheet", busy)
            await desk.press("4")
            await settled(desk)
            assert "Another process holds the store" in everything_said(desk)
            assert "R tries again" in everything_said(desk)
        await desk.press("R")
        await settled(desk)
        assert "No money has moved yet" in everything_said(desk)


async def test_movements_are_filtered_by_kind(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later
) -> None:
    """Only refunds, then all again; a narrowed list has no running balance."""
    funds()
    paid = pay()
    later()
    made = store.refunds.create(payment_intent=paid.id, actor=mia).refund
    async with at_work(store, mia, BalanceScreen()) as desk:
        await desk.press("slash")
        await until_shown(desk, PickKindDialog)
        await desk.press("j", "j", "enter")
        await settled(desk)
        assert "only refund" in said(desk, "#title")
        moved = shown(desk).table.line
        assert moved is not None
        assert (moved.source, moved.balance) == (made.id, None)
        await desk.press("enter")
        await until_shown(desk, RefundScreen)
        await desk.press("escape", "escape")
        await settled(desk)
        assert "all kinds" in said(desk, "#title")
        await desk.press("G")
        await settled(desk)
        await desk.press("k", "enter")
        await until_shown(desk, PaymentScreen)


async def test_a_long_list_is_walked_both_ways(
    store: Store, mia: Actor, funds: Funds
) -> None:
    """The running balance is right at the far end and on the way back."""
    for number in range(350):
        funds(100 + number, "usd")
    async with at_work(store, mia, BalanceScreen()) as desk:
        table = shown(desk).table
        await desk.press("G")
        await settled(desk)
        assert table.line is not None
        assert table.line.balance == Money(100, "usd")
        for _ in range(40):
            await desk.press("pageup")
            await settled(desk)
        assert table.line.net == 449
        await desk.press("ctrl+d", "R")
        await settled(desk)
        place = table.line.id
        funds(7, "usd")
        await desk.press("R")
        await settled(desk)
        assert table.line.id == place
        await desk.press("g")
        await settled(desk)
        assert table.line.net == 7


async def test_hostile_names_are_only_shown(store: Store, mia: Actor, pay: Pay) -> None:
    """What a customer wrote neither restyles nor crashes the list."""
    name = "[/]\x1b[2J\u202eboom"
    pay(customer=Customer("cus_x", name, None), description=name)
    async with at_work(store, mia, BalanceScreen(), size=(150, 30)) as desk:
        assert "[/]\\x1b[2J\\u202eboom" in everything_said(desk)


async def test_nothing_is_drawn_where_nothing_changed(
    store: Store, mia: Actor, held: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A look at what others did redraws only what they did."""
    assert held
    async with at_work(store, mia, BalanceScreen(), size=(100, 30)) as desk:
        screen = shown(desk)
        drawn_again: list[object] = []
        with monkeypatch.context() as watched:
            watched.setattr(screen.table, "redraw", lambda: drawn_again.append(1))
            watched.setattr(screen.balances, "fill", drawn_again.append)
            screen.look_again()
            await settled(desk)
        assert drawn_again == []
        store.topups.create(amount=100, currency="eur", actor=mia)
        screen.look_again()
        await settled(desk)
        assert "SHORT 95.20" in everything_said(desk)
        assert screen.table.line is not None
        assert "top-up" in everything_said(desk)
