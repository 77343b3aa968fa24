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
from story_request import Ask, Known
from story_rules import ALWAYS, WHEN_ALL_IS_OVER, WHEN_TIME_HAS_PASSED, Rules

from conftest import MONDAY
from store import Store, open_store
from store.clock import StandingClock
from store.event import Actor
from store.http.app import Door, build
from store.http.endpoints import ROUTES
from store.ids import SeededIds

REFUSED, SERVER_FAULT = 400, 500
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


async def _sent(app: Starlette, ask: Ask, known: Known) -> tuple[int, str]:
    """Send one request straight to the application."""
    form = urlencode([(name, known.named(value)) for name, value in ask.form]).encode()
    reads = ask.method == "GET"
    answer: list[MutableMapping[str, Any]] = []
    waiting = [{"type": "http.request", "body": b"" if reads else form}]

    async def receive() -> MutableMapping[str, Any]:
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        answer.append(message)

    path = known.named(ask.path)
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
        "path": path,
        "raw_path": path.encode(),
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
        known = Known(store)
        for number, ask in enumerate(asks, 1):
            with redirect_stderr(StringIO()) as printed:
                status, body = runner.run(_sent(app, ask, known))
            _check_answer(ask, status, body, printed.getvalue())
            _check_after(store, ask)
            if number % EXAMINED_EVERY == 0:
                _examine(store, f"after {ask}")
            known.learn(body)
            _note(played, ask, status, body, known)
        for _ in range(2):
            last = Ask("POST", "/v1/test_helpers/advance", (("by", "60d"),))
            status, body = runner.run(_sent(app, last, known))
            _check_answer(last, status, body, "")
            _check_after(store, last)
        _check_balance(lambda asked: runner.run(_sent(app, asked, known)))
        _check_end(store)
    return played


def _check_answer(ask: Ask, status: int, body: str, printed: str) -> None:
    if status >= SERVER_FAULT or printed:
        raise Broken(f"{ask}: answered {status} {body} {printed}")
    if ask.path.endswith("/advance") and ask.form and status >= REFUSED:
        raise Broken(f"{ask}: time does not pass: {body}")
    if '"set_aside": [{' in body:
        raise Broken(f"{ask}: the outside world broke: {body}")
    if ("error" in json.loads(body)) != (status >= REFUSED):
        raise Broken(f"{ask}: answered {status} {body}")


def _check_after(store: Store, ask: Ask) -> None:
    """Check the store after a request, where it may have changed anything."""
    if ask.method == "GET":
        return
    _check_store(store, ALWAYS, f"after {ask}")
    if ask.path.endswith("/advance"):
        _check_store(store, WHEN_TIME_HAS_PASSED, f"after {ask}")


def _check_store(store: Store, rules: Rules, when: str) -> None:
    now = int(store.present().timestamp())
    with store._database.read() as connection:
        if found := rules.broken(connection, now):
            rule, which = found
            raise Broken(f"{when}: {which}: it does not hold that {rule}")


def _check_balance(send: Callable[[Ask], tuple[int, str]]) -> None:
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


def _note(played: Played, ask: Ask, status: int, body: str, known: Known) -> None:
    if status >= REFUSED:
        return
    if found := ROUTES.find(ask.method, known.named(ask.path)):
        played.done[found[0].method, found[0].path] += 1
    method = dict(ask.form).get("payment_method")
    if method and '"latest_charge"' in body:
        played.methods[known.named(method)] += 1
