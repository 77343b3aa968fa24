"""Print how many refunds a second a bulk refund makes, against one after another.

python tests/bench/bulk.py [PAYMENTS] [SINGLES] — refunds SINGLES (500) payments one by
one through `Store`, then PAYMENTS (10,000) in bulk, each in a fresh durable store, and
prints the rates, their ratio and the longest transaction. With --postgres the same on
the server where the tests find one.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # first: it has store

from durable import ADA, opened

import server
from store import Store
from store.bulk import Bulk, BulkState, ItemState

WORTH = 5_000
PURSE = 90_000_000
"""One top-up; as many are made as the refunds need."""


def fill(store: Store, number: int) -> list[str]:
    """Fill a store with payments and a balance that covers them."""
    for _ in range(1 + number * WORTH // PURSE):
        store.topups.create(amount=PURSE, currency="usd", actor=ADA)
    return [
        store.payment_intents.create(amount=WORTH, currency="usd", actor=ADA).payment.id
        for _ in range(number)
    ]


def one_by_one(store: Store, payments: list[str]) -> float:
    """Refund payments with a transaction each; return how many a second."""
    begun = time.perf_counter()
    for one in payments:
        store.refunds.create(payment_intent=one, actor=ADA, key=f"single {one}")
    return len(payments) / (time.perf_counter() - begun)


def in_bulk(store: Store, payments: list[str]) -> tuple[float, list[float], Bulk]:
    """Refund payments in bulk; return how many a second, and what each step took."""
    begun = time.perf_counter()
    plan = store.bulk.plan(payments=payments, reason="duplicate")
    planned = time.perf_counter()
    bulk = store.bulk.start(plan, actor=ADA)
    started = time.perf_counter()
    steps: list[float] = []
    while bulk.state is BulkState.RUNNING:
        since = time.perf_counter()
        bulk = store.bulk.run(bulk.id, actor=ADA)
        steps.append(time.perf_counter() - since)
    print(
        f"  plan {1000 * (planned - begun):,.0f} ms, start"
        f" {1000 * (started - planned):,.0f} ms,"
        f" {len(steps):,} transactions, of {1000 * statistics.median(steps):.0f} ms"
        " in the middle"
    )
    return len(payments) / (time.perf_counter() - started), steps, bulk


def measure(url: str, number: int, singles: int) -> None:
    """Refund both ways in one store, in turn, and print what that took."""
    with opened(url) as store:
        payments = fill(store, number + 2 * singles)
        before = one_by_one(store, payments[:singles])
        rate, steps, bulk = in_bulk(store, payments[2 * singles :])
        after = one_by_one(store, payments[singles : 2 * singles])
        if bulk.counts[ItemState.SENT] != number:
            sys.exit("Not every payment was refunded.")
    single = statistics.mean((before, after))
    print(
        f"  {rate:,.0f} refunds a second in bulk, {single:,.0f} one by one:"
        f" ratio {rate / single:.2f}; longest transaction"
        f" {1000 * max(steps):.0f} ms"
    )


def main() -> None:
    """Measure on a file, and on the server where it is asked for."""
    words = [one for one in sys.argv[1:] if not one.startswith("--")]
    number = int(words[0]) if words else 10_000
    singles = int(words[1]) if len(words) > 1 else 500
    print(f"{number:,} payments in bulk, {os.cpu_count()} CPUs")
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as folder:
        print("SQLite:")
        measure(f"sqlite:///{folder}/desk.db", number, singles)
    if "--postgres" in sys.argv and not server.absent():
        print("PostgreSQL:")
        with server.schema_of_own("bulk") as schema:
            measure(schema.url, number, singles)


if __name__ == "__main__":
    main()
