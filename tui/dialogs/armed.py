"""Armed dialogs: money moves only by a button that no held or early key can press."""

import asyncio
from abc import abstractmethod
from collections.abc import Awaitable, Callable
from typing import ClassVar, Generic

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key, Resize
from textual.timer import Timer
from textual.widgets import Button, Input, Static

from store.errors import StaleView, StoreBusy, StoreError
from store.money import AmountError
from tui.actions import BACK, PAGE_DOWN, PAGE_UP, bindings
from tui.dialogs.arming import QUIET_SECONDS, Arming, Outcome, Overtaken, Request
from tui.dialogs.dialog import Dialog
from tui.status import BAD
from tui.text import line, show
from tui.widgets.choices import Choices
from tui.widgets.toggle import Toggle

SETTLE_SECONDS = 0.1
"""How long typing must rest before a dry run is worth asking for."""
FRAME = 5
"""Lines that border and buttons need."""
LOWEST_BODY = 3


class ArmedDialog(
    Dialog[Request | Overtaken[Request] | None], Generic[Request, Outcome]
):
    """Fields, what will happen, a button that keeps things, one that acts.

    The acting button is never the default. It presses only when the dry run of exactly
    what is typed is back and no key came for 400 ms, and it presses once.
    """

    CSS_PATH = "armed.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(BACK, PAGE_DOWN, PAGE_UP)]
    TITLE_TEXT = ""
    KEEP = ""

    def __init__(
        self,
        dry_run: Callable[[Request], Awaitable[Outcome]],
        *,
        notice: str | None = None,
    ) -> None:
        super().__init__()
        self._dry_run = dry_run
        self._notice = notice
        self._arming: Arming[Request, Outcome] = Arming()
        self._waits: Timer | None = None
        self._foretold = Content("")
        self._came_early = False

    @abstractmethod
    def about(self) -> Content:
        """Return what the dialog is about: ids, amounts, the customer."""

    def fields(self) -> ComposeResult:
        """Compose what is to be filled in."""
        yield from ()

    def arms(self) -> ComposeResult:
        """Compose what is to be typed in order to arm, below what will happen."""
        yield from ()

    @abstractmethod
    def request(self) -> Request:
        """Return what is asked for.

        Raises:
            AmountError: The amount does not read.
        """

    @abstractmethod
    def foresight(self, outcome: Outcome) -> Content:
        """Return what will happen, as the dry run told it."""

    def refused(self, error: StoreError) -> Content:
        """Return why it will not be done, in the store's sentence."""
        return line(("✗ ", f"${BAD}"), show(str(error), f"${BAD}"))

    @abstractmethod
    def verb(self, request: Request | None) -> str:
        """Return the words on the button: the verb and the amount."""

    def why_locked(self) -> str | None:
        """Return what else has to be done before the button can be pressed."""
        return None

    def compose(self) -> ComposeResult:
        """Lay the dialog out: the text scrolls, the buttons stay."""
        with Vertical(classes="box") as box:
            box.border_title = Content(self.TITLE_TEXT)
            box.border_subtitle = Content(f"tab next · esc {self.KEEP.lower()}")
            with VerticalScroll(classes="body", can_focus=False):
                if self._notice is not None:
                    yield Static(show(self._notice), id="notice")
                yield Static(self.about(), id="about")
                yield from self.fields()
                with Static(id="foresight") as foresight:
                    foresight.border_title = Content("What will happen")
                yield from self.arms()
            with Horizontal(classes="buttons"):
                yield Button(Content(self.KEEP), id="keep")
                yield Button(Content(self.verb(None)), id="confirm")
                yield Static(id="lock")

    def on_mount(self) -> None:
        """Begin locked, with a first dry run."""
        self.touched()

    @property
    def armed(self) -> bool:
        """Tell whether a press on the button acts now."""
        return self._arming.ready and self.why_locked() is None

    def touched(self) -> None:
        """Lock, and find out what will happen with what is typed now."""
        self._arming.type()
        self._key_came()
        try:
            request = self.request()
        except AmountError as problem:
            self.workers.cancel_group(self, "dry run")
            self._foretell(line((str(problem), f"${BAD}")))
            self._relabel(None)
            return
        self._relabel(request)
        self._look_ahead(request)

    @work(exclusive=True, group="dry run")
    async def _look_ahead(self, request: Request) -> None:
        await asyncio.sleep(SETTLE_SECONDS)
        try:
            outcome = await self._dry_run(request)
        except StaleView as stale:
            self._overtaken(request, stale)
            return
        except StoreError as refused:
            self._foretell(self.refused(refused))
        else:
            self._arming.foresee(request, outcome)
            self._foretell(self.foresight(outcome))
        self._show_lock()

    def look_again(self) -> None:
        """Ask again what was asked, so that a change by others disarms at once."""
        try:
            request = self.request()
        except AmountError:
            return  # nothing is armed; typing asks again
        if not self._arming.spent:
            self._watch(request)

    @work(exclusive=True, group="dry run")
    async def _watch(self, request: Request) -> None:
        try:
            outcome = await self._dry_run(request)
        except StaleView as stale:
            self._overtaken(request, stale)
            return
        except StoreBusy:
            return
        except StoreError as refused:
            self._arming.type()
            told = self.refused(refused)
        else:
            self._arming.foresee(request, outcome)
            told = self.foresight(outcome)
        if told != self._foretold:
            self._key_came()  # what the press would do is another thing now
            self._foretell(told)
        self._show_lock()

    def _overtaken(self, request: Request, stale: StaleView) -> None:
        if self._arming.spend():
            self.dismiss(Overtaken(request, str(stale)))

    def _foretell(self, told: Content) -> None:
        self._foretold = told
        self.query_one("#foresight", Static).update(told)

    def _relabel(self, request: Request | None) -> None:
        button, verb = self.query_one("#confirm", Button), Content(self.verb(request))
        if button.label != verb:
            button.label = verb
            button.refresh(layout=True)  # a label alone keeps the width it had
        self._show_lock()

    def _key_came(self) -> None:
        self._arming.calm = False
        if self._waits is not None:
            self._waits.stop()
        self._waits = self.set_timer(QUIET_SECONDS, self._now_quiet)
        self._show_lock()

    def _now_quiet(self) -> None:
        self._arming.calm = True
        self._show_lock()

    def _show_lock(self) -> None:
        armed = self.armed
        self.query_one("#confirm").set_class(armed, "-armed")
        why = "" if armed else self.why_locked() or ""
        said = "" if armed else f"locked: {why}" if why else "locked"
        if self._came_early and not why:
            said = "too soon after a key: enter once more"
        self.query_one("#lock", Static).update(Content(said), layout=False)

    def _confirm(self) -> None:
        asked = self._arming.asked
        if asked is not None and self._arming.spend():
            self.dismiss(asked)

    def on_key(self, event: Key) -> None:
        """Let Enter go to the next field, and press a button only when it is calm."""
        was_calm, was_armed = self._arming.calm, self.armed
        on_confirm = self.focused is self.query_one("#confirm")
        self._came_early = event.key == "enter" and on_confirm and not was_calm
        self._key_came()
        if event.key != "enter":
            return
        event.stop()
        match self.focused:
            case Button(id="confirm"):
                if was_armed:
                    self._confirm()
            case Button():
                if was_calm:
                    self.dismiss(None)
            case Input(id="arm") if self.why_locked() is None:
                self.query_one("#confirm").focus()
            case _:
                self.focus_next()

    def on_resize(self, event: Resize) -> None:
        """Let the text scroll where it is too long, so that the buttons stay."""
        room = max(LOWEST_BODY, event.size.height - FRAME)
        self.query_one(".body").styles.max_height = room

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Act on a click."""
        event.stop()
        if event.button.id != "confirm":
            self.dismiss(None)
        elif self.armed:
            self._confirm()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Start over with what is typed now; what only arms changes nothing else."""
        event.stop()
        if event.input.id == "arm":
            self._key_came()
        else:
            self.touched()

    def on_choices_changed(self, event: Choices.Changed) -> None:
        """Start over with what is chosen now."""
        event.stop()
        self.touched()

    def on_toggle_changed(self, event: Toggle.Changed) -> None:
        """Start over with what is ticked now."""
        event.stop()
        self.touched()

    def action_back(self) -> None:
        """Keep everything as it is."""
        self.dismiss(None)

    def action_page_down(self) -> None:
        """Scroll the text where it does not fit."""
        self._scroll(1)

    def action_page_up(self) -> None:
        """Scroll the text back."""
        self._scroll(-1)

    def _scroll(self, pages: int) -> None:
        body = self.query_one(".body", VerticalScroll)
        body.scroll_relative(y=pages * body.size.height, animate=False)
