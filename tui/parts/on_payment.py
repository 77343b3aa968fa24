"""OnPayment: the screens on which a payment is meant, and what can be done to it."""

from abc import abstractmethod
from typing import TYPE_CHECKING

from textual import work

from store.errors import StoreError
from store.outcome import PaymentDetail
from tui.parts.desk import DeskScreen
from tui.text import line, plain

if TYPE_CHECKING:
    from tui.offers import Offers


class OnPayment(DeskScreen):
    """A screen whose keys act on one payment: the one meant when the key is pressed.

    Dialogs are loaded when they are first opened, not before the first frame.
    """

    @property
    @abstractmethod
    def target(self) -> str | None:
        """Return the id of the payment that is meant now."""

    def action_refund(self) -> None:
        """Refund what is left of it."""
        from tui import flows

        if target := self.target:
            self.carry_out(flows.refund(self, target))

    def action_partial_refund(self) -> None:
        """Refund a part of it."""
        from tui import flows

        if target := self.target:
            self.carry_out(flows.refund(self, target, partial=True))

    def action_cancel_refund(self) -> None:
        """Cancel one of its refunds."""
        from tui import flows

        if target := self.target:
            self.carry_out(flows.cancel_refund(self, target))

    def action_cancel_payment(self) -> None:
        """Cancel it, while it is not captured."""
        from tui import flows

        if target := self.target:
            self.carry_out(flows.cancel_payment(self, target))

    def action_look_up(self) -> None:
        """Show the bank reference of one of its refunds."""
        from tui import flows

        if target := self.target:
            self.carry_out(flows.look_up(self, target))

    def action_letter(self) -> None:
        """Show what to tell its customer of one of its refunds."""
        from tui import flows

        if target := self.target:
            self.carry_out(flows.letter(self, target))

    def action_note(self) -> None:
        """Write something down about it."""
        from tui import flows

        if target := self.target:
            self.carry_out(flows.add_note(self, target))

    @work(group="menu", exclusive=True)
    async def action_history(self) -> None:
        """List what its customer was refunded, and open the refund that is chosen."""
        from tui.dialogs.history import HistoryDialog
        from tui.flows.attempt import times_at

        if not (target := self.target):
            return
        try:
            past = await self.ask.read(lambda s: s.payments.refund_history(target))
            times = await times_at(self)
        except StoreError as failed:
            self.tell_failure(failed)
            return
        dialog = HistoryDialog(past, target, times)
        if chosen := await self.app.push_screen_wait(dialog):
            self.app.show_refund(chosen)

    def more_offers(self) -> "Offers":
        """Return what can be done here besides, for the menu."""
        return {}

    @work(group="menu", exclusive=True)
    async def action_menu(self) -> None:
        """List what can be done to it, and run what is chosen."""
        from tui.dialogs.menu import MenuDialog
        from tui.offers import offers

        if not (detail := await self._detail_of_target()):
            return
        now = await self.ask.read(lambda store: store.now())
        payment = detail.payment
        can = {**self.more_offers(), **offers(payment, now, self.ask.read_only)}
        dialog = MenuDialog(payment, can)
        if chosen := await self.app.push_screen_wait(dialog):
            await self.run_action(chosen)

    def action_copy_id(self) -> None:
        """Copy its id."""
        self.copy(self.target)

    @work(group="menu", exclusive=True)
    async def action_copy_more(self) -> None:
        """Choose what of it to copy."""
        from tui.dialogs.copy import CopyDialog, copyables

        if detail := await self._detail_of_target():
            self.copy(await self.app.push_screen_wait(CopyDialog(copyables(detail))))

    def copy(self, value: str | None) -> None:
        """Send a value to the terminal's clipboard and say which."""
        from tui.dialogs.copy import clean

        if value and clean(value):
            self.app.copy_to_clipboard(value)
            self.result.tell(line(("✓ ", "$status-good"), f"copied {plain(value)}"))

    async def _detail_of_target(self) -> PaymentDetail | None:
        if not (target := self.target):
            return None
        try:
            return await self.ask.read(lambda store: store.payments.detail(target))
        except StoreError as failed:
            self.tell_failure(failed)
            return None
