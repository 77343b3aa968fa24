"""A file that is broken, foreign or closed to us: told in a sentence, left as it is."""

import contextlib
import os
import random
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path

import pytest
from racers import PROCESSES

from conftest import ADA, FUNDED, MONDAY
from store import open_store
from store.clock import StandingClock
from store.errors import StoreError, StoreUnusable
from store.event import Actor
from store.ids import SeededIds

MIA = Actor("mia")
PAGE = 4096
NOBODY = 65534


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a bit of everything in it."""
    path = tmp_path_factory.mktemp("sound") / "desk.db"
    clock, ids = StandingClock(MONDAY), SeededIds("corrupted")
    with open_store(f"sqlite:///{path}", clock=clock, ids=ids) as store:
        store.topups.create(amount=50_000, currency="usd", actor=MIA)
        for number in range(30):
            paid = store.payment_intents.create(
                amount=5_000 + number,
                currency="usd",
                payment_method=("pm_card_visa", FUNDED, "pm_konbini")[number % 3],
                customer=ADA,
                actor=MIA,
            ).payment
            store.refunds.create(
                payment_intent=paid.id, amount=1_000, actor=MIA, key=f"k{number}"
            )
    return path


@dataclass(frozen=True)
class Harm:
    """What was done to a file: where, and how."""

    how: str
    at: int
    data: bytes


def harm(chance: random.Random, data: bytes) -> Harm:
    """Flip a bit, cut the end off, or overwrite a page or a part of one."""
    how = chance.choice(("bit", "bit", "cut", "page", "part"))
    at = chance.randrange(len(data))
    changed = bytearray(data)
    if how == "bit":
        changed[at] ^= 1 << chance.randrange(8)
    elif how == "cut":
        del changed[at:]
    else:
        start = at // PAGE * PAGE if how == "page" else at
        end = min(len(data), start + (PAGE if how == "page" else 64))
        changed[start:end] = chance.randbytes(end - start)
    return Harm(how, at, bytes(changed))


Tables = dict[str, list[sqlite3.Row]]


def contents(path: Path) -> Tables:
    """Return every row of the tables that decide anything, as SQLite reads them."""
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as raw:
        raw.text_factory, raw.row_factory = bytes, sqlite3.Row
        return {
            table: raw.execute(f"SELECT * FROM {table}").fetchall() for table in DECIDES
        }


DECIDES = {
    "posting": ("debit", "credit", "amount", "currency", "source", "code"),
    "account": ("id", "debits", "credits", "currency"),
    "refund": ("id", "amount", "currency", "status", "charge", "balance_transaction"),
    "charge": ("id", "amount", "amount_captured", "amount_refunded", "status"),
    "payment_intent": ("id", "amount", "currency", "status"),
    "event": ("seq", "id", "type", "object_id", "created", "actor", "data", "hash"),
}
"""The columns that decide what money moves, and those that say what happened."""


def changed(before: Tables, after: Tables) -> set[str]:
    """Return which decisive columns are not what they were."""
    return {
        f"{table}.{column}"
        for table, columns in DECIDES.items()
        for column in columns
        if [row[column] for row in before[table]]
        != [row[column] for row in after.get(table, [])]
    }


def noticed(path: Path) -> bool:
    """Tell whether opening refuses a file, or examining finds what is wrong."""
    try:
        with open_store(f"sqlite:///{path}", clock=StandingClock(MONDAY)) as store:
            return store.examine() != ()
    except StoreUnusable as error:
        return str(error).endswith(".")


def test_whatever_is_broken_is_noticed(
    sound: Path, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """Broken files are refused or found out; what passes holds all that decides."""
    chance, whole = random.Random(1), sound.read_bytes()  # noqa: S311
    before = contents(sound)
    missed: dict[int, set[str]] = {}
    count = int(pytestconfig.getoption("corrupted"))
    for number in range(count):
        path = tmp_path / f"{number}.db"
        done = harm(chance, whole)
        if not done.data or done.data == whole:
            continue
        path.write_bytes(done.data)
        found = noticed(path)
        assert path.read_bytes() == done.data
        if not found and (decisive := changed(before, contents(path))):
            missed[number] = decisive
        path.unlink()
    assert missed == {}


FOREIGN = {
    "text": b"Dear Ms Lovelace,\n" * 300,
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(2_000),
    "header": b"SQLite format 3\x00",
    "zeros": bytes(8_192),
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_a_foreign_file_is_refused(tmp_path: Path, kind: str) -> None:
    """What is no database is not touched."""
    path = tmp_path / "letter.txt"
    path.write_bytes(FOREIGN[kind])
    with pytest.raises(StoreUnusable):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes() == FOREIGN[kind]
    assert [one.name for one in tmp_path.iterdir()] == ["letter.txt"]


def test_another_database_is_refused(tmp_path: Path) -> None:
    """Somebody else's database is not touched, whatever its tables are called."""
    path = tmp_path / "other.db"
    with contextlib.closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE refund (id TEXT)")
        raw.commit()
    before = path.read_bytes()
    with pytest.raises(StoreUnusable):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    """Nothing is lost in a file without a byte."""
    path = tmp_path / "desk.db"
    path.touch()
    with open_store(f"sqlite:///{path}") as store:
        assert store.examine() == ()


def test_no_file_at_all_is_refused(tmp_path: Path) -> None:
    """A folder and a pipe are no stores, and opening them does not hang."""
    folder, pipe = tmp_path / "folder", tmp_path / "pipe"
    folder.mkdir()
    os.mkfifo(pipe)
    for path in (folder, pipe, tmp_path / ("x" * 300)):
        with pytest.raises(StoreUnusable):
            open_store(f"sqlite:///{path}")
    assert list(folder.iterdir()) == []


def as_anybody(path: Path, said: "object") -> None:
    """Read and write a store as somebody without rights."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    answer = "done"
    try:
        with open_store(f"sqlite:///{path}") as store:
            store.topups.create(amount=1_000, currency="usd", actor=MIA)
    except StoreError as error:
        answer = f"{type(error).__name__}: {error}"
    said.send(answer)  # type: ignore[attr-defined]


@pytest.mark.parametrize(("file", "folder"), [(0o444, 0o777), (0o666, 0o555)])
def test_a_store_that_may_not_be_written(sound: Path, file: int, folder: int) -> None:
    """Without the right to write, nothing is written, and a sentence says so."""
    place = Path("/tmp") / f"closed-{os.getpid()}-{file:o}"  # noqa: S108 - open to all
    place.mkdir()
    path = place / "desk.db"
    shutil.copy(sound, path)
    before = path.read_bytes()
    path.chmod(file)
    place.chmod(folder)
    ours, theirs = PROCESSES.Pipe()
    process = PROCESSES.Process(target=as_anybody, args=(path, theirs))
    try:
        process.start()
        assert ours.poll(60)
        assert ours.recv().startswith("StoreUnusable: ")
        assert path.read_bytes() == before
    finally:
        process.join()
        process.close()
        place.chmod(0o700)
        shutil.rmtree(place)
