"""Live: what others change is seen without a key; what was lost is looked up."""

from functools import partial
from typing import Protocol, runtime_checkable

from rich.text import Text
from textual.await_remove import AwaitRemove
from textual.content import Content
from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.events import Event, Key
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.worker import WorkerFailed, get_current_worker

from store.bank import SetAside
from store.errors import StoreBusy, StoreError
from tui.ask import Ask
from tui.console import Console
from tui.files.faults import Faults
from tui.files.memory import Memory
from tui.terminal.line import Line
from tui.terminal.short_way import ShortWay
from tui.terminal.type_ahead import TypeAhead
from tui.words.zone import Zone

POLL_SECONDS = 1.0
"""How often the store is asked whether anybody changed it."""


@runtime_checkable
class Follows(Protocol):
    """A screen or dialog that shows what others change."""

    def look_again(self) -> None:
        """Show what is different now; draw nothing where nothing is."""


@runtime_checkable
class Tells(Protocol):
    """A screen with a line for results."""

    def tell(self, told: Content) -> None:
        """Show a result until another one comes."""


@runtime_checkable
class ShowsSession(Protocol):
    """A screen whose header says what kind of store it is, and what broke."""

    def show_session(self) -> None:
        """Show in the header what is known of the store."""


class LiveConsole(Console):
    """A console that follows the store, and survives its own faults.

    Each second it asks one cheap question; only a changed store is read again.
    """

    def __init__(
        self,
        ask: Ask,
        *,
        agent: str,
        zone: Zone,
        ansi: bool | None = None,
        memory: Memory | None = None,
        faults: Faults | None = None,
    ) -> None:
        super().__init__(ask, agent=agent, zone=zone, ansi=ansi, memory=memory)
        self._faults = faults
        self._line = Line()
        self._polling = False
        self._unreachable = False
        self._unsettled = True
        self._told_aside: tuple[SetAside, ...] = ()
        self._type_ahead = TypeAhead(self, super().on_event)
        self._short_way = ShortWay(self)

    def on_mount(self) -> None:
        """Begin to follow the store."""
        self.set_interval(POLL_SECONDS, self._poll_soon)

    def _poll_soon(self) -> None:
        if self._line.is_gone:  # not every terminal that goes says so
            self.exit()
            return
        if self.ask.is_open and not self._polling:
            self._polling = True
            self.run_worker(self._poll(), group="live")

    async def _poll(self) -> None:
        try:
            changed = await self.ask.has_changed()
            if self._unreachable:
                self._say_reachable()
            if changed:
                self._follow()
            self._say_set_aside()
            await self._look_up_lost()
        except StoreBusy:
            return  # the next second asks again
        except StoreError as failed:
            self._say_unreachable(failed)
        finally:
            self._polling = False

    def _follow(self) -> None:
        """Let the screen that is seen, and the dialogs over it, look again."""
        for screen in reversed(self.screen_stack):
            seen = screen.is_mounted and screen.display  # what goes is not displayed
            if seen and isinstance(screen, Follows):  # what only comes reads soon
                screen.look_again()
            if not isinstance(screen, ModalScreen):
                return

    def _say_set_aside(self) -> None:
        """Tell once what broke since it was last told; the header counts it."""
        from tui.words import results

        seen, self._told_aside = self._told_aside, self.ask.set_aside
        if seen == self._told_aside:
            return
        for screen in self.screen_stack:
            if isinstance(screen, ShowsSession):
                screen.show_session()
        if new := [one for one in self._told_aside if one not in seen]:
            self._tell(results.set_aside(new))

    def _say_unreachable(self, failed: StoreError) -> None:
        from tui.words import results

        if not self._unreachable:
            self._unreachable = True
            if not self.ask.journal.lost():  # what is said of those is worth more
                self._tell(results.unreachable(failed))

    def _say_reachable(self) -> None:
        from tui.words import results

        self._unreachable = False
        self._tell(results.reachable())
        self._follow()

    def _tell(self, told: Content) -> None:
        for screen in reversed(self.screen_stack):
            if isinstance(screen, Tells):
                screen.tell(told)
                return

    # What was asked for and never answered.

    async def _look_up_lost(self) -> None:
        from tui.flows.unconfirmed import left_behind, told_of

        if self._unsettled:
            self._unsettled = False
            if told := await left_behind(self.ask, self.zone):
                from tui.dialogs.unconfirmed import UnconfirmedDialog

                self.push_screen(UnconfirmedDialog(told), self._settle)
        for asked in self.ask.journal.lost():
            self._tell(await told_of(self.ask, asked, self.zone))
            self.ask.journal.answered(asked.key)

    def _settle(self, _: None) -> None:
        self.ask.journal.settle()

    async def on_event(self, event: Event) -> None:
        """Take a key as the sign that the agent saw the answers before it."""
        if isinstance(event, Key) and self.ask.journal.has_answered:
            self.ask.journal.read()
        if self._type_ahead.holds(event) or self._short_way.takes(event):
            return
        comes_back = event.is_forwarded
        await super().on_event(event)
        if comes_back:
            self._short_way.came_back(event)

    def _prune(self, *nodes: Widget, parent: DOMNode | None = None) -> AwaitRemove:
        """Let what goes take its questions with it: nobody is left for the answers."""
        gone = {one for node in nodes for one in node.walk_children(with_self=True)}
        for worker in list(self.workers):
            if worker.node in gone:
                worker.cancel()
        return super()._prune(*nodes, parent=parent)

    # Faults of our own.

    def _handle_exception(self, error: Exception) -> None:
        """Say in one sentence that something broke; the details go to a file.

        A broken worker is told; a broken screen ends the console.
        """
        if isinstance(error, WorkerFailed) and self._is_moot(error.error):
            return
        if self._faults is None:
            super()._handle_exception(error)
            return
        failed = isinstance(error, WorkerFailed)
        where, new = self._faults.note(
            error.error if isinstance(error, WorkerFailed) else error
        )
        if not failed:
            self._return_code = 1
            self.panic(Text(f"Refund Desk broke and has ended. {where}"))
        elif new:
            self.call_later(partial(self._tell_fault, where))

    def _tell_fault(self, where: str) -> None:
        from tui.dialogs.problem import ProblemDialog

        what = "Something broke in Refund Desk"
        why = "What was under way may not have come to its end; the store is whole."
        self.push_screen(ProblemDialog(what, why, where))

    def _is_moot(self, error: BaseException) -> bool:
        """Tell whether an answer came for a screen of which parts were gone already."""
        gone = not self.is_running or not get_current_worker().node.display
        return isinstance(error, NoMatches) and gone
