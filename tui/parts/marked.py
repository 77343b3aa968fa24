"""MarkedPayments: marks over the whole of a list, and what is done with them."""

import asyncio
from contextlib import suppress

from textual import on, work
from textual.content import Content

from store.bulk import Bulk
from store.errors import StoreError
from store.outcome import PaymentGist, PaymentLine
from tui.actions import BACK
from tui.bulk_actions import BULK_REFUND, BULK_RESUME, MARK, MARK_ALL, UNMARK
from tui.parts.listed import ListedPayments
from tui.status import BAD
from tui.text import line
from tui.widgets.marks import Marks
from tui.widgets.payments_table import PaymentsTable
from tui.words.cells import cells

ASKED_FROM = 100
"""How many payments one key may mark without a question."""
MOST = 100_000
"""How many payments one key may mark at all."""
_REST = 0.1
"""Seconds without another mark after which it is worth asking what they come to."""
_EDGES = 3
"""Cells of a line of results that its edges need."""


class MarkedPayments(ListedPayments):
    """Marks by the filter, by a range, by hand; and the bulk that they are for."""

    def action_mark_all(self) -> None:
        """Mark every payment that the filter finds."""
        self._mark_filtered(invert=False)

    def action_invert(self) -> None:
        """Mark what the filter finds and is not marked; unmark the rest of it."""
        self._mark_filtered(invert=True)

    def renew(self) -> None:
        """Show what changed, and how a bulk refund stands."""
        super().renew()
        self._look_at_bulk()

    @work(exclusive=True, group="look")
    async def _look_at_bulk(self) -> None:
        from tui.flows.bulk import held_bulk

        with suppress(StoreError):  # the list says so
            if self.app.bulk.bulk is None:
                await held_bulk(self.app)
            else:
                await self.app.bulk.look_again()

    def action_bulk_refund(self) -> None:
        """Plan a bulk refund of what is marked, and carry it out once it is armed."""
        if self.app.bulk.going:
            told = f"a bulk refund is going on; {BULK_RESUME.key} shows it"
            self.result.tell(line(("✗ ", f"${BAD}"), told))
        elif not self.table.marks:
            told = f"nothing is marked: {MARK.key} marks, {MARK_ALL.key} marks all"
            self.result.tell(line(("✗ ", f"${BAD}"), told))
        else:
            self.workers.cancel_group(self, "dry run")  # its dialog plans anew
            self.carry_out(self._refund_marked(tuple(self.table.marks)))

    async def _refund_marked(self, ids: tuple[str, ...]) -> Content | None:
        from tui.flows.bulk import begin_bulk

        begun = await begin_bulk(self, ids)
        if not isinstance(begun, Bulk):
            return begun
        self.app.bulk.take_up(begun)
        self.table.action_unmark()
        await self.app.show_bulk(begun)
        return None

    @work(exclusive=True, group="marks")
    async def _mark_filtered(self, *, invert: bool) -> None:
        narrowed, sort = self._filter, self._sort
        try:
            found = await self.ask.read(
                lambda store: store.payments.gists(narrowed, sort, most=MOST + 1)
            )
        except StoreError as failed:
            self.tell_failure(failed)
            return
        if await self._may_mark(found, invert=invert):
            (self.table.marks.invert if invert else self.table.marks.add)(found)
            self.table.marked_anew()

    @on(PaymentsTable.RangeChosen)
    def _choose_range(self, event: PaymentsTable.RangeChosen) -> None:
        self._mark_between(event.ends)

    @work(exclusive=True, group="marks")
    async def _mark_between(self, ends: tuple[PaymentLine, PaymentLine]) -> None:
        narrowed, sort = self._filter, self._sort
        try:
            found = await self.ask.read(
                lambda store: store.payments.gists(
                    narrowed, sort, between=ends, most=MOST + 1
                )
            )
        except StoreError as failed:
            self.tell_failure(failed)
            return
        if await self._may_mark(found, invert=False):
            self.table.marks.add(found)
            self.table.marked_anew()

    async def _may_mark(self, found: tuple[PaymentGist, ...], *, invert: bool) -> bool:
        """Tell whether that many may be marked; ask where they are many."""
        from tui.dialogs.confirm import ACT, ConfirmDialog

        if len(found) > MOST:
            told = f"nothing was marked: more than {MOST:,} payments are too many"
            self.result.tell(line(("✗ ", f"${BAD}"), f"{told}; narrow the filter"))
            return False
        if len(found) <= ASKED_FROM:
            return True
        changed = Marks()
        changed.add(found)
        what = "Invert the marks of" if invert else "Mark"
        dialog = ConfirmDialog(
            f"{what} {len(found):,} payments?",
            Content(changed.gist),
            keep="Leave the marks as they are",
            act=f"{what} {len(found):,} payments",
        )
        return await self.app.push_screen_wait(dialog) == ACT

    @on(PaymentsTable.MarksChanged)
    def _marks_changed(self) -> None:
        self._tell_marks()
        if self.table.marks.wants_plan:
            self._foresee(tuple(self.table.marks))

    @work(exclusive=True, group="dry run")
    async def _foresee(self, ids: tuple[str, ...]) -> None:
        """Let the store say what a bulk would refund of them; nothing is done."""
        await asyncio.sleep(_REST)
        try:
            plan = await self.ask.read(lambda store: store.bulk.plan(payments=ids))
        except StoreError:
            return  # the bulk's own dialog says what is wrong
        if self.table.marks.foresee(ids, plan):
            self._tell_marks()

    def _tell_marks(self) -> None:
        room = self.app.size.width - _EDGES
        told = self.table.marks.told(room)
        keys = f" · {BULK_REFUND.key} refunds, {UNMARK.key} unmarks" if told else ""
        if cells(told + keys) <= room:
            told += keys
        if self.table.ranging:
            told = f"range: {MARK.key} marks it, {BACK.key} drops it"
        self.result.aside = line((told, "$accent"))
