"""Payment: what was paid, what became of it, and what may be done."""

from collections.abc import Iterable
from typing import ClassVar

from textual import getters, on, work
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static

from store.errors import StoreError
from store.outcome import PaymentDetail
from tui import flows
from tui.actions import (
    FIND,
    MENU,
    NEXT_TAB,
    ON_PAYMENT,
    PREVIOUS_TAB,
    bindings,
)
from tui.flows.attempt import payment_of, times_at
from tui.parts.on_payment import OnPayment
from tui.screens.refund import RefundScreen
from tui.status import QUIET
from tui.text import join, line
from tui.widgets import facts, payment_facts, payment_notes
from tui.widgets.facts_pane import FactsPane
from tui.widgets.rows import Rows
from tui.widgets.state_line import StateLine
from tui.widgets.timeline import Timeline
from tui.words.results import Done
from tui.words.times import Times

PANES = ("timeline", "refunds", "notes", "money", "details")


class PaymentScreen(OnPayment):
    """One payment, by its id: header, breakdown, timeline, refunds, metadata.

    Wide, everything is in view; narrow, one pane at a time.
    """

    CSS_PATH = "payment.tcss"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - the toolkit declares it so
        (0, "-narrow"),
        (100, "-wide"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        FIND, ON_PAYMENT, MENU, NEXT_TAB, PREVIOUS_TAB
    )
    timeline = getters.query_one("#timeline", Timeline)
    refunds = getters.query_one("#refunds", Rows)
    state = getters.query_one(StateLine)

    def __init__(self, payment_id: str) -> None:
        super().__init__()
        self._payment_id = payment_id
        self._pane = PANES[0]
        self._detail: PaymentDetail | None = None

    @property
    def target(self) -> str:
        """Return the id of the payment."""
        return self._payment_id

    @property
    def _meant(self) -> str | None:
        """Return the refund under the cursor, where the agent chose or just made it."""
        if self.refunds.has_focus:
            return self.refunds.key
        last = super().likely_refund
        return last if last and last == self.timeline.refund else None

    @property
    def likely_refund(self) -> str | None:
        """Return the refund that the entry under the cursor tells of."""
        return self.timeline.refund

    def body(self) -> Iterable[Widget]:
        """Return summary, panes and their tabs, which only a narrow screen shows."""
        yield StateLine()
        yield Static(id="summary")
        yield Static(id="tabs")
        with Horizontal(id="panes", classes=f"-{self._pane}"):
            yield Timeline(id="timeline")
            with FactsPane(id="side"):
                yield Rows(id="refunds")
                yield Static(id="notes")
                yield Static(id="money")
                yield Static(id="details")

    def read_again(self) -> None:
        """Read the payment as it is now; the cursor stays where it is."""
        if self._detail is None:
            self.state.reads("the payment")
        self._read()

    def look_again(self) -> None:
        """Show what others changed."""
        self._read(only_changes=True)

    async def show_done(self, done: Done) -> None:
        """Show the payment as it is now, both cursors on what was just done."""
        self.workers.cancel_group(self, "read")  # it may have read before that
        await self._read_now()
        self.timeline.go_to(done.id)
        self.refunds.go_to(done.refund)

    @work(exclusive=True, group="read")
    async def _read(self, *, only_changes: bool = False) -> None:
        await self._read_now(only_changes=only_changes)

    async def _read_now(self, *, only_changes: bool = False) -> None:
        try:
            detail = await payment_of(self, self._payment_id)
            times = await times_at(self)
        except StoreError as failed:
            self.state.failed(failed)
            return
        if only_changes and detail == self._detail:
            return
        self.show_session()
        self.state.hide()
        self._show(detail, times)

    def _show(self, detail: PaymentDetail, times: Times) -> None:
        first, self._detail = self._detail is None, detail
        self.query_one("#summary", Static).update(payment_facts.summary(detail, times))
        self.timeline.tell(detail.timeline, times)
        found = detail.payment.refunds
        self.refunds.fill([payment_facts.refund_row(one, times) for one in found])
        self.timeline.border_title = Content("Timeline")
        title = f"Refunds {len(found)}" if found else "No refund yet"
        self.query_one("#side").border_title = Content(title)
        notes = payment_notes.told(detail.events, times)
        self.query_one("#notes", Static).update(notes)
        money = [facts.breakdown(detail), facts.movements(detail.movements, times)]
        self.query_one("#money", Static).update(Content("\n\n").join(money))
        self.query_one("#details", Static).update(payment_facts.details(detail, times))
        self._show_tabs()
        if first:
            self.timeline.focus()

    def _show_tabs(self) -> None:
        count = len(self._detail.payment.refunds) if self._detail else 0
        tabs = [
            line(
                (
                    f"{pane.title()} {count}" if pane == "refunds" else pane.title(),
                    "bold underline" if pane == self._pane else f"${QUIET}",
                )
            )
            for pane in PANES
        ]
        keys = line((f"  {PREVIOUS_TAB.key} {NEXT_TAB.key}", f"${QUIET}"))
        self.query_one("#tabs", Static).update(line(join(tabs, "   "), keys))

    def _turn(self, step: int) -> None:
        self._pane = PANES[(PANES.index(self._pane) + step) % len(PANES)]
        self.query_one("#panes").set_classes(f"-{self._pane}")
        self._show_tabs()
        side = self.query_one("#side", FactsPane)
        match self._pane:
            case "timeline":
                self.timeline.focus()
            case "refunds" if self.refunds.option_count:
                self.refunds.focus()
            case _:
                side.focus()
                side.scroll_to_widget(self.query_one(f"#{self._pane}"), top=True)

    @on(OptionList.OptionSelected, "#timeline")
    def _entry_chosen(self) -> None:
        if refund := self.timeline.refund:
            self.open(RefundScreen(refund))

    @on(OptionList.OptionSelected, "#refunds")
    def _refund_chosen(self) -> None:
        if refund := self.refunds.key:
            self.open(RefundScreen(refund))

    def action_next_tab(self) -> None:
        """Go to the next pane."""
        self._turn(1)

    def action_previous_tab(self) -> None:
        """Go to the pane before."""
        self._turn(-1)

    def action_cancel_refund(self) -> None:
        """Cancel the refund under the cursor, or ask which."""
        self.carry_out(flows.cancel_refund(self, self._payment_id, self._meant))

    def action_letter(self) -> None:
        """Show what to tell of the refund under the cursor, or ask which."""
        self.carry_out(flows.letter(self, self._payment_id, self._meant))

    def action_look_up(self) -> None:
        """Show the reference of the refund under the cursor, or ask which."""
        self.carry_out(flows.look_up(self, self._payment_id, self._meant))
