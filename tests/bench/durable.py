"""Print how many durable refunds a second the store makes, and what SQL alone would.

python tests/bench/durable.py [REFUNDS] [ROUNDS] — refunds REFUNDS (300) payments
through `Store` and, on a copy of the same file, writes the very same rows with bare
sqlite3 transactions; both sides in turn, ROUNDS times (5). Where the tests find a
PostgreSQL server, the same refunds are made there too.
"""

import os
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # first: it has store

import server
from store import Store, open_store
from store.clock import RunningClock, StandingClock
from store.event import Actor
from store.ids import RandomIds
from store.sql.sqlite import journal

ADA = Actor("bench")
WORTH = 1_000
BY_COLUMN = {
    "refund": "key",
    "event": "key",
    "idempotency": "key",
    "reply": "key",
    "posting": "source",
    "balance_transaction": "source",
    "due": "object_id",
}
"""The tables that a refund adds rows to, and the column that says to which refund."""

Statement = tuple[str, tuple[object, ...]]


@dataclass(frozen=True)
class Took:
    """What a number of refunds cost."""

    wall: float
    processor: float

    @classmethod
    def since(cls, wall: float, processor: float) -> "Took":
        """Return what was spent since then."""
        return cls(time.perf_counter() - wall, time.process_time() - processor)


def opened(url: str) -> Store:
    """Open a store whose clock stands, so that nothing else happens in it."""
    return open_store(url, clock=StandingClock(RunningClock().now()), ids=RandomIds())


def filled(url: str, number: int) -> list[str]:
    """Fill a store with payments and a balance; return the payments."""
    with opened(url) as store:
        store.topups.create(amount=90_000_000, currency="usd", actor=ADA)
        return [
            store.payment_intents.create(
                amount=5_000, currency="usd", actor=ADA
            ).payment.id
            for _ in range(number)
        ]


def through_store(url: str, payments: list[str]) -> Took:
    """Refund a part of every payment; the key of each is the payment's id."""
    with opened(url) as store:
        wall, processor = time.perf_counter(), time.process_time()
        for one in payments:
            store.refunds.create(payment_intent=one, amount=WORTH, actor=ADA, key=one)
        return Took.since(wall, processor)


def rows_of(path: Path, payments: list[str]) -> list[list[Statement]]:
    """Return, for each refund, the statements that write the rows it wrote."""
    with sqlite3.connect(path) as connection:
        connection.row_factory = sqlite3.Row
        return [list(_rows(connection, one)) for one in payments]


def _rows(connection: sqlite3.Connection, payment: str) -> Iterator[Statement]:
    find = "SELECT id FROM refund WHERE key = ?"
    (refund,) = connection.execute(find, (payment,)).fetchone()
    for table, column in BY_COLUMN.items():
        of = payment if column == "key" else refund
        query = f"SELECT * FROM {table} WHERE {column} = ?"
        for row in connection.execute(query, (of,)):
            yield _insert(table, row)
    listed = "SELECT * FROM payment WHERE id = ?"
    yield _update("payment", connection.execute(listed, (payment,)).fetchone())


def _insert(table: str, row: sqlite3.Row) -> Statement:
    columns = ", ".join(f'"{name}"' for name in row.keys())  # noqa: SIM118 - a Row
    marks = ", ".join("?" for _ in row)
    return f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(row)


def _update(table: str, row: sqlite3.Row) -> Statement:
    columns = ", ".join(f'"{name}" = ?' for name in row.keys())  # noqa: SIM118 - a Row
    return f"UPDATE {table} SET {columns} WHERE seq = ?", (*row, row["seq"])


def bare(path: Path, refunds: list[list[Statement]]) -> Took:
    """Write those rows, one transaction a refund, as durably as the store does."""
    mode, level = journal(sqlite3.sqlite_version_info)
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in (f"journal_mode={mode}", f"synchronous={level}", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("PRAGMA recursive_triggers=ON")
    wall, processor = time.perf_counter(), time.process_time()
    for statements in refunds:
        connection.execute("BEGIN IMMEDIATE")
        for sql, values in statements:
            connection.execute(sql, values)
        connection.execute("COMMIT")
    took = Took.since(wall, processor)
    connection.close()
    return took


def same(one: Path, other: Path) -> bool:
    """Tell whether two files hold the same refunds and events."""
    found = []
    for path in (one, other):
        with sqlite3.connect(path) as connection:
            found.append(
                [
                    connection.execute(f"SELECT * FROM {table}").fetchall()
                    for table in (*BY_COLUMN, "account", "charge", "payment")
                ]
            )
    return found[0] == found[1]


def main() -> None:
    """Measure both sides in turn, print medians and their ratio."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    ours: list[Took] = []
    theirs: list[Took] = []
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as folder:
        start, a, b = (Path(folder) / name for name in ("start.db", "a.db", "b.db"))
        payments = filled(f"sqlite:///{start}", number)
        for _ in range(rounds):
            shutil.copy(start, a)
            shutil.copy(start, b)
            ours.append(through_store(f"sqlite:///{a}", payments))
            theirs.append(bare(b, rows_of(a, payments)))
            if not same(a, b):
                sys.exit("The two sides did not write the same rows.")
    print(f"{number} durable refunds, {rounds} rounds, medians ({os.cpu_count()} CPUs)")
    for what in ("wall", "processor"):
        mine, yours = ([getattr(t, what) for t in side] for side in (ours, theirs))
        tell(what, mine, yours, number)
    if not server.absent():
        served = [on_server(number) for _ in range(rounds)]
        tell("wall, PostgreSQL", served, [t.wall for t in theirs], number)


def on_server(number: int) -> float:
    """Make as many refunds on PostgreSQL, in a schema of their own."""
    with server.schema_of_own("bench") as schema:
        payments = filled(schema.url, number)
        return through_store(schema.url, payments).wall


def tell(what: str, ours: list[float], theirs: list[float], number: int) -> None:
    """Print what one refund takes on both sides, the rate, and the ratio."""
    mine, yours = statistics.median(ours) / number, statistics.median(theirs) / number
    print(
        f"{what}: {mine * 1000:.2f} ms a refund ({1 / mine:,.0f}/s) against "
        f"{yours * 1000:.2f} ms bare ({1 / yours:,.0f}/s), ratio {mine / yours:.2f}"
    )


if __name__ == "__main__":
    main()
