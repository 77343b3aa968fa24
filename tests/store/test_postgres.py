"""PostgreSQL holds every rule that SQLite holds, against raw SQL and in races."""

import re
import threading
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from attack_rows import ROWS, Attack, refund
from attacked import stock
from attacks import ATTACKS
from attacks_on_follow_ups import FOLLOWED
from psycopg import errors

import server
from conftest import MONDAY, Funds, Pay
from store import Store, open_store
from store.clock import StandingClock
from store.errors import StoreBusy, StoreUnusable
from store.event import Actor
from store.ids import SeededIds
from store.payment import Customer
from store.search.language import parse
from store.sql.guards import postgres as guards_postgres

ONLY_SQLITE = re.compile(r" OR (IGNORE|REPLACE|FAIL|ROLLBACK|ABORT) ")
ROUNDED = " a fraction"
"""PostgreSQL makes a whole number of one, and the guards see that."""
PLAIN = [
    attack
    for attack in ATTACKS
    if not ONLY_SQLITE.search(attack.sql) and not attack.name.endswith(ROUNDED)
]
EMPTYING = {name for name in guards_postgres.names() if name.endswith("_bt")}
STOPS = (
    psycopg.IntegrityError,
    errors.NumericValueOutOfRange,
    errors.InvalidTextRepresentation,
)

pytestmark = pytest.mark.postgresql


@pytest.fixture(scope="module")
def victim() -> Iterator[tuple[server.Schema, dict[str, str]]]:
    """A store with everything in it that is attacked, and the ids of what is."""
    clock, ids = StandingClock(MONDAY), SeededIds("attacks")
    with server.schema_of_own("attacked") as made:
        with open_store(made.url, clock=clock, ids=ids) as store:
            names = stock(store)
        with made.connect() as connection:
            for sql in (*ROWS, *FOLLOWED):
                connection.execute(named(sql, names))
        yield made, names


def named(sql: str, names: dict[str, str]) -> Any:
    """Return SQL with the store's ids for the names of the attacks."""
    for name, given in names.items():
        sql = sql.replace(f"'{name}'", f"'{given}'")
    return sql


@pytest.mark.parametrize("attack", PLAIN, ids=lambda one: one.name)
def test_is_stopped(
    victim: tuple[server.Schema, dict[str, str]], attack: Attack
) -> None:
    """Whatever raw SQL tries, the guard that SQLite has for it stops it here too."""
    schema, names = victim
    with schema.connect() as connection:
        connection.execute("BEGIN")
        with pytest.raises(STOPS) as stopped:
            connection.execute(named(attack.sql, names))
    context = stopped.value.diag.context or ""
    assert (f"{attack.guard}()" in context) is (attack.guard is not None)


@pytest.mark.parametrize("guard", sorted(EMPTYING))
def test_no_table_is_emptied(
    victim: tuple[server.Schema, dict[str, str]], guard: str
) -> None:
    """TRUNCATE asks no DELETE trigger, and is stopped all the same."""
    table = guard.removesuffix("_bt")
    with victim[0].connect() as connection, pytest.raises(errors.CheckViolation):
        connection.execute(f"TRUNCATE {table} CASCADE")


def test_a_temporary_table_is_no_way_round(
    victim: tuple[server.Schema, dict[str, str]],
) -> None:
    """Guards ask the store's own tables, whatever the session calls by their names."""
    schema, names = victim
    with schema.connect() as connection:
        connection.execute("CREATE TEMP TABLE charge AS SELECT * FROM charge")
        connection.execute("UPDATE pg_temp.charge SET amount_captured = 99999999")
        with pytest.raises(errors.CheckViolation, match="exceeds_remaining"):
            connection.execute(named(refund("3001"), names))


def test_every_guard_stands(store: Store, url: str) -> None:
    """Each guard of SQLite has its twin, and no store is opened without one."""
    assert store.examine() == ()
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
            " WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace"
        ).fetchall()
        assert {name for (name,) in found} == guards_postgres.names()
    for bend in ("DISABLE TRIGGER refund_bi", "ADD COLUMN more text"):
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"ALTER TABLE refund {bend}")
        with pytest.raises(StoreUnusable, match="was altered"):
            open_store(url)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("ALTER TABLE refund ENABLE TRIGGER refund_bi")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ALTER TABLE refund DROP COLUMN more")
    open_store(url).close()


def test_raw_sessions_race_for_one_charge(url: str, pay: Pay, funds: Funds) -> None:
    """Without the store's own lock, the guards alone let exactly 50.00 through."""
    funds()
    charge = pay(5_000).charge
    assert charge is not None
    done: list[str] = []

    def insert(name: str) -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            for number in range(40):
                sql = refund("100", id=f"'re_{name}{number}'", charge=f"'{charge.id}'")
                try:
                    connection.execute(sql)
                except errors.CheckViolation:
                    done.append("refused")
                else:
                    done.append("written")

    racers = [threading.Thread(target=insert, args=(name,)) for name in "abc"]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join(60)
    assert (done.count("written"), done.count("refused")) == (50, 70)
    with psycopg.connect(url) as connection:
        kept = connection.execute(
            "SELECT amount_refunded FROM charge WHERE id = %s", (charge.id,)
        ).fetchone()
    assert kept == (5_000,)


def test_who_waits_too_long_is_told(store: Store, url: str, mia: Actor) -> None:
    """While another session writes, a verb gives up and has done nothing."""
    with psycopg.connect(url) as other:
        other.execute(
            "SELECT pg_advisory_xact_lock("
            "hashtextextended('refund-desk ' || current_schema(), 0))"
        )
        with pytest.raises(StoreBusy, match="Nothing was done"):
            store.topups.create(amount=100, currency="usd", actor=mia)
        assert store.payments.tabs()
    done = store.topups.create(amount=100, currency="usd", actor=mia)
    assert done.money.amount == 100


def test_a_deadlock_is_tried_again(
    store: Store, url: str, pay: Pay, funds: Funds, mia: Actor
) -> None:
    """A session that takes the same rows the other way round costs no refund."""
    funds()
    payment = pay(5_000)
    assert payment.charge is not None
    with psycopg.connect(url) as other:
        other.execute("SET deadlock_timeout = '10s'")
        other.execute(
            "SELECT 1 FROM charge WHERE id = %s FOR UPDATE", (payment.charge.id,)
        )
        made: list[str] = []

        def refunding() -> None:
            done = store.refunds.create(payment_intent=payment.id, actor=mia, key="K")
            made.append(done.refund.status)

        running = threading.Thread(target=refunding)
        running.start()
        wait_until_blocked(url)
        other.execute("UPDATE account SET debits = debits WHERE code = 'available'")
        other.rollback()
        running.join(30)
    assert made == ["succeeded"]
    assert store.examine() == ()


def wait_until_blocked(url: str) -> None:
    """Return when another session waits for a row."""
    with psycopg.connect(url, autocommit=True) as connection:
        while not connection.execute(
            "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            " AND cardinality(pg_blocking_pids(pid)) > 0"
        ).fetchone():
            pass


def test_a_lost_connection_is_replaced(url: str, mia: Actor) -> None:
    """After the server has gone and come back, the next verb works again."""
    with open_store(f"{url}&application_name=lost") as store:
        with psycopg.connect(url, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = 'lost'"
            )
        done = store.topups.create(amount=100, currency="usd", actor=mia)
        assert done.money.amount == 100


def test_text_with_nul_is_kept_visibly(store: Store, mia: Actor) -> None:
    """PostgreSQL's text holds no U+0000; its sign stands for it, and is found by it."""
    store.payment_intents.create(
        amount=500,
        currency="usd",
        customer=Customer("cus_1", "Nul\0l 100%_", "a@example.com"),
        actor=mia,
    )
    (line,) = store.payments.page(parse("nul\0l")).rows
    assert line.name == "Nul␀l 100%_"
    assert store.payments.page(parse("100%_")).rows
    assert not store.payments.page(parse("1000_")).rows


def test_a_part_of_a_name_is_found_by_the_index(store: Store, url: str) -> None:
    """Where the server has trigrams, a search does not read the whole list."""
    assert store.payments.tabs()
    with psycopg.connect(url) as connection:
        connection.execute("SET LOCAL enable_seqscan = off")
        plan = connection.execute(
            "EXPLAIN SELECT 1 FROM payment WHERE search LIKE '%lovelace%'"
        ).fetchall()
    assert "ix_payment_search" in str(plan)
