"""How answers are quick: shared commits, which lose nothing, and none held back."""

from __future__ import annotations

import socket
import threading
from http.client import HTTPException
from pathlib import Path

from receiving import until
from serving import Served, free_port, serve

from store.cli.options import Typed
from store.cli.serve import _listening

CLIENTS = 8
ENOUGH = 40
WORTH = 100_000


def refund_on(served: Served, payment: str, mine: int, answered: list[str]) -> None:
    """Refund a cent after another until the server is gone; note what was answered."""
    for number in range(1000):
        body = f"payment_intent={payment}&amount=1"
        key = f"{mine}-{number}"
        try:
            told = served.raw("POST", "/v1/refunds", body, Idempotency_Key=key)
        except (OSError, HTTPException):
            return
        if told.status != 200:
            return
        answered.append(told.body["id"])


def test_what_was_answered_outlasts_a_killed_server(tmp_path: Path) -> None:
    """Every refund that any of several clients was answered."""
    answered: list[str] = []
    with serve(tmp_path) as served:
        paid = served.client().v1.payment_intents.create(
            {
                "amount": WORTH,
                "currency": "usd",
                "confirm": True,
                "payment_method": "pm_card_bypassPending",
            }
        )
        threads = [
            threading.Thread(target=refund_on, args=(served, paid.id, mine, answered))
            for mine in range(CLIENTS)
        ]
        for one in threads:
            one.start()
        until(lambda: len(answered) >= ENOUGH)
        served.kill()
        for one in threads:
            one.join(30)
    with served.store() as store:
        assert store.examine() == ()
        for refund in answered:
            assert store.refunds.retrieve(refund).money.amount == 1
        charge = store.charges.retrieve(str(paid.latest_charge))
        assert 0 <= charge.amount_refunded - len(set(answered)) <= CLIENTS


def test_no_answer_waits_for_the_client_s_word() -> None:
    """A connection that is taken in sends what it has at once."""
    port = free_port()
    with (
        _listening(Typed(api_port=port)) as listening,
        socket.create_connection(("127.0.0.1", port)),
    ):
        taken, _ = listening.accept()
        with taken:
            assert taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
