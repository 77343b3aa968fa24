"""One event in full: its JSON, its copies, the way to its object."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from at_the_log import narrowed, on, screen
from at_work import at_work, everything_said, said, settled, until_shown
from small_sizes import HOSTILE, SIZES
from textual.widgets import Static

from conftest import Funds, Pay
from store.event import Actor
from store.shape.account import event_shape
from tui.dialogs.copy import CopyDialog
from tui.dialogs.event import EventDialog
from tui.screens.events import EventsScreen
from tui.screens.payment import PaymentScreen
from tui.screens.refund import RefundScreen
from tui.words.document import document

if TYPE_CHECKING:
    from store import Store


@pytest.fixture
def refund(store: Store, pay: Pay, funds: Funds) -> str:
    """A refund that tom made, the newest thing that happened."""
    funds()
    payment = pay(8_000)
    made = store.refunds.create(
        payment_intent=payment.id, amount=1_200, actor=Actor("tom")
    )
    return made.refund.id


@pytest.mark.parametrize("size", SIZES)
async def test_enter_shows_the_event_as_json(
    store: Store, mia: Actor, refund: str, size: tuple[int, int]
) -> None:
    """Every member is there, in colours; the cursor keys scroll to the end."""
    assert refund
    async with at_work(store, mia, EventsScreen(), size=size) as desk:
        await desk.press("enter")
        await until_shown(desk, EventDialog)
        event = store.events.newest()[0]
        shown = desk.app.screen.query_one("#json Static", Static).content
        told = getattr(shown, "plain", "")
        assert json.loads(told) == event_shape(event)
        assert len(getattr(shown, "spans", ())) > 10
        assert event.object_id in said(desk, "#about")
        await desk.press("G")
        await desk.pause()
        assert '"type":' in everything_said(desk)
        for part in (".box", "#about", "#json"):
            region = desk.app.screen.query_one(part).region
            assert desk.app.screen.region.contains_region(region)
        await desk.press("escape")
        await settled(desk)
        assert on(desk) == event


def test_a_long_value_stands_below_its_name() -> None:
    """Indented further than the name, so that the members still read as a column."""
    shape = {"id": "evt", "data": {"charge": "ch_84cPayot66dZzLo"}}
    wide, narrow = document(shape, 80).plain, document(shape, 26).plain
    assert '    "charge": "ch_84cPayot66dZzLo"' in wide.splitlines()
    assert narrow.splitlines()[3:5] == [
        '    "charge":',
        '      "ch_84cPayot66dZzLo"',
    ]
    tight = document(shape, 21).plain
    assert tight.splitlines()[4] == ' "ch_84cPayot66dZzLo"'
    assert json.loads(wide) == json.loads(narrow) == json.loads(tight) == shape


async def test_wide_the_json_is_beside_the_list(
    store: Store, mia: Actor, refund: str
) -> None:
    """It follows the cursor once it rests; tab goes there to scroll."""
    assert refund
    async with at_work(store, mia, EventsScreen(), size=(132, 43)) as desk:
        for _ in range(100):
            if "{" in said(desk, "#json"):
                break
            await desk.pause(0.02)
        assert json.loads(said(desk, "#json")) == event_shape(on(desk))
        await desk.press("tab")
        assert desk.app.focused is screen(desk).pane
        await desk.resize_terminal(80, 24)
        await settled(desk)
        assert not screen(desk).pane.display


async def test_o_leads_to_the_object(store: Store, mia: Actor, refund: str) -> None:
    """A refund's event to the refund, a charge's to its payment; a top-up has none."""
    async with at_work(store, mia, EventsScreen("refund.")) as desk:
        await desk.press("o")
        await until_shown(desk, RefundScreen)
        assert refund in said(desk, "#summary")
        await desk.press("escape")
        await settled(desk)
        await desk.press("escape")
        await narrowed(desk, "charge.refunded")
        await desk.press("enter")
        await until_shown(desk, EventDialog)
        await desk.press("o")
        await until_shown(desk, PaymentScreen)
        await desk.press("escape")
        await settled(desk)
        await desk.press("escape")
        await narrowed(desk, "topup.")
        await desk.press("o")
        told = screen(desk).result.told.plain
        assert told.endswith("has no screen of its own")


async def test_copying(store: Store, mia: Actor, refund: str) -> None:
    """Copies the id with y, the JSON with J, another id of it with Y."""
    async with at_work(store, mia, EventsScreen("refund.")) as desk:
        event = on(desk)
        await desk.press("y")
        assert desk.app.clipboard == event.id
        await desk.press("J")
        assert json.loads(desk.app.clipboard) == event_shape(event)
        assert f"copied the JSON of {event.id}" in screen(desk).result.told.plain
        await desk.press("Y")
        await until_shown(desk, CopyDialog)
        await desk.press("c")
        await settled(desk)
        assert desk.app.clipboard == refund


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_text_is_shown_as_written(
    store: Store, mia: Actor, pay: Pay, size: tuple[int, int]
) -> None:
    """In the JSON too, no letter acts; the copy is plain ASCII and complete."""
    tom = Actor("[/x]\u202etom")
    payment = pay(8_000, customer=HOSTILE, description="[bold]\x1b]0;t\x07\u200b佐藤")
    store.refunds.create(payment_intent=payment.id, note="[/]\u202e", actor=tom)
    async with at_work(store, mia, EventsScreen(), size=size) as desk:
        shown = [everything_said(desk)]
        for event in store.events.newest():
            assert on(desk) == event
            await desk.press("enter")
            await until_shown(desk, EventDialog)
            shown.append(said(desk, "#json Static"))
            shown.append(everything_said(desk))
            await desk.press("escape")
            await settled(desk)
            await desk.press("J", "j")
            assert desk.app.clipboard.isascii()
            assert desk.app.clipboard.isprintable()
            assert json.loads(desk.app.clipboard) == event_shape(event)
    whole = "\n".join(shown)
    assert not {"\u202e", "\x1b", "\x07", "\u200b", "\x9b"} & set(whole)
    assert "[bold]\\u001b]0;t\\u0007\\u200b佐藤" in whole
