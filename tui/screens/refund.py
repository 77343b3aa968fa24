"""Refund: one refund's details, its reference, its money and its story."""

from collections.abc import Iterable
from typing import ClassVar

from textual import getters, work
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from store import refusals
from store.desk.follow_up import FailedRefund
from store.errors import Refusal, StoreError
from store.outcome import RefundDetail
from store.refund import why_not_cancel
from tui import flows
from tui.actions import FIND, ON_REFUND, bindings
from tui.flows.attempt import times_at
from tui.log_actions import FINISH, RETRY_REFUND
from tui.parts.on_payment import OnPayment
from tui.widgets import facts, reference_card, refund_facts
from tui.widgets.facts_pane import FactsPane
from tui.widgets.failed_facts import follow_up
from tui.widgets.state_line import StateLine
from tui.words.results import Done
from tui.words.times import Times

BLOCKS = ("summary", "failed", "card", "cancel", "money", "story", "details")


class RefundScreen(OnPayment):
    """One refund, by its id, even where its payment is not in the store."""

    CSS_PATH = "refund.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        FIND, RETRY_REFUND, FINISH, ON_REFUND
    )
    state = getters.query_one(StateLine)

    def __init__(self, refund_id: str) -> None:
        super().__init__()
        self._refund_id = refund_id
        self._detail: RefundDetail | None = None
        self._failed: FailedRefund | None = None

    @property
    def target(self) -> str | None:
        """Return the id of its payment, where the store has it."""
        payment = self._detail.payment if self._detail else None
        return payment.id if payment else None

    def body(self) -> Iterable[Widget]:
        """Return the blocks, in a column that scrolls."""
        yield StateLine()
        with FactsPane(id="facts"):
            for name in BLOCKS:
                yield Static(id=name)

    def read_again(self) -> None:
        """Read the refund as it is now."""
        if self._detail is None:
            self.state.reads("the refund")
        self._read()

    def look_again(self) -> None:
        """Show what others changed."""
        self._read(only_changes=True)

    async def show_done(self, done: Done) -> None:
        """Show the refund that was just made or canceled, which may be another one."""
        self.workers.cancel_group(self, "read")  # it may have read before that
        self._refund_id = done.refund or self._refund_id
        await self._read_now()

    @work(exclusive=True, group="read")
    async def _read(self, *, only_changes: bool = False) -> None:
        await self._read_now(only_changes=only_changes)

    async def _read_now(self, *, only_changes: bool = False) -> None:
        try:
            detail, failed = await self.ask.read(
                lambda store: (
                    store.refunds.detail(self._refund_id),
                    store.refunds.follow_ups(self._refund_id),
                )
            )
            times = await times_at(self)
        except StoreError as refused:
            self.state.failed(refused)
            return
        known = next(iter(failed), None)
        if only_changes and (detail, known) == (self._detail, self._failed):
            return
        self.show_session()
        self.state.hide()
        first, self._detail, self._failed = self._detail is None, detail, known
        self._show(detail, times)
        self.refresh_bindings()
        if first:
            self.query_one("#facts").focus()

    def _show(self, detail: RefundDetail, times: Times) -> None:
        card = reference_card.card(detail, times)
        failed = self._failed
        self.query_one("#failed").display = failed is not None
        told = {
            "summary": refund_facts.summary(detail, times),
            "failed": follow_up(failed, times) if failed else Content(""),
            "card": Content("\n").join([facts.heading("Bank reference"), card]),
            "cancel": refund_facts.cancelable(detail, _why_not(detail, times), times),
            "money": facts.movements(detail.movements, times),
            "story": refund_facts.story(detail.events, times),
            "details": refund_facts.particulars(detail, times),
        }
        for name, content in told.items():
            self.query_one(f"#{name}", Static).update(content)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what the inbox does only where the refund failed and is not done."""
        del parameters
        if action in (RETRY_REFUND.id, FINISH.id):
            return self._failed is not None and not self._failed.is_done
        return True

    def action_retry_refund(self) -> None:
        """Refund again what failed."""
        if failed := self._failed:
            self.carry_out(flows.retry_refund(self, failed))

    def action_finish(self) -> None:
        """Take it out of the inbox, with a note."""
        if failed := self._failed:
            self.carry_out(flows.finish_failed(self, failed))

    def action_cancel_refund(self) -> None:
        """Cancel this refund, if it still can be."""
        if target := self.target:
            self.carry_out(flows.cancel_refund(self, target, self._refund_id))

    def action_look_up(self) -> None:
        """Show the reference."""
        self.carry_out(flows.look_up(self, self.target or "", self._refund_id))

    def action_letter(self) -> None:
        """Show what to tell the customer of this refund."""
        self.carry_out(flows.letter(self, self.target or "", self._refund_id))

    def action_copy_id(self) -> None:
        """Copy the reference, or the id of the refund where there is none."""
        detail = self._detail
        number = reference_card.number(detail) if detail else None
        self.copy(number or self._refund_id)


def _why_not(detail: RefundDetail, times: Times) -> Refusal | None:
    charge = detail.payment.charge if detail.payment else None
    if charge is None:
        return refusals.no_such("charge", detail.refund.charge or "", "charge")
    return why_not_cancel(detail.refund, charge.method, times.now, detail.cancel_window)
