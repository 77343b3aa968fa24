"""Every state of every object against everything that can happen to it."""

import sqlite3
from collections.abc import Iterator
from itertools import product

import pytest

from conftest import ADA, FUNDED, MONDAY
from store import open_store
from store.capture import Capture, why_not_capture
from store.clock import StandingClock
from store.event import Actor
from store.ids import SeededIds
from store.method import Method
from store.money import Money
from store.moves import (
    MOVES,
    NEW,
    Kind,
    What,
    after,
    begins,
    states,
    status,
    transitions,
)
from store.payment import ChargeStatus, Intent, IntentStatus, Payment
from store.payment import why_not_cancel as why_not_cancel_payment
from store.refund import PendingReason, Refund, RefundStatus, why_not_cancel
from store.sql.guards.core import TRIGGERS

STATUSES: dict[Kind, set[RefundStatus] | set[IntentStatus] | set[ChargeStatus]] = {
    Kind.REFUND: set(RefundStatus),
    Kind.PAYMENT_INTENT: set(IntentStatus),
    Kind.CHARGE: set(ChargeStatus),
}
PAIRS = [
    (kind, state, what)
    for kind in Kind
    for state, what in product(sorted(states(kind)), What)
]
CHANGES = [
    (kind, src, dst)
    for kind in Kind
    if kind is not Kind.REVIEW
    for src, dst in product(sorted({status(one) for one in states(kind)}), repeat=2)
    if src != dst
]
ENDS = {
    Kind.REFUND: {"failed", "canceled"},
    Kind.PAYMENT_INTENT: {"succeeded", "canceled"},
    Kind.CHARGE: {"succeeded/captured", "failed"},
    Kind.DISPUTE: {"won", "lost", "warning_closed", "prevented"},
    Kind.TOPUP: {"failed", "canceled", "reversed"},
    Kind.REVIEW: {"closed"},
    Kind.BULK: set(),
    Kind.BULK_ITEM: {"sent", "held", "stale", "skipped"},
}


@pytest.mark.parametrize("kind", Kind)
def test_every_state_can_be_reached_and_ends(kind: Kind) -> None:
    """Something leads to each of them, and nothing leads out of an end."""
    reached = {one.dst for one in MOVES if one.kind is kind and one.src == NEW}
    while (
        more := {one.dst for one in MOVES if one.kind is kind and one.src in reached}
        - reached
    ):
        reached |= more
    assert reached == states(kind)
    leaves = {one.src for one in MOVES if one.kind is kind}
    assert states(kind) - leaves == ENDS[kind]


@pytest.mark.parametrize("kind", STATUSES)
def test_the_table_knows_every_status(kind: Kind) -> None:
    """A status that the rules know and the table does not could never be left."""
    assert {status(one) for one in states(kind)} == {str(s) for s in STATUSES[kind]}


def test_no_move_is_listed_twice() -> None:
    """One row each."""
    assert len(set(MOVES)) == len(MOVES)
    assert all(status(one.src) or one.src == NEW for one in MOVES)
    assert begins() >= {(Kind.REFUND, "succeeded"), (Kind.TOPUP, "succeeded")}


def refund_in(state: str) -> Refund:
    """Return a refund that stands so."""
    name, _, why = state.partition("/")
    return Refund(
        "re_1",
        Money(500, "usd"),
        RefundStatus(name),
        MONDAY,
        "ch_1",
        pending_reason=PendingReason(why) if why else None,
    )


@pytest.mark.parametrize(("kind", "state", "what"), PAIRS)
def test_the_rules_follow_the_table(kind: Kind, state: str, what: What) -> None:
    """What may be done to an object in a state is what the table says, no more."""
    legal = bool(after(kind, state, what))
    if kind is Kind.REFUND:
        refund = refund_in(state)
        assert refund.state == state
        assert refund.may(what) is legal
        if what is What.CANCEL:
            card = Method("card", "visa")
            assert (why_not_cancel(refund, card, MONDAY) is None) is legal
    if kind is Kind.PAYMENT_INTENT:
        debit = ("us_bank_account",)
        amount = Money(500, "usd")
        intent = Intent(
            "pi_1", amount, IntentStatus(state), MONDAY, 500, method_types=debit
        )
        if what is What.CANCEL:
            payment = Payment("pi_1", intent, None)
            by_api = why_not_cancel_payment(payment, by_console=False)
            assert (by_api is None) is legal
        if what is What.CAPTURE:
            assert (why_not_capture(intent, Capture()) is None) is legal
    assert legal == any(
        (one.kind, one.src, one.what) == (kind, state, what) for one in MOVES
    )


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """A store with one object of each kind, its files open to raw SQL."""
    path, mia = tmp_path_factory.mktemp("moves") / "desk.db", Actor("mia")
    clock, ids = StandingClock(MONDAY), SeededIds("moves")
    with open_store(f"sqlite:///{path}", clock=clock, ids=ids) as store:
        store.topups.create(amount=9_000, currency="usd", actor=mia)
        paid = store.payment_intents.create(
            amount=5_000, currency="usd", payment_method=FUNDED, customer=ADA, actor=mia
        ).payment
        store.bulk.start(store.bulk.plan(payments=[paid.id]), actor=mia)
        store.refunds.create(payment_intent=paid.id, amount=100, actor=mia)
        assert paid.charge is not None
        store.disputes.create(charge=paid.charge.id, inquiry=True, actor=mia)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA ignore_check_constraints=ON")
    yield connection
    connection.close()


@pytest.mark.parametrize(("kind", "src", "dst"), CHANGES)
def test_the_database_follows_the_table(
    raw: sqlite3.Connection, kind: Kind, src: str, dst: str
) -> None:
    """Not even raw SQL takes an object where the table does not lead."""
    guard, move = f"{kind}_bu", f"UPDATE {kind} SET status = ?"
    raw.execute("BEGIN")
    try:
        for name in (guard, "refund_au"):
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute(move, (src,))
        raw.execute(TRIGGERS[guard])
        if (kind, src, dst) in transitions():
            assert raw.execute(move, (dst,)).rowcount > 0
        else:
            with pytest.raises(sqlite3.IntegrityError, match="illegal_transition"):
                raw.execute(move, (dst,))
    finally:
        raw.execute("ROLLBACK")


def test_the_database_holds_the_whole_table(raw: sqlite3.Connection) -> None:
    """Its rows are the table's, no fewer and no more."""
    rows = raw.execute("SELECT kind, src, dst FROM transition").fetchall()
    assert sorted(rows) == sorted((str(k), a, b) for k, a, b in transitions())
