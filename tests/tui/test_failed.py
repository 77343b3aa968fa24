"""Failed refunds: the inbox, trying again, closing with a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from at_work import (
    Desk,
    at_work,
    confirm,
    count,
    everything_said,
    said,
    settled,
    until_armed,
    until_shown,
)
from failing import FAILS, RETURNED, fail, fail_twice
from small_sizes import HOSTILE, SIZES
from textual.widgets import Button, Input

from conftest import Funds, Later, Pay
from store.errors import StoreBusy
from store.event import Actor
from store.refund import RefundStatus
from tui.app import RefundDesk
from tui.dialogs.finish_failed import FinishFailedDialog
from tui.dialogs.issue_refund import IssueRefundDialog
from tui.dialogs.retry_refund import RetryRefundDialog
from tui.screens.failed import FailedScreen
from tui.screens.payment import PaymentScreen
from tui.screens.refund import RefundScreen
from tui.words import names

if TYPE_CHECKING:
    from store import Store


@pytest.fixture(autouse=True)
def funded(funds: Funds) -> None:
    """The balance covers whatever is refunded."""
    funds()


@pytest.fixture
def two(store: Store, pay: Pay, later: Later) -> list[str]:
    """The ids of two failed refunds."""
    return fail_twice(store, pay, later)


def on(desk: Desk) -> str | None:
    """Return the refund under the cursor."""
    screen = desk.app.screen
    assert isinstance(screen, FailedScreen)
    return screen.meant.id if screen.meant else None


@pytest.mark.parametrize("size", SIZES)
async def test_what_failed_and_why(
    store: Store, mia: Actor, two: list[str], size: tuple[int, int]
) -> None:
    """Age, amount and why are in a row; the pane says where the money is, what next."""
    async with at_work(store, mia, FailedScreen(), size=size) as desk:
        assert on(desk) == two[0]
        assert "Failed refunds 2 open" in said(desk, "#count")
        shown = everything_said(desk)
        assert "7.00 USD" in shown
        assert "20.00 USD" in shown
        assert "FAIL" in shown
        facts = said(desk, "#facts")
        assert "The card has expired or was canceled." in facts
        assert "+7.00 USD came back" in facts
        assert "still refundable 50.00 USD" in facts
        assert "next: Pay the customer back another way" in facts
        assert "Ada Lovelace" in facts
        assert "expired_or_canceled_card" in shown
        assert "a try again" in shown.splitlines()[-1]


async def test_the_header_counts_the_open_ones(
    store: Store, mia: Actor, two: list[str]
) -> None:
    """On every screen the header says how many are open, until they are done."""
    assert len(two) == 2
    async with at_work(store, mia) as desk:
        assert "3Fail(2!)" in everything_said(desk).splitlines()[0]
        await desk.press("3")
        await until_shown(desk, FailedScreen)
        await desk.press("d")
        await until_shown(desk, FinishFailedDialog)
        await desk.press(*"wired")
        await confirm(desk)
        assert "3Fail(1!)" in everything_said(desk).splitlines()[0]
        await desk.press("1")
        await settled(desk)
        assert "3Fail(1!)" in everything_said(desk).splitlines()[0]


async def test_a_plain_refund_after_a_failed_one_promises_nothing_either(
    store: Store, mia: Actor, two: list[str]
) -> None:
    """The card is the same one, whichever dialog asks."""
    payment = store.refunds.failed(limit=1).rows[0].payment
    async with at_work(store, mia, PaymentScreen(payment)) as desk:
        await desk.press("r")
        await until_shown(desk, IssueRefundDialog)
        await until_armed(desk)
        foresight = " ".join(said(desk, "#foresight").split())
        assert "comes back again unless the bank has moved" in foresight
        assert "business days" not in foresight
    assert two


async def test_trying_again_is_a_new_refund_in_its_place(
    store: Store, url: str, mia: Actor, two: list[str]
) -> None:
    """The dry run tells what will happen; one press makes one refund, linked."""
    before = count(url, "refund")
    async with at_work(store, mia, FailedScreen()) as desk:
        await desk.press("j")
        assert on(desk) == two[1]
        await desk.press("a")
        await until_shown(desk, RetryRefundDialog)
        button = desk.app.screen.query_one("#confirm", Button)
        assert str(button.render()) == "Refund 20.00 USD again"
        assert desk.app.focused is desk.app.screen.query_one("#keep")
        assert "The card has expired" in said(desk, "#about")
        await until_armed(desk)
        foresight = " ".join(said(desk, "#foresight").split())
        assert "available" in foresight
        assert "comes back again unless the bank has moved" in " ".join(
            foresight.split()
        )
        assert "business days" not in foresight
        told = await confirm(desk)
        assert told.startswith("✓ sent 20.00 USD re_")
        assert f"in place of {names.short(two[1])}" in told
        assert on(desk) == two[1]
    assert count(url, "refund") == before + 1
    (done,) = store.refunds.failed(done=True).rows
    made = store.refunds.retrieve(done.retried_as or "")
    assert done.id == two[1]
    assert (made.money.amount, made.status) == (2_000, RefundStatus.SUCCEEDED)


async def test_held_keys_do_not_try_again(
    store: Store, url: str, mia: Actor, two: list[str]
) -> None:
    """Enter held down from the first key on presses nothing."""
    before = count(url, "refund")
    assert len(two) == 2
    async with at_work(store, mia, FailedScreen()) as desk:
        await desk.press("a", *["enter"] * 20)
        await settled(desk)
    assert count(url, "refund") == before


async def test_a_refund_by_others_disarms(
    store: Store, mia: Actor, two: list[str]
) -> None:
    """What a colleague did meanwhile is told, and the button does nothing."""
    async with at_work(store, mia, FailedScreen()) as desk:
        await desk.press("a")
        await until_shown(desk, RetryRefundDialog)
        await until_armed(desk)
        dialog = desk.app.screen
        assert isinstance(dialog, RetryRefundDialog)
        store.refunds.retry(two[0], actor=Actor("tom"))
        dialog.look_again()
        await settled(desk)
        assert "was tried again already" in said(desk, "#foresight")
        dialog.query_one("#confirm").focus()
        await desk.press("enter")
        assert not dialog.armed
        assert dialog.is_active
    assert len(store.refunds.failed(done=True).rows) == 1


async def test_done_with_a_note(store: Store, mia: Actor, two: list[str]) -> None:
    """Nothing closes without words; then it leaves, and is found among the done."""
    async with at_work(store, mia, FailedScreen()) as desk:
        await desk.press("j", "d")
        await until_shown(desk, FinishFailedDialog)
        await settled(desk)
        assert "Write what was done." in said(desk, "#foresight")
        assert not desk.app.screen.query_one("#confirm").has_class("-armed")
        await desk.press(*"paid by wire")
        told = await confirm(desk)
        assert told == f"✓ done with 20.00 USD {names.short(two[1])}"
        assert on(desk) == two[1]
        await desk.press("D")
        await settled(desk)
        assert on(desk) == two[1]
        assert "✓ done by mia" in said(desk, "#facts")
        assert "“paid by wire”" in said(desk, "#facts")
        assert "done ones" in said(desk, "#count")
        await desk.press("D")
        await settled(desk)
        assert on(desk) == two[0]
    (done,) = store.refunds.failed(done=True).rows
    assert (done.id, done.done_by, done.done_note) == (two[1], "mia", "paid by wire")


async def test_the_cursor_stays_in_its_place(
    store: Store, mia: Actor, pay: Pay, later: Later, two: list[str]
) -> None:
    """When the refund under the cursor is done, the cursor is on the next one."""
    third = fail(store, pay, later, amount=300)[1].id
    async with at_work(store, mia, FailedScreen()) as desk:
        await desk.press("j")
        assert on(desk) == two[0]
        store.refunds.close_failed(two[0], note="called", actor=Actor("tom"))
        await desk.press("R")
        await settled(desk)
        assert on(desk) == two[1]
        assert "2 open" in said(desk, "#count")
        await desk.press("k")
        assert on(desk) == third


async def test_nothing_is_drawn_where_nothing_is_different(
    store: Store, mia: Actor, two: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What others do elsewhere draws nothing; what they close goes by itself."""
    async with at_work(store, mia, FailedScreen()) as desk:
        drawn: list[object] = []
        show, screen = desk.app._display, desk.app.screen

        def counted(*given: object) -> None:
            drawn.append(given)
            show(*given)  # type: ignore[arg-type]  # as it was called

        monkeypatch.setattr(desk.app, "_display", counted)
        assert isinstance(screen, FailedScreen)
        store.topups.create(amount=100, currency="usd", actor=mia)
        screen.look_again()
        await settled(desk)
        assert drawn == []
        store.refunds.close_failed(two[0], note="called", actor=Actor("tom"))
        screen.look_again()
        await settled(desk)
        assert drawn
        assert on(desk) == two[1]


async def test_enter_and_o_lead_on(store: Store, mia: Actor, two: list[str]) -> None:
    """Enter shows the refund, o its payment, y copies the refund's id."""
    async with at_work(store, mia, FailedScreen()) as desk:
        await desk.press("y")
        assert desk.app.clipboard == two[0]
        await desk.press("enter")
        await until_shown(desk, RefundScreen)
        assert two[0] in said(desk, "#summary")
        await desk.press("escape")
        await settled(desk)
        await desk.press("o")
        await until_shown(desk, PaymentScreen)
        assert "Ada Lovelace" in said(desk, "#summary")


@pytest.mark.parametrize("size", SIZES)
async def test_nothing_failed(store: Store, mia: Actor, size: tuple[int, int]) -> None:
    """An empty inbox says so, and which keys help; no key breaks on it."""
    async with at_work(store, mia, FailedScreen(), size=size) as desk:
        assert "No failed refund is open." in everything_said(desk)
        await desk.press("a", "d", "o", "l", "y", "enter")
        assert isinstance(desk.app.screen, FailedScreen)
        await desk.press("D")
        await settled(desk)
        assert "No failed refund is done yet." in everything_said(desk)


async def test_a_store_that_does_not_answer(mia: Actor) -> None:
    """What happened, what did not, and the key that tries again."""

    def busy() -> Store:
        raise StoreBusy("Another process holds the store; nothing was done.")

    async with RefundDesk(busy, mia).run_test(size=(80, 24)) as desk:
        await desk.press("3")
        await settled(desk)
        shown = everything_said(desk)
        assert "The failed refunds could not be read." in shown
        assert "Nothing was changed. R tries again." in shown


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_names_are_shown_as_written(
    store: Store, mia: Actor, pay: Pay, later: Later, size: tuple[int, int]
) -> None:
    """A name can neither restyle nor act: its characters stand in list and pane."""
    payment = pay(5_000, method=FAILS, customer=HOSTILE)
    later()
    store.refunds.create(payment_intent=payment.id, actor=mia)
    later(RETURNED)
    async with at_work(store, mia, FailedScreen(), size=size) as desk:
        shown = everything_said(desk)
        assert "[/x]\\u202eeve\\x1b]52;c;x\\x07" in said(desk, "#facts")
        assert "\u202e" not in shown
        assert "\x1b" not in shown
        await desk.press("d")
        await until_shown(desk, FinishFailedDialog)
        assert "[/x]" in said(desk, "#about")
        assert desk.app.screen.query_one("#note", Input).value == ""
