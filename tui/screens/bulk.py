"""Bulk: how a bulk refund goes, one outcome for each of its payments."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.binding import BindingType
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from store.bulk import Bulk, BulkItem, BulkState, ItemState, as_it_ends
from store.errors import StoreError
from store.exports import exported
from store.lists.page import Cursor, Page
from tui.actions import BACK, COPY_ID, EXPORT, FIND, bindings
from tui.bulk_actions import (
    BULK_ALL,
    BULK_FAILED,
    BULK_GO_ON,
    BULK_PAUSE,
    BULK_RETRY,
    BULK_STOP,
    ON_BULK,
)
from tui.lists.forward import Forward
from tui.parts.exporting import Exporting
from tui.parts.long_list import LongList
from tui.status import BULK_ITEMS, QUIET
from tui.text import line
from tui.widgets.bulk_columns import BulkTable, outcome
from tui.widgets.bulk_progress import BulkProgress
from tui.words import bulk as bulk_words
from tui.words import results

if TYPE_CHECKING:
    from store import Store
    from tui.flows.exports import Source

READ_EVERY = 1.0
"""Seconds between two readings of the rows while a bulk runs."""
NOT_REFUNDED = (ItemState.FAILED, ItemState.STALE)


class BulkScreen(LongList, Exporting):
    """The bulk of this console: its bar, its rows, and what can be done to it."""

    CSS_PATH = "bulk.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        BACK, FIND, ON_BULK, EXPORT, COPY_ID
    )
    THINGS = "payments of the bulk"
    table = getters.query_one(BulkTable)
    bar = getters.query_one(BulkProgress)

    def __init__(self, bulk: Bulk, *, resumes: bool = False) -> None:
        super().__init__()
        self._bulk = bulk
        self._resumes = resumes
        self._states: tuple[ItemState, ...] = ()
        self._later: Timer | None = None
        self._begun = False
        self._offered: list[bool | None] = []

    @property
    def target(self) -> str | None:
        """Return the payment under the cursor."""
        return self.table.line.payment if self.table.line else None

    def body(self) -> Iterable[Widget]:
        """Return what it is, how far it is, and its payments."""
        yield Static(id="head")
        yield Static(id="sums")
        yield BulkProgress()
        yield BulkTable()
        yield Static(id="foot")

    def tell_standing(self, _: object = None) -> None:
        """Tell nothing below: how the bulk stands is what this screen shows."""

    def on_mount(self) -> None:
        """Follow the bulk as it goes."""
        self.table.times = self.times
        self.app.bulk.changed.subscribe(self, self._went_on)
        if self._resumes:
            self.call_after_refresh(self.ask_to_go_on)

    def read_again(self) -> None:
        """Read the rows again; the cursor stays on its payment."""
        if self._begun:
            self.table.reload()
        else:
            self._begun = True
            self.table.focus()
            self._list()
        self._show(self._bulk)

    def renew(self) -> None:
        """Show how it stands, also when another console carries it out."""
        self.app.bulk.turn_to(self._bulk)
        self.read_again()
        self._look()

    @work(exclusive=True, group="look")
    async def _look(self) -> None:
        try:
            await self.app.bulk.look_again()
        except StoreError as failed:
            self.tell_failure(failed)

    def why_empty(self) -> Iterable[str]:
        """Return that nothing failed."""
        return ("Nothing failed.", "", f"{BULK_ALL.key} shows every payment.")

    # How it goes.

    def _went_on(self, bulk: Bulk) -> None:
        if bulk.id != self._bulk.id:
            return
        self._show(bulk)
        if not self.app.bulk.going:
            self._reload()
        elif self._later is None:
            self._later = self.set_timer(READ_EVERY, self._reload)

    def _reload(self) -> None:
        if self._later is not None:
            self._later.stop()
            self._later = None
        self.table.reload()

    def _show(self, bulk: Bulk) -> None:
        self._bulk = bulk
        self.app.bulk.saw()
        self.write("#head", bulk_words.title(bulk, self.times()))
        self.write("#sums", bulk_words.amounts(bulk))
        self._tell_row()
        self._offer()
        self.bar.progress = bulk_words.progress(self.app.bulk, bulk)
        if trouble := self.app.bulk.trouble:
            self.tell_failure(trouble)

    @on(BulkTable.Highlighted)
    def _tell_row(self) -> None:
        """Tell the whole outcome of the row under the cursor, or that all is safe."""
        row = self.table.line
        if row and row.message:
            look = BULK_ITEMS[row.state]
            told = line((f"{look.glyph} ", look.style), outcome(row))
        else:
            told = line(
                (bulk_words.safe() if self.app.bulk.is_open else "", f"${QUIET}")
            )
        self.write("#foot", told)
        self.query_one("#foot").display = bool(told)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what the bulk as it stands can be asked."""
        del parameters
        match action:
            case BULK_PAUSE.id:
                return self.app.bulk.going and self._is_left
            case BULK_GO_ON.id:
                return not self.app.bulk.going and self._is_left
            case BULK_STOP.id:
                return self._is_left
            case BULK_RETRY.id:
                return self.app.bulk.may_retry(self._bulk)
            case BULK_FAILED.id:
                return not self._states
            case BULK_ALL.id:
                return bool(self._states)
            case _:
                return True

    @property
    def _is_left(self) -> bool:
        return self.app.bulk.is_left(self._bulk)

    def _offer(self) -> None:
        """Let the footer name what can be done now; draw it only when that changes."""
        offered = [self.check_action(one.id, ()) for one in ON_BULK]
        if offered != self._offered:
            self._offered = offered
            self.refresh_bindings()

    # Its rows.

    def _list(self) -> None:
        self.table.total = None if self._states else self._bulk.total
        self.show_list(self.table, Forward(self.ask, self._pages()))

    def _pages(self) -> "Callable[[Store, Cursor | None], Page[BulkItem]]":
        states = self._states

        def page(store: "Store", after: Cursor | None) -> Page[BulkItem]:
            bulk = self._bulk
            found = store.bulk.items(bulk.id, states=states, after=after)
            rows = tuple(as_it_ends(one, bulk) for one in found.rows)
            return replace(found, rows=rows)

        return page

    def source(self) -> "Source[BulkItem]":
        """Return what is listed, for a file."""
        from tui.flows.exports import Source

        only = "not refunded" if self._states else ""
        return Source(exported.BULK, self._pages(), "payments of the bulk", only)

    @on(BulkTable.Opened)
    def _open(self, event: BulkTable.Opened) -> None:
        from tui.screens.payment import PaymentScreen

        self.app.push_screen(PaymentScreen(event.id))

    def action_bulk_failed(self) -> None:
        """Show only what was not refunded, of a stopped one what it left, too."""
        stopped = self._bulk.state is BulkState.STOPPED
        self._only((*NOT_REFUNDED, ItemState.QUEUED) if stopped else NOT_REFUNDED)

    def action_bulk_all(self) -> None:
        """Show every payment."""
        self._only(())

    def _only(self, states: tuple[ItemState, ...]) -> None:
        if states != self._states:
            self._states = states
            self._list()
            self._offer()

    # What can be done to it.

    def action_bulk_pause(self) -> None:
        """Let it stand still."""
        self._do(self.app.bulk.pause)

    def action_bulk_go_on(self) -> None:
        """Let it go on; what another session left is asked about."""
        work_, bulk = self.app.bulk, self._bulk
        if work_.began(bulk) and self._is_left:
            self._do(lambda: work_.resume(bulk))
        else:
            self.ask_to_go_on()

    def ask_to_go_on(self) -> None:
        """Ask whether it shall go on; one that was armed here has its own key."""
        if not self._is_left:
            self.tell(results.nothing_left())
        elif not self.app.bulk.began(self._bulk):
            self.carry_out(self._continue(again=False))

    def action_bulk_retry(self) -> None:
        """Try again what failed and may end otherwise."""
        self.carry_out(self._continue(again=True))

    def action_bulk_stop(self) -> None:
        """End it, after a question."""
        self.carry_out(self._stop())

    def _do(self, change: Callable[[], Awaitable[None]]) -> None:
        self.carry_out(self._done(change))

    async def _done(self, change: Callable[[], Awaitable[None]]) -> Content | None:
        try:
            await change()
        except StoreError as refused:
            return results.nothing_done(refused)
        return None

    async def _continue(self, *, again: bool) -> Content | None:
        from tui.flows.bulk import may_continue

        work_, bulk = self.app.bulk, self._bulk
        try:
            if await may_continue(self, bulk, again=again):
                await (work_.retry() if again else work_.resume(bulk))
        except StoreError as refused:
            return results.nothing_done(refused)
        return None

    async def _stop(self) -> Content | None:
        """Ask whether to end it; it stands still meanwhile."""
        from tui.flows.bulk import may_stop

        work_ = self.app.bulk
        if was_going := work_.going:
            try:
                await work_.pause()
            except StoreError as refused:
                return results.nothing_done(refused)
        left = (work_.bulk or self._bulk).queued
        if await may_stop(self.app, left, was_going=was_going):
            return await self._done(work_.stop)
        if was_going and work_.bulk is not None:
            paused = work_.bulk
            return await self._done(lambda: work_.resume(paused))
        return None
