"""The screen of a bulk refund: every size, its rows, its file, hostile text in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from at_work import at_work, everything_said, settled, until_shown
from bulk_desk import begun, paid, planned, refunds, until
from every_size import SIZES, stays_whole
from export_file import exported, rows

from conftest import Funds, Pay
from store.bulk import BulkState, ItemState
from store.event import Actor
from store.payment import Customer
from tui.dialogs.bulk_refund import BulkRefundDialog
from tui.dialogs.continue_bulk import ContinueBulkDialog
from tui.screens.bulk import BulkScreen
from tui.screens.payment import PaymentScreen
from tui.widgets.bulk_progress import Progress, about, bar, drawn

if TYPE_CHECKING:
    from pathlib import Path

    from store import Store

EVIL = Customer("cus_evil", "=1+[/x]\x1b]52;c;AA\x07\u202e[@click=app.bell]", None)


async def test_plan_and_resume_dialogs_stay_whole(
    store: Store, mia: Actor, pay: Pay, funds: Funds
) -> None:
    """Both dialogs of a bulk fit every size."""
    made = paid(pay, funds, 3)
    async with at_work(store, mia) as desk:
        await planned(desk)
        await stays_whole(desk)
        assert isinstance(desk.app.screen, BulkRefundDialog)
    store.bulk.start(store.bulk.plan(payments=made), actor=mia)
    async with at_work(store, mia) as desk:
        await desk.press("b")
        await until_shown(desk, ContinueBulkDialog)
        await stays_whole(desk)
        assert refunds(store, made) == [0, 0, 0]


@pytest.mark.parametrize("size", SIZES[:4])
async def test_the_screen_at_every_size(
    store: Store, mia: Actor, pay: Pay, funds: Funds, size: tuple[int, int]
) -> None:
    """How far it is, at least three rows, and help are seen at any size."""
    paid(pay, funds, 5)
    async with at_work(store, mia, size=size) as desk:
        screen = await begun(desk, 5)
        await until(desk, store, BulkState.DONE)
        for part in screen.query("Static, BulkProgress, BulkTable, KeyBar"):
            assert not part.display or screen.region.contains_region(part.region)
        said = everything_said(desk)
        assert "DONE" in said
        assert "5/5" in said
        assert "? help" in said
        assert said.count("OK   ✓") >= 3


async def test_rows_open_their_payment_and_hostile_names_do_nothing(
    store: Store, mia: Actor, pay: Pay, funds: Funds
) -> None:
    """What a customer calls himself is shown as characters, wherever it is."""
    paid(pay, funds, 0)
    made = pay(1000, customer=EVIL).id
    async with at_work(store, mia, size=(132, 43)) as desk:
        await begun(desk, 1)
        await until(desk, store, BulkState.DONE)
        said = everything_said(desk)
        assert "=1+[/x]" in said
        assert not {"\x1b", "\x07", "\u202e"} & set(said)
        await desk.press("enter")
        await until_shown(desk, PaymentScreen)
        assert made in everything_said(desk)
        await desk.press("escape")
        await until_shown(desk, BulkScreen)


async def test_export_has_one_safe_line_for_each_payment(
    store: Store,
    mia: Actor,
    pay: Pay,
    funds: Funds,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """`e` writes outcomes into a file of the agent's own; no cell is a formula."""
    monkeypatch.chdir(tmp_path)
    made = paid(pay, funds, 2)
    hostile = pay(900, customer=EVIL).id
    async with at_work(store, mia, size=(100, 30)) as desk:
        await begun(desk, 3)
        bulk = await until(desk, store, BulkState.DONE)
        await settled(desk)
        found = rows(await exported(desk))
        assert {row["Payment"] for row in found} == {*made, hostile}
        assert {row["Outcome"] for row in found} == {"sent"}
        assert {row["By"] for row in found} == {"mia"}
        (evil,) = (row for row in found if row["Payment"] == hostile)
        assert evil["Customer"].startswith("'=1+")
        assert evil["Amount"] == "9.00"
        assert bulk.counts[ItemState.SENT] == 3


def test_progress_is_equal_while_nothing_changes() -> None:
    """Equal progress is not drawn again; what is skipped is not waited for."""
    counts = {ItemState.SENT: 3, ItemState.QUEUED: 1, ItemState.SKIPPED: 2}
    told = Progress("running", counts, 6, 2.0)
    assert told == Progress("running", dict(counts), 6, 2.0)
    assert (told.done, told.whole) == (3, 4)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "~1 s"), (59, "~59 s"), (60, "~1 min"), (3599, "~60 min"), (7200, "~2 h")],
)
def test_time_left_in_its_largest_unit(seconds: int, said: str) -> None:
    """Seconds, minutes, hours."""
    assert about(seconds) == said


COUNTS = {ItemState.SENT: 3_000, ItemState.HELD: 12, ItemState.QUEUED: 6_988}


@pytest.mark.parametrize(
    ("width", "says"),
    [
        (120, "✓ 3,000 sent  ! 12 held  6,988 queued  ~2 min left · 64/s"),
        (76, "✓3,000 !12 6,988 queued  ~2 min · 64/s"),
        (56, "✓3,000 !12 6,988 queued  ~2 min"),
    ],
)
def test_progress_tells_what_there_is_room_for(width: int, says: str) -> None:
    """The time left always, bar and rate wherever they fit; never a cut word."""
    told = drawn(Progress("running", COUNTS, 109, 64.0), width)
    assert told.plain.startswith("RUNNING")
    assert ("█" in told.plain) is (width > 60)
    assert told.plain.endswith(f"3,012/10,000  {says}")
    assert told.cell_length <= width


def test_a_slow_rate_is_told_by_the_minute() -> None:
    """Never 0 a second."""
    counts = {ItemState.SENT: 1, ItemState.QUEUED: 1}
    assert "30/min" in drawn(Progress("running", counts, 2, 0.5), 80).plain


def test_what_a_stopped_bulk_left_is_not_queued() -> None:
    """Nobody waits for it any more."""
    told = drawn(Progress("stopped", COUNTS), 120).plain
    assert told.endswith("6,988 not refunded")
    assert "queued" not in told


@pytest.mark.parametrize("done", [0, 1, 99, 100])
def test_the_bar_is_full_only_at_the_end(done: int) -> None:
    """A bar is as wide as it is asked to be, and full when all is done."""
    drawn = bar(done, 100, 22).plain
    assert len(drawn) == 22
    assert (drawn == "█" * 22) is (done == 100)
