"""PaymentsTable: the list of payments, with a gutter cursor, marks and a range.

The cursor, the marks and every message name payments by id, never by place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from store.outcome import PaymentLine
from tui.actions import bindings
from tui.bulk_actions import MARKING
from tui.widgets.columns import PAYMENTS
from tui.widgets.marks import Marks, gist_of
from tui.widgets.row import MARK, RANGED
from tui.widgets.row_table import RowTable
from tui.widgets.window_view import Fetch

MOST_HELD = 500
"""How many marks are read again with the rows; more than that wait for their plan."""


class PaymentsTable(RowTable[PaymentLine]):
    """A virtual list of payments: its marks, and the range that is being chosen."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(MARKING)

    @dataclass
    class MarksChanged(Message):
        """The marks are others now, or the range."""

    @dataclass
    class RangeChosen(Message):
        """A range was chosen that is longer than what is held of the list."""

        ends: tuple[PaymentLine, PaymentLine]

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(PAYMENTS, id)
        self.marks = Marks()
        """The marked payments; whoever changes them calls `marked_anew`."""
        self._anchor: PaymentLine | None = None
        self._below = True
        """Whether the cursor is below the row at which the range began."""

    @property
    def held(self) -> tuple[str, ...]:
        """Return the ids of the payments in memory, for reading them again."""
        ids = dict.fromkeys(line.id for line in self._window.rows)
        if len(self.marks) <= MOST_HELD:
            ids.update(dict.fromkeys(self.marks))
        return tuple(ids)

    @property
    def ranging(self) -> bool:
        """Tell whether a range is being chosen."""
        return self._anchor is not None

    def show(
        self, fetch: Fetch[PaymentLine], around: PaymentLine | None = None
    ) -> None:
        """Show another list; a range of the one before ends."""
        self.leave_range()
        super().show(fetch, around)

    def renew(self, lines: Mapping[str, PaymentLine]) -> None:
        """Draw payments that have changed, in place."""
        if self.marks.renew(lines):
            self.post_message(self.MarksChanged())
        super().renew(lines)

    def marked_anew(self) -> None:
        """Draw the marks as they are now."""
        self.refresh()
        self.post_message(self.MarksChanged())

    def leave_range(self) -> bool:
        """End the range without marking it; tell whether there was one."""
        had, self._anchor = self.ranging, None
        if had:
            self.marked_anew()
        return had

    def action_mark(self) -> None:
        """Mark or unmark the payment under the cursor and move down."""
        if not (line := self.line):
            return
        if self._anchor:
            self._mark_range(self._anchor, line)
            return
        self.marks.invert((gist_of(line),))
        self._redraw(self._cursor)
        self._move(1)
        self.post_message(self.MarksChanged())

    def action_open(self) -> None:
        """Open the payment under the cursor; a range is marked instead."""
        if self._anchor:
            self.action_mark()
        else:
            super().action_open()

    def action_mark_range(self) -> None:
        """Begin a range at the cursor, or drop the one that was begun."""
        if not self.leave_range():
            self._anchor = self.line
            self.marked_anew()

    def action_unmark(self) -> None:
        """Take every mark away."""
        if self.marks:
            self.marks.clear()
            self.marked_anew()

    def action_top(self) -> None:
        """Move to the first row of the whole list."""
        self._below = False
        super().action_top()

    def action_bottom(self) -> None:
        """Move to the last row of the whole list."""
        self._below = True
        super().action_bottom()

    def _mark_range(self, anchor: PaymentLine, line: PaymentLine) -> None:
        at = self._window.index(anchor.id)
        if at is None:
            self.post_message(self.RangeChosen((anchor, line)))
        else:
            low, high = sorted((at, self._cursor))
            self.marks.add(map(gist_of, self._window.rows[low : high + 1]))
        self.leave_range()

    def _move(self, delta: int) -> None:
        super()._move(delta)
        if not self._anchor:
            return
        if (at := self._window.index(self._anchor.id)) is not None:
            self._below = self._cursor >= at
        if abs(delta) > 1:
            self.refresh()

    def _sign(self, index: int) -> str:
        if self._window.rows[index].id in self.marks:
            return MARK
        return RANGED if self._anchor and self._is_ranged(self._anchor, index) else " "

    def _is_ranged(self, anchor: PaymentLine, index: int) -> bool:
        at = self._window.index(anchor.id)
        if at is None:
            return index <= self._cursor if self._below else index >= self._cursor
        return min(at, self._cursor) <= index <= max(at, self._cursor)
