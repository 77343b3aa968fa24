"""What is asked for at once fails where it would wait; later it waits again."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.event import listen

from store.errors import Refused, StoreBusy, WouldWait
from store.event import Actor
from store.sql.sqlite import journal

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Funds, Pay
    from store import Store
    from store.outcome import RefundOutcome


LETS_READ = journal(sqlite3.sqlite_version_info)[0] == "WAL"
"""Whether who writes into a file keeps nobody from reading it."""


KIM = Actor("kim")


def locked(file: Path, begin: str = "EXCLUSIVE") -> sqlite3.Connection:
    """Hold a file as one does who is writing into it this moment."""
    holder = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    holder.execute(f"BEGIN {begin}")
    return holder


@pytest.mark.sqlite
@pytest.mark.skipif(LETS_READ, reason="this SQLite reads while others write")
def test_nobody_is_waited_for_at_once(store: Store, pay: Pay) -> None:
    """The same question without it is answered when the writer is done."""
    payment = pay()
    assert store._database.file
    with closing(locked(store._database.file)) as holder:
        with store.at_once(), pytest.raises(StoreBusy):
            store.payments.find(payment.id)
        threading.Timer(0.3, holder.execute, ["ROLLBACK"]).start()
        assert store.payments.find(payment.id) == payment
    with store.at_once():
        assert store.payments.find(payment.id) == payment


def test_a_server_is_always_waited_for(store: Store, pay: Pay, engine: str) -> None:
    """It is asked over a wire, so not at all; a file at once."""
    payment = pay()
    asked: list[object] = []
    listen(store._database._reached.engine, "checkout", lambda *_: asked.append(_))
    with store.at_once():
        if engine == "postgresql":
            with pytest.raises(StoreBusy):
                store.payments.find(payment.id)
            with pytest.raises(WouldWait):
                store.refunds.create(payment_intent=payment.id, actor=KIM)
            assert not asked
        else:
            assert store.payments.find(payment.id) == payment
            assert asked
    assert store.payments.find(payment.id) == payment


@pytest.mark.sqlite
@pytest.mark.skipif(LETS_READ, reason="this SQLite reads while others write")
def test_another_thread_waits_as_before(store: Store, pay: Pay) -> None:
    """Being in a hurry is one thread's own."""
    payment = pay()
    found = []
    assert store._database.file
    with closing(locked(store._database.file)) as holder, store.at_once():
        asking = threading.Thread(
            target=lambda: found.append(store.payments.find(payment.id))
        )
        asking.start()
        asking.join(0.2)
        assert asking.is_alive()
        holder.execute("ROLLBACK")
        asking.join(10)
    assert found == [payment]


@pytest.mark.sqlite
@pytest.mark.parametrize("begin", ["IMMEDIATE", "EXCLUSIVE"])
def test_a_write_that_would_wait_has_done_nothing(
    store: Store, pay: Pay, funds: Funds, begin: str
) -> None:
    """Tried again with patience, it is carried out once, with the same key."""
    funds()
    payment = pay()
    assert store._database.file

    def refund() -> RefundOutcome:
        return store.refunds.create(payment_intent=payment.id, actor=KIM, key="k")

    with closing(locked(store._database.file, begin)) as holder:
        with store.at_once(), pytest.raises(WouldWait):
            refund()
        threading.Timer(0.3, holder.execute, ["ROLLBACK"]).start()
        done = refund()
    assert (done.replayed, len(done.payment.refunds)) == (False, 1)
    assert store.examine() == ()


@pytest.mark.sqlite
@pytest.mark.skipif(LETS_READ, reason="this SQLite writes while others read")
def test_a_commit_that_would_wait_for_a_reader_has_done_nothing(
    store: Store, pay: Pay, funds: Funds
) -> None:
    """The rows that it had written are undone, and nobody is kept from writing."""
    funds()
    payment = pay()
    assert store._database.file
    with closing(sqlite3.connect(store._database.file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT id FROM payment").fetchone()
        with store.at_once(), pytest.raises(WouldWait):
            store.refunds.create(payment_intent=payment.id, actor=KIM)
        reader.execute("ROLLBACK")
    assert store.payments.find(payment.id) == payment
    with store.at_once():
        done = store.refunds.create(payment_intent=payment.id, actor=KIM)
    assert done.payment.refunds == (done.refund,)
    assert store.examine() == ()


@pytest.mark.sqlite
@pytest.mark.skipif(LETS_READ, reason="this SQLite reads while others write")
def test_what_is_asked_after_a_write_waits(store: Store, pay: Pay) -> None:
    """So who fails with it knows that nothing was done, even a refusal."""
    payment = pay()
    assert store._database.file
    with store.at_once():
        with pytest.raises(Refused):
            store.refunds.create(payment_intent="pi_none", actor=KIM, key="k")
        with closing(locked(store._database.file)) as holder:
            threading.Timer(0.3, holder.execute, ["ROLLBACK"]).start()
            assert store.payments.find(payment.id) == payment
