"""Keys, footer, help, command line and palette run the same, on every screen."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

import pytest
from at_work import Desk, at_work, everything_said, settled, until_shown
from failing import fail
from textual.command import DiscoveryHit
from textual.dom import DOMNode
from textual.widgets import Input, OptionList

from conftest import Funds, Later, Pay
from store.event import Actor
from tui import running
from tui.action import Action
from tui.actions import ALL, BY_ID
from tui.app import RefundDesk
from tui.commands import typed_names
from tui.console import Console
from tui.dialogs.command import CommandDialog
from tui.dialogs.help import HelpDialog
from tui.palette import ActionsProvider
from tui.screens.bulk import BulkScreen
from tui.screens.payment import PaymentScreen
from tui.screens.refund import RefundScreen
from tui.terminal.type_ahead import TypeAhead
from tui.text import pressable

if TYPE_CHECKING:
    from textual.screen import Screen

    from store import Store

WIDE = (220, 40)
"""So wide that the footer has room for every hint."""
KEYS: Mapping[str, str] = {
    "payments": "",
    "pending": "2",
    "failed": "3",
    "balance": "4",
    "events": "5",
}
"""What leads to the screens that need no object."""
SCREENS = (*KEYS, "payment", "refund", "bulk")


@pytest.fixture
def shown(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later
) -> Mapping[str, Screen[None]]:
    """A store with a little of everything, and the screens of objects in it."""
    funds()
    payment, refund = fail(store, pay, later)
    held = pay(9_000, "eur", "pm_card_visa")
    store.refunds.create(payment_intent=held.id, actor=mia)
    bulk = store.bulk.start(store.bulk.plan(payments=[pay().id]), actor=mia)
    return {
        "payment": PaymentScreen(payment.id),
        "refund": RefundScreen(refund.id),
        "bulk": BulkScreen(bulk),
    }


@asynccontextmanager
async def at(
    name: str, store: Store, mia: Actor, shown: Mapping[str, Screen[None]]
) -> AsyncIterator[tuple[Desk, RefundDesk]]:
    """Sit before a screen."""
    async with at_work(store, mia, shown.get(name), WIDE) as desk:
        assert isinstance(desk.app, RefundDesk)
        if key := KEYS.get(name):
            await desk.press(key)
            await settled(desk)
        yield desk, desk.app


@contextmanager
def noting(app: Console) -> Iterator[list[tuple[str, object]]]:
    """Note what would be run and on what, instead of running it."""
    ran: list[tuple[str, object]] = []
    real = app.run_action

    async def noted(action: object, node: object = None, others: object = None) -> bool:
        del others
        name = action[1] if isinstance(action, tuple) else str(action)
        if isinstance(node, DOMNode) and not node.check_action(name, ()):
            return False  # another action has the key now
        ran.append((name, node))
        return True

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app, "run_action", noted)
        # No line comes that keys would have to wait for.
        patch.setattr(TypeAhead, "holds", lambda *_: False)
        yield ran
    assert app.run_action == real


def by_key(app: Console) -> dict[str, tuple[str, object]]:
    """Return what the keys of the screen run and on what, by the actions' ids."""
    return {
        one.binding.id: (one.binding.action, one.node)
        for one in app.screen.active_bindings.values()
        if one.binding.id in BY_ID and one.enabled
    }


@pytest.mark.parametrize("name", SCREENS)
async def test_command_line_and_palette_run_what_the_keys_run(
    store: Store, mia: Actor, shown: Mapping[str, Screen[None]], name: str
) -> None:
    """Every action of the screen, by both its names and in the palette."""
    async with at(name, store, mia, shown) as (_, app):
        keys = by_key(app)
        assert len(keys) > len(KEYS)
        hits = [hit async for hit in ActionsProvider(app.screen).discover()]
        with noting(app) as ran:
            for id_, meant in keys.items():
                for typed in typed_names(BY_ID[id_]):
                    assert await running.run(app, typed) is None
                    assert ran.pop() == meant, typed
            for hit in hits:
                assert isinstance(hit, DiscoveryHit)
                await hit.command()
            assert sorted(one for one, _ in ran) == sorted(
                one for one, _ in keys.values()
            )


@pytest.mark.parametrize("name", SCREENS)
async def test_what_belongs_to_another_screen_says_so(
    store: Store, mia: Actor, shown: Mapping[str, Screen[None]], name: str
) -> None:
    """No action is run where its key would do nothing."""
    async with at(name, store, mia, shown) as (_, app):
        others = [action for action in ALL if action.id not in by_key(app)]
        with noting(app) as ran:
            for action in others:
                why = await running.run(app, action.id)
                assert why is not None
                assert why.endswith("is not for this screen.")
        assert ran == []


@pytest.mark.parametrize("name", SCREENS)
async def test_help_has_every_key_and_the_footer_only_such_as_work(
    store: Store, mia: Actor, shown: Mapping[str, Screen[None]], name: str
) -> None:
    """Each hint of the footer runs, by its key, the action that it names."""
    async with at(name, store, mia, shown) as (desk, app):
        keys = by_key(app)
        footer = everything_said(desk).splitlines()[-1]
        hints = [one for one in map(BY_ID.get, keys) if one and one.label]
        assert len(hints) > 1
        with noting(app) as ran:
            for action in hints:
                assert f"{action.key} {action.label}" in footer
                await desk.press(first_key(action))
                assert ran, action.id
                assert ran.pop() == keys[action.id]
        await desk.press("question_mark")
        await until_shown(desk, HelpDialog)
        rows = app.screen.query_one(OptionList)
        listed = {rows.get_option_at_index(at).id for at in range(rows.option_count)}
        assert listed == keys.keys()


def first_key(action: Action) -> str:
    """Return the key that the footer shows, as the terminal names it."""
    key = action.keys.split(",")[0]
    assert pressable(key) == action.key
    return key


async def test_help_finds_what_is_typed_and_runs_it(
    store: Store, mia: Actor, shown: Mapping[str, Screen[None]]
) -> None:
    """`cancel ref` shows the key x; `x` finds it by its key, and enter runs it."""
    async with at("payments", store, mia, shown) as (desk, app):
        keys = by_key(app)
        for typed in ("cancel ref", "x"):
            await desk.press("question_mark")
            await until_shown(desk, HelpDialog)
            await desk.press(*("space" if key == " " else key for key in typed))
            await desk.pause()
            rows = app.screen.query_one(OptionList)
            first = rows.get_option_at_index(0)
            assert first.id == "cancel_refund"
            assert str(first.prompt).startswith("x ")
            with noting(app) as ran:
                app.screen.query_one(Input).post_message(
                    Input.Submitted(app.screen.query_one(Input), typed)
                )
                while not ran:
                    await desk.pause(0.02)
            assert ran == [keys["cancel_refund"]]


async def test_each_is_typed_and_run_from_the_line(
    store: Store, mia: Actor, shown: Mapping[str, Screen[None]]
) -> None:
    """`:` gives the keys back to the list before it runs what was typed."""
    async with at("payments", store, mia, shown) as (desk, app):
        keys = by_key(app)
        for id_ in ("mark", "refund", "next_tab", "top"):
            await desk.press("colon")
            await until_shown(desk, CommandDialog)
            app.screen.query_one(Input).value = id_
            with noting(app) as ran:
                app.screen.query_one(Input).post_message(
                    Input.Submitted(app.screen.query_one(Input), id_)
                )
                while not ran:
                    await desk.pause(0.02)
            assert ran == [keys[id_]]
