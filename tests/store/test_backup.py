"""A backup is the store at one moment, proved; a restore is all of it or nothing."""

import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from conftest import Funds, Later, Pay
from rows import rows
from store import Store, open_store, restore
from store.errors import StoreBusy, StoreError, StoreUnusable
from store.event import Actor
from store.verbs import backup as backing

pytestmark = pytest.mark.sqlite


@pytest.fixture
def file(url: str) -> Path:
    """The store's file."""
    return Path(url.removeprefix("sqlite:///"))


@pytest.fixture
def story(store: Store, pay: Pay, funds: Funds, later: Later, mia: Actor) -> str:
    """A payment of which a part was refunded."""
    funds()
    paid = pay()
    store.refunds.create(payment_intent=paid.id, amount=1_000, actor=mia)
    later()
    return paid.id


def test_there_and_back(
    store: Store, url: str, tmp_path: Path, story: str, mia: Actor
) -> None:
    """What is restored is what was backed up, whatever happened in between."""
    copy = tmp_path / "copy.db"
    store.backup(copy)
    before = rows(url)
    assert rows(f"sqlite:///{copy}") == before
    assert copy.stat().st_mode & 0o777 == 0o600
    store.refunds.create(payment_intent=story, amount=500, actor=mia)
    store.close()
    restore(url, copy)
    assert rows(url) == before
    with open_store(url) as again:
        assert again.examine() == ()
        again.refunds.create(payment_intent=story, amount=500, actor=mia)


def test_a_backup_is_one_moment_while_others_write(
    store: Store, url: str, tmp_path: Path, story: str
) -> None:
    """Under writers that never pause a backup ends, and stands the examination."""
    assert story
    stop = threading.Event()

    def write() -> None:
        with open_store(url) as other:
            while not stop.is_set():
                try:
                    other.topups.create(amount=5, currency="usd", actor=Actor("tom"))
                except StoreBusy:
                    continue

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    try:
        for number in range(5):
            store.backup(tmp_path / f"{number}.db")
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    events = [len(rows(f"sqlite:///{tmp_path}/{n}.db")["event"]) for n in range(5)]
    assert events == sorted(events)
    assert len(rows(url)["event"]) >= events[-1]


def test_a_file_is_never_written_over(store: Store, file: Path, tmp_path: Path) -> None:
    """A name that is taken, even by the store itself, is refused."""
    taken = tmp_path / "taken"
    taken.write_text("dear diary")
    before = file.read_bytes()
    for there in (taken, file):
        with pytest.raises(StoreUnusable, match="is there already"):
            store.backup(there)
    with pytest.raises(StoreUnusable, match="cannot be written"):
        store.backup(tmp_path / "no" / "such" / "folder")
    assert taken.read_text() == "dear diary"
    assert file.read_bytes() == before


def test_a_broken_store_makes_no_backup(store: Store, url: str, tmp_path: Path) -> None:
    """A copy that does not stand the examination does not stay."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as raw:
        raw.execute("UPDATE badge_count SET number = 7 WHERE badge = 'succeeded'")
        raw.commit()
    copy = tmp_path / "copy.db"
    with pytest.raises(StoreUnusable, match="succeeded: it does not hold that every"):
        store.backup(copy)
    assert not copy.exists()


def test_a_copy_that_takes_too_long_is_given_up(
    store: Store, tmp_path: Path, story: str
) -> None:
    """A deadline ends it, and nothing of it stays."""
    assert story
    copy = tmp_path / "copy.db"
    with pytest.raises(StoreBusy):
        backing.backup(store._database, copy, patience=-1)
    assert not copy.exists()


@pytest.mark.parametrize("kind", ["missing", "text", "cut", "bent", "itself"])
def test_what_is_no_backup_is_not_restored(
    store: Store, url: str, tmp_path: Path, story: str, kind: str
) -> None:
    """The store that is there stays as it is."""
    assert story
    copy = tmp_path / "copy.db"
    store.backup(copy)
    match kind:
        case "missing":
            copy.unlink()
        case "text":
            copy.write_text("no database\n" * 1000)
        case "cut":
            os.truncate(copy, 20_000)
        case "bent":
            with closing(sqlite3.connect(copy)) as raw:
                raw.execute("DROP TRIGGER event_bu")
                raw.execute("UPDATE event SET actor = 'tom'")
                raw.commit()
        case _:
            copy = Path(url.removeprefix("sqlite:///"))
    before = rows(url)
    with pytest.raises(StoreUnusable):
        restore(url, copy)
    assert rows(url) == before


def test_a_store_in_use_is_not_restored(
    store: Store, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While another holds the store, nothing is put in its place."""
    monkeypatch.setattr(backing, "_OTHERS_MAY_TAKE", 0.2)
    copy = tmp_path / "copy.db"
    store.backup(copy)
    before = rows(url)
    with store._database.write(), pytest.raises(StoreBusy, match="in use"):
        restore(url, copy)
    assert rows(url) == before
    restore(url, copy)
    assert rows(url) == before


def test_a_ruin_is_replaced(
    store: Store, url: str, tmp_path: Path, file: Path, story: str
) -> None:
    """Where nothing can be read any more, its journals go with it."""
    assert story
    copy = tmp_path / "copy.db"
    store.backup(copy)
    before = rows(url)
    store.close()
    file.write_bytes(b"ruin" * 5000)
    journal = file.with_name(f"{file.name}-journal")
    journal.write_bytes(b"ruin" * 500)
    restore(url, copy)
    assert rows(url) == before
    assert not journal.exists()
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.postgresql
def test_a_server_has_its_own_way(store: Store, url: str, tmp_path: Path) -> None:
    """PostgreSQL's own tools are named instead of imitated."""
    copy = tmp_path / "copy.db"
    if url.startswith("sqlite"):
        store.backup(copy)
        return
    with pytest.raises(StoreError, match="pg_dump"):
        store.backup(copy)
    assert not copy.exists()
