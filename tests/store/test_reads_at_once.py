"""What is read at once fails where it would wait; what is read later waits again."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.event import listen

from store.errors import StoreBusy
from store.sql.sqlite import journal

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Pay
    from store import Store


LETS_READ = journal(sqlite3.sqlite_version_info)[0] == "WAL"
"""Whether who writes into a file keeps nobody from reading it."""


def locked(file: Path) -> sqlite3.Connection:
    """Hold a file as one does who is writing into it this moment."""
    holder = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN EXCLUSIVE")
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
