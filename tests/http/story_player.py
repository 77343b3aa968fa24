"""A story played over the HTTP face of a store of its own, and checked at each step."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass, field
from io import StringIO
from typing import Any
from unittest import mock
from urllib.parse import urlencode

from starlette.applications import Starlette
from story_request import AGAIN, Ask, Known, is_span
from story_rules import ALWAYS, WHEN_ALL_IS_OVER, WHEN_TIME_HAS_PASSED, Rules, written

from conftest import MONDAY
from store import Store, open_store
from store.clock import StandingClock
from store.event import Actor
from store.http.app import Door, build
from store.http.endpoints import ROUTES
from store.ids import SeededIds

REFUSED, DECLINED, SERVER_FAULT = 400, 402, 500
Send = Callable[[Ask], tuple[int, str]]
EXAMINED_EVERY = 25
"""How many requests apart the doctor looks at the whole store."""


class Broken(AssertionError):
    """A story that leads to what must never be."""


@dataclass(slots=True)
class Played:
    """What a story came to."""

    done: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By method and path of an endpoint, how often it did what was asked."""
    methods: Counter[str] = field(default_factory=Counter)
    """By test payment method, how many payments were begun with it."""


class _Undelivered:
    """No webhook leaves: stories are about money."""

    def __init__(self, *_: object) -> None:
        pass

    async def run(self) -> None:
        """Deliver nothing."""

    def wake(self) -> None:
        """Deliver nothing."""

    def end(self) -> None:
        """Deliver nothing."""


@contextmanager
def served(url: str, seed: int, opening: int) -> Iterator[tuple[Store, Starlette, Any]]:
    """Hold a new store and the application over it, with a loop of its own."""
    clock, ids = StandingClock(MONDAY), SeededIds(f"story{seed}")
    with open_store(url, clock=clock, ids=ids) as store:
        if opening:
            actor = Actor("opening balance")
            store.topups.create(amount=opening, currency="usd", actor=actor)
        kept = mock.Mock(wraps=store)
        kept.__enter__ = lambda _: store
        kept.__exit__ = lambda *_: None
        with (
            mock.patch("store.http.app.Deliverer", _Undelivered),
            asyncio.Runner() as runner,
        ):
            app = build(lambda: kept, Door(), SeededIds(f"requests{seed}"))
            lifespan = app.router.lifespan_context(app)
            runner.run(lifespan.__aenter__())
            try:
                yield store, app, runner
            finally:
                runner.run(lifespan.__aexit__(None, None, None))


async def _sent(app: Starlette, ask: Ask) -> tuple[int, str]:
    """Send one request straight to the application."""
    form = urlencode(ask.form).encode()
    reads = ask.method == "GET"
    answer: list[MutableMapping[str, Any]] = []
    waiting = [{"type": "http.request", "body": b"" if reads else form}]

    async def receive() -> MutableMapping[str, Any]:
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        answer.append(message)

    headers = [(b"host", b"localhost"), (b"authorization", b"Bearer sk_test_any")]
    if ask.key:
        headers.append((b"idempotency-key", ask.key.encode()))
    if ask.account:
        headers.append((b"stripe-account", ask.account.encode()))
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": ask.method,
        "scheme": "http",
        "path": ask.path,
        "raw_path": ask.path.encode(),
        "query_string": form if reads else b"",
        "root_path": "",
        "headers": headers,
    }
    await app(scope, receive, send)
    body = b"".join(one.get("body", b"") for one in answer[1:]).decode()
    return answer[0]["status"], body


def play(url: str, seed: int, asks: Sequence[Ask]) -> Played:
    """Play a story from the beginning to its end.

    Raises:
        Broken: A check fails, after a step or at the end.
    """
    opening = (0, 3_000, 100_000_000)[seed % 3]
    played = Played()
    with served(url, seed, opening) as (store, app, runner):
        known, told = Known(store), Answers()

        def send(ask: Ask) -> tuple[int, str]:
            status, body = runner.run(_sent(app, ask))
            return status, body

        for number, ask in enumerate(asks, 1):
            if (one := told.meant(known.whole(ask))) is not None:
                status, body = _checked(store, one, send)
                told.check(one, status, body)
                known.learn(body)
                _note(played, one, status, body)
            if number % EXAMINED_EVERY == 0:
                _examine(store, f"after {ask}")
        for _ in range(2):
            later = (("by", "60d"),)
            _checked(store, Ask("POST", "/v1/test_helpers/advance", later), send)
        _check_balance(send)
        _check_end(store)
    return played


@dataclass(slots=True)
class Answers:
    """What requests with an idempotency key were answered."""

    first: dict[tuple[str | None, str | None], tuple[Ask, int, str]] = field(
        default_factory=dict
    )
    """By account and key, the request that was done first, and its answer."""

    def meant(self, ask: Ask) -> Ask | None:
        """Return what is asked; what was done last with a key, where that is meant."""
        if ask.path != AGAIN:
            return ask
        return next((one for one, _, _ in reversed(self.first.values())), None)

    def check(self, ask: Ask, status: int, body: str) -> None:
        """Compare an answer with the first one of its key.

        Raises:
            Broken: The same request is answered otherwise, or another is not refused.
        """
        if ask.key is None or ask.method == "GET":
            return
        if (ask.account, ask.key) not in self.first:
            if status < REFUSED:
                self.first[ask.account, ask.key] = ask, status, body
            return
        first, *answer = self.first[ask.account, ask.key]
        if first == ask and answer != [status, body]:
            raise Broken(f"{ask}: again: {answer}, then {status} {body}")
        if first != ask and status < REFUSED:
            raise Broken(f"{ask}: the key of {first} is taken: {body}")


def _checked(store: Store, ask: Ask, send: Send) -> tuple[int, str]:
    """Send a request; check its answer, and what it has made of the store."""
    before = _written(store)
    with redirect_stderr(StringIO()) as printed:
        status, body = send(ask)
    _check_answer(ask, status, body, printed.getvalue())
    no_change = ask.method == "GET" or (status >= REFUSED and status != DECLINED)
    if no_change and _written(store) != before:
        raise Broken(f"{ask}: it has changed something: {status} {body}")
    if not no_change:
        _check_store(store, ALWAYS, f"after {ask}")
    if ask.path.endswith("/advance"):
        _check_store(store, WHEN_TIME_HAS_PASSED, f"after {ask}")
    return status, body


def _written(store: Store) -> tuple[int, ...]:
    with store._database.read() as connection:
        return written(connection)


def _check_answer(ask: Ask, status: int, body: str, printed: str) -> None:
    if status >= SERVER_FAULT or printed:
        raise Broken(f"{ask}: answered {status} {body} {printed}")
    if ask.path.endswith("/advance") and is_span(ask.form) and status >= REFUSED:
        raise Broken(f"{ask}: time does not pass: {body}")
    if '"set_aside": [{' in body:
        raise Broken(f"{ask}: the outside world broke: {body}")
    told = json.loads(body)
    if ("error" in told) != (status >= REFUSED):
        raise Broken(f"{ask}: answered {status} {body}")
    found = ROUTES.find(ask.method, ask.path)
    if found and status < REFUSED and _object(told) not in ("", found[0].shows):
        raise Broken(f"{ask}: answered with another object: {body}")


def _object(told: dict[str, Any]) -> str:
    """Return the name of the object of an answer, or of the first in its list."""
    if isinstance(told.get("data"), list):
        told = next(iter(told["data"]), {})
    return str(told.get("object", ""))


def _check_store(store: Store, rules: Rules, when: str) -> None:
    now = int(store.present().timestamp())
    with store._database.read() as connection:
        if found := rules.broken(connection, now):
            rule, which = found
            raise Broken(f"{when}: {which}: it does not hold that {rule}")


def _check_balance(send: Send) -> None:
    """Compare the balance with all its transactions, as the API tells both."""
    _, body = send(Ask("GET", "/v1/balance"))
    shown: Counter[str] = Counter()
    told = json.loads(body)
    for one in (*told["available"], *told["pending"]):
        shown[one["currency"]] += one["amount"]
    moved: Counter[str] = Counter()
    after: tuple[tuple[str, str], ...] = ()
    while True:
        form = (("limit", "100"), *after)
        _, body = send(Ask("GET", "/v1/balance_transactions", form))
        page = json.loads(body)
        for one in page["data"]:
            moved[one["currency"]] += one["net"]
        if not page["has_more"]:
            break
        after = (("starting_after", page["data"][-1]["id"]),)
    wrong = {one for one in {*shown, *moved} if shown[one] != moved[one]}
    if wrong:
        said = {one: (shown[one], moved[one]) for one in wrong}
        raise Broken(f"at the end: balance and its transactions: {said}")


def _examine(store: Store, when: str) -> None:
    """Ask the doctor, who finds what waits though nothing keeps it waiting, too."""
    if findings := store.examine():
        raise Broken(f"{when}: {findings[0]}")


def _check_end(store: Store) -> None:
    _examine(store, "at the end")
    _check_store(store, WHEN_ALL_IS_OVER, "at the end")


def _note(played: Played, ask: Ask, status: int, body: str) -> None:
    if status >= REFUSED:
        return
    if found := ROUTES.find(ask.method, ask.path):
        played.done[found[0].method, found[0].path] += 1
    method = dict(ask.form).get("payment_method")
    if method and '"latest_charge"' in body:
        played.methods[method] += 1
