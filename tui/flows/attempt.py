"""Attempts: a dialog and its one write, tried again when the view was stale."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from textual.app import App
from textual.content import Content

from store.errors import StaleView, StoreError, StoreUnusable
from store.outcome import PaymentDetail
from tui.ask import Ask
from tui.dialogs.armed import ArmedDialog
from tui.dialogs.arming import Overtaken
from tui.files.journal import Asked
from tui.flows.unconfirmed import became
from tui.text import Zone
from tui.widgets.result_line import ResultLine
from tui.words import results
from tui.words.times import Times
from tui.words.zone import moment

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

    @property
    def likely_refund(self) -> str | None:
        """Return which of several refunds is probably meant."""

    def did(self, done: results.Done) -> None:
        """Note what was just done, so that the cursor goes there."""


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
    done: Callable[[Outcome], results.Done]
    key: str | None = None
    """The idempotency key that `act` uses; with it the change is written down first."""
    what: Callable[[Request], str] | None = None
    """Says in words what is asked for: `refund 42.00 USD of pi_1`."""


Prepare = Callable[[Overtaken[Request] | None], Awaitable[Attempt[Request, Outcome]]]
"""Reads anew and makes the dialog, keeping what was typed into an overtaken one."""


async def carry_out(desk: Desk, prepare: Prepare[Request, Outcome]) -> Content | None:
    """Ask, write at most once, and return what came of it, or None when kept."""
    overtaken: Overtaken[Request] | None = None
    while True:
        try:
            attempt = await prepare(overtaken)
        except StoreError as refused:
            if overtaken is not None:
                await _tell_apart(desk, overtaken.told, refused)
            return results.nothing_done(refused)
        answer = await desk.app.push_screen_wait(attempt.dialog)
        if answer is None:
            return None
        if isinstance(answer, Overtaken):
            overtaken = answer
            continue
        asked = _asked(desk, attempt, answer)
        act = _bound(attempt.act, answer)
        try:
            return await write_once(desk, act, asked, attempt.tell, attempt.done)
        except StaleView as stale:
            overtaken = Overtaken(answer, str(_placed(desk, stale)))


async def _tell_apart(desk: Desk, changed: str, refused: StoreError) -> None:
    """Say why a dialog is gone in one that takes no letter: somebody may be typing."""
    from tui.dialogs.problem import ProblemDialog

    what = "Nothing was sent"
    dialog = ProblemDialog(what, changed, str(refused), typing=True)
    await desk.app.push_screen_wait(dialog)


def _bound(act: Act[Request, Outcome], answer: Request) -> "Callable[[Store], Outcome]":
    return lambda store: act(store, answer, preview=False)


async def write_once(
    desk: Desk,
    change: "Callable[[Store], Outcome]",
    asked: Asked | None,
    tell: Callable[[Outcome], Content],
    done: Callable[[Outcome], results.Done],
) -> Content:
    """Write, and return what came of it: done, not done, or that nobody knows yet.

    Raises:
        StaleView: What the agent saw is no longer so; nothing was done.
    """
    try:
        outcome = await _write(desk, change, asked)
    except StaleView:
        raise
    except StoreUnusable as lost:
        if asked is None:
            return results.no_answer(lost)
        desk.result.tell(results.checking(lost))
        return await became(desk.ask, asked, desk.zone, desk.did)
    except StoreError as refused:
        return results.nothing_done(refused)
    desk.did(done(outcome))
    return tell(outcome)


def asked_of(desk: Desk, key: str, what: str) -> Asked | None:
    """Return what is to be written down before the store is asked."""
    now = desk.ask.now
    return Asked(key, what, desk.ask.actor.name, now) if now else None


def _asked(
    desk: Desk, attempt: Attempt[Request, Outcome], answer: Request
) -> Asked | None:
    if attempt.key is None or attempt.what is None:
        return None
    return asked_of(desk, attempt.key, attempt.what(answer))


async def _write(
    desk: Desk, change: "Callable[[Store], Outcome]", asked: Asked | None
) -> Outcome:
    """Write once; say so while the answer takes long enough to be missed."""
    writing = asyncio.ensure_future(desk.ask.write(change, asked))
    await asyncio.wait((writing,), timeout=SLOW_SECONDS)
    if not writing.done():
        desk.result.tell(results.waiting())
    return await writing


def _placed(desk: Desk, stale: StaleView) -> StaleView:
    """Return the same with its time as the agent reads times."""
    change, now = stale.change, desk.ask.now
    if change is None or now is None:
        return stale
    told = change.told(moment(change.at, desk.zone, now))
    return StaleView(told, change)


def rehearsed(
    desk: Desk, act: Act[Request, Outcome]
) -> Callable[[Request], Awaitable[Outcome]]:
    """Return the dry run of an act, for its dialog."""

    async def dry_run(asked: Request) -> Outcome:
        try:
            return await desk.ask.read(lambda store: act(store, asked, preview=True))
        except StaleView as stale:
            raise _placed(desk, stale) from stale

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
