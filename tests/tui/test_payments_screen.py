"""The payments screen: find a payment among many, and act on that one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from at_work import at_work, everything_said, settled, until, until_shown
from textual.pilot import Pilot
from textual.widgets import Input

from conftest import Pay
from store.demo.seed import Account, sow
from store.errors import StoreBusy
from store.event import Actor
from store.lists.page import Order, Sort
from store.payment import Customer
from store.search.language import Tab
from tui.app import RefundDesk
from tui.dialogs.too_small import TooSmallDialog
from tui.screens.payments import PaymentsScreen
from tui.widgets.row import THUMB

if TYPE_CHECKING:
    from store import Store

JANE = Customer("cus_jane", "Jane Doe", "jane@example.com")
EVIL = Customer("cus_evil", "[/x]\x1b]52;c;AA\x07\u202e[@click=app.bell]", None)


def screen(desk: Pilot[None]) -> PaymentsScreen:
    """Return the list's screen."""
    shown = desk.app.screen
    assert isinstance(shown, PaymentsScreen)
    return shown


def on(desk: Pilot[None]) -> str | None:
    """Return the id under the cursor."""
    return screen(desk).target


async def type_filter(desk: Pilot[None], text: str) -> None:
    """Type a filter as an agent does, and wait for the list."""
    await desk.press("slash")
    await desk.pause()
    screen(desk).query_one(Input).value = text
    await desk.pause(0.3)
    await settled(desk)


async def test_an_empty_store_says_how_to_begin(store: Store, mia: Actor) -> None:
    """Nothing there: why, and the two commands that help."""
    async with at_work(store, mia) as desk:
        said = everything_said(desk)
        assert "No payments yet." in said
        assert "refund-desk import FILE" in said
        assert "refund-desk demo" in said


async def test_the_header_says_that_no_real_money_moves(
    store: Store, mia: Actor
) -> None:
    """The kind of store stands in words, with the agent and the zone."""
    async with at_work(store, mia) as desk:
        header = everything_said(desk).splitlines()[0]
        assert "SANDBOX" in header
        assert "mia" in header
        assert "UTC" in header


async def test_typing_narrows_the_list_live(store: Store, mia: Actor, pay: Pay) -> None:
    """The list follows the typing; enter keeps it, esc clears it."""
    janes = pay(4200, customer=JANE).id
    pay(1000)
    async with at_work(store, mia) as desk:
        await type_filter(desk, "jane")
        assert on(desk) == janes
        assert "1 of 2" in everything_said(desk)
        await desk.press("enter")
        await settled(desk)
        assert desk.app.focused is screen(desk).table
        await desk.press("escape")
        await settled(desk)
        assert len(screen(desk).table.held) == 2


async def test_a_bad_filter_says_where_and_keeps_the_list(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """The last good list stays under the sentence that says what is wrong."""
    pay()
    pay()
    async with at_work(store, mia) as desk:
        await type_filter(desk, "ada statos:x")
        lines = everything_said(desk).splitlines()
        typed = next(row for row in lines if "statos" in row)
        assert lines[lines.index(typed) + 1].index("^") == typed.index("statos")
        assert '"statos" is no search key' in "\n".join(lines)
        assert len(screen(desk).table.held) == 2


async def test_tabs_narrow_by_status(store: Store, mia: Actor, pay: Pay) -> None:
    """`[` and `]` go round the tabs; each has its count."""
    pay()
    held = pay(5000, capture_method="manual").id
    async with at_work(store, mia) as desk:
        await desk.press("left_square_bracket")
        await settled(desk)
        assert screen(desk).tabs.active is Tab.UNCAPTURED
        assert screen(desk).table.held == (held,)
        assert "Auth 1" in everything_said(desk)
        await desk.press("right_square_bracket")
        await settled(desk)
        assert screen(desk).tabs.active is Tab.ALL
        assert len(screen(desk).table.held) == 2


async def test_an_empty_tab_and_an_empty_search_say_so(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """No rows, but the reason."""
    pay()
    async with at_work(store, mia) as desk:
        await desk.press("left_square_bracket")
        await settled(desk)
        assert "No payment is under Uncaptured." in everything_said(desk)
        await desk.press("right_square_bracket")
        await type_filter(desk, "nobody")
        assert "Nothing matches nobody" in everything_said(desk)
        await desk.press("escape", "left_square_bracket")
        await type_filter(desk, "ada")
        said = everything_said(desk)
        assert "Nothing under Uncaptured matches ada" in said
        assert "[ and ] look under the others." in said


async def test_another_order_keeps_the_cursor_on_its_payment(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """`s` and `S` order anew; the payment under the cursor is the same one."""
    ids = [pay(amount).id for amount in (300, 100, 200)]
    async with at_work(store, mia) as desk:
        assert on(desk) == ids[2]
        await desk.press("s")
        await settled(desk)
        assert on(desk) == ids[2]
        assert "largest first" in everything_said(desk)
        await desk.press("S")
        await settled(desk)
        assert on(desk) == ids[2]
        await desk.press("g")
        await settled(desk)
        assert on(desk) == ids[1]
        assert "smallest first" in everything_said(desk)


async def test_another_order_shows_where_in_the_whole_list_one_is(
    store: Store, mia: Actor
) -> None:
    """Rows that begin in the middle of a list learn how many precede them."""
    sow(store, Account("thumb", 400))
    async with at_work(store, mia) as desk:
        await desk.press("G", "s")
        await settled(desk)
        table = screen(desk).table
        largest = Sort(Order.AMOUNT)
        whole = store.payments.page(sort=largest, size=1_000).rows
        assert table.total == len(whole) == 400
        await until(desk, lambda: table.rank is not None)
        assert table.rank == [line.id for line in whole].index(on(desk) or "")
        assert 100 < table.rank < 399
        lines = everything_said(desk).splitlines()
        assert any(line.endswith(THUMB) for line in lines)


async def test_a_change_by_someone_else_moves_neither_cursor_nor_marks(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """New payments above: after a reload the cursor is on the same payment."""
    first, second = pay(100).id, pay(200).id
    async with at_work(store, mia) as desk:
        await desk.press("space")
        assert on(desk) == first
        newest = pay(300).id
        await desk.press("R")
        await settled(desk)
        assert on(desk) == first
        assert list(screen(desk).table.marks) == [second]
        assert newest in screen(desk).table.held


async def test_hostile_names_are_shown_as_characters(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """Markup and escapes of a customer's name stand in the list as written."""
    pay(customer=EVIL)
    async with at_work(store, mia, size=(150, 30)) as desk:
        said = everything_said(desk)
        assert "[/x]\\x1b]52;c;AA\\x07\\u202e[@click" in said
        assert "\x1b" not in said


async def test_the_zone_changes_everywhere(store: Store, mia: Actor, pay: Pay) -> None:
    """`z` writes the same times as ages."""
    pay()
    async with at_work(store, mia) as desk:
        assert "09:00" in everything_said(desk)
        await desk.press("z", "z")
        await settled(desk)
        said = everything_said(desk)
        assert "relative" in said.splitlines()[0]
        assert "now" in said


async def test_a_store_that_does_not_open_is_explained_and_tried_again(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """What happened, that nothing was changed, and the key that tries again."""
    pay()
    refusals = [StoreBusy("Another process holds the store; nothing was done.")] * 2

    def open_later() -> Store:
        if refusals:
            raise refusals.pop()
        return store

    app = RefundDesk(open_later, mia)
    async with app.run_test(size=(80, 24)) as desk:
        await settled(desk)
        said = everything_said(desk)
        assert "The payments could not be read." in said
        assert "Another process holds the store" in said
        assert "R tries again." in said
        refusals.clear()
        await desk.press("R")
        await settled(desk)
        assert on(desk) is not None


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (100, 30), (132, 43)])
async def test_every_size_has_its_parts(
    store: Store, mia: Actor, pay: Pay, size: tuple[int, int]
) -> None:
    """Header, list, footer with help; the preview from 120 cells on."""
    pay(customer=JANE)
    async with at_work(store, mia, size=size) as desk:
        await desk.pause(0.2)
        await settled(desk)
        said = everything_said(desk)
        assert "50.00 USD" in said
        assert "? help" in said.splitlines()[-1]
        assert ("refundable" in said) == (size[0] >= 120)


async def test_too_small_a_terminal_says_so_and_keeps_the_state(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """Below 60 cells there is one sentence; with room again all is as before."""
    pay(100)
    chosen = pay(200).id
    pay(300)
    async with at_work(store, mia) as desk:
        await desk.press("j")
        await desk.resize_terminal(50, 24)
        await until_shown(desk, TooSmallDialog)
        assert "Too small" in everything_said(desk)
        await desk.resize_terminal(80, 24)
        await settled(desk)
        assert on(desk) == chosen
