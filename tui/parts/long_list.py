"""LongList: a screen with a list of any length: it is read, or says why it is bare."""

from abc import abstractmethod
from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.timer import Timer

from tui.actions import RELOAD, TOP
from tui.parts.on_payment import OnPayment
from tui.text import line, plain
from tui.widgets.row_table import RowTable
from tui.widgets.sheet import Line
from tui.widgets.window_view import Fetch
from tui.words.times import Times

NEWS = "▲"
"""Before how many rows came above the list since it was read."""
STILL_AFTER = 0.15
"""Seconds without an answer after which the screen says that it is loading."""


class LongList(OnPayment):
    """Shows rows, or one sentence that says why there are none."""

    THINGS: ClassVar[str] = ""
    """What the rows are, for a sentence."""
    _still: Timer | None = None
    _above = 0

    @abstractmethod
    def why_empty(self) -> Iterable[str]:
        """Return why the list has no rows, in lines."""

    def show_list(
        self, table: RowTable[Line], fetch: Fetch[Line], around: Line | None = None
    ) -> None:
        """Read another list into the table, from a row on if one is given."""
        self._still = self.set_timer(STILL_AFTER, lambda: table.explain("Loading…"))
        table.show(fetch, around)

    def times(self) -> Times | None:
        """Return how times are read, once the store is open."""
        return Times(self.zone, self.ask.now) if self.ask.now else None

    def tell_news(self, came: str, key: str) -> None:
        """Say how many rows came above, and the key that leads to them."""
        told = f"{NEWS} {came} new ({key})" if came else ""
        self.result.news = line((told, "$accent"))

    def came(self, count: int) -> None:
        """Say that so many rows came above the cursor, which did not move."""
        self._above += count
        self.tell_news(f"{self._above:,}", TOP.key)

    @on(RowTable.Highlighted)
    def _seen(self) -> None:
        if self._above and self.query_one(RowTable).rank == 0:
            self._above = 0
            self.tell_news("", "")

    def _answered(self) -> None:
        if self._still:
            self._still.stop()

    @on(RowTable.Loaded)
    def _list_loaded(self, event: RowTable.Loaded) -> None:
        self._answered()
        self.show_session()
        if event.came:
            self.came(event.came)
        if event.empty:
            self.query_one(RowTable).explain(*self.why_empty())

    @on(RowTable.LoadFailed)
    def _list_failed(self, event: RowTable.LoadFailed) -> None:
        self._answered()
        self.tell_failure(event.error)
        self.query_one(RowTable).explain(
            f"The {self.THINGS} could not be read.",
            "",
            plain(str(event.error)),
            "",
            f"Nothing was changed. {RELOAD.key} tries again.",
        )
