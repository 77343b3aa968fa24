"""Delivering: events go to the endpoints of a served store, for as long as it is."""

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from store.errors import StoreError
from store.http.hands import Hands
from store.http.posting import headers, payload, post
from store.webhook.delivery import Delivery, Heard, Pace, Parcel

if TYPE_CHECKING:
    from store import Store

_ASKED_EVERY = 1.0
"""How often is looked for what other processes wrote, and what has become due."""
_LAST_WORDS = 3.0
"""Seconds in which what is under way may end when the server does."""


class Deliverer:
    """Sends each endpoint its events, one at a time; endpoints do not wait for others.

    Where it stands is kept in the store alone: another process goes on from there.
    """

    def __init__(self, store: "Store", hands: Hands, pace: Pace) -> None:
        self._store = store
        self._hands = hands
        self._pace = pace
        self._bells: dict[str, asyncio.Event] = {}
        """By the id of each endpoint that is being served, what wakes it."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._ending = asyncio.Event()

    def wake(self) -> None:
        """Look now: something was written."""
        for bell in self._bells.values():
            bell.set()

    async def run(self) -> None:
        """Serve every endpoint that there is, until told to end."""
        while not self._ending.is_set():
            with suppress(StoreError):
                found = await self._hands.carry_out(
                    self._store.webhooks.enabled, writes=False
                )
                self._serve_all({one.id for one in found})
            await _sleep(self._ending)
        await self._rest()

    def end(self) -> None:
        """Begin nothing more."""
        self._ending.set()
        self.wake()

    async def _rest(self) -> None:
        """Give what is under way a moment; what does not end is found again later."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=_LAST_WORDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _serve_all(self, enabled: set[str]) -> None:
        for gone in self._bells.keys() - enabled:
            self._bells.pop(gone).set()
        for new in enabled - self._bells.keys():
            bell = self._bells[new] = asyncio.Event()
            task = asyncio.create_task(self._serve(new, bell))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def _is_served(self, endpoint: str, bell: asyncio.Event) -> bool:
        return not self._ending.is_set() and self._bells.get(endpoint) is bell

    async def _serve(self, endpoint: str, bell: asyncio.Event) -> None:
        heard: tuple[Delivery, Heard] | None = None
        while self._is_served(endpoint, bell):
            bell.clear()
            try:
                parcel = await self._next(endpoint, heard)
            except StoreError:
                # What was heard is kept until it can be written down.
                await _sleep(bell)
                continue
            heard = None
            if parcel is None:
                await _sleep(bell)
            else:
                heard = parcel.delivery, await self._send(parcel)
        if heard is not None:
            await self._done(*heard)

    async def _next(
        self, endpoint: str, heard: tuple[Delivery, Heard] | None
    ) -> Parcel | None:
        """Ask for the next one, and tell what became of the one before, in one go."""
        webhooks, pace = self._store.webhooks, self._pace
        return await self._hands.carry_out(
            lambda: webhooks.next(endpoint, pace, heard), writes=True
        )

    async def _done(self, delivery: Delivery, heard: Heard) -> None:
        webhooks, pace = self._store.webhooks, self._pace
        with suppress(StoreError):
            await self._hands.carry_out(
                lambda: webhooks.done(delivery, heard, pace), writes=True
            )

    async def _send(self, parcel: Parcel) -> Heard:
        body = payload(parcel.event, parcel.pending)
        beside = headers(parcel.endpoint.secret, body, self._store.webhooks.now())
        return await post(parcel.endpoint.url, body, beside, self._pace.patience)


async def _sleep(bell: asyncio.Event) -> None:
    """Wait until the bell rings, or for so long."""
    with suppress(TimeoutError):
        async with asyncio.timeout(_ASKED_EVERY):
            await bell.wait()
