"""After each action the cursor is on what was just done: the next key acts on it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from at_work import Desk, at_work, confirm, said, settled, until, until_shown
from failing import fail_twice
from textual.widgets import OptionList, TextArea

from conftest import Funds, Later, Pay
from store.clock import StandingClock
from store.event import Actor
from tui.dialogs.cancel_refund import CancelRefundDialog
from tui.dialogs.finish_failed import FinishFailedDialog
from tui.dialogs.issue_refund import IssueRefundDialog
from tui.dialogs.letter import LetterDialog
from tui.dialogs.look_up import LookUpDialog
from tui.dialogs.note import NoteDialog
from tui.dialogs.pick_refund import PickRefundDialog
from tui.dialogs.retry_refund import RetryRefundDialog
from tui.dialogs.top_up import TopUpDialog
from tui.screens.balance import BalanceScreen
from tui.screens.failed import FailedScreen
from tui.screens.payment import PaymentScreen
from tui.screens.pending import PendingScreen
from tui.screens.refund import RefundScreen
from tui.words import names

if TYPE_CHECKING:
    from store import Store

LATER = timedelta(hours=3)
SIZES = [(80, 24), (120, 36)]
both_sizes = pytest.mark.parametrize("size", SIZES)


def refunds(store: Store, payment: str) -> list[str]:
    """Return the ids of a payment's refunds, the newest first."""
    return [one.id for one in store.payments.detail(payment).payment.refunds]


def entry(desk: Desk) -> str:
    """Return what the timeline's entry under the cursor says."""
    screen = desk.app.screen
    assert isinstance(screen, PaymentScreen)
    row = screen.timeline.highlighted_option
    return " ".join(str(row.prompt).split()) if row else ""


async def refund_a_part(desk: Desk, amount: str) -> str:
    """Refund that much from the screen that is shown; return what was told."""
    await desk.press("p")
    await until_shown(desk, IssueRefundDialog)
    await desk.press(*amount)
    desk.app.screen.query_one("#arm").focus()  # a second refund has to be armed
    await desk.press(*amount)
    return await confirm(desk)


@pytest.fixture
def refunded(store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later) -> str:
    """A payment of 80.00 of which 10.00 went back; the cursor has been moved on it."""
    payment = pay(8000)
    funds()
    later()
    store.refunds.create(payment_intent=payment.id, amount=1000, actor=mia)
    return payment.id


@both_sizes
async def test_enter_after_a_refund_opens_that_refund(
    store: Store, mia: Actor, refunded: str, size: tuple[int, int]
) -> None:
    """Wherever the cursor was in the timeline, it comes to the refund just made."""
    (old,) = refunds(store, refunded)
    async with at_work(store, mia, PaymentScreen(refunded), size=size) as desk:
        for place in ("g", "G"):
            await desk.press(place)
            told = await refund_a_part(desk, "5")
            new = refunds(store, refunded)[0]
            assert new != old
            assert f"✓ sent 5.00 USD {names.short(new)}" in told
            await desk.press("enter")
            await until_shown(desk, RefundScreen)
            assert new in said(desk, "#summary")
            await desk.press("escape")
            await until_shown(desk, PaymentScreen)
            old = new


@pytest.mark.parametrize(
    ("key", "dialog"),
    [("x", CancelRefundDialog), ("l", LookUpDialog), ("m", LetterDialog)],
)
async def test_a_key_after_a_refund_acts_on_it(
    store: Store, mia: Actor, refunded: str, key: str, dialog: type[CancelRefundDialog]
) -> None:
    """Cancel, look up and letter ask for none of the other refunds."""
    async with at_work(store, mia, PaymentScreen(refunded)) as desk:
        await desk.press("G")
        await refund_a_part(desk, "5")
        await desk.press(key)
        await until_shown(desk, dialog)
        dialog_on_top = desk.app.screen
        shown = "\n".join(str(one.render()) for one in dialog_on_top.query("Static"))
        shown += "".join(one.text for one in dialog_on_top.query(TextArea))
        new, old = refunds(store, refunded)
        assert "10.00" not in shown
        assert names.short(new) in shown or "5.00" in shown
        assert names.short(old) not in shown


async def test_after_a_refund_was_canceled(
    store: Store, mia: Actor, refunded: str
) -> None:
    """The cursor is on the entry that tells of the end, not on the newest refund."""
    async with at_work(store, mia, PaymentScreen(refunded)) as desk:
        await refund_a_part(desk, "5")
        new, old = refunds(store, refunded)
        await desk.press("x")
        await until_shown(desk, CancelRefundDialog)
        await confirm(desk)
        assert "refund 5.00 USD canceled" in entry(desk)
        await desk.press("G", "m")
        await until_shown(desk, PickRefundDialog)
        await desk.press("escape")
        screen = desk.app.screen
        assert isinstance(screen, PaymentScreen)
        assert {new, old} == {one.id for one in screen.refunds.options}
        assert screen.refunds.key == new


async def test_after_a_note(store: Store, mia: Actor, refunded: str) -> None:
    """The cursor is on the note."""
    async with at_work(store, mia, PaymentScreen(refunded)) as desk:
        await desk.press("G", "n")
        await until_shown(desk, NoteDialog)
        await desk.press(*"called", "tab", "tab", "enter")
        await until(desk, lambda: isinstance(desk.app.screen, PaymentScreen))
        await until(desk, lambda: "note: called" in entry(desk))


async def test_others_do_not_move_the_cursor(
    store: Store, mia: Actor, refunded: str
) -> None:
    """What somebody else does leaves the cursor on its entry."""
    async with at_work(store, mia, PaymentScreen(refunded)) as desk:
        await desk.press("G")
        before = entry(desk)
        tom = Actor("tom", mia.face)
        store.notes.add(payment=refunded, text="mine", actor=tom)
        screen = desk.app.screen
        assert isinstance(screen, PaymentScreen)
        screen.look_again()
        await settled(desk)
        assert screen.timeline.option_count == 3
        assert entry(desk) == before


async def test_in_the_list_the_picker_begins_on_it(
    store: Store, mia: Actor, refunded: str, clock: StandingClock
) -> None:
    """Where a key has to ask which refund, the one just handled is under the cursor."""
    (old,) = refunds(store, refunded)
    clock.at += LATER
    async with at_work(store, mia) as desk:
        await desk.press("G")
        await refund_a_part(desk, "5")
        new = refunds(store, refunded)[0]
        for key in ("l", "x", "m"):
            await desk.press(key)
            await until_shown(desk, PickRefundDialog)
            rows = desk.app.screen.query_one(OptionList)
            assert rows.highlighted_option is not None
            assert rows.highlighted_option.id == new != old
            await desk.press("escape")
            await settled(desk)


async def test_after_trying_again(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later
) -> None:
    """In the inbox the row stays, done; a key on it means the new refund."""
    funds()
    first, second = fail_twice(store, pay, later)
    async with at_work(store, mia, FailedScreen()) as desk:
        await desk.press("a")
        await until_shown(desk, RetryRefundDialog)
        await confirm(desk)
        screen = desk.app.screen
        assert isinstance(screen, FailedScreen)
        await settled(desk)
        assert screen.meant is not None
        assert (screen.meant.id, screen.meant.is_done) == (first, True)
        new = screen.meant.retried_as or ""
        await desk.press("enter")
        await until_shown(desk, RefundScreen)
        assert new in said(desk, "#summary")
        await desk.press("escape")
        await until_shown(desk, FailedScreen)
        await desk.press("j")
        await settled(desk)
        assert screen.meant.id == second
        screen.look_again()
        await settled(desk)
        assert [one.id for one in screen.table._window.rows] == [second]


async def test_after_closing_with_a_note(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later
) -> None:
    """The row that was closed stays under the cursor until that leaves it."""
    funds()
    first, _ = fail_twice(store, pay, later)
    async with at_work(store, mia, FailedScreen()) as desk:
        await desk.press("d")
        await until_shown(desk, FinishFailedDialog)
        await desk.press(*"wired")
        await confirm(desk)
        await settled(desk)
        await desk.press("enter")
        await until_shown(desk, RefundScreen)
        assert first in said(desk, "#summary")


async def test_trying_again_from_the_refund_turns_to_the_new_one(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later
) -> None:
    """The screen of the failed refund shows the one in its place: x calls that back."""
    funds()
    first, _ = fail_twice(store, pay, later)
    async with at_work(store, mia, RefundScreen(first)) as desk:
        await desk.press("a")
        await until_shown(desk, RetryRefundDialog)
        await confirm(desk)
        new = store.refunds.failed(done=True).rows[0].retried_as or ""
        assert new in said(desk, "#summary")
        await desk.press("x")
        await until_shown(desk, CancelRefundDialog)
        await confirm(desk)
        assert store.refunds.retrieve(new).status == "canceled"


async def test_after_canceling_a_refund_that_waits(
    store: Store, mia: Actor, pay: Pay, funds: Funds
) -> None:
    """In the queue its row stays in its place, canceled, until the cursor leaves it."""
    funds(100)
    made = [
        store.refunds.create(
            payment_intent=pay(n, "jpy", "pm_card_visa").id, actor=mia
        ).refund.id
        for n in (700, 800, 900)
    ]
    async with at_work(store, mia, PendingScreen()) as desk:
        await desk.press("j", "x")
        await until_shown(desk, CancelRefundDialog)
        await confirm(desk)
        screen = desk.app.screen
        assert isinstance(screen, PendingScreen)
        assert screen.rows.key == made[1]
        assert [one.id for one in screen.rows.options] == made
        await desk.press("enter")
        await until_shown(desk, RefundScreen)
        assert made[1] in said(desk, "#summary")
        await desk.press("escape")
        await until_shown(desk, PendingScreen)
        await desk.press("j")
        screen.read_again()
        await settled(desk)
        assert [one.id for one in screen.rows.options] == [made[0], made[2]]
        assert screen.rows.key == made[2]


async def test_after_a_top_up(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later
) -> None:
    """On the balance the cursor is on the movement of the top-up."""
    for number in range(5):
        pay(1000 + number)
    funds()
    later()
    async with at_work(store, mia, BalanceScreen()) as desk:
        await desk.press("G", "t")
        await until_shown(desk, TopUpDialog)
        await desk.press(*"12")
        await confirm(desk)
        await settled(desk)
        screen = desk.app.screen
        assert isinstance(screen, BalanceScreen)
        moved = screen.table.line
        assert moved is not None
        assert (moved.type, moved.money.amount) == ("topup", 1200)
