"""A shared charge at the keyboard: what comes back of it is asked, and told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from at_work import Desk, at_work, confirm, said, settled, until_armed, until_shown
from at_work import until as said_of
from bulk_desk import planned, pressed, typed, until
from failing import FAILS, RETURNED
from shares import ACCOUNT, share

from conftest import Funds, Later
from store.bulk import BulkState
from store.event import Actor
from tui.dialogs.issue_refund import IssueRefundDialog
from tui.dialogs.retry_refund import RetryRefundDialog
from tui.screens.failed import FailedScreen
from tui.screens.payment import PaymentScreen
from tui.widgets.share_choices import ShareChoices
from tui.widgets.toggle import Toggle

if TYPE_CHECKING:
    from conftest import Pay
    from store import Store

SIZES = [(80, 24), (120, 36)]


@pytest.fixture(autouse=True)
def funded(store: Store, funds: Funds) -> None:
    """The balances cover whatever is refunded."""
    funds()
    share(store, 100_000, direct=True)


def boxes(desk: Desk) -> dict[str, str]:
    """Return what each choice says, by its id."""
    found = desk.app.screen.query(Toggle)
    return {one.id or "": str(one.render()) for one in found}


@pytest.mark.parametrize("size", SIZES)
async def test_both_choices_are_asked_and_begin_as_no(
    store: Store, mia: Actor, later: Later, size: tuple[int, int]
) -> None:
    """With what each comes to; the preview says who pays, and follows the amount."""
    payment = share(store, 1_200, fee=120)
    later()
    async with at_work(store, mia, PaymentScreen(payment.id), size=size) as desk:
        await desk.press("p")
        await until_shown(desk, IssueRefundDialog)
        await desk.press(*"6")
        await until_armed(desk)
        assert boxes(desk) == {
            "reverse": f"[ ] Reverse transfer: 6.00 USD back from {ACCOUNT}",
            "fee": f"[ ] Refund application fee: 0.60 USD back to {ACCOUNT}",
        }
        pays = "the platform pays 6.00 USD, nothing comes back from acct_ann"
        assert pays in said(desk, "#foresight")
        await desk.press(".", "5", "0")
        await until_armed(desk)
        assert "6.50 USD back from" in boxes(desk)["reverse"]
        assert "0.65 USD back to" in boxes(desk)["fee"]
        assert "the platform pays 6.50 USD" in said(desk, "#foresight")
        await desk.press("escape")
    assert not store.payments.detail(payment.id).payment.refunds


async def test_ticked_with_space_it_comes_back(
    store: Store, mia: Actor, later: Later
) -> None:
    """Tab reaches the boxes, space ticks them, and the refund asks for what is."""
    payment = share(store, 1_200, fee=120)
    later()
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("r")
        await until_shown(desk, IssueRefundDialog)
        await desk.press("tab", "tab", "tab", "space", "tab", "space")
        await until_armed(desk)
        assert [one[:3] for one in boxes(desk).values()] == ["[x]", "[x]"]
        told = said(desk, "#foresight")
        assert "12.00 USD comes back from acct_ann" in told
        assert "1.20 USD of the application fee goes back to it" in told
        assert "the platform pays 1.20 USD" in told
        await desk.press("space")
        await until_armed(desk)
        assert "the platform pays 0.00 USD" in said(desk, "#foresight")
        await confirm(desk)
    (refund,) = store.payments.detail(payment.id).payment.refunds
    assert (refund.reverse_transfer, refund.refund_application_fee) == (True, False)


async def test_a_direct_charge_asks_of_the_fee_alone(
    store: Store, mia: Actor, later: Later
) -> None:
    """Nothing was transferred: the account itself pays."""
    payment = share(store, 1_200, fee=120, direct=True)
    later()
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("r")
        await until_shown(desk, IssueRefundDialog)
        await until_armed(desk)
        assert list(boxes(desk)) == ["fee"]
        assert "acct_ann pays 12.00 USD" in said(desk, "#foresight")


async def test_a_payment_of_ones_own_asks_nothing(
    store: Store, mia: Actor, pay: Pay, later: Later
) -> None:
    """Where nobody shares, the dialog is as it ever was."""
    payment = pay(1_200)
    later()
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("r")
        await until_shown(desk, IssueRefundDialog)
        await until_armed(desk)
        assert not boxes(desk)
        assert "platform" not in said(desk, "#foresight")


async def test_trying_again_asks_what_was_asked(
    store: Store, mia: Actor, later: Later
) -> None:
    """The new refund pulls back what the failed one did, and its dialog says so."""
    payment = share(store, 1_200, fee=120, method=FAILS)
    later()
    store.refunds.create(payment_intent=payment.id, actor=mia, reverse_transfer=True)
    later(RETURNED)
    async with at_work(store, mia, FailedScreen()) as desk:
        await desk.press("a")
        await until_shown(desk, RetryRefundDialog)
        await until_armed(desk)
        assert "comes back from acct_ann" in said(desk, "#foresight")
        await confirm(desk)
        await settled(desk)
    new = store.payments.detail(payment.id).payment.refunds[0]
    assert (new.reverse_transfer, new.refund_application_fee) == (True, False)


@pytest.mark.parametrize("size", SIZES)
async def test_a_bulk_says_how_many_are_shared_and_asks_once(
    store: Store, mia: Actor, pay: Pay, later: Later, size: tuple[int, int]
) -> None:
    """One choice for all of them, with what it comes to in money."""
    shared = [share(store, 1_200, fee=120).id, share(store, 800).id]
    pay(500)
    later()
    async with at_work(store, mia, size=size) as desk:
        await planned(desk)
        told = " ".join(said(desk, "#foresight").split())
        assert "2 shared with connected accounts" in told
        assert "nothing comes back from connected accounts" in told
        assert boxes(desk) == {
            "reverse": "[ ] Reverse transfer: 20.00 USD back from their accounts",
            "fee": "[ ] Refund application fee: 1.20 USD back to their accounts",
        }
        await desk.press("shift+tab", "shift+tab", "space")
        await until_planned(desk, "20.00 USD comes back from connected accounts")
        desk.app.screen.query_one("#arm").focus()
        await typed(desk, "REFUND 4")
        await pressed(desk)
        await until(desk, store, BulkState.DONE)
    made = [store.payments.find(one).refunds[0] for one in shared]
    assert [one.reverse_transfer for one in made] == [True, True]
    assert not any(one.refund_application_fee for one in made)


async def until_planned(desk: Desk, words: str) -> None:
    """Wait until the plan says so."""
    await said_of(desk, lambda: words in " ".join(said(desk, "#foresight").split()))


async def test_a_bulk_of_ones_own_asks_nothing_of_shares(
    store: Store, mia: Actor, pay: Pay, later: Later
) -> None:
    """Where none is shared, the plan is as it ever was."""
    for payment in store.payments.page().rows:
        store.refunds.create(payment_intent=payment.id, actor=mia)
    pay(500)
    later()
    async with at_work(store, mia) as desk:
        await planned(desk)
        assert not desk.app.screen.query_one(ShareChoices).display
        assert "shared" not in said(desk, "#foresight")
