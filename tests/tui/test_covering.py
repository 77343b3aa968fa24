"""Top-ups: one currency or all that are short, and what that lets go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from at_the_balance import chosen, two_wait
from at_work import (
    at_work,
    confirm,
    said,
    settled,
    until_armed,
    until_shown,
    until_told,
)

from conftest import Funds, Pay
from store.event import Actor
from store.refund import RefundStatus
from tui.dialogs.cover import CoverDialog
from tui.dialogs.top_up import TopUpDialog
from tui.screens.balance import BalanceScreen

if TYPE_CHECKING:
    from store import Store


@pytest.fixture
def held(store: Store, mia: Actor, pay: Pay, funds: Funds) -> list[str]:
    """The ids of refunds that wait in two currencies."""
    return two_wait(store, mia, pay, funds)


async def test_top_up_of_the_chosen_currency(
    store: Store, mia: Actor, held: list[str]
) -> None:
    """The key t tops up the currency that is chosen, and no other."""
    async with at_work(store, mia, BalanceScreen()) as desk:
        await chosen(desk, "jpy")
        await desk.press("t")
        await until_shown(desk, TopUpDialog)
        told = await confirm(desk)
        assert told.startswith("✓ added 9,000 JPY · released 1: ")
    assert store.refunds.retrieve(held[1]).status is RefundStatus.SUCCEEDED
    assert store.refunds.retrieve(held[0]).status is RefundStatus.PENDING


@pytest.mark.parametrize("key", ["2", "4"])
async def test_all_shortfalls_are_covered(
    store: Store, mia: Actor, held: list[str], key: str
) -> None:
    """The key A says for each currency what it releases, and releases it."""
    async with at_work(store, mia) as desk:
        await desk.press(key)
        await settled(desk)
        await desk.press("A")
        await until_shown(desk, CoverDialog)
        told = await confirm(desk)
        assert told == "✓ added 96.20 EUR, 9,000 JPY · released 2"
        assert not any(one.short for one in store.balance_sheet())
        await desk.press("A")
        told = await until_told(desk, told)
        assert "No currency is short: there is nothing to cover." in told
    for refund in held:
        assert store.refunds.retrieve(refund).status is RefundStatus.SUCCEEDED


async def test_covering_says_first_what_it_releases(
    store: Store, mia: Actor, held: list[str]
) -> None:
    """The dialog says what each currency gets; closing it adds nothing."""
    async with at_work(store, mia, BalanceScreen()) as desk:
        await desk.press("A")
        await until_shown(desk, CoverDialog)
        await until_armed(desk)
        foresight = said(desk, "#foresight")
        assert "96.20 EUR: releases 1 refund" in foresight
        assert "9,000 JPY: releases 1 refund" in foresight
        await desk.press("escape")
        await settled(desk)
    assert len(store.refunds.pending().waiting) == len(held)
