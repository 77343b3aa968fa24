"""Attempts: a dialog and its one write, tried again when the view was stale."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from textual.app import App
from textual.content import Content

from store.errors import StaleView, StoreError, StoreUnusable
from store.outcome import PaymentDetail
from tui import results
from tui.ask import Ask
from tui.dialogs.armed import ArmedDialog
from tui.dialogs.arming import Overtaken
from tui.text import Zone
from tui.times import Times
from tui.widgets.result_line import ResultLine

if TYPE_CHECKING:
    from store import Store

Request = TypeVar("Request")
Outcome = TypeVar("Outcome")
Asked_contra = TypeVar("Asked_contra", contravariant=True)
Done_co = TypeVar("Done_co", covariant=True)
SLOW_SECONDS = 0.15
"""How long an answer may take before a screen says that it waits."""


class Desk(Protocol):
    """The screen from which a flow starts."""

    @property
    def app(self) -> App[None]:
        """Return the console."""

    @property
    def ask(self) -> Ask:
        """Return the bridge to the store."""

    @property
    def zone(self) -> Zone:
        """Return how times are read."""

    @property
    def result(self) -> ResultLine:
        """Return the line that tells what came of it."""


class Act(Protocol[Asked_contra, Done_co]):
    """Carries a request out; in a preview it only says what that would do."""

    def __call__(
        self, store: "Store", asked: Asked_contra, *, preview: bool
    ) -> Done_co:
        """Ask the store for it."""


@dataclass(frozen=True, slots=True)
class Attempt(Generic[Request, Outcome]):
    """One dialog, what its answer does, and how the outcome is told."""

    dialog: ArmedDialog[Request, Outcome]
    act: Act[Request, Outcome]
    tell: Callable[[Outcome], Content]


Prepare = Callable[[Overtaken[Request] | None], Awaitable[Attempt[Request, Outcome]]]
"""Reads anew and makes the dialog, keeping what was typed into an overtaken one."""


async def carry_out(desk: Desk, prepare: Prepare[Request, Outcome]) -> Content | None:
    """Ask, write at most once, and return what came of it, or None when kept."""
    overtaken: Overtaken[Request] | None = None
    while True:
        try:
            attempt = await prepare(overtaken)
        except StoreError as refused:
            return results.nothing_done(refused)
        answer = await desk.app.push_screen_wait(attempt.dialog)
        if answer is None:
            return None
        if isinstance(answer, Overtaken):
            overtaken = answer
            continue
        try:
            return attempt.tell(await _write(desk, attempt, answer))
        except StaleView as stale:
            overtaken = Overtaken(answer, str(stale))
        except StoreUnusable as lost:
            return results.no_answer(lost)
        except StoreError as refused:
            return results.nothing_done(refused)


async def _write(
    desk: Desk, attempt: Attempt[Request, Outcome], asked: Request
) -> Outcome:
    """Write once; say so while the answer takes long enough to be missed."""
    writing = asyncio.ensure_future(
        desk.ask.write(lambda store: attempt.act(store, asked, preview=False))
    )
    await asyncio.wait((writing,), timeout=SLOW_SECONDS)
    if not writing.done():
        desk.result.tell(results.waiting())
    return await writing


def rehearsed(
    desk: Desk, act: Act[Request, Outcome]
) -> Callable[[Request], Awaitable[Outcome]]:
    """Return the dry run of an act, for its dialog."""

    def dry_run(asked: Request) -> Awaitable[Outcome]:
        return desk.ask.read(lambda store: act(store, asked, preview=True))

    return dry_run


async def payment_of(desk: Desk, payment_id: str) -> PaymentDetail:
    """Return a payment as it is now.

    Raises:
        StoreError: What the store says no to.
    """
    return await desk.ask.read(lambda store: store.payments.detail(payment_id))


async def times_at(desk: Desk) -> Times:
    """Return the store's present, in the zone that is being read."""
    return Times(desk.zone, await desk.ask.read(lambda store: store.now()))
