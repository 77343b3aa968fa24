"""DeskScreen: what all screens share: header, result, keys, how work is run."""

from abc import abstractmethod
from collections.abc import Coroutine, Iterable

from textual import getters, work
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from store.errors import StoreError
from tui.ask import Ask
from tui.console import Console
from tui.status import BAD
from tui.text import line, plain
from tui.widgets.header_bar import HeaderBar
from tui.widgets.key_bar import KeyBar
from tui.widgets.result_line import ResultLine
from tui.zone import Zone


class DeskScreen(Screen[None]):
    """A screen over the store: it reads when it is shown and after each change."""

    app = getters.app(Console)
    _busy = False
    result = getters.query_one(ResultLine)
    """The line that tells what was done, and stays until it is read."""
    header = getters.query_one(HeaderBar)
    """The line that says where one is and that no real money moves."""

    @property
    def ask(self) -> Ask:
        """Return the bridge to the store."""
        return self.app.ask

    @property
    def zone(self) -> Zone:
        """Return how times are read."""
        return self.app.zone

    @abstractmethod
    def body(self) -> Iterable[Widget]:
        """Return what stands between the header and the result line."""

    @abstractmethod
    def read_again(self) -> None:
        """Read the store again and show what changed; the cursor stays."""

    def renew(self) -> None:
        """Show what a change made of the things on the screen."""
        self.read_again()

    def zone_changed(self) -> None:
        """Show the times in the zone that is read now."""
        self.read_again()

    def compose(self) -> ComposeResult:
        """Put the header above and the keys below the body."""
        self._lay_out_for(self.app.size.width)
        yield HeaderBar(self.app.agent)
        yield from self.body()
        yield ResultLine()
        yield KeyBar()

    def _lay_out_for(self, width: int) -> None:
        """Take the layout of that width before the first frame, not after it."""
        steps = self.HORIZONTAL_BREAKPOINTS or self.app.HORIZONTAL_BREAKPOINTS or []
        for least, name in sorted(steps, reverse=True):
            if width >= least:
                self.add_class(name)
                return

    def on_screen_resume(self) -> None:
        """Show what happened while another screen was on top."""
        self.header.here = self.app.current_mode
        self.show_session()
        self.call_after_refresh(self.renew)

    def show_session(self) -> None:
        """Show in the header what is known of the store now that it is open."""
        now = self.ask.now
        self.header.mode = self.ask.mode
        self.header.store = self.ask.label
        self.header.zone = self.zone.label(now) if now else self.zone.reading.value

    def tell_failure(self, failed: StoreError) -> None:
        """Tell why something could not be read."""
        self.result.tell(line(("✗ ", f"${BAD}"), plain(str(failed))))

    def carry_out(self, flow: Coroutine[None, None, Content | None]) -> None:
        """Run a flow unless one is running, tell what came of it, and read again."""
        if self._busy:
            flow.close()
        else:
            self._busy = True
            self._carry_out(flow)

    @work(group="flow")
    async def _carry_out(self, flow: Coroutine[None, None, Content | None]) -> None:
        try:
            told = await flow
        finally:
            self._busy = False
        if told is not None:
            self.result.tell(told)
            self.renew()
