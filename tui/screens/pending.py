"""Pending: refunds that wait, what they wait for, and what would let them go."""

from collections.abc import Coroutine, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static

from store.balance import PendingRefunds, Waiting
from store.errors import StoreError
from store.exports import exported
from store.lists.page import Cursor, Page
from tui import flows
from tui.actions import (
    CANCEL_REFUND,
    COPY_ID,
    EXPORT,
    FIND,
    LETTER,
    LOOK_UP,
    ON_PENDING,
    PAYMENTS,
    bindings,
)
from tui.flows.attempt import times_at
from tui.parts.exporting import Exporting
from tui.parts.on_payment import OnPayment
from tui.screens.refund import RefundScreen
from tui.widgets import pending_rows
from tui.widgets.rows import Rows
from tui.widgets.state_line import StateLine
from tui.words.results import Done
from tui.words.times import Times

if TYPE_CHECKING:
    from store import Store
    from tui.flows.exports import Source


class PendingScreen(Exporting, OnPayment):
    """The queues of waiting refunds, oldest first, with the balances they wait for."""

    CSS_PATH = "pending.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        FIND, ON_PENDING, EXPORT, CANCEL_REFUND, LOOK_UP, LETTER, COPY_ID
    )
    rows = getters.query_one("#rows", Rows)
    state = getters.query_one(StateLine)

    def __init__(self) -> None:
        super().__init__()
        self._pending: PendingRefunds | None = None
        self._times: Times | None = None
        self._kept: tuple[int, Waiting] | None = None
        """What waited under the cursor when a change was made, until that leaves it."""

    @property
    def _under_cursor(self) -> Waiting | None:
        key = self.rows.key
        return next((one for one in self._listed if one.refund.id == key), None)

    @property
    def _listed(self) -> tuple[Waiting, ...]:
        """Return what waits, and in its old place what waited under the cursor."""
        waiting = self._pending.waiting if self._pending else ()
        if self._kept is None:
            return waiting
        place, kept = self._kept
        if any(one.refund.id == kept.refund.id for one in waiting):
            return waiting
        return (*waiting[:place], kept, *waiting[place:])

    @property
    def target(self) -> str | None:
        """Return the payment of the refund under the cursor."""
        one = self._under_cursor
        return one.payment if one else None

    @property
    def currency(self) -> str | None:
        """Return the currency that a top-up would add to."""
        if one := self._under_cursor:
            return one.refund.takes.currency
        balances = self._pending.balances if self._pending else ()
        return balances[0].held.currency if balances else None

    def body(self) -> Iterable[Widget]:
        """Return the balances, the queue, and what would release it."""
        yield Static(id="count")
        yield Static(id="balances")
        yield StateLine()
        yield Static(id="titles")
        yield Rows(id="rows")
        yield Static(id="hint")

    def read_again(self) -> None:
        """Read what waits now; the cursor stays on its refund."""
        if self._pending is None:
            self.state.reads("the refunds that wait")
        self._read()

    def look_again(self) -> None:
        """Show what others changed."""
        self._read(only_changes=True)
        self.count_open()

    async def show_done(self, done: Done) -> None:
        """Show what waits now; what was canceled stays under the cursor."""
        if self._kept and self._kept[1].refund.id != done.refund:
            self._kept = None
        self.workers.cancel_group(self, "read")  # it may have read before that
        await self._read_now()

    def carry_out(self, flow: Coroutine[None, None, Content | None]) -> None:
        """Keep the row under the cursor where it is, whatever becomes of it."""
        if kept := self._under_cursor:
            self._kept = (self._listed.index(kept), kept)
        super().carry_out(flow)

    @work(exclusive=True, group="read")
    async def _read(self, *, only_changes: bool = False) -> None:
        await self._read_now(only_changes=only_changes)

    async def _read_now(self, *, only_changes: bool = False) -> None:
        try:
            pending, kept = await self.ask.read(self._waiting)
            times = await times_at(self)
        except StoreError as failed:
            self.state.failed(failed)
            return
        if only_changes and (pending, kept) == (self._pending, self._kept):
            return
        self._kept = kept
        self.show_session()
        self._pending, self._times = pending, times
        self._show(pending, times)

    def _waiting(
        self, store: "Store"
    ) -> tuple[PendingRefunds, tuple[int, Waiting] | None]:
        """Return what waits, and how that stands which is kept in its place."""
        if (kept := self._kept) is None:
            return store.refunds.pending(), None
        place, was = kept
        refund = store.refunds.retrieve(was.refund.id)
        position = was.position if refund.is_held else None
        now = replace(was, refund=refund, position=position)
        return store.refunds.pending(), (place, now)

    def _show(self, pending: PendingRefunds, times: Times) -> None:
        width, waiting = self.rows.room, self._listed
        if waiting:
            self.state.hide()
        else:
            back = f"{PAYMENTS.key} goes to the payments"
            self.state.empty(f"No refund waits: every one went out. {back}.")
        needed = [one for one in pending.balances if one.held] or [
            one
            for one in pending.balances
            if one.held.currency
            in {wait.refund.takes.currency for wait in pending.waiting}
        ]
        lines = [pending_rows.balance_line(balance) for balance in needed]
        self.write("#count", pending_rows.count_line(pending))
        self.write("#balances", Content("\n").join(lines))
        self.query_one("#titles").display = bool(waiting)
        self.write("#titles", pending_rows.titles(width))
        self.rows.fill(
            [(one.refund.id, pending_rows.row(one, width, times)) for one in waiting]
        )
        self._show_hint()
        self.rows.focus()
        self.call_after_refresh(self._make_fit, width)

    def _make_fit(self, width: int) -> None:
        """Draw rows again whose width is another, now that they may scroll."""
        if self.rows.room != width and self._pending and self._times:
            self._show(self._pending, self._times)

    def _show_hint(self) -> None:
        if self._pending and self._times and (currency := self.currency):
            told = pending_rows.hint(self._pending, currency, self._times)
            self.write("#hint", told)

    def on_resize(self) -> None:
        """Draw the columns that fit now."""
        if self._pending and self._times:
            self.call_after_refresh(self._show, self._pending, self._times)

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        if self._kept and self.rows.key != self._kept[1].refund.id:
            self._kept = None
        self._show_hint()

    @on(OptionList.OptionSelected)
    def _chosen(self) -> None:
        if refund := self.rows.key:
            self.app.push_screen(RefundScreen(refund))

    def action_top_up(self) -> None:
        """Add funds to the currency under the cursor."""
        if currency := self.currency:
            self.carry_out(flows.top_up(self, currency))

    def action_cover(self) -> None:
        """Cover every shortfall."""
        self.carry_out(flows.cover(self))

    def source(self) -> "Source[Waiting]":
        """Return the refunds that wait now."""
        from tui.flows.exports import Source

        def page(store: "Store", _: Cursor | None) -> Page[Waiting]:
            return Page(store.refunds.pending().waiting, None, None, more=False)

        return Source(exported.WAITING, page, "refunds that wait")

    def action_cancel_refund(self) -> None:
        """Cancel the refund under the cursor."""
        if target := self.target:
            self.carry_out(flows.cancel_refund(self, target, self.rows.key))

    def action_look_up(self) -> None:
        """Show the reference of the refund under the cursor."""
        if target := self.target:
            self.carry_out(flows.look_up(self, target, self.rows.key))

    def action_letter(self) -> None:
        """Show what to tell the customer of the refund under the cursor."""
        if target := self.target:
            self.carry_out(flows.letter(self, target, self.rows.key))

    def action_copy_id(self) -> None:
        """Copy the id of the refund under the cursor."""
        self.copy(self.rows.key)
