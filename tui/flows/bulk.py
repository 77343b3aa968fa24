"""Bulk: plan, ask, write the job down; or go on with one that was left."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from store.bulk import Bulk, BulkItem, ItemState, Plan
from store.errors import StoreError, StoreUnusable
from store.lists.page import Cursor
from store.money import sums
from tui.bulk_actions import BULK_RESUME
from tui.console import Console
from tui.dialogs.bulk_refund import BulkRefundDialog, BulkRequest, payments
from tui.dialogs.confirm import ACT, ConfirmDialog
from tui.dialogs.continue_bulk import ContinueBulkDialog, Rest
from tui.files.journal import Asked
from tui.flows.attempt import Desk, times_at
from tui.flows.unconfirmed import became
from tui.words import results

if TYPE_CHECKING:
    from store import Store

_READ_AT_ONCE = 500


async def begin_bulk(desk: Desk, ids: Sequence[str]) -> Bulk | Content | None:
    """Return the job that was begun, or why there is none, or None when kept."""
    planned: list[Plan] = []

    async def dry_run(asked: BulkRequest) -> Plan:
        """Plan once, whatever the reason: what changes later is stale in the job."""
        if not planned:
            plan = await desk.ask.read(lambda store: store.bulk.plan(payments=ids))
            planned[:] = [plan]
        return await desk.ask.read(
            lambda store: store.bulk.because(
                planned[0],
                reason=asked.reason,
                note=asked.note,
                reverse_transfer=asked.reverse_transfer,
                refund_application_fee=asked.refund_application_fee,
            )
        )

    answer = await desk.app.push_screen_wait(BulkRefundDialog(len(ids), dry_run))
    if not isinstance(answer, BulkRequest):
        return None
    try:
        return await _start(desk, await dry_run(answer))
    except StoreError as refused:
        return results.nothing_done(refused)


async def _start(desk: Desk, plan: Plan) -> Bulk | Content:
    key, actor = desk.ask.key(), desk.ask.actor
    now = await desk.ask.read(lambda store: store.now())
    what = f"bulk refund of {payments(len(plan.refundable))}"
    asked = Asked(key, what, actor.name, now)
    try:
        return await desk.ask.write(
            lambda store: store.bulk.start(plan, actor=actor, key=key), asked
        )
    except StoreUnusable as lost:
        desk.result.tell(results.checking(lost))
        return await became(desk.ask, asked, desk.zone)


async def may_continue(desk: Desk, bulk: Bulk, *, again: bool) -> bool:
    """Tell whether the agent wants what is left (or failed) to be refunded now.

    Raises:
        StoreError: Nothing is left that could be refunded.
    """

    async def dry_run(id_: str) -> Rest:
        return await desk.ask.read(lambda store: _rest(store, id_, again=again))

    if again and not (await dry_run(bulk.id)).number:
        actor = desk.ask.actor
        await desk.ask.write(lambda store: store.bulk.retry(bulk.id, actor=actor))
    times = await times_at(desk)
    dialog = ContinueBulkDialog(bulk, times, dry_run, again=again)
    return await desk.app.push_screen_wait(dialog) == bulk.id


async def held_bulk(app: Console) -> Bulk | None:
    """Return the bulk of this console, or else the oldest that was left, taken up.

    Raises:
        StoreError: The store cannot be read.
    """
    if not app.bulk.is_open:
        left = await app.ask.read(lambda store: store.bulk.unfinished())
        if left:
            app.bulk.hold(left[0])
    return app.bulk.bulk


async def may_leave(app: Console) -> bool:
    """Tell whether the agent quits though a bulk refund goes on."""
    bulk = app.bulk.bulk
    left = payments(bulk.queued) if bulk else "nothing"
    told = f"{left} left. The next start offers to go on: {BULK_RESUME.key}."
    dialog = ConfirmDialog(
        "A bulk refund is running. Quit?",
        Content(told),
        keep="Stay",
        act="Quit: it goes on when it is resumed",
    )
    return await app.push_screen_wait(dialog) == ACT


async def may_stop(app: Console, left: int, *, was_going: bool) -> bool:
    """Tell whether the agent ends a bulk refund that stands still meanwhile."""
    number = f"{left:,} payments"
    dialog = ConfirmDialog(
        "Stop the bulk refund?",
        Content(f"It stands still. {number} are left and would not be refunded."),
        keep="Go on" if was_going else "Leave it paused",
        act=f"Stop: leave {number} as they are",
    )
    return await app.push_screen_wait(dialog) == ACT


def _rest(store: "Store", id_: str, *, again: bool) -> Rest:
    if not again:
        bulk = store.bulk.retrieve(id_)
        return Rest(bulk.queued, bulk.sums(ItemState.QUEUED))
    found = [one for one in every_item(store, id_, (ItemState.FAILED,)) if one.again]
    return Rest(len(found), sums(one.amount for one in found))


def every_item(
    store: "Store", id_: str, states: Sequence[ItemState] = ()
) -> list[BulkItem]:
    """Return all payments of a job, or those in these states, in its order."""
    found: list[BulkItem] = []
    after: Cursor | None = None
    while True:
        page = store.bulk.items(id_, states=states, after=after, limit=_READ_AT_ONCE)
        found += page.rows
        if not page.more:
            return found
        after = page.last
