"""Actions: keys, footer, menu, palette and help say the same."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from at_work import at_work, everything_said, settled, until, until_shown
from textual.command import CommandPalette
from textual.widgets import Input, OptionList

from conftest import Pay
from store.event import Actor
from tui import actions, bulk_actions, log_actions, payment_actions, view_actions
from tui.action import Action
from tui.actions import (
    ALL,
    EVERYWHERE,
    FILTER,
    LIST,
    MENU,
    MOVES,
    ON_PAYMENT,
    QUIT,
    ROWS,
)
from tui.bulk_actions import MARKED
from tui.dialogs.help import HelpDialog, matching
from tui.dialogs.menu import MenuDialog
from tui.palette import ActionsProvider
from tui.screens.payment import PaymentScreen
from tui.view_actions import TYPING

if TYPE_CHECKING:
    from store import Store

RESERVED = {"ctrl+c", "ctrl+k", "ctrl+x", "delete", "backspace", "ctrl+enter", "f11"}
TOGETHER = (*EVERYWHERE, *LIST, *ROWS, *MARKED, *MOVES, *ON_PAYMENT, MENU)
"""What the list of payments offers all at once."""


def test_every_action_is_declared_once() -> None:
    """Ids are unique, and every declared action is in the list of all."""
    assert max(Counter(action.id for action in ALL).values()) == 1
    modules = (actions, bulk_actions, log_actions, payment_actions, view_actions)
    found = [value for module in modules for value in vars(module).values()]
    declared = {value for value in found if isinstance(value, Action)}
    assert declared == set(ALL)


def test_no_key_is_used_twice_on_the_list() -> None:
    """One key, one action; and none of those that belong to the terminal."""
    keys = Counter(key for action in TOGETHER for key in action.keys.split(","))
    assert [key for key, uses in keys.items() if uses > 1] == []
    bound = {key for action in ALL for key in action.keys.split(",")}
    assert not bound & RESERVED
    assert not [key for key in bound if key.startswith(("alt+", "ctrl+shift+"))]


@pytest.mark.parametrize("action", ALL, ids=lambda action: action.id)
def test_an_action_says_what_it_does(action: Action) -> None:
    """Every action has a title, and a sentence that ends as one."""
    assert action.title
    assert action.help.endswith((".", ":."))
    assert action.binding.tooltip == action.help
    assert action.binding.id == action.id


def test_help_finds_by_words_and_by_key() -> None:
    """Typing `cancel ref` shows the key x; typing `x` finds it first."""
    assert [one.id for one in matching(ALL, "cancel ref")] == ["cancel_refund"]
    assert matching(ALL, "x")[0] is actions.CANCEL_REFUND
    assert matching(ALL, "") == list(ALL)
    assert matching(ALL, "no such thing") == []


async def test_help_lists_every_key_of_the_screen(store: Store, mia: Actor) -> None:
    """Each binding that is active is in the help, under its key."""
    async with at_work(store, mia) as desk:
        active = desk.app.screen.active_bindings.values()
        ours = {one.binding.id for one in active if one.binding.id in actions.BY_ID}
        await desk.press("question_mark")
        await until_shown(desk, HelpDialog)
        rows = desk.app.screen.query_one(OptionList)
        listed = [rows.get_option_at_index(i).id for i in range(rows.option_count)]
        assert set(listed) == ours
        assert {action.id for action in TOGETHER} <= ours


async def test_help_runs_what_is_chosen(store: Store, mia: Actor) -> None:
    """Typing narrows, enter runs: the zone changes as its key would do."""
    async with at_work(store, mia) as desk:
        await desk.press("f1", *"time zone", "enter")
        await settled(desk)
        assert not isinstance(desk.app.screen, HelpDialog)
        assert desk.app.zone.reading.value == "UTC"  # type: ignore[attr-defined]


async def test_help_says_in_full_what_a_row_cuts(store: Store, mia: Actor) -> None:
    """Under the list stands what the row under the cursor has no room for."""
    async with at_work(store, mia, size=(80, 24)) as desk:
        await desk.press("f1", *"narrow the list")
        await until_shown(desk, HelpDialog)
        assert FILTER.help in everything_said(desk)
        await desk.press(*" zzz")
        await settled(desk)
        assert FILTER.help not in everything_said(desk)
        await desk.press(*["backspace"] * 19, *"quit")
        await settled(desk)
        assert everything_said(desk).count(QUIT.help) == 1


async def test_the_palette_offers_the_same(store: Store, mia: Actor) -> None:
    """The palette has the actions of the screen beneath, and nothing of Textual's."""
    async with at_work(store, mia) as desk:
        offered = [action.title for action in desk.app.offered(desk.app.screen)]  # type: ignore[attr-defined]
        provider = ActionsProvider(desk.app.screen)
        found = [str(hit.prompt) async for hit in provider.discover()]
        assert len(found) == len(offered)
        assert all(map(str.startswith, found, offered))
        await desk.press("ctrl+p")
        await until_shown(desk, CommandPalette)


async def test_every_hint_of_the_footer_works(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """What the footer names is an action that runs on that screen now."""
    pay()
    async with at_work(store, mia, size=(160, 30)) as desk:
        footer = everything_said(desk).splitlines()[-1]
        shown = [action for action in TOGETHER if action.label]
        for action in shown:
            assert f"{action.key} {action.label}" in footer
            active = desk.app.screen.active_bindings[action.keys.split(",")[0]]
            assert active.enabled
            assert hasattr(active.node, f"action_{action.id}")


async def test_while_typing_the_footer_names_only_what_works(
    store: Store, mia: Actor
) -> None:
    """No letter is offered that would only be typed."""
    async with at_work(store, mia, size=(160, 30)) as desk:
        await desk.press("slash")
        await desk.pause()
        footer = everything_said(desk).splitlines()[-1]
        for action in TYPING:
            assert f"{action.key} {action.label}" in footer
        assert "r refund" not in footer
        assert "? help" not in footer
        assert "F1 help" in footer
        await desk.press("question_mark")
        assert desk.app.screen.query_one(Input).value == "?"


async def test_the_menu_has_a_payments_actions_and_says_why_not(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """Every action of a payment is a row; a refused one has the store's sentence."""
    pay()
    async with at_work(store, mia, size=(100, 30)) as desk:
        await desk.press("full_stop")
        await until_shown(desk, MenuDialog)
        rows = desk.app.screen.query_one(OptionList)
        options = [rows.get_option_at_index(i) for i in range(rows.option_count)]
        assert [option.id for option in options] == [one.id for one in ON_PAYMENT]
        refused = {option.id for option in options if option.disabled}
        assert refused == {"cancel_refund", "cancel_payment", "look_up", "letter"}
        said = everything_said(desk)
        assert "No refund yet." in said
        assert "Only uncaptured payments can be canceled here." in said
        assert "50.00 USD left" in said


async def test_a_menu_letter_runs_and_a_refused_one_does_not(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """The letters of the menu are the keys of the list."""
    pay()
    async with at_work(store, mia) as desk:
        await desk.press("full_stop")
        await until_shown(desk, MenuDialog)
        await desk.press("x")
        await desk.pause()
        assert isinstance(desk.app.screen, MenuDialog)
        await desk.press("y")
        await settled(desk)
        assert desk.app.clipboard.startswith("pi_")


@pytest.mark.parametrize(
    ("typed", "first"), [("arn", "Look up reference"), ("undo", "Cancel refund")]
)
async def test_the_palette_offers_what_says_the_word(
    store: Store, mia: Actor, pay: Pay, typed: str, first: str
) -> None:
    """Nothing that only has the letters somewhere, where an action says the word."""
    pay()
    async with at_work(store, mia, size=(100, 30)) as desk:
        await desk.press("ctrl+p")
        await desk.pause()
        await desk.press(*typed)

        def found() -> bool:
            options = desk.app.screen.query_one(OptionList)
            told = str(options.get_option_at_index(0).prompt)
            return options.option_count == 1 and first in told

        await until(desk, found)


async def test_screens_with_a_payment_offer_its_actions(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """On the payment's own screen the same keys do the same."""
    made = pay()
    async with at_work(store, mia, PaymentScreen(made.id)) as desk:
        ids = {one.binding.id for one in desk.app.screen.active_bindings.values()}
        assert {action.id for action in (*ON_PAYMENT, MENU)} <= ids
        for action in (*ON_PAYMENT, MENU):
            active = desk.app.screen.active_bindings[action.keys.split(",")[0]]
            assert hasattr(active.node, f"action_{action.id}")
