"""`:ref` finds refunds by the numbers that banks give, also those that repeat."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from at_work import at_work, everything_said, until_shown
from commands_typed import command, refused
from imported_reference import with_stan
from textual.widgets import OptionList

from conftest import MONDAY, Funds, Import, Later, Pay
from store.event import Actor
from tui.dialogs.matches import MatchesDialog
from tui.screens.refund import RefundScreen

if TYPE_CHECKING:
    from store import Store


async def test_ref_finds_by_reference_and_a_stan_lists_all(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later
) -> None:
    """An ARN opens its refund; a STAN that repeats lists every match with its date."""
    known = pay(4200)
    funds()
    later()
    found = store.refunds.create(payment_intent=known.id, actor=mia).refund.id
    later(timedelta(days=20))
    where = store.refunds.detail(found).refund.destination
    assert where is not None
    async with at_work(store, mia, size=(100, 30)) as desk:
        await command(desk, f"ref {where.reference}")
        await until_shown(desk, RefundScreen)
        assert found in everything_said(desk)
        await refused(desk, "ref 99999999", why="No refund has the reference 99999999.")


@pytest.fixture
def bring_two(bring: Import) -> tuple[str, str]:
    """Two reversals with one STAN, two weeks apart."""
    first, second = MONDAY - timedelta(days=15), MONDAY - timedelta(days=1)
    bring(*with_stan("one", first), *with_stan("two", second))
    return "re_one", "re_two"


async def test_a_reference_that_repeats_is_asked_about(
    store: Store, mia: Actor, bring_two: tuple[str, str]
) -> None:
    """Both refunds are listed with their dates; the one that is chosen opens."""
    async with at_work(store, mia, size=(100, 30)) as desk:
        await command(desk, "ref 687903")
        await until_shown(desk, MatchesDialog)
        said = everything_said(desk)
        assert "2 refunds with 687903" in said
        assert said.count("STAN") == 2
        assert "01 Mar" in said
        assert "15 Feb" in said
        rows = desk.app.screen.query_one(OptionList)
        chosen = rows.get_option_at_index(1).id
        assert {rows.get_option_at_index(0).id, chosen} == set(bring_two)
        await desk.press("down", "enter")
        await until_shown(desk, RefundScreen)
        assert str(chosen) in everything_said(desk)
