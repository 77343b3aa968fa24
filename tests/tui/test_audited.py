"""Every change leaves who made it, where, in which session and why, under seal."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from at_work import confirm, count, everything_said, settled, until, until_shown
from failing import fail
from textual.widgets import Input

from conftest import Funds, Later, Pay
from store.desk.follow_up import CLOSED
from store.event import Actor
from tui.app import RefundDesk
from tui.dialogs.armed import ArmedDialog
from tui.dialogs.history import HistoryDialog
from tui.dialogs.note import NoteDialog
from tui.screens.failed import FailedScreen
from tui.screens.payment import PaymentScreen
from tui.screens.pending import PendingScreen

if TYPE_CHECKING:
    from textual.screen import Screen

    from store import Store

AGENT = "mia@support-1"
NOTE = "parcel lost"
"""What is typed into a dialog's note, where it has one."""


Opening = Callable[[str], "Screen[None]"]
WRITTEN = {
    "r": "refund.created",
    "p": "refund.created",
    "x": "refund.updated",
    "c": "payment_intent.canceled",
    "t": "topup.created",
    "a": "refund.created",
    "d": CLOSED,
}
"""What each key of an armed dialog writes into the log."""

NOTED = {
    **dict.fromkeys("rp", ("refund", "note")),
    "c": ("payment_intent", "cancel_note"),
    "d": ("follow_up", "note"),
}
"""Where the note of each dialog that asks for one is kept."""


@pytest.fixture
def open_to(store: Store, pay: Pay, funds: Funds, later: Later, mia: Actor) -> Opening:
    """Make what each key needs; return the screen on which it is pressed."""

    def making(key: str) -> Screen[None]:
        if key == "t":
            short = pay(31_000, "eur", "pm_card_visa")
            store.refunds.create(payment_intent=short.id, actor=mia)
            return PendingScreen()
        funds()
        if key in "ad":
            fail(store, pay, later)
            return FailedScreen()
        capture = "manual" if key == "c" else "automatic"
        method = "pm_card_visa" if key == "c" else "pm_card_bypassPending"
        payment = pay(4200, method=method, capture_method=capture)
        if key != "c":
            later()
        if key in "xh":
            store.refunds.create(payment_intent=payment.id, actor=mia)
        return PaymentScreen(payment.id)

    return making


def logged(url: str) -> list[dict[str, str]]:
    """Return every event as the file has it, in order."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file:
        file.row_factory = sqlite3.Row
        return [dict(row) for row in file.execute("SELECT * FROM event ORDER BY seq")]


@pytest.mark.parametrize("key", WRITTEN)
async def test_a_change_is_logged_with_who_where_and_why(
    store: Store, open_to: Opening, url: str, key: str
) -> None:
    """Actor, face, host, session and note are on its event; every seal fits."""
    app = RefundDesk(lambda: store, Actor("mia"), agent=AGENT)
    screen = open_to(key)
    before = len(logged(url))
    async with app.run_test(size=(100, 30)) as desk:
        await settled(desk)
        await app.push_screen(screen)
        await settled(desk)
        await desk.press(key)
        await until_shown(desk, ArmedDialog)
        dialog = app.screen
        for field, text in (("amount", "10"), ("arm", "10"), ("note", NOTE)):
            for typed in dialog.query(f"#{field}").results(Input):
                typed.value = text
        await confirm(desk)
        assert store.examine() == ()
    new = logged(url)[before:]
    (meant,) = [one for one in new if one["type"] == WRITTEN[key]]
    for one in new:
        assert (one["actor"], one["face"]) == ("mia", "console")
    host, session, number = meant["key"].split("/")
    assert (host, session[:4], number) == ("support-1", "ses_", "1")
    if key in NOTED:
        table, column = NOTED[key]
        assert count(url, table, f"{column} = '{NOTE}'") == 1


async def test_a_note_and_the_history_name_the_agent(
    store: Store, open_to: Opening, url: str
) -> None:
    """Who noted something is on the payment; `h` names who refunded."""
    app = RefundDesk(lambda: store, Actor("mia"), agent=AGENT)
    screen = open_to("h")
    async with app.run_test(size=(100, 30)) as desk:
        await settled(desk)
        await app.push_screen(screen)
        await settled(desk)
        await desk.press("n")
        await until_shown(desk, NoteDialog)
        await desk.press(*"lost", "tab", "tab", "enter")
        await until(desk, lambda: "lost" in everything_said(desk))
        assert isinstance(app.screen, PaymentScreen)
        await desk.press("h")
        await until_shown(desk, HistoryDialog)
        rows = [one for one in everything_said(desk).splitlines() if "42.00 USD" in one]
        assert any("mia" in one for one in rows)
        assert store.examine() == ()
    noted = logged(url)[-1]
    assert (noted["type"], noted["actor"]) == ("desk.note.created", "mia")
    assert noted["key"].startswith("support-1/ses_")
