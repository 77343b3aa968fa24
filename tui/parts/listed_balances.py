"""ListedBalances: a screen with balances and movements: what it reads and shows."""

from collections.abc import Callable, Iterable
from datetime import UTC
from typing import TYPE_CHECKING

from textual import getters, work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from store.balance import Balance, CurrencyBalance
from store.errors import StoreError
from store.lists.page import Cursor, Page
from store.outcome import Movement
from tui.actions import KIND, PAYMENTS
from tui.lists.forward import Forward
from tui.parts.exporting import Exporting
from tui.parts.long_list import LongList
from tui.status import QUIET
from tui.text import join, line
from tui.widgets import balance_rows
from tui.widgets.flow_plot import FlowPlot
from tui.widgets.movement_columns import name
from tui.widgets.movement_table import MovementTable
from tui.widgets.rows import Rows
from tui.widgets.state_line import StateLine

if TYPE_CHECKING:
    from store import Store

ROOM_FOR_PLOT = 28
"""From how many lines on the plot is shown unless it was asked away."""
ROOM_FOR_MORE = 40
"""From how many lines on its bars are taller."""
ROOM_FOR_LESS = 22
"""Below how many lines they are as low as they can be."""
_EDGES = 4
"""Cells beside what is said of a currency."""
_CHARGES = ("ch_", "py_", "pi_")
"""How the ids of payments begin."""


class ListedBalances(Exporting, LongList):
    """Keeps the balances, the movements of one of them, and its plot up to date."""

    THINGS = "movements"
    state = getters.query_one(StateLine)
    balances = getters.query_one("#balances", Rows)
    table = getters.query_one(MovementTable)
    plot = getters.query_one(FlowPlot)

    def __init__(self) -> None:
        super().__init__()
        self._sheet: tuple[CurrencyBalance, ...] = ()
        self._connected: tuple[Balance, ...] = ()
        self._currency: str | None = None
        self._kind: str | None = None
        self._listed: tuple[str | None, str | None] | None = None
        self._plot_wanted: bool | None = None

    @property
    def target(self) -> str | None:
        """Return the payment that the movement under the cursor is of, if it is one."""
        moved = self.table.line
        source = moved.source if moved else None
        return source if source and source.startswith(_CHARGES) else None

    def body(self) -> Iterable[Widget]:
        """Return the balances, the movements of one, and its plot."""
        yield StateLine()
        yield Rows(id="balances")
        yield Static(id="coming")
        yield Static(id="title")
        yield MovementTable()
        yield FlowPlot()

    def on_mount(self) -> None:
        """Hide what has nothing to show yet."""
        self.table.times = self.times
        self._show_parts()
        self.table.focus()

    # Reading.

    def read_again(self) -> None:
        """Read balances and movements; the cursors stay."""
        if not self._sheet:
            self.state.reads("the balance")
        self._read()
        if self._listed is not None:
            self.table.reload()

    def look_again(self) -> None:
        """Show what others changed."""
        self._read(only_changes=True)
        self.count_open()

    def zone_changed(self) -> None:
        """Show the times, and the days, in the zone that is read now."""
        self.table.redraw()
        self.show_session()
        self._read_plot()

    @work(exclusive=True, group="counts")
    async def _read(self, *, only_changes: bool = False) -> None:
        try:
            sheet, pending = await self.ask.read(
                lambda store: (store.balance_sheet(), store.refunds.pending())
            )
        except StoreError as failed:
            self.state.failed(failed)
            return
        seen = (self._sheet, self._connected)
        if only_changes and seen == (sheet, pending.connected):
            return
        if only_changes and self._listed is not None:
            self.table.reload()
        self.show_session()
        self._sheet, self._connected = sheet, pending.connected
        self._show_balances()

    def _show_balances(self) -> None:
        if self._sheet:
            self.state.hide()
        else:
            back = f"{PAYMENTS.key} goes to the payments"
            self.state.empty(f"No money has moved yet. {back}.")
        self.balances.fill(balance_rows.keyed(self._sheet, self._connected))
        codes = [one.currency for one in self._sheet]
        if self._currency not in codes:
            short = [one.currency for one in self._sheet if one.short]
            moves = [one.currency for one in self._sheet if one.pending]
            self._currency = next(iter([*short, *moves, *codes]), None)
            if self._currency:
                self.balances.highlighted = codes.index(self._currency)
        self._show_parts()
        self._show_currency()

    @property
    def _shown(self) -> CurrencyBalance | None:
        found = [one for one in self._sheet if one.currency == self._currency]
        return found[0] if found else None

    def _show_currency(self) -> None:
        """Show the movements and the plot of the currency that is chosen."""
        balance, times = self._shown, self.times()
        if balance is None or times is None:
            return
        width = self.app.size.width - _EDGES
        told = balance_rows.coming(balance, times, width)
        self.query_one("#coming", Static).update(told)
        self.query_one("#title", Static).update(self._title(balance.currency, width))
        if self._listed != (self._currency, self._kind):
            self._listed = (self._currency, self._kind)
            self.show_list(self.table, Forward(self.ask, self._page()))
        self._read_plot()

    def _title(self, currency: str, width: int) -> Content:
        parts = [
            line((f"Platform movements of {currency.upper()}", "bold")),
            line(f"only {name(self._kind)}") if self._kind else line("all kinds"),
        ]
        filters = line((f"{KIND.key} filters", f"${QUIET}"))
        newest = line(("newest first", f"${QUIET}"))
        choices = [[*parts, newest, filters], [*parts, filters], parts]
        return balance_rows.fitting([join(one) for one in choices], width)

    def _page(self) -> "Callable[[Store, Cursor | None], Page[Movement]]":
        currency, kind = self._currency or "", self._kind

        def page(store: "Store", after: Cursor | None) -> Page[Movement]:
            movements = store.balance_transactions.movements
            return movements(currency=currency, kind=kind, after=after)

        return page

    @work(exclusive=True, group="preview")
    async def _read_plot(self) -> None:
        currency, now = self._currency, self.ask.now
        if currency is None or now is None or not self.plot.display:
            return
        zone = self.zone.place(now).tzinfo or UTC
        try:
            self.plot.days = await self.ask.read(
                lambda store: store.balance_transactions.flows(
                    currency=currency, zone=zone
                )
            )
        except StoreError as failed:
            self.tell_failure(failed)

    def why_empty(self) -> Iterable[str]:
        """Return why no movement is listed."""
        if self._kind:
            return (f"No {name(self._kind)} moved it.", "", f"{KIND.key} shows others.")
        return ("Nothing has moved it yet.",)

    # What is shown where.

    def _show_parts(self) -> None:
        there = bool(self._sheet)
        roomy = self.app.size.height >= ROOM_FOR_PLOT
        self.set_class(not roomy, "-low")
        self.set_class(self.app.size.height >= ROOM_FOR_MORE, "-high")
        self.set_class(self.app.size.height < ROOM_FOR_LESS, "-lowest")
        wanted = roomy if self._plot_wanted is None else self._plot_wanted
        for part in (self.balances, self.table, *self.query("#coming, #title")):
            part.display = there
        self.plot.display = there and wanted
        self.set_class(not there, "-bare")
