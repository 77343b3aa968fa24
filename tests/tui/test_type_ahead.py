"""Keys that come in one go reach the line that the first of them opens."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from at_work import at_work, everything_said, settled, until, until_shown
from textual.widgets import Input, TextArea
from typed_ahead import at_once

from conftest import Funds, Later, Pay
from store.event import Actor
from tui.dialogs.command import CommandDialog
from tui.dialogs.help import HelpDialog
from tui.dialogs.history import HistoryDialog
from tui.dialogs.issue_refund import IssueRefundDialog
from tui.dialogs.letter import LetterDialog
from tui.dialogs.look_up import LookUpDialog
from tui.dialogs.menu import MenuDialog
from tui.dialogs.note import NoteDialog
from tui.palette import StillPalette
from tui.parts.desk import DeskScreen
from tui.screens.events import EventsScreen
from tui.screens.payments import PaymentsScreen

if TYPE_CHECKING:
    from textual.screen import Screen

    from store import Store

RISKY = "rnmxeBqQ"
"""Letters that on the list open dialogs or leave."""


@pytest.mark.parametrize(
    ("first", "key", "kind"),
    [
        ("/", None, PaymentsScreen),
        (":", None, CommandDialog),
        ("?", None, HelpDialog),
        ("\x10", "ctrl+p", StillPalette),
    ],
)
async def test_what_is_typed_in_one_go_is_typed_into_the_line(
    store: Store,
    mia: Actor,
    pay: Pay,
    first: str,
    key: str | None,
    kind: type[Screen[object]],
) -> None:
    """No letter acts on the list, and none is lost or out of order."""
    pay()
    async with at_work(store, mia) as desk:
        at_once(desk, first + RISKY, key)

        def written() -> bool:
            fields = desk.app.screen.query(Input)
            return bool(fields) and fields.first().value == RISKY

        await until(desk, written)
        assert isinstance(desk.app.screen, kind)
        assert len(desk.app.screen_stack) == 1 + (kind is not PaymentsScreen)


@pytest.mark.parametrize("gap", [0.0, 0.001, 0.004, 0.015, 0.04])
@pytest.mark.parametrize(
    ("typed", "selector", "stands"),
    [
        ("/ahmed", "Input", "ahmed"),
        ("?cancel", "Input", "cancel"),
        ("p12", "#amount", "12"),
    ],
)
async def test_no_letter_is_lost_however_fast_they_come(
    store: Store,
    mia: Actor,
    pay: Pay,
    gap: float,
    typed: str,
    selector: str,
    stands: str,
) -> None:
    """The next may come before what opens is begun, meanwhile, or once it is there."""
    pay()
    async with at_work(store, mia) as desk:
        for letter in typed:
            at_once(desk, letter)
            await asyncio.sleep(gap)

        def written() -> bool:
            fields = desk.app.screen.query(selector).results(Input)
            return any(field.value == stands for field in fields)

        await until(desk, written)


@pytest.mark.parametrize(
    ("typed", "kind", "field", "stands"),
    [
        ("p12.50", IssueRefundDialog, "#amount", "12.50"),
        ("r7", IssueRefundDialog, "#amount", "7"),
        ("p12.50\t\tlost at 5", IssueRefundDialog, "#note", "lost at 5"),
        ("n" + RISKY + "15", NoteDialog, "#text", RISKY + "15"),
    ],
)
async def test_what_is_typed_in_one_go_is_typed_into_the_dialog(
    store: Store,
    mia: Actor,
    pay: Pay,
    funds: Funds,
    typed: str,
    kind: type[Screen[object]],
    field: str,
    stands: str,
) -> None:
    """The store is read first; meanwhile nothing that is typed acts on the list."""
    funds()
    paid = pay()
    store.refunds.create(payment_intent=paid.id, amount=100, actor=mia)
    async with at_work(store, mia, size=(100, 30)) as desk:
        at_once(desk, typed)

        def written() -> bool:
            asked = desk.app.screen.query_one(field)
            said = asked.value if isinstance(asked, Input) else None
            return (asked.text if isinstance(asked, TextArea) else said) == stands

        await until(desk, written)
        assert isinstance(desk.app.screen, kind)
        assert len(desk.app.screen_stack) == 2
        assert len(store.payments.find(paid.id).refunds) == 1


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("m", LetterDialog), (".", MenuDialog), ("h", HistoryDialog)],
)
async def test_where_a_dialog_has_no_line_nothing_acts_on_the_list_either(
    store: Store,
    mia: Actor,
    pay: Pay,
    funds: Funds,
    typed: str,
    kind: type[Screen[object]],
) -> None:
    """The order of the list, its screen and its marks are as they were."""
    funds()
    paid = pay()
    store.refunds.create(payment_intent=paid.id, amount=100, actor=mia)
    async with at_work(store, mia, size=(100, 30)) as desk:
        at_once(desk, typed + "sTv5 ")
        await until_shown(desk, kind)
        assert len(desk.app.screen_stack) == 2
        await desk.press("escape")
        await until_shown(desk, PaymentsScreen)
        assert "newest first" in everything_said(desk)
        assert desk.app.theme == "dark"


async def test_a_dialog_without_any_field_takes_its_keys_too(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later
) -> None:
    """`ly` copies the reference; `lyq` closes the dialog too, and not the console."""
    funds()
    paid = pay()
    later()
    refund = store.refunds.create(payment_intent=paid.id, amount=100, actor=mia).refund
    later(timedelta(days=20))
    where = store.refunds.retrieve(refund.id).destination
    assert where is not None
    async with at_work(store, mia, size=(100, 30)) as desk:
        at_once(desk, "ly")
        await until(desk, lambda: desk.app.clipboard == where.reference)
        assert isinstance(desk.app.screen, LookUpDialog)
        await desk.press("escape")
        await until_shown(desk, PaymentsScreen)
        desk.app.copy_to_clipboard("")
        at_once(desk, "lyqs")
        await until(desk, lambda: "largest first" in everything_said(desk))
        assert desk.app.clipboard == where.reference
        assert isinstance(desk.app.screen, PaymentsScreen)


async def test_what_was_meant_for_a_dialog_that_does_not_come_is_lost(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """It acts on nothing; then keys are keys again."""
    pay(5000, capture_method="manual")
    async with at_work(store, mia, size=(100, 30)) as desk:
        at_once(desk, "r12.50\rnxQ5")
        await until(desk, lambda: "uncaptured Charge" in everything_said(desk))
        await desk.press("s")
        await until(desk, lambda: "largest first" in everything_said(desk))
        assert isinstance(desk.app.screen, PaymentsScreen)
        assert len(desk.app.screen_stack) == 1


async def test_the_filter_of_the_log_is_typed_into_in_one_go(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """As that of the payments."""
    pay()
    async with at_work(store, mia) as desk:
        await desk.press("5")
        await until_shown(desk, EventsScreen)
        at_once(desk, "/actor:mio\r")
        await until(desk, lambda: "No event matches actor:mio" in everything_said(desk))


async def test_a_filter_and_a_command_with_their_enter(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """The whole line, enter included, does what it does when typed slowly."""
    pay()
    async with at_work(store, mia, size=(100, 30)) as desk:
        screen = desk.app.screen
        assert isinstance(screen, PaymentsScreen)
        at_once(desk, "/ada\r")
        await until(desk, lambda: screen.bar.query_text == "ada")
        assert not screen.bar.is_editing
        at_once(desk, ":sort\r")
        await until(desk, lambda: "largest first" in everything_said(desk))
        assert isinstance(desk.app.screen, DeskScreen)


async def test_where_no_line_opens_keys_are_keys(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """In a field `:` is a letter, and what follows is not held back."""
    pay()
    async with at_work(store, mia) as desk:
        await desk.press("slash")
        await settled(desk)
        at_once(desk, "a:b/c?")
        field = desk.app.screen.query_one(Input)
        await until(desk, lambda: field.value == "a:b/c?")
        await desk.press("escape", "question_mark")
        await until_shown(desk, HelpDialog)
        await desk.press("escape", "j", "z")
        await settled(desk)
        assert isinstance(desk.app.screen, PaymentsScreen)
