"""Events: the log, its filter, each event's JSON, and the way to its object."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from at_the_log import narrowed, on, screen
from at_work import at_work, everything_said, settled, until, until_shown
from small_sizes import SIZES

from conftest import Funds, Pay
from store.errors import StoreBusy
from store.event import Actor
from tui.app import RefundDesk
from tui.screens.events import EventsScreen
from tui.widgets.offered import Offered
from tui.widgets.window import MOST_PAGES

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
async def test_the_log_is_newest_first(
    store: Store, mia: Actor, refund: str, size: tuple[int, int]
) -> None:
    """The last thing that happened is on top, with its object, time and actor."""
    newest = store.events.newest()
    async with at_work(store, mia, EventsScreen(), size=size) as desk:
        assert on(desk) == newest[0]
        shown = everything_said(desk).splitlines()
        assert newest[0].type in shown[3]
        assert shown[3].startswith("▸")
        assert "09:00" in shown[3]
        assert shown[4].split()[0] == newest[1].type
        assert "enter open  o object" in shown[-1]
        await desk.press("G")
        await settled(desk)
        assert on(desk) == newest[-1]
        assert refund in {event.object_id for event in newest}


async def test_key_5_leads_there_and_1_back(store: Store, mia: Actor) -> None:
    """The header says where one is; the log of an empty store says so."""
    async with at_work(store, mia, size=(100, 30)) as desk:
        await desk.press("5")
        await until_shown(desk, EventsScreen)
        shown = everything_said(desk)
        assert "5 Events" in shown.splitlines()[0]
        assert "Nothing has happened yet." in shown
        await desk.press("enter", "o", "J", "y", "Y")
        assert isinstance(desk.app.screen, EventsScreen)
        await desk.press("1")
        await settled(desk)
        assert not isinstance(desk.app.screen, EventsScreen)


@pytest.mark.parametrize(
    ("typed", "types"),
    [
        ("type:refund.", {"refund.created"}),
        ("actor:tom", {"refund.created", "charge.refunded"}),
        ("actor:tom charge.refunded", {"charge.refunded"}),
        ("type:topup.", {"topup.created", "topup.succeeded"}),
    ],
)
async def test_typing_narrows_the_log(
    store: Store, mia: Actor, refund: str, typed: str, types: set[str]
) -> None:
    """By type, by how types begin, by actor; enter keeps the filter, esc clears it."""
    assert refund
    async with at_work(store, mia, EventsScreen()) as desk:
        await narrowed(desk, typed)
        table = screen(desk).table
        assert desk.app.focused is table
        found = [on(desk)]
        for _ in range(len(store.events.newest())):
            await desk.press("j")
            found.append(on(desk))
        assert {event.type for event in found} == types
        await desk.press("escape")
        await settled(desk)
        await desk.press("G")
        await settled(desk)
        assert on(desk) == store.events.newest()[-1]


async def test_the_log_waits_while_a_type_is_begun(
    store: Store, mia: Actor, refund: str
) -> None:
    """`type:ref` is no type yet; `type:refund.` is, though longer ones are offered."""
    assert refund
    async with at_work(store, mia, EventsScreen()) as desk:
        before = on(desk)
        bar = screen(desk).bar
        await desk.press("slash", *"type", "colon", *"topu")
        await until(desk, lambda: bar.is_settled)
        assert bar.query_text == ""
        assert on(desk) == before
        await desk.press("p", "full_stop")
        await until(desk, lambda: bar.is_settled and bar.query_text == "type:topup.")
        await until(desk, lambda: on(desk).type == "topup.succeeded")
        await desk.press(*["backspace"] * 6, *"refund", "full_stop")
        await until(desk, lambda: bar.is_settled and bar.query_text == "type:refund.")
        offered = str(desk.app.screen.query_one(Offered).render())
        assert "refund.created" in offered
        await until(desk, lambda: on(desk).type == "refund.created")


async def test_typing_an_id_narrows_to_its_object(
    store: Store, mia: Actor, refund: str
) -> None:
    """An id may stand alone."""
    async with at_work(store, mia, EventsScreen()) as desk:
        await narrowed(desk, refund)
        await desk.press("G")
        await settled(desk)
        assert on(desk).object_id == refund


async def test_what_matches_nothing_says_so(
    store: Store, mia: Actor, refund: str
) -> None:
    """The filter is named, with the key that clears it."""
    assert refund
    async with at_work(store, mia, EventsScreen()) as desk:
        await narrowed(desk, "actor:nobody")
        shown = everything_said(desk)
        assert "No event matches actor:nobody" in shown
        assert "esc clears the filter." in shown


@pytest.mark.parametrize("size", SIZES)
async def test_a_bad_filter_says_what_is_wrong(
    store: Store, mia: Actor, refund: str, size: tuple[int, int]
) -> None:
    """The last good list stays under the sentence; the field stays open."""
    assert refund
    async with at_work(store, mia, EventsScreen(), size=size) as desk:
        await narrowed(desk, "kind:refund")
        shown = " ".join(everything_said(desk).split())
        assert '"kind" is no key here' in shown
        assert screen(desk).bar.is_editing
        assert on(desk) == store.events.newest()[0]


async def test_new_events_do_not_move_the_cursor(
    store: Store, mia: Actor, pay: Pay, refund: str
) -> None:
    """What happens while one reads comes above; the cursor stays on its event."""
    assert refund
    async with at_work(store, mia, EventsScreen()) as desk:
        await desk.press("j")
        event = on(desk)
        pay()
        screen(desk).look_again()
        await settled(desk)
        assert on(desk) == event
        await desk.press("g")
        assert on(desk) == store.events.newest()[0]


async def test_a_long_log_is_never_held_whole(store: Store, mia: Actor) -> None:
    """A page at a time is read, at either end and in between; few are kept."""
    for _ in range(400):
        store.topups.create(amount=100, currency="usd", actor=mia)
    every = store.events.log(limit=10_000).rows
    assert len(every) == 800
    async with at_work(store, mia, EventsScreen()) as desk:
        table = screen(desk).table
        for _ in range(45):
            await desk.press("pagedown")
            await settled(desk)
        assert len(table._window.rows) <= MOST_PAGES * 100
        assert on(desk) == every[-1]
        for _ in range(45):
            await desk.press("pageup")
            await settled(desk)
        assert on(desk) == every[0]
        await desk.press("G")
        await settled(desk)
        assert on(desk) == every[-1]
        assert len(table._window.rows) <= 200


async def test_a_window_that_shrinks_shows_whole_columns(
    store: Store, mia: Actor, refund: str
) -> None:
    """The columns follow the width at once: none is cut at the edge."""
    assert refund
    async with at_work(store, mia, EventsScreen(), size=(100, 30)) as desk:
        assert "AMOUNT" in everything_said(desk)
        await desk.resize_terminal(60, 20)
        await settled(desk)
        title = everything_said(desk).splitlines()[2]
        assert title.split() == ["TYPE", "OBJECT", "CREATED", "▸"]


async def test_a_store_that_does_not_answer(mia: Actor) -> None:
    """What happened, what did not, and the key that tries again."""

    def busy() -> Store:
        raise StoreBusy("Another process holds the store; nothing was done.")

    async with RefundDesk(busy, mia).run_test(size=(60, 20)) as desk:
        await desk.press("5")
        await settled(desk)
        shown = everything_said(desk)
        assert "The events could not be read." in shown
        assert "Nothing was changed. R tries again." in shown
