"""Keys given to actions: checked before the start, shown wherever a key is shown."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from at_work import at_work, everything_said, until_shown

import tui
from conftest import Pay
from store.event import Actor
from tui.actions import BACK, BY_ID, REFUND
from tui.app import RefundDesk
from tui.dialogs.help import HelpDialog
from tui.dialogs.issue_refund import IssueRefundDialog
from tui.dialogs.menu import MenuDialog
from tui.files.memory import Memory
from tui.keymap import checked, places
from tui.settings import Settings, WrongSettings

if TYPE_CHECKING:
    from store import Store

KEYS = {"refund": "f6", "help": "!,f1", "partial_refund": "r", "filter": "w"}
"""Another key, printed signs, a key that is free now, one that would be typed."""


def remembering(keys: dict[str, str]) -> Memory:
    """Return a memory with these keys, as a start with a config file makes it."""
    return Memory(Settings(keys=checked(keys, RefundDesk)))


def test_keys_are_read_as_they_are_printed() -> None:
    """A sign, a name, an arrow and several keys at once are all understood."""
    given = {"help": "!, F1", "down": "↓,j", "top": "home", "filter": ","}
    assert checked(given, RefundDesk) == {
        "help": "exclamation_mark,f1",
        "down": "down,j",
        "top": "home",
        "filter": "comma",
    }
    assert checked({}, RefundDesk) == {}


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"refnd": "f6"}, 'there is no action "refnd"; did you mean "refund"?'),
        ({"zzzz": "f6"}, 'there is no action "zzzz".'),
        ({"refund": "hyper"}, 'refund: there is no key "hyper".'),
        ({"refund": "f6,"}, 'refund: there is no key "".'),
        ({"refund": "ctrl+c"}, 'refund: the key "ctrl+c" is reserved.'),
        ({"refund": "ctrl+shift+r"}, 'refund: the key "ctrl+shift+r" is reserved.'),
        ({"refund": "alt+r"}, 'refund: the key "alt+r" is reserved.'),
        ({"refund": "backspace"}, 'refund: the key "backspace" is reserved.'),
        ({"quit": "w,ctrl+q"}, 'quit: the key "ctrl+q" is reserved.'),
        ({"keep": "space"}, 'keep: "space" would be typed into the field instead.'),
        ({"keep": "w"}, 'keep: "w" would be typed into the field instead.'),
    ],
)
def test_keys_that_cannot_be_had_are_one_sentence(
    keys: dict[str, str], said: str
) -> None:
    """An unknown action or key and a reserved key are named."""
    with pytest.raises(WrongSettings) as wrong:
        checked(keys, RefundDesk)
    assert str(wrong.value) == said


@pytest.mark.parametrize(
    ("keys", "one", "other"),
    [
        ({"refund": "x"}, "refund", "cancel_refund"),
        ({"refund": "F9", "zone": "f9"}, "refund", "zone"),
        ({"refund": "enter"}, "refund", "open"),
        ({"top_up": "x"}, "top_up", "cancel_refund"),
    ],
)
def test_one_key_for_two_actions_of_a_screen_is_refused(
    keys: dict[str, str], one: str, other: str
) -> None:
    """Whichever two clash, both are in the sentence."""
    with pytest.raises(WrongSettings) as wrong:
        checked(keys, RefundDesk)
    assert one in str(wrong.value)
    assert other in str(wrong.value)
    assert "already" in str(wrong.value)


def test_two_actions_may_change_places() -> None:
    """A key is free when what had it is given another."""
    swapped = {"refund": "p", "partial_refund": "r"}
    assert checked(swapped, RefundDesk) == swapped


def test_every_place_names_known_actions() -> None:
    """The screens that are looked at are there, with what they can do."""
    found = {place.name: place.ids for place in places(RefundDesk)}
    assert {"payments", "payment", "pending", "refund", "filter input"} <= set(found)
    assert {"refund", "filter", "open", "help"} <= found["payments"]
    assert set().union(*found.values()) <= BY_ID.keys()


async def test_other_keys_run_and_are_shown(store: Store, mia: Actor, pay: Pay) -> None:
    """Footer, menu, help and hints name the keys that work; the old ones do nothing."""
    pay()
    memory = remembering(KEYS)
    async with at_work(store, mia, size=(160, 30), memory=memory) as desk:
        said = everything_said(desk)
        assert "F6 refund" in said.splitlines()[-1]
        assert "! help" in said.splitlines()[-1]
        assert "w filter" in said.splitlines()[-1]
        assert "r refund" not in said
        assert "? help" not in said
        await desk.press("full_stop")
        await until_shown(desk, MenuDialog)
        assert " F6  Refund payment…" in everything_said(desk)
        await desk.press("f6")
        await until_shown(desk, IssueRefundDialog)
        await desk.press("escape")
        await desk.press("question_mark")
        await desk.pause()
        assert not isinstance(desk.app.screen, HelpDialog)
        await desk.press("!")
        await until_shown(desk, HelpDialog)
        await desk.press("F", "6")
        await desk.pause()
        assert REFUND.title in everything_said(desk)
        assert REFUND.key == "F6"


async def test_a_key_that_was_moved_does_not_act_in_a_field(
    store: Store, mia: Actor
) -> None:
    """A letter that quits on a list is a letter in the filter."""
    memory = remembering({"quit": "w", "leave": "f8"})
    async with at_work(store, mia, memory=memory) as desk:
        await desk.press("slash", "w", "q", "Q")
        await desk.pause()
        assert desk.app.is_running
        assert "wqQ" in everything_said(desk)
        await desk.press("escape", "w")
        await desk.pause()
    assert desk.app.return_code == 0
    assert not desk.app._exit_renderables


async def test_keys_of_one_console_are_not_those_of_the_next(
    store: Store, mia: Actor
) -> None:
    """Without a file, every key is what it was declared."""
    async with at_work(store, mia, memory=remembering({"back": "f7"})):
        assert BACK.key == "F7"
    async with at_work(store, mia):
        assert BACK.key == "esc"


def test_no_text_with_a_key_is_made_before_the_keys_are_known() -> None:
    """A key is asked for when it is shown, never while a module is imported."""
    found = [
        f"{path.name}:{node.lineno}"
        for path in sorted(Path(tui.__file__).parent.rglob("*.py"))
        for node in _at_import(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("key", "all_keys")
    ]
    assert found == []


def _at_import(tree: ast.AST) -> list[ast.AST]:
    inner = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
    below = [one for one in ast.iter_child_nodes(tree) if not isinstance(one, inner)]
    return below + [found for one in below for found in _at_import(one)]
