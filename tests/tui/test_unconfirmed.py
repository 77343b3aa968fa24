"""Unconfirmed actions: an agent is told whether what was asked for was done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from at_work import (
    Desk,
    at_work,
    confirm,
    count,
    everything_said,
    until,
    until_armed,
    until_shown,
    until_told,
)

from conftest import MONDAY, Funds, Pay
from store.desk.answered import Answered
from store.errors import StoreUnusable
from store.event import Actor
from store.outcome import RefundOutcome
from tui.dialogs.issue_refund import IssueRefundDialog
from tui.dialogs.unconfirmed import UnconfirmedDialog
from tui.files.journal import Asked, Journal
from tui.screens.payment import PaymentScreen

if TYPE_CHECKING:
    from store import Store

STORE = "sqlite:///desk.db"
Create = Callable[..., RefundOutcome]


async def refund(desk: Desk) -> str:
    """Refund the payment that is shown, and return what is told of it."""
    await desk.press("r")
    await until_shown(desk, IssueRefundDialog)
    return await confirm(desk)


def words(desk: Desk) -> str:
    """Return what the terminal shows as one line of words."""
    return " ".join(everything_said(desk).replace("│", " ").split())


async def test_a_lost_answer_is_told_at_the_next_start(
    store: Store, mia: Actor, pay: Pay, funds: Funds, url: str, tmp_path: Path
) -> None:
    """The line dropped before a key showed that the answer was seen."""
    payment = pay(4200)
    funds()
    folder = tmp_path / "state"
    journal = Journal(folder, STORE)
    screen = PaymentScreen(payment.id)
    async with at_work(store, mia, screen, journal=journal) as desk:
        assert "sent 42.00 USD" in await refund(desk)
    (done,) = store.payments.detail(payment.id).payment.refunds
    async with at_work(store, mia, journal=Journal(folder, STORE)) as desk:
        await until(desk, lambda: isinstance(desk.app.screen, UnconfirmedDialog))
        told = f"unconfirmed action: refund 42.00 USD of {payment.id} by mia at 09:00: "
        assert f"{told}done, {done.id}" in words(desk)
        await desk.press("escape")
        await until(desk, lambda: not list(folder.iterdir()))
    assert count(url, "refund") == 1


async def test_what_was_never_asked_is_told_as_not_done(
    store: Store, mia: Actor, pay: Pay, url: str, tmp_path: Path
) -> None:
    """The console was killed between writing it down and asking the store."""
    payment = pay(4200)
    before = Journal(tmp_path / "state", STORE)
    what = f"refund 42.00 USD of {payment.id}"
    before.write(Asked("key_never_used", what, "mia", MONDAY))
    before.close()
    journal = Journal(tmp_path / "state", STORE)
    async with at_work(store, mia, journal=journal) as desk:
        await until(desk, lambda: isinstance(desk.app.screen, UnconfirmedDialog))
        assert f"{what} by mia at 09:00: not done, nothing was sent" in words(desk)
    assert count(url, "refund") == 0


async def test_an_answer_that_was_seen_is_not_told_again(
    store: Store, mia: Actor, pay: Pay, funds: Funds, tmp_path: Path
) -> None:
    """Any key after the answer says that the agent is there."""
    payment = pay(4200)
    funds()
    folder = tmp_path / "state"
    screen = PaymentScreen(payment.id)
    async with at_work(store, mia, screen, journal=Journal(folder, STORE)) as desk:
        await refund(desk)
        await desk.press("j")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("is_done", [True, False])
async def test_an_answer_lost_in_the_middle_is_looked_up(
    store: Store,
    mia: Actor,
    pay: Pay,
    funds: Funds,
    url: str,
    monkeypatch: pytest.MonkeyPatch,
    is_done: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """The store fails while it writes: its key says whether the refund was made."""
    payment = pay(4200)
    funds()
    create: Create = store.refunds.create

    def failing(*, preview: bool = False, **asked: object) -> RefundOutcome:
        if preview:
            return create(preview=True, **asked)
        if is_done:
            create(**asked)
        raise StoreUnusable("The server went away.")

    monkeypatch.setattr(store.refunds, "create", failing)
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("r")
        await until_shown(desk, IssueRefundDialog)
        await until_armed(desk)
        desk.app.screen.query_one("#confirm").focus()
        await desk.press("enter")
        told = await until_told(desk)
    refunds = store.payments.detail(payment.id).payment.refunds
    assert count(url, "refund") == is_done
    if is_done:
        assert f"done, {refunds[0].id}" in told
    else:
        assert told.endswith("not done, nothing was sent")


async def test_nobody_knows_until_the_store_answers(
    store: Store,
    mia: Actor,
    pay: Pay,
    funds: Funds,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """While the store cannot be asked the line says so; then it says what was done."""
    payment = pay(4200)
    funds()
    create: Create = store.refunds.create
    answer, gone = store.answer, True

    def failing(*, preview: bool = False, **asked: object) -> RefundOutcome:
        made = create(preview=preview, **asked)
        if not preview:
            raise StoreUnusable("The server went away.")
        return made

    def answering(key: str) -> Answered | None:
        if gone:
            raise StoreUnusable("The server is away.")
        return answer(key)

    monkeypatch.setattr(store.refunds, "create", failing)
    monkeypatch.setattr(store, "answer", answering)
    screen = PaymentScreen(payment.id)
    async with at_work(store, mia, screen) as desk:
        await refund(desk)
        await until(desk, lambda: "is looked up as soon" in screen.result.told.plain)
        gone = False
        await until(desk, lambda: "done, re_" in screen.result.told.plain)
