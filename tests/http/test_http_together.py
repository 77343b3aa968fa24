"""Many clients at once, and other faces at the same store: exact, and seen."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import pytest
import stripe
from serving import Answer, Served, serve

from store.errors import Refused
from store.event import Actor
from store.outcome import RefundOutcome
from store.sql.sqlite import journal

CLIENTS = 64
KIM = Actor("kim")
TRIES, WAITS, TOO_LONG = 10, 4.0, 429
"""A list waits some five seconds for a store that is held, then it is told so."""
LETS_READ = journal(sqlite3.sqlite_version_info)[0] == "WAL"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for the whole file."""
    with serve(tmp_path_factory.mktemp("served")) as one:
        yield one


def pay(api: Any, amount: int) -> Any:
    """Let a customer pay."""
    return api.payment_intents.create(
        {
            "amount": amount,
            "currency": "usd",
            "confirm": True,
            "payment_method": "pm_card_bypassPending",
        }
    )


def test_clients_refund_the_same_charge_together(served: Served) -> None:
    """Just as many get through as the charge can pay, and each only once."""
    charge = pay(served.client().v1, 4000).latest_charge

    def ask(_: int) -> str:
        api = served.client(retries=2).v1
        try:
            made = api.refunds.create({"charge": charge, "amount": 100})
        except stripe.InvalidRequestError as error:
            return str(error.code or error.param)
        return str(made.id)

    with ThreadPoolExecutor(CLIENTS) as clients:
        ends = Counter(clients.map(ask, range(CLIENTS)))
    refused = ends.pop("charge_already_refunded")
    assert refused == CLIENTS - 40
    assert set(ends.values()) == {1}
    assert len(ends) == 40
    told = served.client().v1.charges.retrieve(charge)
    assert (told.amount_refunded, told.refunded) == (4000, True)
    with served.store() as store:
        assert store.examine() == ()


def test_a_desk_and_a_client_refund_the_same_charge(served: Served) -> None:
    """Two processes, one store: never more than was paid."""
    paid = pay(served.client().v1, 1000)

    def at_the_desk() -> int:
        with served.store() as store:
            return sum(
                _went(lambda: store.refunds.create(charge=charge, amount=60, actor=KIM))
                for _ in range(12)
            )

    def over_http() -> int:
        api = served.client(retries=3).v1
        return sum(
            _went(lambda: api.refunds.create({"charge": charge, "amount": 60}))
            for _ in range(12)
        )

    charge = paid.latest_charge
    with ThreadPoolExecutor(2) as both:
        done = [both.submit(at_the_desk), both.submit(over_http)]
    assert sum(one.result() for one in done) == 16
    told = served.client().v1.charges.retrieve(charge)
    assert told.amount_refunded == 960


def _went(act: Any) -> bool:
    """Tell whether a refund was made; one that is refused was not."""
    try:
        return isinstance(act(), (RefundOutcome, stripe.Refund))
    except (Refused, stripe.InvalidRequestError):
        return False


def test_a_store_that_another_process_holds_is_busy(served: Served) -> None:
    """The client is told to ask again, and may."""
    api = served.client().v1
    charge = pay(api, 1000).latest_charge
    holder = sqlite3.connect(served.file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(stripe.RateLimitError) as caught:
            api.refunds.create({"charge": charge})
        assert api.charges.retrieve(charge).amount_refunded == 0
    finally:
        holder.close()
    error: Any = caught.value
    assert error.http_status == 429
    assert error.json_body["error"]["code"] == "lock_timeout"
    assert error.user_message == (
        "This object cannot be accessed right now because another API request or "
        "Stripe process is currently accessing it. If you see this error "
        "intermittently, retry the request."
    )
    assert error.headers["stripe-should-retry"] == "true"
    assert api.refunds.create({"charge": charge}).amount == 1000


def test_a_key_outlives_the_server(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Even where it ended between doing and replying: nothing is done twice."""
    folder = tmp_path_factory.mktemp("restarted")
    with serve(folder) as first:
        charge = pay(first.client().v1, 1000).latest_charge
        body = f"charge={charge}&amount=100"
        done = first.raw("POST", "/v1/refunds", body, Idempotency_Key="once")
    with serve(folder) as second:
        again = second.raw("POST", "/v1/refunds", body, Idempotency_Key="once")
        assert (again.body, again.headers["idempotent-replayed"]) == (done.body, "true")
        with closing(sqlite3.connect(second.file)) as behind:
            behind.execute("DELETE FROM reply")
            behind.commit()
        again = second.raw("POST", "/v1/refunds", body, Idempotency_Key="once")
        assert again.body["id"] == done.body["id"]
        assert again.headers["idempotent-replayed"] == "true"
        told = second.raw("GET", f"/v1/charges/{charge}").body
    assert told["amount_refunded"] == 100


@pytest.mark.skipif(LETS_READ, reason="this SQLite reads while others write")
def test_reading_waits_for_whoever_is_writing(served: Served) -> None:
    """A list that finds the store locked is answered when it is not any more."""
    made = pay(served.client().v1, 4000)
    for _ in range(TRIES):
        held, answer = held_while_asked(served)
        if answer.status != TOO_LONG or held < WAITS:
            break  # else this machine stood still for longer than a list waits
    assert [one["id"] for one in answer.body["data"]] == [made.id]


def held_while_asked(served: Served) -> tuple[float, Answer]:
    """Ask for a list of a store that is held; return for how long it was, and the list.

    Whoever asks for nothing of the store is answered meanwhile.
    """
    with closing(sqlite3.connect(served.file, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        since = time.monotonic()
        with ThreadPoolExecutor(1) as other:
            asked = other.submit(served.raw, "GET", "/v1/payment_intents?limit=1")
            time.sleep(0.3)
            assert not asked.done()
            assert served.raw("GET", "/v1/nothing").status == 404
            holder.execute("ROLLBACK")
            return time.monotonic() - since, asked.result(60)
