"""Whatever the clock and the zone do, times are told right and the order stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from at_work import Desk, at_work, everything_said, settled, until
from failing import fail

from conftest import Funds, Later, Pay
from store.clock import StandingClock
from store.event import Actor
from tui.actions import BALANCE, EVENTS, FAILED, PAYMENTS, PENDING, ZONE
from tui.app import RefundDesk
from tui.screens.payment import PaymentScreen
from tui.screens.payments import PaymentsScreen
from tui.screens.refund import RefundScreen
from tui.words.zone import Zone

if TYPE_CHECKING:
    from store import Store

KATHMANDU, NEW_YORK = ZoneInfo("Asia/Kathmandu"), ZoneInfo("America/New_York")
SUMMER_BEGINS = datetime(2026, 3, 8, 7, 0, tzinfo=UTC)
"""When New York puts its clocks from 02:00 to 03:00."""
EVERY_LIST = (PAYMENTS, PENDING, FAILED, BALANCE, EVENTS)


async def test_a_zone_with_odd_minutes(store: Store, mia: Actor, pay: Pay) -> None:
    """Kathmandu is 5:45 ahead: the header names it, the list and the detail tell it."""
    pay()
    app = RefundDesk(lambda: store, mia, zone=Zone(KATHMANDU))
    async with app.run_test(size=(100, 30)) as desk:
        await settled(desk)
        shown = everything_said(desk)
        assert "+0545" in shown.splitlines()[0]
        assert "14:45" in shown
        await desk.press("enter")
        await until(desk, lambda: isinstance(app.screen, PaymentScreen))
        await until(desk, lambda: "14:45" in everything_said(desk))


async def test_over_the_change_to_summer_time(
    store: Store, mia: Actor, pay: Pay, clock: StandingClock
) -> None:
    """Two minutes apart are 01:59 and 03:01 in New York; the later stays above."""
    clock.at = SUMMER_BEGINS - timedelta(minutes=1)
    before = pay(1100)
    clock.at = SUMMER_BEGINS + timedelta(minutes=1)
    after = pay(2200)
    app = RefundDesk(lambda: store, mia, zone=Zone(NEW_YORK))
    async with app.run_test(size=(100, 30)) as desk:
        await settled(desk)
        shown = everything_said(desk)
        assert shown.index("03:01") < shown.index("01:59")
        assert "EDT" in shown.splitlines()[0]
        assert isinstance(app.screen, PaymentsScreen)
        assert app.screen.table.held == (after.id, before.id)


async def test_a_clock_that_is_put_back_keeps_the_order(
    store: Store, mia: Actor, pay: Pay, clock: StandingClock
) -> None:
    """An hour back: what came later stands above, and the log goes on in its order."""
    earlier = pay(1100)
    clock.at -= timedelta(hours=1)
    later_ = pay(2200)
    seqs = [one.seq for one in store.events.newest(limit=50)]
    assert seqs == sorted(seqs, reverse=True)
    async with at_work(store, mia, size=(100, 30)) as desk:
        screen = desk.app.screen
        assert isinstance(screen, PaymentsScreen)
        assert screen.table.held == (later_.id, earlier.id)
        await desk.press("z", "z")
        await settled(desk)
        assert "-" not in everything_said(desk).split("CREATED")[1].split("now")[0]


async def test_z_changes_how_every_screen_reads_times(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later
) -> None:
    """Each names the reading; days and ages, all that waiting ones show, stay."""
    funds()
    payment, refund = fail(store, pay, later)
    waiting = pay(31_000, "eur", "pm_card_visa")
    store.refunds.create(payment_intent=waiting.id, actor=mia)
    app = RefundDesk(lambda: store, mia, zone=Zone(KATHMANDU))
    async with app.run_test(size=(100, 30)) as desk:
        for action in EVERY_LIST:
            await desk.press(action.keys)
            await reads_otherwise(desk, hours=action is not PENDING)
        for screen in (PaymentScreen(payment.id), RefundScreen(refund.id)):
            await app.push_screen(screen)
            await reads_otherwise(desk, hours=True)


async def reads_otherwise(desk: Desk, *, hours: bool) -> None:
    """Check the three readings of one screen."""
    bodies = set()
    for reading in ("+0545", "UTC", "relative"):
        await until(desk, partial(_names, desk, reading))
        bodies.add("\n".join(everything_said(desk).splitlines()[1:]))
        await desk.press(ZONE.keys)
    assert len(bodies) == (3 if hours else 1), type(desk.app.screen)


def _names(desk: Desk, reading: str) -> bool:
    return reading in everything_said(desk).splitlines()[0]
