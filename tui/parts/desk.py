"""DeskScreen: what all screens share: header, result, keys, how work is run."""

from abc import abstractmethod
from collections.abc import Coroutine, Iterable
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from textual import getters, work
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from store.errors import StoreError
from store.search.language import Tab
from tui.ask import Ask
from tui.console import Console
from tui.status import BAD
from tui.text import line, plain
from tui.widgets.header_bar import HeaderBar
from tui.widgets.key_bar import KeyBar
from tui.widgets.result_line import ResultLine
from tui.words import bulk as bulk_words
from tui.words.zone import Zone

if TYPE_CHECKING:
    from tui.words.results import Done


class DeskScreen(Screen[None]):
    """A screen over the store: it reads when it is shown and after each change."""

    app = getters.app(Console)
    _busy = False
    just_done: "Done | None" = None
    """What was done last from here."""
    header = getters.query_one(HeaderBar)
    """The line that says where one is and that no real money moves."""

    @cached_property
    def result(self) -> ResultLine:
        """Return the line that tells what was done, and stays until it is read.

        It is there before the screen is drawn: what others tell may come that early.
        """
        return ResultLine()

    @property
    def ask(self) -> Ask:
        """Return the bridge to the store."""
        return self.app.ask

    @property
    def zone(self) -> Zone:
        """Return how times are read."""
        return self.app.zone

    @property
    def likely_refund(self) -> str | None:
        """Return which of several refunds is probably meant: the one just handled."""
        return self.just_done.refund if self.just_done else None

    @abstractmethod
    def body(self) -> Iterable[Widget]:
        """Return what stands between the header and the result line."""

    @abstractmethod
    def read_again(self) -> None:
        """Read the store again and show what changed; the cursor stays."""

    def renew(self) -> None:
        """Show what a change made of the things on the screen."""
        self.read_again()

    def did(self, done: "Done") -> None:
        """Note what was just done here: the cursor goes there before that is told."""
        self.just_done = done

    async def show_done(self, done: "Done") -> None:
        """Show what was just done, with the cursor on it: the next key acts on it."""
        del done
        self.renew()

    def look_again(self) -> None:
        """Show what others changed; nothing is drawn where nothing is different."""
        self.renew()
        self.count_open()

    def tell(self, told: Content) -> None:
        """Show a result until another one comes."""
        self.result.tell(told)

    def zone_changed(self) -> None:
        """Show the times in the zone that is read now."""
        self.read_again()

    def compose(self) -> ComposeResult:
        """Put the header above and the keys below the body."""
        self._lay_out_for(self.app.size.width)
        yield HeaderBar(self.app.agent)
        yield from self.body()
        yield self.result
        yield KeyBar()

    def _lay_out_for(self, width: int) -> None:
        """Take the layout of that width before the first frame, not after it."""
        steps = self.HORIZONTAL_BREAKPOINTS or self.app.HORIZONTAL_BREAKPOINTS or []
        for least, name in sorted(steps, reverse=True):
            if width >= least:
                self.add_class(name)
                return

    def on_mount(self) -> None:
        """Tell how a bulk refund stands, whenever that is different."""
        self.app.bulk.changed.subscribe(self, self.tell_standing)

    def tell_standing(self, _: object = None) -> None:
        """Tell how a bulk refund stands, beside what was done last."""
        self.result.standing = bulk_words.standing(self.app.bulk)

    def on_screen_resume(self) -> None:
        """Show what happened while another screen was on top."""
        self.tell_standing()
        self.header.here = self.app.current_mode
        self.show_session()
        self.count_open()
        self.call_after_refresh(self.renew)

    def show_session(self) -> None:
        """Show in the header what is known of the store now that it is open."""
        now = self.ask.now
        self.header.mode = self.ask.mode
        self.header.store = self.ask.label
        self.header.zone = self.zone.label(now) if now else self.zone.reading.value
        self.header.failed = self.app.failed
        self.header.waiting = self.app.waiting

    @work(exclusive=True, group="open")
    async def count_open(self) -> None:
        """Show in the header how many refunds failed, and how many payments wait."""
        with suppress(StoreError):  # what the screen itself reads says what is wrong
            failed, tabs = await self.ask.read(
                lambda store: (store.refunds.failed_count(), store.payments.tabs())
            )
            self.app.failed, self.app.waiting = failed, tabs[Tab.PENDING]
            self.header.waiting = self.app.waiting
            self.show_open(failed)

    def show_open(self, failed: int) -> None:
        """Show how many failed refunds nobody has dealt with."""
        self.header.failed = failed

    def write(self, selector: str, told: Content) -> None:
        """Write a part of the screen, unless it says so already."""
        part = self.query_one(selector, Static)
        if part.content != told:
            part.update(told)

    def tell_failure(self, failed: StoreError) -> None:
        """Tell why something could not be read."""
        self.result.tell(line(("✗ ", f"${BAD}"), plain(str(failed))))

    def carry_out(self, flow: Coroutine[None, None, Content | None]) -> None:
        """Run a flow unless one is running, tell what came of it, and read again.

        A key that came before the screen was there means something else: it is lost.
        """
        if self._busy or not self.is_mounted:
            flow.close()
        else:
            self._busy = True
            self._carry_out(flow)

    def open(self, screen: "DeskScreen") -> None:
        """Go on to a screen that shows what was told here too, until it is read.

        An Enter that is held or pressed ahead of an answer opens nothing.
        """
        if not self._busy:
            screen.result.tell(self.result.told)
            self.app.push_screen(screen)

    def action_find(self) -> None:
        """Find a payment, from wherever one is."""
        self.app.find_payment()

    @work(group="flow")
    async def _carry_out(self, flow: Coroutine[None, None, Content | None]) -> None:
        before = self.just_done
        try:
            told = await flow
            if told is None:
                return
            if (done := self.just_done) is None or done is before:
                self.renew()
            else:
                await self.show_done(done)
            self.result.tell(told)
        finally:
            self._busy = False
        self.count_open()
