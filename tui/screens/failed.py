"""Failed: refunds that came back, why, and what to do for the customer."""

from collections.abc import Coroutine, Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from store.desk.follow_up import FailedRefund
from store.errors import StoreError
from store.exports import exported
from tui.actions import (
    BACK,
    COPY_ID,
    COPY_MORE,
    EXPORT,
    FIND,
    LETTER,
    LOOK_UP,
    MENU,
    PAYMENTS,
    bindings,
)
from tui.lists.failed_inbox import FailedInbox
from tui.log_actions import ON_FAILED, SHOW_DONE
from tui.parts.exporting import Exporting
from tui.parts.long_list import LongList
from tui.widgets.failed_facts import failed_facts, heading
from tui.widgets.failed_table import FailedTable

if TYPE_CHECKING:
    from store import Store
    from store.lists.page import Cursor, Page
    from tui.flows.exports import Source
    from tui.offers import Offers
    from tui.words.results import Done


class FailedScreen(Exporting, LongList):
    """The inbox of failed refunds; those that are done can be shown too."""

    CSS_PATH = "failed.tcss"
    THINGS = "failed refunds"
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        BACK, FIND, ON_FAILED, LOOK_UP, LETTER, COPY_ID, COPY_MORE, MENU, EXPORT
    )
    table = getters.query_one(FailedTable)

    def __init__(self) -> None:
        super().__init__()
        self._shows_done = False
        self._begun = False
        self._kept: str | None = None
        """What was dealt with under the cursor: it stays until that leaves it."""

    @property
    def meant(self) -> FailedRefund | None:
        """Return the refund under the cursor."""
        return self.table.line

    @property
    def _refund(self) -> str | None:
        """Return the refund that is meant: what was just tried again is the new one."""
        if (failed := self.meant) is None:
            return None
        again = failed.retried_as if failed.id == self._kept else None
        return again or failed.id

    @property
    def target(self) -> str | None:
        """Return the payment of the refund under the cursor."""
        return self.meant.payment if self.meant else None

    def body(self) -> Iterable[Widget]:
        """Return how many are open, the list, and what is known of one of them."""
        yield Static(id="count")
        yield FailedTable()
        yield Static(id="facts")

    def on_mount(self) -> None:
        """Tell the list how times are read."""
        self.table.times = self.times

    def read_again(self) -> None:
        """Read the inbox again; the cursor stays on its refund."""
        self.table.reload()
        self.count_open()

    def renew(self) -> None:
        """Show what changed; the cursor stays on its refund, or on its place."""
        if self._begun:
            self.table.look_again()
            return
        self._begun = True
        self.table.focus()
        self._list()

    def carry_out(self, flow: Coroutine[None, None, Content | None]) -> None:
        """Keep the row under the cursor where it is, whatever becomes of it."""
        self._kept = self.meant.id if self.meant else None
        super().carry_out(flow)

    async def show_done(self, done: "Done") -> None:
        """Show what became of the refund under the cursor, in its place."""
        del done
        try:
            if kept := self._kept:
                found = await self.ask.read(lambda s: s.refunds.follow_ups(kept))
                self.table.renew({one.id: one for one in found})
        except StoreError as refused:
            self.tell_failure(refused)
        self.renew()

    def zone_changed(self) -> None:
        """Show the times in the zone that is read now."""
        self.table.redraw()
        self.show_session()
        self._show_facts()

    def _list(self) -> None:
        self._kept = None
        inbox = FailedInbox(self.ask, self._shows_done, lambda: self._kept)
        self.show_list(self.table, inbox)
        self.count_open()

    def source(self) -> "Source[FailedRefund]":
        """Return the inbox as it is shown now."""
        from tui.flows.exports import PAGE, Source

        done = self._shows_done

        def page(store: "Store", after: "Cursor | None") -> "Page[FailedRefund]":
            return store.refunds.failed(done=done, after=after, limit=PAGE)

        words = "done" if done else "open"
        return Source(exported.FAILED, page, self.THINGS, words)

    def why_empty(self) -> Iterable[str]:
        """Return why no refund is listed."""
        back = f"{PAYMENTS.key} goes to the payments."
        if self._shows_done:
            return ("No failed refund is done yet.", "", f"{SHOW_DONE.key} goes back.")
        shows = f"{SHOW_DONE.key} shows those that are done. {back}"
        return ("No failed refund is open.", "", shows)

    def show_open(self, failed: int) -> None:
        """Show how many are open, in the header and above the list."""
        super().show_open(failed)
        self.write("#count", heading(failed, done=self._shows_done))

    @on(FailedTable.Highlighted)
    def _show_facts(self) -> None:
        failed, times = self.meant, self.times()
        if failed is None or failed.id != self._kept:
            self._kept = None
        told = failed_facts(failed, times) if failed and times else Content("")
        self.query_one("#facts").display = failed is not None
        self.write("#facts", told)

    @on(FailedTable.Opened)
    def _open(self) -> None:
        from tui.screens.refund import RefundScreen

        if refund := self._refund:
            self.app.push_screen(RefundScreen(refund))

    # What can be done about it.

    def more_offers(self) -> "Offers":
        """Return what the inbox itself offers for the refund under the cursor."""
        from tui.offers import of_failed

        return of_failed(self.meant, self.ask.read_only) if self.meant else {}

    def action_retry_refund(self) -> None:
        """Refund again what failed."""
        from tui import flows

        if failed := self.meant:
            self.carry_out(flows.retry_refund(self, failed))

    def action_finish(self) -> None:
        """Close it with a note."""
        from tui import flows

        if failed := self.meant:
            self.carry_out(flows.finish_failed(self, failed))

    def action_show_done(self) -> None:
        """Show those that are done, or the open ones again."""
        self._shows_done = not self._shows_done
        self._list()

    def action_to_payment(self) -> None:
        """Show the payment that was refunded."""
        from tui.screens.payment import PaymentScreen

        if target := self.target:
            self.app.push_screen(PaymentScreen(target))

    def action_look_up(self) -> None:
        """Show the reference of the refund under the cursor."""
        from tui import flows

        if failed := self.meant:
            self.carry_out(flows.look_up(self, failed.payment, self._refund))

    def action_letter(self) -> None:
        """Show what to tell the customer of the refund under the cursor."""
        from tui import flows

        if failed := self.meant:
            self.carry_out(flows.letter(self, failed.payment, self._refund))

    def action_copy_id(self) -> None:
        """Copy the id of the refund under the cursor."""
        self.copy(self._refund)
