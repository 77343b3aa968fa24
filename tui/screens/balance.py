"""Balance: what every currency has, what moved it, and what refunds did to it."""

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.widgets import OptionList

from store.exports import exported
from store.outcome import Movement
from tui import flows
from tui.actions import BACK, COPY_ID, EXPORT, ON_BALANCE, ON_PENDING, bindings
from tui.parts.listed_balances import ListedBalances
from tui.status import BAD
from tui.text import line, plain
from tui.widgets.movement_columns import name
from tui.widgets.movement_table import MovementTable

if TYPE_CHECKING:
    from store import Store
    from store.lists.page import Cursor, Page
    from tui.flows.exports import Source
    from tui.words.results import Done

_REFUNDS = ("re_", "pyr_")
"""How the ids of refunds begin."""


class BalanceScreen(ListedBalances):
    """Balances by currency, the movements of one, and a plot of its last days."""

    CSS_PATH = "balance.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        BACK, ON_PENDING, ON_BALANCE, EXPORT, COPY_ID
    )

    async def show_done(self, done: "Done") -> None:
        """Show what is there now, the cursor on the movement of what was just done."""
        self._read()
        if self._listed is not None:
            await self.table.show_newest(lambda one: one.source == done.id)

    def on_resize(self) -> None:
        """Draw what fits now."""
        self._show_parts()
        self.call_after_refresh(self._show_currency)

    def action_plot(self) -> None:
        """Show or hide the plot."""
        self._plot_wanted = not self.plot.display
        self._show_parts()
        self._read_plot()

    # The currency and the kind.

    @on(OptionList.OptionHighlighted, "#balances")
    def _balance_chosen(self) -> None:
        key = self.balances.key
        if key != self._currency and key in [one.currency for one in self._sheet]:
            self._currency = key
            self._show_currency()

    @on(OptionList.OptionSelected, "#balances")
    def _to_movements(self) -> None:
        self.table.focus()

    def action_next_currency(self) -> None:
        """Show the next currency."""
        self._move(1)

    def action_previous_currency(self) -> None:
        """Show the currency before."""
        self._move(-1)

    def _move(self, step: int) -> None:
        codes = [one.currency for one in self._sheet]
        if self._currency in codes:
            place = (codes.index(self._currency) + step) % len(codes)
            self.balances.highlighted = place

    @work(group="menu", exclusive=True)
    async def action_kind(self) -> None:
        """Choose which kind of movement is listed."""
        from tui.dialogs.pick_kind import ALL_KINDS, PickKindDialog

        if chosen := await self.app.push_screen_wait(PickKindDialog()):
            self._kind = None if chosen == ALL_KINDS else chosen
            self._show_currency()

    # What can be done.

    def action_back(self) -> None:
        """Show all kinds again, or else take the last result away."""
        if self._kind:
            self._kind = None
            self._show_currency()
        else:
            self.result.clear()

    def action_top_up(self) -> None:
        """Add funds to the currency that is chosen."""
        key = self.balances.key
        if key and key != self._currency:
            said = "a top-up adds to the platform, not to a connected account"
            self.tell(line(("✗ ", f"${BAD}"), said))
        elif self._currency:
            self.carry_out(flows.top_up(self, self._currency))

    def action_cover(self) -> None:
        """Cover every shortfall."""
        self.carry_out(flows.cover(self))

    def action_copy_id(self) -> None:
        """Copy the id of the movement under the cursor."""
        if moved := self.table.line:
            self.copy(moved.id)

    @on(MovementTable.Opened)
    def _open(self) -> None:
        from tui.screens.payment import PaymentScreen
        from tui.screens.refund import RefundScreen

        source = (self.table.line and self.table.line.source) or ""
        if source.startswith(_REFUNDS):
            self.app.push_screen(RefundScreen(source))
        elif self.target:
            self.app.push_screen(PaymentScreen(self.target))
        else:
            said = f"{plain(source)} has no screen of its own"
            self.tell(line(("✗ ", f"${BAD}"), said))

    def source(self) -> "Source[Movement] | None":
        """Return the movements as they are narrowed now."""
        from tui.flows.exports import PAGE, Source

        if (currency := self._currency) is None:
            return None
        kind = self._kind

        def page(store: "Store", after: "Cursor | None") -> "Page[Movement]":
            return store.balance_transactions.movements(
                currency=currency, kind=kind, after=after, limit=PAGE
            )

        narrowed = f"{currency.upper()} {name(kind)}" if kind else currency.upper()
        return Source(exported.MOVEMENTS, page, self.THINGS, narrowed)
