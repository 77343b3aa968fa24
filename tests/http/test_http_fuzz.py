"""Whatever is asked: never a 500, never a traceback, never an unsound store."""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, MutableMapping
from contextlib import redirect_stderr
from io import StringIO
from itertools import pairwise
from pathlib import Path
from threading import Semaphore
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up import Sent, requests
from starlette.applications import Starlette

from conftest import MONDAY
from store import Store, open_store
from store.clock import StandingClock
from store.customer import About
from store.errors import StoreBusy
from store.event import Actor
from store.http import app as serving
from store.http.app import Door, build
from store.ids import SeededIds

FUZZER = Actor("fuzzer")
PATIENCE = 20.0
REFUSED, SERVER_FAULT = 400, 500


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """A store with a payment of every kind that matters."""
    with tempfile.TemporaryDirectory() as folder:
        clock, ids = StandingClock(MONDAY), SeededIds("fuzz")
        url = f"sqlite:///{Path(folder) / 'fuzzed.db'}"
        with open_store(url, clock=clock, ids=ids) as one:
            one.topups.create(amount=10_000_000, currency="usd", actor=FUZZER)
            for method in ("pm_card_bypassPending", "pm_konbini", "pm_card_visa"):
                one.payment_intents.create(
                    amount=5000, currency="usd", payment_method=method, actor=FUZZER
                )
            one.payment_intents.create(
                amount=700, currency="usd", capture_method="manual", actor=FUZZER
            )
            one.payment_intents.create(
                amount=800,
                currency="usd",
                transfer_data={"destination": "acct_1"},
                application_fee_amount=80,
                actor=FUZZER,
            )
            taken = [intent for intent in one.payment_intents.list() if intent.received]
            for intent in taken:
                one.refunds.create(
                    payment_intent=intent.id,
                    amount=100,
                    instructions_email="a@example.com",
                    actor=FUZZER,
                )
            one.customers.create(About(name="Ada"), actor=FUZZER)
            yield one


@pytest.fixture(scope="module")
def ids(store: Store) -> list[str]:
    """Ids of objects that there are, and some that there are not."""
    return ["re_X", "é", "%", *known_ids(store)]


def known_ids(store: Store) -> list[str]:
    """Return ids of objects of every kind."""
    nouns = (
        *(store.payment_intents, store.charges, store.refunds, store.customers),
        *(store.topups, store.transfers, store.application_fees, store.events),
        *(store.balance_transactions, store.payment_methods),
    )
    return [str(one.id) for noun in nouns for one in noun.list(limit=5)]


async def ask(
    app: Starlette,
    method: str,
    path: str,
    query: bytes,
    body: bytes,
    headers: list[tuple[bytes, bytes]],
) -> tuple[int, bytes]:
    """Send one request straight to the application."""
    sent: list[MutableMapping[str, Any]] = []
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> MutableMapping[str, Any]:
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode("utf-8", "surrogatepass"),
        "query_string": query,
        "root_path": "",
        "headers": [(b"host", b"localhost"), (b"authorization", b"Bearer k"), *headers],
    }
    await app(scope, receive, send)
    return sent[0]["status"], b"".join(one.get("body", b"") for one in sent[1:])


def asked_all(
    store: Store,
    requests: list[Sent],
) -> list[tuple[int, bytes]]:
    """Send requests one after another; return what came back."""

    async def all_() -> list[tuple[int, bytes]]:
        app = build(lambda: _Kept(store), Door())
        async with app.router.lifespan_context(app):
            return [await ask(app, *one) for one in requests]

    return asyncio.run(all_())


class _Kept(Store):
    """A store that outlives the application over it."""

    def __init__(self, store: Store) -> None:
        self.__dict__.update(store.__dict__)

    def close(self) -> None:
        """Stay open."""


def test_no_form_breaks_an_endpoint(store: Store, ids: list[str]) -> None:
    """Every answer is JSON, and below 500; nothing is printed, and the store is sound.

    Requests that are all refused at the door would prove little.
    """
    seen: Counter[tuple[str, int]] = Counter()

    @settings(max_examples=60)
    @given(wanted=st.lists(requests(ids), min_size=1, max_size=12))
    def ask_all(wanted: list[Sent]) -> None:
        with redirect_stderr(StringIO()) as printed:
            answers = asked_all(store, wanted)
        assert printed.getvalue() == ""
        for request, (status, body) in zip(wanted, answers, strict=True):
            assert status < SERVER_FAULT, (request, body)
            assert ("error" in json.loads(body)) == (status >= REFUSED), request
            seen[request[0], status] += 1

    ask_all()
    done = sum(number for (_, status), number in seen.items() if status < REFUSED)
    assert done > seen.total() // 5
    assert seen["POST", 200] > 3
    assert store.examine() == ()


@settings(max_examples=100)
@given(
    method=st.sampled_from(("GET", "POST", "DELETE", "HEAD", "OPTIONS", "X")),
    path=st.text(max_size=40).map(lambda text: f"/v1/refunds/{text}"),
    query=st.binary(max_size=60),
    body=st.binary(max_size=200),
    headers=st.lists(
        st.tuples(
            st.sampled_from(
                (b"idempotency-key", b"stripe-version", b"content-type", b"x-a")
            ),
            st.binary(max_size=20),
        ),
        max_size=4,
    ),
)
def test_no_bytes_break_the_server(
    store: Store,
    method: str,
    path: str,
    query: bytes,
    body: bytes,
    headers: list[tuple[bytes, bytes]],
) -> None:
    """Whatever comes over the wire is answered below 500."""
    ((status, _),) = asked_all(store, [(method, path, query, body, headers)])
    assert status < SERVER_FAULT


class _Worn(_Kept):
    """A store whose time does not pass, for a reason that nobody knows."""

    def __init__(self, store: Store, why: Exception) -> None:
        super().__init__(store)
        self.why, self.asked = why, Semaphore(0)
        self.times: list[float] = []

    def advance(self, *_: object, **__: object) -> int:
        """Fail as it was told to."""
        self.times.append(time.monotonic())
        self.asked.release()
        raise self.why


@pytest.mark.parametrize(
    ("why", "is_told"),
    [(StoreBusy("held"), False), (ZeroDivisionError("SECRET"), True)],
)
def test_a_world_that_breaks_is_told_and_requests_are_answered(
    store: Store, monkeypatch: pytest.MonkeyPatch, why: Exception, *, is_told: bool
) -> None:
    """A busy store is nothing to speak of; a fault is, by its place alone."""
    worn = _Worn(store, why)
    monkeypatch.setattr(serving, "_ASKED_EVERY", 0.001)

    async def ask_twice() -> list[int]:
        app = build(lambda: worn, Door())
        async with app.router.lifespan_context(app):
            for _ in range(2):
                assert await asyncio.to_thread(worn.asked.acquire, timeout=PATIENCE)
            return [(await ask(app, "GET", "/v1/balance", b"", b"", []))[0]]

    with redirect_stderr(StringIO()) as printed:
        assert asyncio.run(ask_twice()) == [200]
    assert ("broke:" in printed.getvalue()) == is_told
    assert bool(printed.getvalue()) == is_told
    assert "SECRET" not in printed.getvalue()


def test_a_world_that_breaks_each_time_is_asked_less_and_less(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that what broke is not told each second; it is never given up."""
    worn = _Worn(store, ZeroDivisionError())
    monkeypatch.setattr(serving, "_ASKED_EVERY", 0.01)
    monkeypatch.setattr(serving, "_ASKED_AT_LEAST", 0.16)

    async def wait() -> None:
        app = build(lambda: worn, Door())
        async with app.router.lifespan_context(app):
            for _ in range(7):
                assert await asyncio.to_thread(worn.asked.acquire, timeout=PATIENCE)

    with redirect_stderr(StringIO()):
        asyncio.run(wait())
    pauses = [after - before for before, after in pairwise(worn.times)]
    least = (0.02, 0.04, 0.08, 0.16, 0.16, 0.16)
    assert all(took > 0.9 * wanted for took, wanted in zip(pauses, least, strict=False))
