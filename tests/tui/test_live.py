"""Live: what another process changes is on the screen without a key, in its place."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from at_work import Desk, at_work, everything_said, settled, until, until_shown

import store as door
from conftest import FUNDED, MONDAY, Funds, Pay
from store.clock import RunningClock, StandingClock
from store.event import Actor
from store.ids import SeededIds
from store.payment import Customer, Payment
from tui.ask import Ask
from tui.dialogs.armed import ArmedDialog
from tui.screens.events import EventsScreen
from tui.screens.payment import PaymentScreen
from tui.screens.payments import PaymentsScreen
from tui.screens.pending import PendingScreen
from tui.screens.refund import RefundScreen
from tui.widgets.event_table import EventTable
from tui.words import names

if TYPE_CHECKING:
    from store import Store

TOM = Actor("tom")
BOTH = pytest.mark.parametrize("engine", ["sqlite", "postgresql"])


@pytest.fixture
def other(store: Store, url: str, clock: StandingClock) -> Iterator[Store]:
    """The same store, as another process has it."""
    del store  # it is made first
    with door.open_store(url, clock=clock, ids=SeededIds("other")) as opened:
        yield opened


def pay_there(other: Store, amount: int, customer: Customer | None = None) -> Payment:
    """Let a customer pay in the other process."""
    made = other.payment_intents.create(
        amount=amount,
        currency="usd",
        payment_method=FUNDED,
        customer=customer,
        actor=TOM,
    )
    return made.payment


def screen(desk: Desk) -> PaymentsScreen:
    """Return the list's screen."""
    assert isinstance(desk.app.screen, PaymentsScreen)
    return desk.app.screen


@BOTH
async def test_a_changed_payment_is_redrawn_where_it_stands(
    store: Store, other: Store, mia: Actor, pay: Pay, later: object
) -> None:
    """A colleague's refund shows in its row and in the counts; the cursor stays."""
    del later
    pay(9000)
    refunded = pay(4200)
    under_cursor = pay(1100)
    async with at_work(store, mia) as desk:
        assert screen(desk).target == under_cursor.id
        assert "RVSD" not in everything_said(desk)
        other.refunds.create(payment_intent=refunded.id, actor=TOM)
        await until(desk, lambda: "RVSD" in everything_said(desk))
        assert screen(desk).target == under_cursor.id
        assert "Rfnd 1" in everything_said(desk)


async def test_new_payments_are_announced_and_move_nothing(
    store: Store, other: Store, mia: Actor, pay: Pay
) -> None:
    """They are counted at the lower right; `R` at the top of the list goes to them."""
    first = pay(4200)
    async with at_work(store, mia) as desk:
        for amount in (100, 200, 300):
            newest = pay_there(other, amount)
        await until(desk, lambda: "▲ 3 new (R)" in everything_said(desk))
        assert screen(desk).target == first.id
        assert screen(desk).table.held == (first.id,)
        await desk.press("R")
        await until(desk, lambda: screen(desk).target == newest.id)
        assert "new (R)" not in everything_said(desk)
        assert len(screen(desk).table.held) == 4


async def test_reading_again_keeps_a_cursor_that_is_not_at_the_top(
    store: Store, other: Store, mia: Actor, pay: Pay
) -> None:
    """However many came above it, the cursor is on the payment it was on."""
    chosen = pay(4200)
    pay(1000)
    async with at_work(store, mia) as desk:
        await desk.press("j")
        for _ in range(120):
            pay_there(other, 100)
        await until(desk, lambda: "▲ 99+ new (R)" in everything_said(desk))
        await desk.press("R")
        await until(desk, lambda: len(screen(desk).table.held) > 100)
        assert screen(desk).target == chosen.id


async def test_cursor_and_marks_survive_everything_that_others_do(
    store: Store, other: Store, mia: Actor, pay: Pay
) -> None:
    """50 new rows, neighbours that change, another order and filter: all stay by id."""
    jane = Customer("cus_jane", "Jane Doe", "jane@example.com")
    marked = [pay(100 + number, customer=jane) for number in range(3)]
    neighbours = [pay(5000)]
    chosen = pay(4200, customer=jane)
    neighbours.append(pay(6000))
    async with at_work(store, mia, size=(100, 30)) as desk:
        await desk.press("G", "k", "k", *["space"] * 3, "g", "j")
        table = screen(desk).table
        assert screen(desk).target == chosen.id
        for number in range(50):
            pay_there(other, 10_000 + number, jane)
        for neighbour in neighbours:
            other.refunds.create(payment_intent=neighbour.id, actor=TOM)
        await until(desk, lambda: "▲ 50 new (R)" in everything_said(desk))
        assert screen(desk).target == chosen.id
        await desk.press("R")
        await until(desk, lambda: len(table.held) > 50)
        assert screen(desk).target == chosen.id
        await desk.press("s")
        await settled(desk)
        assert screen(desk).target == chosen.id
        await desk.press("slash", *"jane", "enter")
        await until(desk, lambda: neighbours[0].id not in table.held)
        assert screen(desk).target == chosen.id
        assert {one.id for one in marked} == set(table.marks)
        await desk.press("r")
        await until_shown(desk, ArmedDialog)
        assert names.short(chosen.id) in everything_said(desk)


async def test_an_open_payment_and_its_refund_follow(
    store: Store, other: Store, mia: Actor, pay: Pay, clock: StandingClock
) -> None:
    """The screens of one payment and one refund show what became of them."""
    payment = pay(4200)
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        sent = other.refunds.create(payment_intent=payment.id, amount=2000, actor=TOM)
        await until(desk, lambda: "refunded 20.00" in everything_said(desk))
        await desk.app.push_screen(RefundScreen(sent.refund.id))
        await until(desk, lambda: "canceled" not in everything_said(desk))
        clock.at += timedelta(minutes=1)
        other.advance(clock.at + timedelta(days=40))
        await until(desk, lambda: "available since" in everything_said(desk))


async def test_the_waiting_refunds_follow(
    store: Store, other: Store, mia: Actor, pay: Pay, funds: Funds
) -> None:
    """A refund that a colleague's top-up releases leaves the screen of those."""
    waiting = pay(31000, "eur", "pm_card_visa")
    funds(100, "eur")
    store.refunds.create(payment_intent=waiting.id, actor=mia)
    async with at_work(store, mia) as desk:
        await desk.press("2")
        await until_shown(desk, PendingScreen)
        await until(desk, lambda: "310.00 EUR" in everything_said(desk))
        other.topups.create(amount=50_000, currency="eur", actor=TOM)
        await until(desk, lambda: "No refund waits" in everything_said(desk))


async def test_new_events_are_announced_and_move_nothing(
    store: Store, other: Store, mia: Actor, pay: Pay
) -> None:
    """The cursor stays on its event though more came above; `g` leads to them."""
    pay(4200)
    async with at_work(store, mia) as desk:
        await desk.press("5")
        await until_shown(desk, EventsScreen)
        table = desk.app.screen.query_one(EventTable)
        await until(desk, lambda: table.line is not None)
        first = table.line
        other.notes.add(payment=pay(100).id, text="seen", actor=TOM)
        await until(desk, lambda: "new (g)" in everything_said(desk))
        assert table.line == first
        await desk.press("g")
        await until(desk, lambda: "new (g)" not in everything_said(desk))
        assert table.line is not None
        assert table.line.type == "desk.note.created"


async def test_nothing_is_drawn_while_nothing_changes(
    store: Store, other: Store, mia: Actor, pay: Pay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Polls draw nothing, nor do changes of what is not on the screen."""
    payment, elsewhere = pay(4200), pay(9000)
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        drawn: list[object] = []
        polls: list[bool] = []
        ask: Ask = desk.app.ask  # type: ignore[attr-defined]
        asked, show = ask.has_changed, desk.app._display

        async def counted() -> bool:
            polls.append(await asked())
            return polls[-1]

        def displayed(*given: Any) -> None:
            drawn.append(given)
            show(*given)

        monkeypatch.setattr(ask, "has_changed", counted)
        monkeypatch.setattr(desk.app, "_display", displayed)
        await until(desk, lambda: len(polls) >= 2)
        other.refunds.create(payment_intent=elsewhere.id, actor=TOM)
        await until(desk, lambda: any(polls))
        await until(desk, lambda: not polls[-1])
        assert drawn == []


@dataclass
class PassingClock(RunningClock):
    """Time passes by itself, as fast as the test says."""

    at: datetime = MONDAY

    def now(self) -> datetime:
        """Return how late it is."""
        return self.at


async def test_where_time_passes_the_outside_world_acts(url: str, mia: Actor) -> None:
    """A bank's reference arrives on the screen though nobody advances the store."""
    clock = PassingClock()
    store = door.open_store(url, clock=clock, ids=SeededIds("test"))
    payment = pay_there(store, 4200)
    clock.at += timedelta(hours=3)
    store.advance()
    store.topups.create(amount=9000, currency="usd", actor=mia)
    sent = store.refunds.create(payment_intent=payment.id, actor=mia)
    async with at_work(store, mia, RefundScreen(sent.refund.id)) as desk:
        assert "available since" not in everything_said(desk)
        clock.at += timedelta(days=12)
        await until(desk, lambda: "available since" in everything_said(desk))


async def test_a_store_that_is_gone_is_said_once_and_followed_again(
    store: Store, mia: Actor, pay: Pay, url: str
) -> None:
    """What is shown stays and is called old; keys work; it is read when it is back."""
    pay(4200)
    file = url.removeprefix("sqlite:///")
    async with at_work(store, mia) as desk:
        shutil.move(file, f"{file}.gone")
        await until(desk, lambda: "may be old" in screen(desk).result.told.plain)
        assert "42.00 USD" in everything_said(desk)
        shutil.move(f"{file}.gone", file)
        await until(desk, lambda: "may be old" not in screen(desk).result.told.plain)
