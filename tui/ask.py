"""Ask: the bridge to the store; reads may be cancelled, writes never."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING, TypeVar

from store.errors import StoreError, StoreUnusable
from store.event import Actor
from store.glance import Glance
from store.ids import RandomIds
from tui.files.journal import Asked, Journal

if TYPE_CHECKING:
    from store import Store
    from store.bank import SetAside

T = TypeVar("T")


class Ask:
    """The store as screens see it: opened on the first question, in a thread.

    Every answer comes from a thread, so that no question holds up a key press.
    """

    def __init__(
        self,
        open_: "Callable[[], Store]",
        actor: Actor,
        glance: Callable[[], Glance | None] | None = None,
        journal: Journal | None = None,
        *,
        read_only: str | None = None,
        host: str = "",
    ) -> None:
        self._open = open_
        self._glance = glance
        self._seen: Glance | None = None
        self._opening: asyncio.Task[tuple[Store, str]] | None = None
        self._store: Store | None = None
        self._mode = ""
        self._session = "/".join(filter(None, (host, RandomIds().new("ses"))))
        self._keys = count(1)
        self._changes = 0
        self._turn = asyncio.Lock()
        self._read_only = read_only
        self.actor = actor
        self.journal = journal or Journal()
        """Where changes are written down before the store is asked for them."""
        self.set_aside: tuple[SetAside, ...] = ()
        """What broke when the outside world did it, as it was last seen."""
        self.under_way = 0
        """How many questions and changes wait for their answer."""

    @property
    def is_open(self) -> bool:
        """Tell whether the store has been opened."""
        return self._store is not None

    @property
    def now(self) -> datetime | None:
        """Return the store's present, or None while it is not open yet."""
        if self._store:
            return self._store.now()
        return self._seen.at if self._seen else None

    @property
    def mode(self) -> str:
        """Return what kind of store it is, in words: no store moves real money."""
        kind = self._mode or (self._seen.mode.upper() if self._seen else "")
        closed = "READ-ONLY" if self.read_only else ""
        broke = f"{len(self.set_aside)} SET ASIDE" if self.set_aside else ""
        return " ".join(filter(None, (kind, closed, broke)))

    @property
    def read_only(self) -> str | None:
        """Return why nothing can be changed, in a sentence; None where it can."""
        if self._read_only:
            return self._read_only
        if self._store:
            return self._store.read_only
        return self._seen.read_only if self._seen else None

    @property
    def label(self) -> str:
        """Return the store's short name, empty while it is not open yet."""
        if self._store:
            return self._store.label
        return self._seen.label if self._seen else ""

    def glance(self) -> Glance | None:
        """Return the store's first page if that can be had without opening it."""
        self._seen = self._glance() if self._glance else None
        return self._seen

    def key(self) -> str:
        """Return a new idempotency key, for the dialog that is being opened.

        It stands on every event: by it one sees the host and session of a change.
        """
        return f"{self._session}/{next(self._keys)}"

    @contextmanager
    def _asking(self) -> Iterator[None]:
        self.under_way += 1
        try:
            yield
        finally:
            self.under_way -= 1

    async def read(self, question: "Callable[[Store], T]") -> T:
        """Return the store's answer; whoever waits may be cancelled.

        Raises:
            StoreError: What the store says no to.
        """
        with self._asking():
            return await asyncio.to_thread(question, await self._ready())

    async def has_changed(self) -> bool:
        """Tell whether anybody changed the store since this was last asked.

        Where time passes by itself, the outside world acts until now first.

        Raises:
            StoreError: The store cannot be read.
        """
        seen, self._changes = self._changes, await self.read(_changes)
        if self._changes != seen:
            self.set_aside = await self.read(_set_aside)
        return self._changes != seen

    async def write(
        self, change: "Callable[[Store], T]", asked: Asked | None = None
    ) -> T:
        """Return what the change did; it runs to its end even if nobody waits.

        What is `asked` is in the journal before the store hears of it.

        Raises:
            StoreUnusable: Nobody knows yet whether it was done.
            StoreError: What the store says no to; nothing was done then.
        """
        with self._asking():
            store = await self._ready()
            if self.read_only:
                raise StoreError(self.read_only)
            return await asyncio.shield(self._in_turn(store, change, asked))

    async def _in_turn(
        self, store: "Store", change: "Callable[[Store], T]", asked: Asked | None
    ) -> T:
        # A store gives its lock to whoever asks at the right moment: what an agent
        # asks for must not wait for all of a bulk.
        async with self._turn:
            if asked is None:
                return await asyncio.to_thread(change, store)
            return await asyncio.to_thread(self._noted, store, change, asked)

    def _noted(self, store: "Store", change: "Callable[[Store], T]", asked: Asked) -> T:
        self.journal.write(asked)
        try:
            done = change(store)
        except StoreUnusable:
            raise  # still unanswered
        except StoreError:
            self.journal.answered(asked.key)
            raise
        self.journal.answered(asked.key)
        return done

    async def close(self) -> None:
        """Let go of the store, if it was ever opened, and of the journal."""
        await asyncio.to_thread(self.journal.close)
        if self._store:
            await asyncio.to_thread(self._store.close)
            self._store = self._opening = None

    async def _ready(self) -> "Store":
        if self._store:
            return self._store
        if self._opening is None:
            self._opening = asyncio.create_task(asyncio.to_thread(self._opened))
        opening = self._opening
        try:
            store, self._mode = await asyncio.shield(opening)
        finally:
            if opening.done() and self._store is None:
                self._opening = None  # a store that did not open may be tried again
        self._store = store
        return store

    def _opened(self) -> "tuple[Store, str]":
        store = self._open()
        self._changes = _changes(store)
        self.set_aside = _set_aside(store)
        return store, store.mode.value.upper()


def _changes(store: "Store") -> int:
    if store.runs:
        store.advance()
    return store.changes()


def _set_aside(store: "Store") -> "tuple[SetAside, ...]":
    return store.agenda.set_aside()
