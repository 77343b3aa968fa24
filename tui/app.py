"""RefundDesk: the console's app: its modes, its keys that work everywhere."""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual._compositor import CompositorUpdate
from textual.binding import BindingType
from textual.command import Provider
from textual.driver import Driver
from textual.events import Resize
from textual.filter import LineFilter
from textual.screen import Screen

from store.errors import StoreError
from store.event import Actor
from store.glance import Glance
from tui.actions import EVERYWHERE, bindings
from tui.ask import Ask
from tui.bulk_actions import BULK_REFUND
from tui.files.faults import Faults
from tui.files.journal import Journal
from tui.files.memory import Memory
from tui.modes import Modes
from tui.parts.desk import DeskScreen
from tui.status import BAD
from tui.terminal.at_once import LinesUpdate
from tui.terminal.line import guarded
from tui.terminal.plain_ascii import PlainAscii
from tui.terminal.sparing import Canvas
from tui.text import line, plain
from tui.theme import NAMES, THEMES, after
from tui.words.zone import Zone

if TYPE_CHECKING:
    from store import Store

NARROW, NORMAL, WIDE = 60, 80, 120
"""Widths in cells at which screens change their layout; below the first: too small."""
LOWEST = 14
"""The fewest lines that a screen can be shown on."""


def _palette() -> type[Provider]:
    from tui.palette import ActionsProvider

    return ActionsProvider


class RefundDesk(Modes):
    """A keyboard-driven console for payments support.

    The store is opened by the first question, after the first frame.
    """

    TITLE = "Refund Desk"
    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(EVERYWHERE)
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_palette}
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
        memory: Memory | None = None,
        journal: Journal | None = None,
        faults: Faults | None = None,
        read_only: str | None = None,
    ) -> None:
        host = agent.partition("@")[2] if agent else ""
        self._entered = entered
        self._leaving = False
        self.canvas = Canvas()
        self._spares = "SSH_CONNECTION" in os.environ  # here, time is dearer than bytes
        super().__init__(
            Ask(open, actor, glance, journal, read_only=read_only, host=host),
            agent=agent or actor.name,
            zone=zone or Zone(),
            ansi=True if "NO_COLOR" in os.environ else None,
            memory=memory,
            faults=faults,
        )
        self._ascii = [PlainAscii()] if ascii_only else []
        for palette in THEMES:
            self.register_theme(palette)
        self.theme = theme

    def get_driver_class(self) -> type[Driver]:
        """Return the platform's driver, which lets only drawing through."""
        driver = super().get_driver_class()
        return guarded(driver, entered=self._entered, begins=self.canvas.forget)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Draw with ASCII only where that was asked for."""
        return [*self._ascii, *super().get_line_filters()]

    def _display(self, screen: Screen[object], renderable: object) -> None:
        """Send the terminal what it does not show already."""
        sent = self._spares and not (
            self.is_headless or self._batch_count or self._closed
        )
        if sent and self._running and isinstance(renderable, CompositorUpdate):
            changes, at = self.canvas.changed(renderable, self.size), self.screen
            place = at.outer_size.clamp_offset(self.cursor_position)
            if changes is None and place != self._previous_cursor_position:
                changes = LinesUpdate(())
            renderable = changes
        super()._display(screen, renderable)  # type: ignore[arg-type]  # as it came

    def say_why_not(self, why: str) -> None:
        """Tell on the screen that is shown why a key does nothing."""
        if isinstance(self.screen, DeskScreen):
            self.screen.result.tell(line(("✗ ", f"${BAD}"), plain(why)))

    async def on_unmount(self) -> None:
        """Let go of the store."""
        await self.ask.close()

    def on_resize(self, event: Resize) -> None:
        """Say so while the terminal is too small; what was there stays."""
        from tui.dialogs.too_small import TooSmallDialog

        self.canvas.forget()
        small = event.size.width < NARROW or event.size.height < LOWEST
        shown = isinstance(self.screen, TooSmallDialog)
        if small and not shown:
            self.push_screen(TooSmallDialog())
        elif shown and not small:
            self.pop_screen()

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

    async def action_quit(self) -> None:
        """Leave; whoever asks to has seen every answer. Ask once while a bulk goes."""
        if self.bulk.going and not self._leaving:
            self._leaving = True
            self._ask_to_quit()
            return
        self.ask.journal.read()
        await super().action_quit()

    @work(group="quit")
    async def _ask_to_quit(self) -> None:
        from tui.flows.bulk import may_leave

        if await may_leave(self):
            await self.action_quit()
        self._leaving = False

    @work(group="bulk resume", exclusive=True)
    async def action_bulk_resume(self) -> None:
        """Show the bulk refund that goes on; ask whether one that was left shall."""
        from tui.flows.bulk import held_bulk
        from tui.screens.bulk import BulkScreen

        if isinstance(self.screen, BulkScreen):
            if not self.bulk.going:
                self.screen.ask_to_go_on()
            return
        try:
            found = await held_bulk(self)
        except StoreError as failed:
            self.say_why_not(str(failed))
            return
        if found is None:
            plans = f"{BULK_REFUND.key} plans one"
            self.say_why_not(f"No bulk refund is unfinished; {plans}.")
        else:
            resumes = self.bulk.is_open and not self.bulk.began(found)
            await self.push_screen(BulkScreen(found, resumes=resumes))

    def action_reload(self) -> None:
        """Read the store again for the screen that is shown, and draw all of it."""
        self.canvas.forget()
        self.refresh()
        if isinstance(self.screen, DeskScreen):
            self.screen.read_again()

    def action_zone(self) -> None:
        """Read times in the next way."""
        self.zone = self.zone.next()
        self.choose(replace(self.settings, reading=self.zone.reading))
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                screen.zone_changed()

    def action_theme(self) -> None:
        """Change to the next theme."""
        self.theme = after(self.theme)
        self.choose(replace(self.settings, theme=self.theme))

    @work(group="flow")
    async def action_command(self) -> None:
        """Type a command; what is not done stays in the line, with the reason."""
        from tui import commanding

        await commanding.ask(self)

    def action_command_palette(self) -> None:
        """Run an action by a part of its name."""
        from tui.palette import StillPalette

        if not isinstance(self.screen, StillPalette):
            self.push_screen(StillPalette())

    def action_help(self) -> None:
        """List every key that works here."""
        from tui.dialogs.help import HelpDialog

        dialog = HelpDialog(self.offered(self.screen))
        self.push_screen(dialog, self._run_chosen)

    async def _run_chosen(self, id_: str | None) -> None:
        if id_ is not None:
            await self.perform(id_)
