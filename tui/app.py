"""RefundDesk: the console's app: its modes, its keys that work everywhere."""

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.command import Provider
from textual.driver import Driver
from textual.events import Resize
from textual.filter import LineFilter
from textual.screen import Screen

from store.event import Actor
from store.glance import Glance
from tui.actions import EVERYWHERE, PAYMENTS, PENDING, bindings
from tui.ask import Ask
from tui.console import Console
from tui.plain_ascii import PlainAscii
from tui.screens.desk import DeskScreen
from tui.screens.payments import PaymentsScreen
from tui.terminal import guarded
from tui.theme import NAMES, THEMES, after
from tui.zone import Zone

if TYPE_CHECKING:
    from store import Store

NARROW, NORMAL, WIDE = 60, 80, 120
"""Widths in cells at which screens change their layout; below the first: too small."""
LOWEST = 14
"""The fewest lines that a screen can be shown on."""


def _palette() -> type[Provider]:
    from tui.palette import ActionsProvider

    return ActionsProvider


def _pending() -> Screen[None]:
    from tui.screens.pending import PendingScreen

    return PendingScreen()


class RefundDesk(Console):
    """A keyboard-driven console for payments support.

    The store is opened by the first question, after the first frame.
    """

    TITLE = "Refund Desk"
    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(EVERYWHERE)
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_palette}
    MODES: ClassVar[dict[str, str | Callable[[], Screen[None]]]] = {
        PAYMENTS.id: PaymentsScreen,
        PENDING.id: _pending,
    }
    DEFAULT_MODE = PAYMENTS.id
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual's own form
        (0, "-narrow"),
        (NORMAL, "-normal"),
        (WIDE, "-wide"),
    ]

    def __init__(
        self,
        open: "Callable[[], Store]",  # noqa: A002 - it does what it says
        actor: Actor,
        *,
        agent: str | None = None,
        ascii_only: bool = False,
        zone: Zone | None = None,
        theme: str = NAMES[0],
        glance: Callable[[], Glance | None] | None = None,
        entered: bool = False,
    ) -> None:
        self._entered = entered
        super().__init__(
            Ask(open, actor, glance),
            agent=agent or actor.name,
            zone=zone or Zone(),
            ansi=True if "NO_COLOR" in os.environ else None,
        )
        self._ascii = [PlainAscii()] if ascii_only else []
        for palette in THEMES:
            self.register_theme(palette)
        self.theme = theme

    def get_driver_class(self) -> type[Driver]:
        """Return the platform's driver, which lets only drawing through."""
        return guarded(super().get_driver_class(), entered=self._entered)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Draw with ASCII only where that was asked for."""
        return [*self._ascii, *super().get_line_filters()]

    async def on_unmount(self) -> None:
        """Let go of the store."""
        await self.ask.close()

    def on_resize(self, event: Resize) -> None:
        """Say so while the terminal is too small; what was there stays."""
        from tui.dialogs.too_small import TooSmallDialog

        small = event.size.width < NARROW or event.size.height < LOWEST
        shown = isinstance(self.screen, TooSmallDialog)
        if small and not shown:
            self.push_screen(TooSmallDialog())
        elif shown and not small:
            self.pop_screen()

    # What works everywhere.

    def action_payments(self) -> None:
        """Go to the payments."""
        self.switch_mode(PAYMENTS.id)

    def action_pending(self) -> None:
        """Go to the refunds that wait."""
        self.switch_mode(PENDING.id)

    async def action_back(self) -> None:
        """Go back, if there is somewhere to go back to."""
        if len(self.screen_stack) > 1:
            self.pop_screen()

    async def action_leave(self) -> None:
        """Go back; from the first screen, quit."""
        if len(self.screen_stack) > 1:
            self.pop_screen()
        else:
            await self.action_quit()

    def action_reload(self) -> None:
        """Read the store again for the screen that is shown."""
        if isinstance(self.screen, DeskScreen):
            self.screen.read_again()

    def action_zone(self) -> None:
        """Read times in the next way."""
        self.zone = self.zone.next()
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                screen.zone_changed()

    def action_theme(self) -> None:
        """Change to the next theme."""
        self.theme = after(self.theme)

    def action_help(self) -> None:
        """List every key that works here."""
        from tui.dialogs.help import HelpDialog

        dialog = HelpDialog(self.offered(self.screen))
        self.push_screen(dialog, self._run_chosen)

    async def _run_chosen(self, id_: str | None) -> None:
        if id_ is not None:
            await self.perform(id_)
