"""Undone steps: what a transaction noted in one is forgotten with it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from conftest import Pay
from store import Store
from store.clock import StandingClock
from store.errors import Refused, StaleView
from store.event import Actor
from store.ids import SeededIds
from store.ledger import topup_arrived
from store.money import Money
from store.refusals import bulk as bulk_refusals
from store.sql import reads
from store.sql.batch import Batch

MONEY = Money(1_000, "sek")
"""Of a currency that no account of the store has had."""


@contextmanager
def batch(store: Store, clock: StandingClock, mia: Actor) -> Iterator[Batch]:
    """Begin a batch; what it did is undone in the end unless it was committed."""
    with store._database.write() as connection:
        yield Batch(connection, clock.now(), SeededIds("batch"), mia)


def fail(tx: Batch, failure: Exception) -> None:
    """Move money in a currency that is new, and fail."""
    tx.tell("test.undone", {"id": "x"})
    tx.post(topup_arrived(MONEY, "tu_undone"))
    assert tx.available("sek") == MONEY
    raise failure


@pytest.mark.parametrize("failure", [Refused(bulk_refusals.guarded("")), StaleView("")])
def test_an_undone_request_leaves_nothing_behind(
    store: Store, clock: StandingClock, mia: Actor, failure: Exception
) -> None:
    """Neither the log nor the accounts that it opened are thought to be there."""
    with batch(store, clock, mia) as tx:
        with pytest.raises(type(failure)), tx.attempt("one"):
            fail(tx, failure)
        assert tx.available("sek") == Money(0, "sek")
        with tx.attempt("two"):
            tx.tell("test.done", {"id": "y"})
            tx.post(topup_arrived(MONEY, "tu_done"))
        tx.commit()
    with store._database.read() as connection:
        told = reads.events(connection, None, 10)
        assert [one.type for one in told] == ["test.done"]
        assert reads.available(connection, "sek") == MONEY


def test_what_was_done_before_is_still_written(
    store: Store, clock: StandingClock, mia: Actor, pay: Pay
) -> None:
    """A row that an undone request wrote down for an earlier one is written anew."""
    payment = pay()
    with batch(store, clock, mia) as tx:
        tx.learn([payment.id])
        with tx.attempt("one"):
            tx.touch(payment.id, by_agent=True)
        with pytest.raises(Refused), tx.attempt("two"):
            look_and_fail(tx)
        tx.commit()
    assert store.payments.find(payment.id).version == payment.version + 1


def test_a_payment_that_is_touched_twice_counts_both(
    store: Store, clock: StandingClock, mia: Actor, pay: Pay
) -> None:
    """A row that waits is never written over one that is newer."""
    payment = pay()
    with batch(store, clock, mia) as tx:
        tx.learn([payment.id])
        with tx.attempt("one"):
            tx.touch(payment.id, by_agent=True)
            again = tx.touch(payment.id)
        tx.commit()
    assert again
    assert again.version == store.payments.find(payment.id).version
    assert again.version == payment.version + 2


def look_and_fail(tx: Batch) -> None:
    """Look for a payment that was not read ahead, and be refused."""
    assert tx.known("pi_none") is None
    raise Refused(bulk_refusals.guarded(""))
