"""Changes: a number that is another once anybody has committed, and only then."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from conftest import Pay
from store import Store, open_store
from store.errors import Refused, StoreUnusable
from store.event import Actor
from store.settings import Settings

ANOTHER = """
import sys
from store import open_store
from store.event import Actor
with open_store(sys.argv[1]) as store:
    store.topups.create(amount=100, currency="usd", actor=Actor("tom"))
"""


@pytest.fixture
def colleague(url: str, store: Store) -> Iterator[Store]:
    """A second console on the same store."""
    del store
    with open_store(url) as opened:
        yield opened


def test_each_commit_of_others_is_seen(
    store: Store, colleague: Store, pay: Pay, mia: Actor
) -> None:
    """Whoever writes, both see it; who only looks changes nothing."""
    payment = pay()
    for write in (
        lambda: colleague.notes.add(payment=payment.id, text="x", actor=mia),
        lambda: store.notes.add(payment=payment.id, text="y", actor=mia),
        lambda: colleague.configure(Settings(auto_debit=True)),
    ):
        before = store.changes(), colleague.changes()
        write()
        after = store.changes(), colleague.changes()
        assert before[0] != after[0]
        assert before[1] != after[1]
        assert (store.changes(), colleague.changes()) == after


def test_reads_change_nothing(store: Store, colleague: Store, pay: Pay) -> None:
    """Nor do dry runs and refusals, which leave nothing behind."""
    payment = pay()
    before = store.changes()
    store.payments.page()
    colleague.payments.detail(payment.id)
    colleague.balance_sheet()
    assert store.examine() == ()
    mia = Actor("mia")
    colleague.refunds.create(payment_intent=payment.id, actor=mia, preview=True)
    with pytest.raises(Refused):
        colleague.refunds.create(payment_intent=payment.id, amount=0, actor=mia)
    assert store.changes() == before


def test_another_process_is_seen(store: Store, url: str) -> None:
    """It need not be one of this process's own connections."""
    before = store.changes()
    subprocess.run((sys.executable, "-c", ANOTHER, url), check=True)
    assert store.changes() != before


def test_any_thread_may_ask(store: Store, pay: Pay) -> None:
    """A console asks from whatever worker is free."""
    store.changes()
    pay()
    heard: list[int] = []
    asking = threading.Thread(target=lambda: heard.append(store.changes()))
    asking.start()
    asking.join()
    assert heard == [store.changes()]


@pytest.mark.sqlite
def test_nobody_waits_for_a_writer(store: Store, url: str) -> None:
    """While the file is locked the number stays what it was."""
    before = store.changes()
    path = url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        other.execute("INSERT INTO meta VALUES ('seen', 'by others')")
        assert store.changes() == before
        other.execute("COMMIT")
    assert store.changes() != before


@pytest.mark.sqlite
def test_a_broken_file_is_named(store: Store, url: str) -> None:
    """Asking says what is wrong, in the store's own words."""
    path = Path(url.removeprefix("sqlite:///"))
    path.write_bytes(b"no database" * 1_000)
    with pytest.raises(StoreUnusable, match="cannot be used"):
        store.changes()
