"""App: requests from the wire to the verbs, and their answers back, within limits."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from store.bank import SetAside
from store.errors import Refused, StoreError
from store.http import answers, keys
from store.http.answers import Reply
from store.http.carrying import Asked, at_once, broke, carry_out
from store.http.delivering import Deliverer
from store.http.endpoints import ROUTES
from store.http.forms import Tree, parsed
from store.http.hands import Hands
from store.http.headers import ECHOED, check
from store.http.keys import Keys, is_here
from store.http.routes import READ
from store.http.wire import told
from store.ids import IdFactory, RandomIds
from store.refusals import http as http_refusals
from store.webhook.delivery import REAL, Pace

if TYPE_CHECKING:
    from store import Store

MOST_BYTES = 1_000_000
MOST_HEADERS = 100
MOST_HEAD_BYTES = 32 * 1024
"""All of a request before its body."""
SLOWEST = 30.0
"""Seconds in which a body must have arrived."""
_VERSIONS = ("1.0", "1.1")
_FORM = "application/x-www-form-urlencoded"
_ASKED_EVERY = 1.0
"""How often the outside world is asked what is due."""
_ASKED_AT_LEAST = 60.0
"""How often where that breaks each time: what broke is told, not each second."""


@dataclass(frozen=True)
class Door:
    """Who may ask, and from where."""

    keys: Keys = field(default_factory=Keys)
    here_only: bool = True
    """Whether it is bound to this machine, so that no page may name it otherwise."""


def build(
    open_: "Callable[[], Store]",
    door: Door,
    ids: IdFactory | None = None,
    pace: Pace = REAL,
) -> Starlette:
    """Return the application over a store, which opens it and closes it again."""
    desk = _Desk(door, ids or RandomIds())

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        with open_() as store:
            desk.store = store
            desk.hands.together = store.together
            desk.deliverer = Deliverer(store, desk.hands, pace)
            delivering = asyncio.create_task(desk.deliverer.run())
            world = asyncio.create_task(desk.let_time_pass())
            try:
                yield
            finally:
                world.cancel()
                with suppress(asyncio.CancelledError):
                    await world
                desk.deliverer.end()
                await delivering
                await asyncio.to_thread(desk.hands.rest)

    everything = Route("/{path:path}", desk, methods=None)
    made = Starlette(routes=[everything], lifespan=lifespan)
    made.router.default = desk
    return made


class _Desk:
    """Takes every request, whatever its method and path."""

    store: "Store"
    deliverer: Deliverer

    def __init__(self, door: Door, ids: IdFactory) -> None:
        self.hands = Hands()
        self._door = door
        self._ids = ids
        self._in_flight: set[str] = set()
        self._set_aside: tuple[SetAside, ...] = ()

    async def let_time_pass(self) -> None:
        """Let the outside world do what is due, for as long as the server runs."""
        pause = _ASKED_EVERY
        while True:
            # Beside those who ask: it sends receipts too, and a mail server is slow.
            went = await asyncio.to_thread(self._advance)
            pause = _ASKED_EVERY if went else min(2 * pause, _ASKED_AT_LEAST)
            await asyncio.sleep(pause)

    def _advance(self) -> bool:
        """Do what is due; return whether nothing broke."""
        try:
            # Another process may hold the store this moment: the next second will do.
            with suppress(StoreError):
                self.store.advance()
                self._tell_set_aside()
        except Exception:  # noqa: BLE001 - requests are answered whatever broke here
            broke(self._ids.new("req"))
            return False
        return True

    def _tell_set_aside(self) -> None:
        """Say on the server, once, what broke when its time had come."""
        seen, self._set_aside = self._set_aside, self.store.agenda.set_aside()
        for one in self._set_aside:
            if one not in seen:
                sys.stderr.write(f"{one}\n")

    async def __call__(self, scope: object, receive: object, send: object) -> None:
        """Answer one request."""
        request = Request(scope, receive, send)  # type: ignore[arg-type]
        named = self._ids.new("req")
        try:
            reply = await self._answer(request, named)
        except Refused as refused:
            reply = answers.refused(refused.refusal)
        except ClientDisconnect:
            return
        except Exception:  # noqa: BLE001 - a client never sees what broke
            reply = broke(named)
        response = _response(request, reply, named)
        await response(scope, receive, send)  # type: ignore[arg-type]

    async def _answer(self, request: Request, named: str) -> Reply:
        self._check(request)
        who = self._door.keys.who(request.headers.get("authorization"))
        method, path = request.method, str(request.scope["path"])
        found = ROUTES.find(method, path)
        if found is None or "\x00" in path:
            raise Refused(http_refusals.unknown_url(method, path))
        endpoint, ids = found
        key = request.headers.get("idempotency-key") if endpoint.writes else None
        asked = Asked(
            endpoint=endpoint,
            path=path,
            ids=ids,
            form=await _form(request),
            who=who,
            request=named,
            key=key,
            account=request.headers.get("stripe-account"),
            shown_key=keys.shown(request.headers.get("authorization")),
        )
        return await self._carried_out(asked)

    def _check(self, request: Request) -> None:
        """Refuse what no client of the API would send.

        Raises:
            Refused: A page in a browser asks, or there is more than is taken.
        """
        headers = request.headers
        from_page = "origin" in headers or "sec-fetch-site" in headers
        elsewhere = self._door.here_only and not is_here(headers.get("host", ""))
        if from_page or elsewhere:
            raise Refused(http_refusals.not_from_a_page())
        if len(headers.raw) > MOST_HEADERS:
            raise Refused(http_refusals.too_much("headers", MOST_HEADERS))
        query = request.scope["query_string"]
        head = sum(len(name) + len(value) for name, value in headers.raw) + len(query)
        if head + len(request.scope["raw_path"]) > MOST_HEAD_BYTES:
            raise Refused(http_refusals.too_much("bytes of headers", MOST_HEAD_BYTES))
        two_ends = "content-length" in headers and "transfer-encoding" in headers
        if two_ends or request.scope["http_version"] not in _VERSIONS:
            raise Refused(http_refusals.no_http())
        check(headers)
        if self.hands.full:
            raise Refused(http_refusals.too_many_requests())

    async def _carried_out(self, asked: Asked) -> Reply:
        if asked.reads_little and (reply := at_once(self.store, asked)):
            return reply
        key, writes = asked.kept_key, asked.endpoint.writes
        direct = asked.endpoint.direct
        if key in self._in_flight:
            raise Refused(http_refusals.key_in_use(asked.key or ""))
        if key:
            self._in_flight.add(key)
        try:
            return await self.hands.carry_out(
                lambda: carry_out(self.store, asked),
                writes=writes,
                alone=partial(at_once, self.store, asked) if direct else None,
            )
        except StoreError as error:
            return answers.failed(error)
        finally:
            self._in_flight.discard(key or "")
            if writes:
                self.deliverer.wake()


_BODY_COMES = ("content-length", "transfer-encoding")


async def _form(request: Request) -> Tree:
    """Return what was given, in the query and in the body.

    Raises:
        Refused: The body is no form, too large, does not arrive, or is not read.
    """
    query: bytes = request.scope["query_string"]
    reads, headers = request.method == READ, request.headers
    if reads and not any(one in headers for one in _BODY_COMES):
        return parsed(query)
    body = b""
    try:
        async with asyncio.timeout(SLOWEST):
            async for chunk in request.stream():
                body += chunk
                if len(body) > MOST_BYTES:
                    raise Refused(http_refusals.too_much("bytes", MOST_BYTES))
    except TimeoutError:
        raise Refused(http_refusals.too_slow()) from None
    if reads and body:
        raise Refused(http_refusals.body_not_read())
    kind = headers.get("content-type", _FORM).partition(";")[0].strip().lower()
    if body and kind != _FORM:
        raise Refused(http_refusals.not_a_form())
    return parsed(b"&".join(one for one in (query, body) if one))


def _response(request: Request, reply: Reply, named: str) -> Response:
    headers = told(reply, named)
    for name, shape in ECHOED.items():
        given = request.headers.get(name)
        if given and shape.fullmatch(given):
            headers[name] = given
    return Response(reply.body, reply.status, headers, "application/json")
