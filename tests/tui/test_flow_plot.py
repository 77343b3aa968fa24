"""The plot of the last days: exact, and readable without colours or signs."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from typing import TYPE_CHECKING

import pytest
from at_the_balance import two_wait
from at_work import (
    at_work,
    everything_said,
    settled,
)

from conftest import Funds, Later, Pay
from store.balance import DayFlow
from store.event import Actor
from store.money import Money
from tui.app import RefundDesk
from tui.screens.balance import BalanceScreen
from tui.widgets.flow_plot import drawn
from tui.words.zone import Zone

if TYPE_CHECKING:
    from store import Store

DAYS = 30


def flows(currency: str) -> list[DayFlow]:
    """Return that many days; on the first some is held, on the last some goes out."""
    nothing = Money(0, currency)
    days = [
        DayFlow(date(2026, 2, 1) + timedelta(number), nothing, nothing, nothing)
        for number in range(DAYS)
    ]
    days[0] = DayFlow(days[0].date, nothing, nothing, Money(4500, currency))
    days[-2] = DayFlow(days[-2].date, Money(1, currency), nothing, nothing)
    days[-1] = DayFlow(days[-1].date, Money(9000, currency), nothing, nothing)
    return days


@pytest.fixture
def held(store: Store, mia: Actor, pay: Pay, funds: Funds) -> list[str]:
    """The ids of refunds that wait in two currencies."""
    return two_wait(store, mia, pay, funds)


async def test_the_plot_is_shown_where_there_is_room(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later
) -> None:
    """Marks and words tell the series apart; the key p shows it on a small screen."""
    funds()
    paid = pay()
    later()
    store.refunds.create(payment_intent=paid.id, amount=1250, actor=mia)
    async with at_work(store, mia, BalanceScreen(), size=(100, 30)) as desk:
        assert "refunded 12.50 USD" in everything_said(desk)
        assert "returned 0.00 USD" in everything_said(desk)
        await desk.resize_terminal(80, 24)
        await settled(desk)
        assert "refunded 12.50" not in everything_said(desk)
        await desk.press("p")
        await settled(desk)
        assert "refunded 12.50 USD" in everything_said(desk)


async def test_without_signs_and_colours_words_remain(
    store: Store, mia: Actor, held: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Plain letters and no colour: the series still differ, the shortfall is a word."""
    assert held
    monkeypatch.setenv("NO_COLOR", "1")
    app = RefundDesk(lambda: store, mia, zone=Zone(UTC), ascii_only=True)
    async with app.run_test(size=(100, 30)) as desk:
        await settled(desk)
        await desk.press("4")
        await settled(desk)
        words = everything_said(desk)
        assert words.isascii()
        assert "| held 310.00 EUR" in words
        assert "nothing" in words
        assert "up to 310.00" in words
        assert "#" in words
        assert "SHORT 96.20" in words


@pytest.mark.parametrize(
    ("currency", "most", "half"),
    [
        ("jpy", "9,000", "4,500"),
        ("kwd", "9.000", "4.500"),
        ("usd", "90.00", "45.00"),
    ],
)
@pytest.mark.parametrize("width", [58, 78, 98, 130])
def test_the_plot_names_exact_amounts(
    currency: str, most: str, half: str, width: int
) -> None:
    """Each row of bars says how much a full one is; a cent is seen, nothing is not."""
    rows = [row.plain for row in drawn(flows(currency), width, 7)]
    assert len(rows) == 7
    assert all(len(row) <= width for row in rows)
    said = [row.split("  ")[0].strip(" ▄█") for row in rows[:-1]]
    assert said == [
        *("refunded", f"up to {most}"),
        *("returned", "nothing"),
        *("held", f"up to {half}"),
    ]
    label = len(f"up to {most} ")
    each = min((width - label) // DAYS, 4)
    bars = [row[label:].ljust(each * DAYS) for row in rows[:-1]]
    low = [bars[1][day * each : (day + 1) * each] for day in range(DAYS)]
    assert [day for day, bar in enumerate(low) if bar.strip()] == [28, 29]
    assert low[28].strip() < low[29].strip()
    assert bars[4][:each].strip()
    assert not bars[4][each:].strip()
    assert rows[-1].rstrip().endswith("02 Mar")


def test_every_day_begins_with_a_cell() -> None:
    """Days of one amount look alike, whatever the width."""
    money = Money(100, "usd")
    days = [
        DayFlow(date(2026, 2, 1) + timedelta(n), money, money, money)
        for n in range(DAYS)
    ]
    for width in range(60, 160):
        row = drawn(days, width, 4)[0].plain
        bars = row[len("refunded up to 1.00 ") :]
        each = len(bars) // DAYS
        assert bars == bars[:each] * DAYS


@pytest.mark.parametrize("width", [0, 10, 22, 40])
def test_what_has_no_room_is_left_out(width: int) -> None:
    """The last days are kept; where there is no room for one, nothing is drawn."""
    rows = [row.plain for row in drawn(flows("usd"), width, 4)]
    assert all(len(row) <= width for row in rows)
    assert not rows or rows[0].rstrip().endswith("█")
