"""BulkWork: the bulk refund that this console carries out, whatever is on the screen.

The store keeps everything: whatever becomes of the console, another one goes on.
"""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import App
from textual.signal import Signal
from textual.timer import Timer

from store.bulk import Bulk, BulkState, ItemState
from store.errors import StoreBusy, StoreError, StoreUnusable
from tui.ask import Ask
from tui.files.journal import Asked

if TYPE_CHECKING:
    from store import Store

UNFINISHED = (BulkState.RUNNING, BulkState.PAUSED)
SHOWN_EVERY = 0.25
"""Seconds between two looks at a running bulk: answers come faster than that."""
BUSY_TRIES = 5
"""How often a busy store is asked again before the agent is told."""
BUSY_SECONDS = 1.0


class BulkWork:
    """Carries out one bulk at a time, piece by piece, until it is done or paused.

    Never twice: each payment of a bulk has a key of its own in the store.
    """

    def __init__(self, app: App[None], ask: Ask) -> None:
        self._app = app
        self._ask = ask
        self.changed: Signal[Bulk] = Signal(app, "bulk changed")
        """Published when the store has told something new."""
        self.bulk: Bulk | None = None
        """What the store told last of the bulk that was begun or resumed here."""
        self.going = False
        """Whether pieces are being carried out."""
        self.trouble: StoreError | None = None
        """Why it stands still though nobody paused it."""
        self.read = False
        """Whether the agent has seen how it ended."""
        self._mine: set[str] = set()
        self._soon: Timer | None = None
        self._begun = 0.0
        self._left_then = 0

    @property
    def rate(self) -> float | None:
        """Return payments a second since it goes, from the store's answers."""
        if self.bulk is None or not self.going:
            return None
        seconds = self.now() - self._begun
        done = self._left_then - self.bulk.queued
        return done / seconds if done > 0 and seconds > 0 else None

    def now(self) -> float:
        """Return the seconds by which its rate is told; they only ever grow."""
        return asyncio.get_running_loop().time()

    @property
    def seconds_left(self) -> int | None:
        """Return how long the rest takes at that rate."""
        if self.bulk is None or not (rate := self.rate):
            return None
        return round(self.bulk.queued / rate)

    @property
    def is_open(self) -> bool:
        """Tell whether something of the bulk is left that goes on or can go on."""
        return self.bulk is not None and self.bulk.state in UNFINISHED

    def holds(self, bulk: Bulk) -> bool:
        """Tell whether what is done here is done to this bulk, not to another one."""
        return self.bulk is not None and self.bulk.id == bulk.id

    def is_left(self, bulk: Bulk) -> bool:
        """Tell whether something is left of this bulk that goes on or can go on."""
        return self.holds(bulk) and self.is_open and bool(bulk.queued)

    def may_retry(self, bulk: Bulk) -> bool:
        """Tell whether something of this bulk failed that can be tried again here."""
        return self.holds(bulk) and bool(bulk.counts[ItemState.FAILED])

    def turn_to(self, bulk: Bulk) -> None:
        """Take a bulk whose screen is shown again after another one's."""
        if not self.holds(bulk):
            self.hold(bulk)

    def began(self, bulk: Bulk) -> bool:
        """Tell whether the agent armed this bulk in this console."""
        return bulk.id in self._mine

    def hold(self, bulk: Bulk) -> None:
        """Take a bulk that was left, without carrying it out."""
        if not self.going:
            self.bulk, self.trouble, self.read = bulk, None, False
            self._publish()

    async def look_again(self) -> None:
        """Show what others made of a bulk that is not carried out here.

        Raises:
            StoreError: The store cannot be read.
        """
        if self.going or (bulk := self.bulk) is None:
            return
        told = await self._ask.read(lambda store: store.bulk.retrieve(bulk.id))
        if self.bulk is bulk and told != bulk:
            self.bulk = told
            self._publish()

    def saw(self) -> None:
        """Note that the agent sees the bulk; what is over need not be told again."""
        over = self.bulk is not None and not self.is_open and not self.going
        if over and not self.read:
            self.read = True
            self._publish()

    def take_up(self, bulk: Bulk) -> None:
        """Carry out a running bulk from now on; only while no other one goes."""
        self._mine.add(bulk.id)
        self.bulk, self.read = bulk, False
        if not self.going and self._runs:
            self.going, self.trouble = True, None
            self._app.run_worker(self._work(), group="bulk")

    async def resume(self, bulk: Bulk) -> None:
        """Go on with what is left of a bulk; only while no other one goes.

        Raises:
            StoreError: What the store says no to.
        """
        actor, key = self._ask.actor, self._ask.key()
        if bulk.state is not BulkState.RUNNING:
            bulk = await self._write(
                lambda store: store.bulk.resume(bulk.id, actor=actor, key=key),
                self._asked(key, "resume", bulk),
            )
        self.take_up(bulk)

    async def pause(self) -> None:
        """Stand still after the piece that is being carried out.

        Raises:
            StoreError: What the store says no to.
        """
        actor, key = self._ask.actor, self._ask.key()
        await self._tell(
            lambda store, id_: store.bulk.pause(id_, actor=actor, key=key),
            self._asked(key, "pause"),
        )

    async def stop(self) -> None:
        """End it after the present piece: what is queued then is not refunded.

        Raises:
            StoreError: What the store says no to.
        """
        actor, key = self._ask.actor, self._ask.key()
        await self._tell(
            lambda store, id_: store.bulk.stop(id_, actor=actor, key=key),
            self._asked(key, "stop"),
        )

    async def retry(self) -> None:
        """Try again what failed and may end otherwise, and nothing else.

        Raises:
            StoreError: What the store says no to.
        """
        actor, key = self._ask.actor, self._ask.key()
        await self._tell(
            lambda store, id_: store.bulk.retry(id_, actor=actor, key=key),
            self._asked(key, "retry what failed of"),
        )
        if self.bulk is not None:
            self.take_up(self.bulk)

    @property
    def _runs(self) -> bool:
        return self.bulk is not None and self.bulk.state is BulkState.RUNNING

    async def _work(self) -> None:
        self._begun = self.now()
        self._left_then = self.bulk.queued if self.bulk else 0
        self._publish()
        try:
            while self._runs:
                before = self.bulk
                await self.piece()
                if self.bulk != before:
                    self._publish_soon()
        except StoreError as trouble:
            self.trouble = trouble
        finally:
            self.going = False
        self._publish()

    async def piece(self) -> None:
        """Let the store refund as many as fit into one short transaction."""
        actor = self._ask.actor
        for left in range(BUSY_TRIES, -1, -1):
            try:
                await self._change(lambda store, id_: store.bulk.run(id_, actor=actor))
            except StoreBusy:
                if not left:
                    raise
                await asyncio.sleep(BUSY_SECONDS)
            else:
                return

    def _asked(self, key: str, what: str, bulk: Bulk | None = None) -> Asked | None:
        """Return what is to be written down before the store is asked."""
        now, of = self._ask.now, bulk or self.bulk
        if now is None or of is None:
            return None
        return Asked(key, f"{what} bulk refund {of.id}", self._ask.actor.name, now)

    async def _tell(
        self, change: "Callable[[Store, str], Bulk]", asked: Asked | None
    ) -> None:
        await self._change(change, asked)
        self._publish()

    async def _change(
        self, change: "Callable[[Store, str], Bulk]", asked: Asked | None = None
    ) -> None:
        if (bulk := self.bulk) is None:
            return
        told = await self._write(lambda store: change(store, bulk.id), asked)
        if self.bulk and self.bulk.id == told.id:
            self.bulk = told

    async def _write(
        self, change: "Callable[[Store], Bulk]", asked: Asked | None
    ) -> Bulk:
        """Write once; what gets no answer is looked up once the store answers.

        Raises:
            StoreError: What the store says no to.
        """
        try:
            return await self._ask.write(change, asked)
        except StoreUnusable:
            if asked:
                self._ask.journal.lose(asked.key)
            raise

    def _publish_soon(self) -> None:
        if self._soon is None:
            self._soon = self._app.set_timer(SHOWN_EVERY, self._publish)

    def _publish(self) -> None:
        if self._soon is not None:
            self._soon.stop()
            self._soon = None
        if self.bulk is not None and self._app.is_running:
            self.changed.publish(self.bulk)
