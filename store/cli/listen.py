"""Listen: events go to a URL on this machine as they happen, and are shown."""

import asyncio
import sys
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from store.cli import place, say
from store.cli.options import Mistyped, Typed
from store.clock import to_unix
from store.errors import StoreBusy
from store.event import Event
from store.visible import visible
from store.webhook.delivery import Heard
from store.webhook.endpoint import EVERYTHING, why_not_types, why_not_url

if TYPE_CHECKING:
    from store import Store

_ASKED_EVERY = 0.25
_PATIENCE = 10.0
"""Seconds in which the program must have answered."""
_SHOWN = 100
"""So much of what it answered is shown where it did not take the event."""


def listen(typed: Typed) -> int:
    """Forward events until it is interrupted; return the exit code.

    Nothing is kept: an event that the program does not take is not sent again.

    Raises:
        Mistyped: The URL is none, or a type of event is none.
        StoreUnusable: The store cannot be opened.
    """
    url = _url(typed.forward_to)
    types = tuple(one.strip() for one in typed.events.split(","))
    if refusal := why_not_types(types):
        raise Mistyped(f"--events: {refusal.message}")
    wanted = () if EVERYTHING in types else types
    with place.open_there(place.url_of(typed.store)) as store:
        listener = _Listener(store, url, wanted)
        listener.begin()
        with suppress(KeyboardInterrupt):
            asyncio.run(listener.run())
    return 0


def _url(given: str) -> str:
    """Return the URL; a host and port alone, or a port, are on this machine."""
    url = given
    if "://" not in url:
        url = f"http://localhost:{url}" if url[:1].isdigit() else f"http://{url}"
    if refusal := why_not_url(url):
        raise Mistyped(f"--forward-to: {refusal.message}")
    return url


class _Listener:
    """Follows the log of events, and forwards each one in turn."""

    def __init__(self, store: "Store", url: str, types: tuple[str, ...]) -> None:
        self._store = store
        self._url = url
        self._types = types
        self._seen = store.webhooks.newest()
        self._secret = store.webhooks.listening_secret()

    def begin(self) -> None:
        """Say what a program needs to know."""
        _tell(
            f"Ready! Your webhook signing secret is {self._secret} · ctrl+c ends it",
        )

    async def run(self) -> None:
        """Forward what happens, for as long as nobody interrupts it."""
        while True:
            with suppress(StoreBusy):
                await self._forward(await asyncio.to_thread(self._news))
            await asyncio.sleep(_ASKED_EVERY)

    def _news(self) -> tuple[tuple[Event, int], ...]:
        """Return what happened, each with how many have not taken it: this one too."""
        self._store.advance()
        events = self._store.webhooks.since(self._seen, self._types)
        others = self._store.webhooks.pending(events) if events else {}
        return tuple((one, others.get(one.id, 0) + 1) for one in events)

    async def _forward(self, events: Iterable[tuple[Event, int]]) -> None:
        from store.http.posting import headers, payload, post

        for event, pending in events:
            _tell(f"{_time(self._store.now())}  --> {event.type} [{event.id}]")
            body = payload(event, pending)
            beside = headers(self._secret, body, to_unix(self._store.now()))
            heard = await post(self._url, body, beside, _PATIENCE)
            self._seen = event.seq
            _tell(f"{_time(self._store.now())} {_said(heard, self._url, event)}")


def _said(heard: Heard, url: str, event: Event) -> str:
    why = "" if heard.is_success else f" {visible(heard.said, _SHOWN)}".rstrip()
    status = "no answer" if heard.status is None else heard.status
    return f" <-- [{status}] POST {url} [{event.id}]{why}"


def _time(at: datetime) -> str:
    return at.astimezone().strftime("%Y-%m-%d %H:%M:%S")


def _tell(line: str) -> None:
    say.result(line)
    sys.stdout.flush()
