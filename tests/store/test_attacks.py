"""Raw SQL cannot break the rules either: each guard stops what it is there for."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from attack_rows import ROWS, Attack, charge, posting, refund
from attacked import stock
from attacks import ATTACKS
from attacks_on_follow_ups import FOLLOWED

from conftest import MONDAY
from store import open_store
from store.clock import StandingClock
from store.errors import StoreUnusable
from store.ids import SeededIds
from store.sql.audit import INVARIANTS
from store.sql.guards.core import TRIGGERS

Run = Callable[[str], list[tuple[object, ...]]]


@dataclass(frozen=True)
class Victim:
    """A closed store, and the ids that the names of the attacks stand for."""

    path: Path
    names: dict[str, str]

    def named(self, sql: str) -> str:
        """Return SQL with the store's ids for the names of the attacks."""
        for name, given in self.names.items():
            sql = sql.replace(f"'{name}'", f"'{given}'")
        return sql


@pytest.fixture(scope="module")
def victim(tmp_path_factory: pytest.TempPathFactory) -> Victim:
    """A store with everything in it that is attacked."""
    path = tmp_path_factory.mktemp("attacks") / "desk.db"
    clock, ids = StandingClock(MONDAY), SeededIds("attacks")
    with open_store(f"sqlite:///{path}", clock=clock, ids=ids) as store:
        names = stock(store)
    made = Victim(path, names)
    connection = sqlite3.connect(path, isolation_level=None)
    for sql in (*ROWS, *FOLLOWED):
        connection.execute(made.named(sql))
    connection.close()
    return made


@pytest.fixture
def raw(victim: Victim, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A copy of the store, opened as an attacker would: no pragma keeps it safe."""
    path = tmp_path / "desk.db"
    shutil.copy(victim.path, path)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    yield connection
    connection.close()


@pytest.fixture
def run(raw: sqlite3.Connection, victim: Victim) -> Run:
    """Run SQL in which the names of the attacks stand for the store's ids."""

    def running(sql: str) -> list[tuple[object, ...]]:
        return raw.execute(victim.named(sql)).fetchall()

    return running


def state(connection: sqlite3.Connection) -> list[str]:
    """Return every row that the database holds."""
    return [
        line
        for line in connection.iterdump()
        if line.startswith("INSERT") and "sqlite_" not in line
    ]


def strike(run: Run, attack: Attack) -> None:
    """Try an attack; only being stopped by a rule is expected."""
    try:
        run(attack.sql)
    except sqlite3.IntegrityError:
        return


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda one: one.name)
def test_is_stopped(raw: sqlite3.Connection, run: Run, attack: Attack) -> None:
    """Whatever is tried, the store holds what it held before."""
    before = state(raw)
    strike(run, attack)
    assert state(raw) == before


STOPPING = sorted({attack.guard for attack in ATTACKS if attack.guard})


@pytest.mark.parametrize("guard", STOPPING)
def test_each_guard_is_needed(raw: sqlite3.Connection, run: Run, guard: str) -> None:
    """Where one guard is gone, one of its attacks gets through."""
    before = state(raw)
    run(f"DROP TRIGGER {guard}")
    for attack in ATTACKS:
        if attack.guard == guard:
            strike(run, attack)
    assert state(raw) != before


FOUND = "SELECT count(*) FROM payment_text WHERE payment_text MATCH '\"zzz\"'"
PAYMENT = "UPDATE payment SET {what} WHERE charge = 'CHARGE'"
COPY = (
    "INSERT INTO payment (id, created, badge, amount, currency, milli, refunded,"
    " failed_refunds, method, version, search) SELECT 'pi_new', created, badge, amount,"
    " currency, milli, refunded, failed_refunds, method, version, 'zzz' FROM payment"
    " WHERE charge = 'CHARGE'"
)
ELSEWHERE = "UPDATE charge SET reported_refunded = 2500 WHERE id = 'CHARGE'"
ENDS = "UPDATE refund SET status = 'failed', failure_reason = 'unknown'"
KEPT = {
    "refund_ai": (refund("1000"),),
    "refund_au": (f"{ENDS} WHERE id = 'REFUND'",),
    "refund_fails": (refund(status="'failed'", failure_reason="'unknown'"),),
    "refund_failed": (f"{ENDS} WHERE id = 'REFUND'",),
    "charge_ai": (charge(reported_refunded="7"),),
    "charge_reported": (ELSEWHERE,),
    "posting_ai": (posting(),),
    "payment_ai": (COPY,),
    "payment_badge": (PAYMENT.format(what="badge = 'failed'"),),
    "payment_search": (PAYMENT.format(what="search = 'zzz'"),),
    "payment_ad": (COPY, "DELETE FROM payment WHERE id = 'pi_new'"),
}
"""Guards that keep sums, counters and the text index in step, and what moves them."""
DERIVED = tuple(
    query
    for rule, query in INVARIANTS.items()
    if rule
    in (
        "refunds add up to what the charge says was refunded",
        "every account is the sum of its postings",
        "every tab counts what it holds",
        "every refund that failed is in the inbox once",
    )
)


def in_step(run: Run) -> bool:
    """Tell whether everything derived is what its rows make of it."""
    rows = run("SELECT count(*) FROM payment WHERE search LIKE '%zzz%'")
    reported = run("SELECT id FROM charge WHERE amount_refunded < reported_refunded")
    broken = [found for query in DERIVED for found in run(query)]
    return not broken and not reported and run(FOUND) == rows


@pytest.mark.parametrize("guard", KEPT)
@pytest.mark.parametrize("there", [True, False])
def test_what_is_derived_stays_in_step(run: Run, guard: str, *, there: bool) -> None:
    """Sums follow every row, even one written by hand, while the guard is there."""
    assert len(DERIVED) == 4
    if not there:
        run(f"DROP TRIGGER {guard}")
    for sql in KEPT[guard]:
        run(sql)
    assert in_step(run) is there


def test_every_guard_is_tested() -> None:
    """No guard stands without an attack that it stops or a sum that it keeps."""
    assert sorted({*STOPPING, *KEPT}) == sorted(TRIGGERS)


@pytest.mark.sqlite
def test_a_store_without_a_guard_is_not_opened(url: str, run: Run) -> None:
    """A missing or a softened guard is noticed; put back, all is well."""
    for name, sql in TRIGGERS.items():
        run(f"DROP TRIGGER {name}")
        with pytest.raises(StoreUnusable, match="was altered"):
            open_store(url)
        run(sql)
    run("DROP TRIGGER refund_bd")
    run("CREATE TRIGGER refund_bd BEFORE DELETE ON refund BEGIN SELECT 1; END")
    with pytest.raises(StoreUnusable, match="was altered"):
        open_store(url)
    run("DROP TRIGGER refund_bd")
    run(TRIGGERS["refund_bd"])
    with open_store(url) as sound:
        assert sound.examine() == ()
