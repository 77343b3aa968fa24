"""Modes: the five places of the console, each with what lies over its list."""

from collections.abc import Callable
from typing import ClassVar

from textual.screen import Screen

from store.bulk import Bulk
from tui.action import Action
from tui.actions import BALANCE, EVENTS, FAILED, PAYMENTS, PENDING
from tui.live import LiveConsole
from tui.screens.payments import PaymentsScreen


def _pending() -> Screen[None]:
    from tui.screens.pending import PendingScreen

    return PendingScreen()


def _failed() -> Screen[None]:
    from tui.screens.failed import FailedScreen

    return FailedScreen()


def _balance() -> Screen[None]:
    from tui.screens.balance import BalanceScreen

    return BalanceScreen()


def _events() -> Screen[None]:
    from tui.screens.events import EventsScreen

    return EventsScreen()


class Modes(LiveConsole):
    """A console that goes from place to place; each is made when it is first seen."""

    MODES: ClassVar[dict[str, str | Callable[[], Screen[None]]]] = {
        PAYMENTS.id: PaymentsScreen,
        PENDING.id: _pending,
        FAILED.id: _failed,
        BALANCE.id: _balance,
        EVENTS.id: _events,
    }
    DEFAULT_MODE = PAYMENTS.id

    def action_payments(self) -> None:
        """Go to the payments."""
        self._go(PAYMENTS)

    def action_pending(self) -> None:
        """Go to the refunds that wait."""
        self._go(PENDING)

    def action_failed(self) -> None:
        """Go to the refunds that failed."""
        self._go(FAILED)

    def action_balance(self) -> None:
        """Go to the balance."""
        self._go(BALANCE)

    def action_events(self) -> None:
        """Go to the log of what happened."""
        self._go(EVENTS)

    def _go(self, mode: Action) -> None:
        """Show what was shown there last; who is there already goes to its list."""
        if self.current_mode == mode.id:
            self._leave_details()
        else:
            self.switch_mode(mode.id)

    def _leave_details(self) -> None:
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def find_payment(self) -> None:
        """Go to the payments and let the agent type a filter."""
        self.switch_mode(PAYMENTS.id)
        self._leave_details()
        if isinstance(self.screen, PaymentsScreen):
            self.screen.find()

    def show_payment(self, payment: str) -> None:
        """Open a payment's screen over the one that is shown."""
        from tui.screens.payment import PaymentScreen

        self.push_screen(PaymentScreen(payment))

    def show_refund(self, refund: str) -> None:
        """Open a refund's screen over the one that is shown."""
        from tui.screens.refund import RefundScreen

        self.push_screen(RefundScreen(refund))

    async def show_bulk(self, bulk: Bulk) -> None:
        """Open a bulk refund's screen over the one that is shown."""
        from tui.screens.bulk import BulkScreen

        await self.push_screen(BulkScreen(bulk))
