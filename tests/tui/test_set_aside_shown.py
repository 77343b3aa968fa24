"""What broke when its time had come is told in the console, and counted."""

from unittest import mock

from at_work import everything_said, until

from conftest import Pay
from scenes import settled
from store import Store
from store.clock import StandingClock
from store.event import Actor, Face
from store.reference import business_days_after
from tui.app import RefundDesk
from tui.screens.payments import PaymentsScreen

API = Actor("shop", Face.API)


def breaks(store: Store, clock: StandingClock) -> None:
    """Let everything that is due within four business days break."""
    broken = mock.patch("store.verbs.advance._do", side_effect=ValueError("no answer"))
    with broken:
        store.advance(business_days_after(clock.at, 4))


def told(app: RefundDesk) -> str:
    """Return what the line for results says."""
    assert isinstance(app.screen, PaymentsScreen)
    return app.screen.result.told.plain


async def test_it_is_told_once_and_counted_until_it_is_mended(
    store: Store, mia: Actor, pay: Pay, clock: StandingClock
) -> None:
    """A sentence when it breaks; the header for as long as it is set aside."""
    paid = pay(method="pm_us_bank_account")
    app = RefundDesk(lambda: store, mia)
    async with app.run_test(size=(100, 30)) as desk:
        await settled(app, desk)
        assert "SET ASIDE" not in everything_said(desk)
        breaks(store, clock)
        await until(desk, lambda: "1 SET ASIDE" in everything_said(desk))
        await until(desk, lambda: "is set aside: ValueError: no answer." in told(app))
        assert "Everything else goes on" in told(app)
        store.payment_intents.cancel(paid.id, actor=API)
        await until(desk, lambda: "SET ASIDE" not in everything_said(desk))


async def test_what_broke_before_is_told_when_the_console_opens(
    store: Store, mia: Actor, pay: Pay, clock: StandingClock
) -> None:
    """Nobody has to have looked at the moment."""
    for _ in range(2):
        pay(method="pm_us_bank_account")
    breaks(store, clock)
    app = RefundDesk(lambda: store, mia)
    async with app.run_test(size=(80, 24)) as desk:
        await settled(app, desk)
        await until(desk, lambda: "2 SET ASIDE" in everything_said(desk))
        await until(desk, lambda: "(and 1 more)" in told(app))
