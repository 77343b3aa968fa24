"""However large the store is: what a screen asks is answered from an index."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from failing import fail
from sqlalchemy import event

from conftest import Funds, Later, Pay
from store import Store
from store.event import Actor
from store.lists.page import Cursor

pytestmark = pytest.mark.sqlite
HERE = Cursor(1_772_500_000, 5)
LARGE = {
    *("event", "balance_transaction", "refund", "charge", "payment", "follow_up"),
    *("webhook_delivery", "transfer_reversal", "fee_refund"),
}
SCAN = re.compile(r"SCAN (\w+)(?! .*USING (COVERING )?INDEX)")


ASKED: dict[str, Callable[[Store], object]] = {
    "failed": lambda store: store.refunds.failed(after=Cursor(9, 9)),
    "done": lambda store: store.refunds.failed(done=True, after=Cursor(9, 9)),
    "count": lambda store: store.refunds.failed_count(),
    "types": lambda store: store.events.log(type="refund.", after=HERE),
    "actor": lambda store: store.events.log(actor="mia", after=HERE),
    "both": lambda store: store.events.log(actor="bank", type="charge."),
    "object": lambda store: store.events.log(object="pi_1", type="refund."),
    "movements": lambda store: store.balance_transactions.movements(
        currency="usd", after=Cursor(HERE.key, HERE.seq, 0)
    ),
    "kind": lambda store: store.balance_transactions.movements(
        currency="usd", kind="refund", after=HERE
    ),
    "holder": lambda store: store.balance_transactions.list(holder="acct_1"),
    "flows": lambda store: store.balance_transactions.flows(currency="usd"),
    "sheet": lambda store: store.balance_sheet(),
    "recent": lambda store: store.payments.recent_refunds(
        store.payments.page().rows[0].id
    ),
    "reference": lambda store: store.payments.by_reference("687903"),
    "notes": lambda store: store.notes.of(store.payments.page().rows[0].id),
    "detail": lambda store: store.payments.detail(store.payments.page().rows[0].id),
    "webhooks": lambda store: store.webhooks.pending(store.events.list(limit=3).data),
    "answer": lambda store: store.answer("k"),
}


@pytest.mark.parametrize("name", ASKED)
def test_no_table_is_read_whole(
    store: Store, pay: Pay, funds: Funds, later: Later, name: str
) -> None:
    """Every statement finds its rows by an index, or by their sequence number."""
    store.webhook_endpoints.create(
        url="http://127.0.0.1:1/", enabled_events=["*"], actor=Actor("mia")
    )
    funds()
    fail(store, pay, later)
    asked: list[tuple[str, Any]] = []
    engine = store._database._reached.engine

    def note(_c: object, _k: object, sql: str, given: Any, *_: object) -> None:
        asked.append((sql, given))

    event.listen(engine, "before_cursor_execute", note)
    try:
        ASKED[name](store)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    read = [one for one in asked if one[0].lstrip().startswith(("SELECT", "WITH"))]
    assert read
    with store._database.read() as connection:
        for sql, given in read:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", given)
            whole = {m[1] for row in plan if (m := SCAN.search(str(row[3])))}
            assert not whole & LARGE, sql
