"""Telling the customer: the right letter in each state, edited, copied or mailed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from at_work import Desk, at_work, everything_said, settled, until_shown, until_told
from textual.screen import Screen
from textual.widgets import Button, Input, TextArea

from conftest import Funds, Later, Pay
from store.event import Actor
from store.mail.receipt import MailState
from store.payment import Customer
from tui.dialogs.letter import LetterDialog
from tui.dialogs.pick_refund import PickRefundDialog
from tui.screens.failed import FailedScreen
from tui.screens.payment import PaymentScreen
from tui.screens.pending import PendingScreen
from tui.screens.refund import RefundScreen

if TYPE_CHECKING:
    from store import Store

EVIL = Customer("cus_evil", "[/x]\x1b]52;c;AA\x07{reference}", "evil@example.com")


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the agent's own folder of templates, which is nobody else's."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    folder = tmp_path / "refund-desk" / "letters"
    folder.mkdir(parents=True)
    return folder


async def letter_of(desk: Desk) -> str:
    """Open the letter and return its text on one line."""
    await desk.press("m")
    await until_shown(desk, LetterDialog)
    return " ".join(desk.app.screen.query_one(TextArea).text.split())


async def press(desk: Desk, button: str) -> str:
    """Press a button of the dialog and return what was told."""
    desk.app.screen.query_one(f"#{button}", Button).focus()
    await desk.press("enter")
    told = await until_told(desk)
    # A loaded machine may first say that there is no answer yet.
    return await until_told(desk, told) if told.startswith("?") else told


async def test_each_state_on_its_screen(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later
) -> None:
    """Pending, available, reversal, held, failed: each has its words."""
    reversed_ = pay(1100)
    failing = pay(1200, method="pm_card_refundFail")
    known = pay(1300)
    funds()
    dropped = store.refunds.create(payment_intent=reversed_.id, actor=mia).refund.id
    later()
    for payment in (failing, known):
        store.refunds.create(payment_intent=payment.id, actor=mia)
    said = {}
    async with at_work(store, mia, PaymentScreen(known.id)) as desk:
        said["pending"] = await letter_of(desk)
        await desk.press("escape")
        await until_shown(desk, PaymentScreen)
        await desk.app.push_screen(RefundScreen(dropped))
        await settled(desk)
        said["reversal"] = await letter_of(desk)
    later(timedelta(days=25))
    held = pay(9000, "eur", "pm_card_visa")
    store.refunds.create(payment_intent=held.id, actor=mia)
    async with at_work(store, mia, PaymentScreen(known.id)) as desk:
        said["available"] = await letter_of(desk)
        await desk.press("escape")
        await until_shown(desk, PaymentScreen)
        await desk.press("2")
        await until_shown(desk, PendingScreen)
        said["held"] = await letter_of(desk)
        await desk.press("escape")
        await until_shown(desk, PendingScreen)
        await desk.press("3")
        await until_shown(desk, FailedScreen)
        said["failed"] = await letter_of(desk)
    where = store.payments.detail(known.id).payment.refunds[0].destination
    assert where is not None
    assert (
        "The bank has not given the reference yet. We expect it by" in said["pending"]
    )
    assert "so there is no separate credit and no ARN." in said["reversal"]
    assert f"ARN: {where.reference}" in said["available"]
    assert "It has not been sent yet." in said["held"]
    assert "we have refunded" not in said["held"]
    assert "could not be delivered" in said["failed"]


async def test_an_edited_letter_is_copied(
    store: Store, mia: Actor, pay: Pay, funds: Funds
) -> None:
    """The clipboard gets the subject and the text as they were edited."""
    payment = pay(4200)
    funds()
    store.refunds.create(payment_intent=payment.id, actor=mia)
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await letter_of(desk)
        desk.app.screen.query_one(TextArea).focus()
        await desk.press("D", "e", "a", "r", "enter")
        assert await press(desk, "copy") == (
            "✓ copied the letter to the terminal's clipboard"
        )
        subject, _, first, second, *_ = desk.app.clipboard.splitlines()
        assert "42.00 USD" in subject
        assert (first, second) == ("Dear", "Hello Ada Lovelace,")
    assert len(store.receipts.list(limit=9)) == 0


async def test_a_letter_is_mailed_once_and_only_by_its_button(
    store: Store, mia: Actor, pay: Pay, funds: Funds
) -> None:
    """Enter that was held from the key on mails nothing; the button mails one."""
    payment = pay(4200)
    funds()
    store.refunds.create(payment_intent=payment.id, actor=mia)
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await letter_of(desk)
        told = await press(desk, "mail")
        assert told == "! not mailed: this store has no mail server; it is kept"
        await desk.press("enter", "enter")
    (mail,) = store.receipts.list(limit=9)
    assert mail.state is MailState.SANDBOX
    assert mail.letter.to == "ada@example.com"
    assert mail.actor == "mia"
    assert "Hello Ada Lovelace," in mail.letter.body


async def test_what_cannot_be_mailed_stays_with_the_reason(
    store: Store, mia: Actor, pay: Pay, funds: Funds
) -> None:
    """A wrong address is said in the dialog; what was written is still there."""
    payment = pay(4200)
    funds()
    store.refunds.create(payment_intent=payment.id, actor=mia)
    async with at_work(store, mia, PaymentScreen(payment.id), (60, 20)) as desk:
        await letter_of(desk)
        desk.app.screen.query_one("#to", Input).value = "nobody"
        desk.app.screen.query_one("#mail", Button).focus()
        await desk.press("enter")
        await desk.pause()
        assert isinstance(desk.app.screen, LetterDialog)
        assert "Invalid email address: nobody" in " ".join(
            everything_said(desk).split()
        )
        for button in ("close", "copy", "mail"):
            region = desk.app.screen.query_one(f"#{button}").region
            assert region.right <= 60
            assert region.bottom <= 20
    assert len(store.receipts.list(limit=9)) == 0


async def test_which_of_several_refunds_is_asked(
    store: Store, mia: Actor, pay: Pay, funds: Funds
) -> None:
    """A payment with two refunds asks which; one without any says so."""
    payment, bare = pay(4200), pay(100)
    funds()
    for amount in (100, 200):
        store.refunds.create(payment_intent=payment.id, amount=amount, actor=mia)
    async with at_work(store, mia, PaymentScreen(payment.id)) as desk:
        await desk.press("m")
        await until_shown(desk, PickRefundDialog)
        await desk.press("down", "enter")
        await until_shown(desk, LetterDialog)
        assert " USD of your payment of 42.00 USD" in " ".join(
            desk.app.screen.query_one(TextArea).text.split()
        )
    async with at_work(store, mia, PaymentScreen(bare.id)) as desk:
        await desk.press("m")
        assert await until_told(desk) == "✗ nothing was done: No refund yet."


async def test_an_agents_own_template_is_used_or_its_mistake_told(
    store: Store, mia: Actor, pay: Pay, funds: Funds, config: Path
) -> None:
    """A file of the situation's name counts; an unknown field is one clear sentence."""
    payment = pay(4200)
    funds()
    store.refunds.create(payment_intent=payment.id, actor=mia)
    own = config / "reversal.txt"
    screen: Screen[None]
    for text, said in (
        ("Subject: Bye\n\nDear {name}, {amount} is gone.", "Dear Ada Lovelace, 42.00"),
        ("Subject: x\n\n{name.__class__}", 'no field "name.__class__"'),
        ("Dear {name}", 'line 1: must begin with "Subject:"'),
    ):
        own.write_text(text)
        screen = PaymentScreen(payment.id)
        async with at_work(store, mia, screen, (100, 30)) as desk:
            await desk.press("m")
            if "Dear Ada" in said:
                await until_shown(desk, LetterDialog)
                assert said in desk.app.screen.query_one(TextArea).text
            else:
                assert said in await until_told(desk)


async def test_a_hostile_name_is_text_in_the_letter(
    store: Store, mia: Actor, pay: Pay, funds: Funds
) -> None:
    """It is shown and copied as characters, and names no field."""
    payment = pay(4200, customer=EVIL)
    funds()
    store.refunds.create(payment_intent=payment.id, actor=mia)
    async with at_work(store, mia, PaymentScreen(payment.id), (100, 30)) as desk:
        await letter_of(desk)
        assert "Hello [/x]\\x1b]52;c;AA\\x07{reference}," in everything_said(desk)
        assert "\x1b" not in everything_said(desk)
        await press(desk, "copy")
        assert desk.app.clipboard.replace("\n", "").isprintable()
