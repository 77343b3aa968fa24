"""Acting from the list: a key means the payment under the cursor, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from at_work import at_work, confirm, everything_said, settled, until_shown
from payments_list import on, screen, type_filter

from conftest import Funds, Pay
from store.event import Actor
from store.payment import Customer
from tui.dialogs.armed import ArmedDialog
from tui.dialogs.copy import CopyDialog
from tui.screens.events import EventsScreen
from tui.screens.payment import PaymentScreen
from tui.screens.payments import PaymentsScreen
from tui.screens.pending import PendingScreen
from tui.words import names

if TYPE_CHECKING:
    from store import Store

JANE = Customer("cus_jane", "Jane Doe", "jane@example.com")
EVIL = Customer("cus_evil", "[/x]\x1b]52;c;AA\x07\u202e[@click=app.bell]", None)


async def test_marks_are_summed_by_currency(store: Store, mia: Actor, pay: Pay) -> None:
    """The sums of what is marked stand at the lower right."""
    pay(4200)
    pay(1000, "eur")
    pay(800)
    async with at_work(store, mia) as desk:
        await desk.press("space", "space", "space")
        await settled(desk)
        assert "3 marked: 3 full refunds 10.00 EUR + 50.00 USD" in everything_said(desk)
        await desk.press("u")
        await settled(desk)
        assert "marked" not in everything_said(desk)


async def test_keys_act_on_the_payment_under_the_cursor(
    store: Store, mia: Actor, pay: Pay, funds: Funds
) -> None:
    """`r` opens the dialog for the payment that was meant at the key press."""
    funds()
    older, newer = pay(4200, customer=JANE), pay(1000)
    async with at_work(store, mia) as desk:
        await desk.press("j", "r")
        await until_shown(desk, ArmedDialog)
        said = everything_said(desk)
        assert names.short(older.id) in said
        assert names.short(newer.id) not in said
        await desk.press("escape")
        await settled(desk)
        assert store.payments.detail(older.id).payment.refunds == ()


async def test_the_second_key_press_opens_no_second_dialog(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """While one flow runs, another is not begun."""
    pay()
    async with at_work(store, mia) as desk:
        shown = screen(desk)
        shown.action_refund()
        shown.action_refund()
        await until_shown(desk, ArmedDialog)
        await settled(desk)
        dialogs = [one for one in desk.app.screen_stack if isinstance(one, ArmedDialog)]
        assert len(dialogs) == 1


async def test_a_refunded_payment_stays_under_the_cursor(
    store: Store, mia: Actor, pay: Pay, funds: Funds
) -> None:
    """Though it no longer matches the filter, the next key still means it."""
    funds()
    chosen = pay(4200).id
    async with at_work(store, mia) as desk:
        await type_filter(desk, "status:succeeded")
        await desk.press("enter", "r")
        await until_shown(desk, ArmedDialog)
        assert "sent 42.00 USD" in await confirm(desk)
        await settled(desk)
        assert on(desk) == chosen
        assert "RVSD" in everything_said(desk)
        await desk.press("R")
        await settled(desk)
        assert on(desk) is None


async def test_enter_opens_and_leaving_comes_back_to_the_same_place(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """Filter, cursor and marks survive a visit to the payment."""
    pay(100, customer=JANE)
    chosen = pay(200, customer=JANE).id
    pay(300)
    async with at_work(store, mia) as desk:
        await type_filter(desk, "jane")
        await desk.press("enter", "enter")
        await until_shown(desk, PaymentScreen)
        assert chosen in everything_said(desk)
        await desk.press("q")
        await settled(desk)
        assert on(desk) == chosen
        assert screen(desk).bar.query_text == "jane"


async def test_going_to_the_pending_refunds_and_back_keeps_everything(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """`2` and `1` change the screen; the list is as it was left."""
    pay(100)
    pay(200)
    async with at_work(store, mia) as desk:
        await desk.press("j", "2")
        await until_shown(desk, PendingScreen)
        await desk.press("1")
        await until_shown(desk, PaymentsScreen)
        assert on(desk) == screen(desk).table.held[1]


async def test_copying_sends_one_safe_word(store: Store, mia: Actor, pay: Pay) -> None:
    """`y` copies the id; `Y` offers ids and the address, nothing hostile."""
    made = pay(customer=JANE)
    async with at_work(store, mia) as desk:
        await desk.press("y")
        await settled(desk)
        assert desk.app.clipboard == made.id
        assert f"copied {made.id}" in screen(desk).result.told.plain
        await desk.press("Y")
        await until_shown(desk, CopyDialog)
        await desk.press("e")
        await settled(desk)
        assert desk.app.clipboard == "jane@example.com"


async def test_a_value_that_is_there_twice_is_offered_once(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """An event of a payment names it twice: `Y` lists it once, and copies it."""
    made = pay()
    async with at_work(store, mia) as desk:
        await desk.press("5")
        await until_shown(desk, EventsScreen)
        await desk.press("Y")
        await until_shown(desk, CopyDialog)
        assert everything_said(desk).count(made.id) == 1
        await desk.press("c")
        await settled(desk)
        assert desk.app.clipboard == made.id
