"""Ask: the bridge to the store; reads may be cancelled, writes never."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from store.event import Actor
from store.glance import Glance
from store.ids import RandomIds

if TYPE_CHECKING:
    from store import Store

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
    ) -> None:
        self._open = open_
        self._glance = glance
        self._seen: Glance | None = None
        self._opening: asyncio.Task[tuple[Store, str]] | None = None
        self._store: Store | None = None
        self._mode = ""
        self._ids = RandomIds()
        self.actor = actor
        self.under_way = 0
        """How many questions and changes wait for their answer."""

    @property
    def now(self) -> datetime | None:
        """Return the store's present, or None while it is not open yet."""
        if self._store:
            return self._store.now()
        return self._seen.at if self._seen else None

    @property
    def mode(self) -> str:
        """Return what kind of store it is, in words: no store moves real money."""
        return self._mode or (self._seen.mode.upper() if self._seen else "")

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
        """Return a new idempotency key, for the dialog that is being opened."""
        return self._ids.new("key")

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

    async def write(self, change: "Callable[[Store], T]") -> T:
        """Return what the change did; it runs to its end even if nobody waits.

        Raises:
            StoreError: What the store says no to; nothing was done then.
        """
        with self._asking():
            store = await self._ready()
            return await asyncio.shield(asyncio.to_thread(change, store))

    async def close(self) -> None:
        """Let go of the store, if it was ever opened."""
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
        return store, store.mode.value.upper()
