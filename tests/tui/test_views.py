"""Views and columns: what is chosen survives other screens and a start."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from at_work import Desk, at_work, everything_said, settled, until_shown, until_told
from payments_filter import JANE, listed, typing
from textual.widgets import Input, OptionList

from conftest import Pay
from store.event import Actor
from store.lists.page import Order, Sort
from store.search.language import Tab
from tui.app import RefundDesk
from tui.dialogs.columns import ColumnsDialog
from tui.dialogs.views import ViewsDialog
from tui.files.memory import Memory
from tui.screens.payment import PaymentScreen
from tui.screens.pending import PendingScreen
from tui.settings import Settings, View
from tui.widgets.columns import TITLES

if TYPE_CHECKING:
    from store import Store

EVIL = "[/x]\x1b]52;c;AA\x07\u202e[@click=app.bell]"


def looked_at(desk: Desk) -> tuple[str, Sort, Tab, tuple[str, ...]]:
    """Return how the list is looked at."""
    now = listed(desk).view("")
    return now.filter, now.sort, now.tab, now.columns


async def choose_columns(desk: Desk) -> None:
    """Hide the first column and put the third one before the second."""
    await desk.press("C")
    await until_shown(desk, ColumnsDialog)
    await desk.press("space", "down", "down", "K", "enter")
    await settled(desk)


CHOSEN = (TITLES[2], TITLES[1], *TITLES[3:])


async def test_choices_survive_screens_and_a_start(
    store: Store, mia: Actor, pay: Pay, tmp_path: Path
) -> None:
    """Filter, order, tab, columns: after detail and back, 1→2→1, and a new start."""
    pay(4200, customer=JANE)
    pay(9900, customer=JANE)
    pay(1000)
    file = tmp_path / "choices.json"
    wanted = ("jane", Sort(Order.AMOUNT), Tab.SUCCEEDED, CHOSEN)
    async with at_work(store, mia, memory=Memory(Settings(), file)) as desk:
        await typing(desk, "jane")
        await desk.press("enter", "s", "right_square_bracket")
        await choose_columns(desk)
        held = listed(desk).table.held
        assert len(held) == 2
        assert looked_at(desk) == wanted
        await desk.press("enter")
        await until_shown(desk, PaymentScreen)
        await desk.press("escape")
        await settled(desk)
        assert looked_at(desk) == wanted
        await desk.press("2")
        await until_shown(desk, PendingScreen)
        await desk.press("1")
        await settled(desk)
        assert looked_at(desk) == wanted
        assert listed(desk).table.held == held
    async with at_work(store, mia, memory=Memory(Settings(), file)) as desk:
        assert looked_at(desk) == wanted
        assert listed(desk).table.held == held
        said = everything_said(desk)
        assert TITLES[0] not in said
        assert said.index(CHOSEN[0]) < said.index(CHOSEN[1])


async def test_a_remembered_filter_with_a_date_waits_for_the_store(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """`created:today` is read once the store's present is known."""
    pay()
    memory = Memory(Settings(filter="created:today"))
    async with at_work(store, mia, memory=memory) as desk:
        assert len(listed(desk).table.held) == 1
        assert listed(desk).bar.query_text == "created:today"


async def test_a_remembered_filter_that_cannot_be_read_is_told(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """What an older version kept is dropped with a sentence; all payments are there."""
    pay()
    memory = Memory(Settings(filter="gone:1"))
    async with at_work(store, mia, memory=memory) as desk:
        assert '"gone" is no search key' in listed(desk).result.told.plain
        assert len(listed(desk).table.held) == 1


async def test_a_view_is_saved_picked_and_deleted(
    store: Store, mia: Actor, pay: Pay, tmp_path: Path
) -> None:
    """`f` keeps what is looked at under a name, brings it back, and forgets it."""
    pay(customer=JANE)
    pay()
    file = tmp_path / "choices.json"
    async with at_work(store, mia, memory=Memory(Settings(), file)) as desk:
        await typing(desk, "jane")
        await desk.press("enter", "S", "f")
        await until_shown(desk, ViewsDialog)
        assert "No saved view yet: a saves this one." in everything_said(desk)
        await desk.press("a", "M", "y", "space", "space", "j", "enter")
        assert await until_told(desk) == "✓ saved view My j"
        await desk.press("escape", "S")
        await settled(desk)
        assert len(listed(desk).table.held) == 2
    kept = Memory(Settings(), file)
    assert kept.settings.views == (View("My j", "jane", Sort(ascending=True)),)
    async with at_work(store, mia, memory=kept) as desk:
        await desk.press("f")
        await until_shown(desk, ViewsDialog)
        assert "jane · oldest first" in everything_said(desk)
        await desk.press("enter")
        assert await until_told(desk) == "✓ view My j"
        assert looked_at(desk) == ("jane", Sort(ascending=True), Tab.ALL, ())
        assert len(listed(desk).table.held) == 1
        await desk.press("f")
        await until_shown(desk, ViewsDialog)
        await desk.press("x")
        assert await until_told(desk, "✓ view My j") == "✓ deleted view My j"
        assert len(kept.settings.views) == 0
        assert looked_at(desk)[0] == "jane"


async def test_saving_under_the_same_name_replaces(store: Store, mia: Actor) -> None:
    """A name stands for one view."""
    memory = Memory(Settings(views=(View("w", "jane"), View("v", "ada"))))
    async with at_work(store, mia, memory=memory) as desk:
        await desk.press("f")
        await until_shown(desk, ViewsDialog)
        await desk.press("a", "w", "enter")
        await until_told(desk)
        assert memory.settings.views == (View("v", "ada"), View("w", ""))


async def test_hostile_names_and_filters_of_views_are_characters(
    store: Store, mia: Actor
) -> None:
    """A view's name is data: shown as written, and it can be picked and deleted."""
    views = (View(EVIL, "[/]"), replace(View("w", ""), filter='"[@click=x]"'))
    memory = Memory(Settings(views=views))
    async with at_work(store, mia, size=(100, 30), memory=memory) as desk:
        await desk.press("f")
        await until_shown(desk, ViewsDialog)
        said = everything_said(desk)
        assert "[/x]\\x1b]52;c;AA\\x07" in said
        assert "\x1b" not in said
        assert "[@click=x]" in said
        await desk.press("enter")
        told = await until_told(desk)
        assert "[/x]\\x1b]52;c;AA\\x07\\u202e[@click=app.bell]" in told
        assert listed(desk).bar.query_text == "[/]"


async def test_hiding_every_column_shows_what_there_is(
    store: Store, mia: Actor
) -> None:
    """No chosen column means as many as there is room for; esc changes nothing."""
    async with at_work(store, mia) as desk:
        await choose_columns(desk)
        assert listed(desk).app.settings.columns == CHOSEN
        await desk.press("C")
        await until_shown(desk, ColumnsDialog)
        for _ in CHOSEN:
            await desk.press("space", "down")
        await desk.press("escape")
        await settled(desk)
        assert listed(desk).app.settings.columns == CHOSEN
        await desk.press("C")
        await until_shown(desk, ColumnsDialog)
        for _ in CHOSEN:
            await desk.press("space", "down")
        await desk.press("enter")
        await settled(desk)
        assert listed(desk).app.settings.columns == ()


async def test_at_the_smallest_size_both_dialogs_fit(store: Store, mia: Actor) -> None:
    """Every row and the keys are on a screen of 60 × 20."""
    async with at_work(store, mia, size=(60, 20)) as desk:
        await desk.press("C")
        await until_shown(desk, ColumnsDialog)
        assert all(title in everything_said(desk) for title in TITLES)
        assert desk.app.screen.query_one(OptionList).region.right <= 60
        await desk.press("escape", "f")
        await until_shown(desk, ViewsDialog)
        await desk.press("a")
        assert isinstance(desk.app.focused, Input)
        assert desk.app.focused.region.right <= 60
        assert isinstance(desk.app, RefundDesk)


async def test_rows_fit_another_width_of_the_terminal(store: Store, mia: Actor) -> None:
    """Help and views draw their rows anew: one line each, the cursor where it was."""
    views = tuple(View(f"view {n}", "status:refunded amount>20 jane") for n in (1, 2))
    memory = Memory(Settings(views=views))
    async with at_work(store, mia, size=(100, 30), memory=memory) as desk:
        for key in ("f", "question_mark"):
            await desk.press(key, "down")
            await settled(desk)
            rows = desk.app.screen.query_one(OptionList)
            await desk.resize_terminal(60, 20)
            await settled(desk)
            assert rows.virtual_size.height == rows.option_count
            assert rows.highlighted == 1
            await desk.press("escape")
            await desk.resize_terminal(100, 30)
            await settled(desk)
