"""The disk is full, broken or locked: a sentence says so, and nothing is half done."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event
from traced import MIA, Desk, file_of, refund

from conftest import Funds, Pay
from store import Store, open_store
from store.errors import StoreBusy, StoreUnusable

pytestmark = pytest.mark.sqlite

MOST = 400
"""After so many faults in a row something else must be wrong."""


def kept(path: Path) -> dict[str, str]:
    """Return the refund that each key made, as the file holds them."""
    with contextlib.closing(sqlite3.connect(path)) as raw:
        return dict(raw.execute("SELECT key, id FROM refund").fetchall())


def until_full(store: Store, payment: str) -> dict[str, str]:
    """Refund until the disk is full; return what was answered."""
    answered: dict[str, str] = {}
    for number in range(10_000):
        key = f"full{number}"
        try:
            answered[key] = refund(store, payment, key)
        except StoreUnusable as error:
            if str(error) != "The disk is full. Nothing was done.":
                raise
            break
    return answered


def test_full_by_its_own_limit(store: Store, url: str, pay: Pay, funds: Funds) -> None:
    """What was answered is there, what was refused is not; with room, it goes on."""
    funds()
    payment = pay().id
    pages = file_of(url).stat().st_size // 4096
    engine = store._database._reached.engine
    limits = [pages + 12]

    @event.listens_for(engine, "connect")
    def limit(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count={limits[-1]}")

    engine.dispose()
    answered = until_full(store, payment)
    assert answered
    assert kept(file_of(url)) == answered
    assert store.examine() == ()
    assert len(store.payments.find(payment).refunds) == len(answered)
    limits.append(1_000_000)
    engine.dispose()
    again = f"full{len(answered)}"
    assert kept(file_of(url)) == answered
    given = refund(store, payment, again)
    assert kept(file_of(url)) == {**answered, again: given}


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Path]:
    """A disk of a megabyte and a half, where this machine lets us have one."""
    place = tmp_path / "tiny"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(place)]
    if os.geteuid() or not shutil.which("mount") or subprocess.call(mount):
        pytest.skip("no disk of our own may be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_full_for_good(tiny: Path) -> None:
    """A full disk loses nothing and can still be read; freed, it is written again."""
    ballast = tiny / "ballast"
    with open_store(f"sqlite:///{tiny / 'desk.db'}") as store:
        made = store.payment_intents.create(
            amount=50_000,
            currency="usd",
            payment_method="pm_card_bypassPending",
            actor=MIA,
        )
        ballast.write_bytes(bytes(300_000))
        answered = until_full(store, made.payment.id)
        assert kept(tiny / "desk.db") == answered
        assert store.examine() == ()
        assert len(store.payments.find(made.payment.id).refunds) == len(answered)
        ballast.unlink()
        refund(store, made.payment.id, "at last")
    assert kept(tiny / "desk.db").keys() == {*answered, "at last"}


BUSY = "The store is busy: another process is writing. Nothing was done; try again."


def test_locked_by_another(store: Store, url: str, pay: Pay, funds: Funds) -> None:
    """Whoever waits in vain is told so after five seconds, for reads and writes."""
    funds()
    payment = pay().id
    told = store.events.newest(limit=1)
    with contextlib.closing(sqlite3.connect(file_of(url))) as other:
        other.execute("BEGIN EXCLUSIVE")
        began = time.monotonic()
        waits = [
            threading.Thread(target=_is_told, args=(verb,))
            for verb in (
                lambda: refund(store, payment, "locked"),
                lambda: store.payments.find(payment),
            )
        ]
        for thread in waits:
            thread.start()
        for thread in waits:
            thread.join()
        assert 4 < time.monotonic() - began < 9
        other.rollback()
    assert kept(file_of(url)) == {}
    assert store.events.newest(limit=1) == told
    refund(store, payment, "locked")
    assert kept(file_of(url)).keys() == {"locked"}


def _is_told(verb: object) -> None:
    assert callable(verb)
    with pytest.raises(StoreBusy) as caught:
        verb()
    assert str(caught.value) == BUSY


def test_locked_for_a_moment(store: Store, url: str, pay: Pay, funds: Funds) -> None:
    """Whoever is locked out for a second waits, and is served."""
    funds()
    payment = pay().id
    other = sqlite3.connect(file_of(url), check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    release = threading.Timer(1.0, other.rollback)
    release.start()
    refund(store, payment, "patient")
    release.join()
    other.close()
    assert kept(file_of(url)).keys() == {"patient"}


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
@pytest.mark.parametrize(
    ("calls", "error"),
    [
        ("fsync,fdatasync", "EIO"),
        ("pwrite64", "EIO"),
        ("pwrite64", "ENOSPC"),
    ],
)
def test_each_call_fails_once(
    url: str, store: Store, pay: Pay, funds: Funds, calls: str, error: str
) -> None:
    """Let the first call fail, then the second …: a refund is made whole or not at all.

    An error may still have been done; asking again with the same key tells.
    """
    funds()
    payment, path = pay().id, file_of(url)
    desk = Desk(url, payment)
    assert desk.ask("first")[0]
    faults = 0
    for at in range(1, MOST):
        key = f"{calls} {at}"
        done, said = desk.failing(calls, error, at, key)
        made = kept(path)
        assert said
        assert not done or made[key] == said
        assert store.examine() == ()
        assert len(made) <= at + 1
        again, given = desk.ask(key)
        assert again
        assert made.get(key, given) == given
        assert kept(path) == {**made, key: given}
        if not desk.injected:
            break
        faults += 1
    desk.close()
    assert 0 < faults < MOST - 1
