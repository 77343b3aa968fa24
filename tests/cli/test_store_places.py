"""Where a store is, and where none is: nothing is made by a slip of the finger."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from desk import CHARGE, Desk

import server
import store as door
from on_pty import PATIENCE, Terminal
from store.event import Actor

RUN = (sys.executable, "-c", "from store.cli import main; main()")
ASKED = b"Make a new one? [y/N]"


@pytest.fixture
def empty_schema() -> Iterator[str]:
    """The URL of a schema on a server in which there is nothing."""
    with server.schema_of_own("places") as made:
        yield made.url


@pytest.mark.parametrize(
    "command",
    [
        ("refunds", "list"),
        ("balance",),
        ("advance", "1d"),
        ("export", "out.csv"),
        ("doctor",),
        ("backup", "copy.db"),
        ("migrate",),
        ("topups", "create", "--amount=100", "--currency=usd"),
    ],
)
def test_a_command_makes_no_store(tmp_path: Path, command: tuple[str, ...]) -> None:
    """It says that there is none, and what makes one."""
    answer = Desk(tmp_path)(*command, "--store", str(tmp_path / "mistyped.db"))
    assert answer.code == 1
    assert "There is no store at" in answer.err
    assert "mistyped.db" in answer.err
    assert list(tmp_path.iterdir()) == []


def test_a_command_makes_no_store_on_a_server(
    tmp_path: Path, empty_schema: str
) -> None:
    """An empty database stays empty, until an import makes a store there."""
    desk = Desk(tmp_path)
    for _ in range(2):
        answer = desk("refunds", "list", "--store", empty_schema)
        assert answer.code == 1
        assert "There is no store at" in answer.err
    done = desk("import", str(desk.file("a.json", CHARGE)), "--store", empty_schema)
    assert done.code == 0
    assert desk("refunds", "list", "--store", empty_schema).code == 0


def test_a_failed_import_leaves_no_new_store(tmp_path: Path) -> None:
    """Neither a file nor a journal; one that was there before stays."""
    desk = Desk(tmp_path)
    bad = desk.file("bad.json", "{broken")
    store = tmp_path / "desk.db"
    assert desk("import", str(bad), "--store", str(store)).code == 1
    assert [one.name for one in tmp_path.iterdir()] == ["bad.json"]
    good = desk.file("good.json", CHARGE)
    assert desk("import", str(good), "--store", str(store)).code == 0
    assert desk("import", str(bad), "--store", str(store)).code == 1
    assert store.exists()
    listed = desk("charges", "list", "--store", str(store), "--format", "csv").out
    assert "ch_one" in listed


def test_a_failed_import_lays_nothing_out_on_a_server(
    tmp_path: Path, empty_schema: str
) -> None:
    """The database is as empty as before; a store that was there is left alone."""
    desk = Desk(tmp_path)
    bad = str(desk.file("bad.json", "{broken"))
    assert desk("import", bad, "--store", empty_schema).code == 1
    assert "There is no store" in desk("refunds", "list", "--store", empty_schema).err
    good = str(desk.file("good.json", CHARGE))
    made = desk("import", good, "--store", empty_schema)
    assert "Made a new store at" in made.err
    again = desk("import", bad, "--store", empty_schema)
    assert again.code == 1
    assert "Made" not in again.err
    assert "ch_one" in desk("charges", "list", "--store", empty_schema).out


@pytest.mark.parametrize("server", [False, True], ids=["sqlite", "postgresql"])
def test_a_store_in_which_something_is_stays(
    tmp_path: Path, empty_schema: str, *, server: bool
) -> None:
    """Somebody else may have used a new store before its first use failed."""
    url = empty_schema if server else f"sqlite:///{tmp_path / 'desk.db'}"
    door.open_store(url).close()
    with door.open_store(url, create=False) as store:
        store.topups.create(amount=100, currency="usd", actor=Actor("mia"))
    assert not door.unmake(url)
    with door.open_store(url, create=False) as store:
        assert store.examine() == ()
        assert len(store.topups.list(limit=9)) == 1


@pytest.mark.parametrize(
    "command",
    [
        ("advance", "1d"),
        ("topups", "create", "--amount=100", "--currency=usd"),
        ("refunds", "create", "--charge=ch_one"),
        ("notes", "add", "ch_one", "--text=called"),
        ("import", "good.json"),
    ],
    ids=lambda command: command[0],
)
def test_what_cannot_be_written_is_refused_in_one_sentence(
    tmp_path: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What only looks is answered; nothing says that something was done."""
    desk = Desk(tmp_path)
    good, store = desk.file("good.json", CHARGE), tmp_path / "desk.db"
    desk("import", str(good), "--store", str(store))
    monkeypatch.chdir(tmp_path)

    def access(path: Path, mode: int) -> bool:
        return Path(path) != store or mode != os.W_OK

    monkeypatch.setattr("store.file_access.os.access", access)
    assert "ch_one" in desk("charges", "list", "--store", str(store)).out
    answer = desk(*command, "--store", str(store))
    assert answer.code == 1
    assert "desk.db is read-only: this account may not write" in answer.err
    assert answer.out == ""


def test_a_log_that_cannot_be_written_beside_it_is_not_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that a newer SQLite keeps a write-ahead log for is read where it lies."""
    desk, store = Desk(tmp_path), tmp_path / "desk.db"
    desk("import", str(desk.file("good.json", CHARGE)), "--store", str(store))
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")

    def access(_path: Path, _mode: int) -> bool:
        return False

    monkeypatch.setattr("store.file_access.os.access", access)
    assert "ch_one" in desk("charges", "list", "--store", str(store)).out
    assert not (tmp_path / "desk.db-shm").exists()


@pytest.mark.parametrize("command", [("seed", "--payments", "5"), ("import", "a.json")])
def test_no_folder_is_made(tmp_path: Path, command: tuple[str, ...]) -> None:
    """A mistyped folder is named, and not made."""
    folder = tmp_path / "mistyped"
    answer = Desk(tmp_path)(*command, "--store", str(folder / "desk.db"))
    assert answer.code == 1
    wanted = f"There is no folder {folder}: make it first, or name another store."
    assert wanted in answer.err
    assert list(tmp_path.iterdir()) == []


def test_the_agents_own_folder_is_made(tmp_path: Path) -> None:
    """Where no store is named, it is in the data folder, which a first run makes."""
    desk = Desk(tmp_path / "home")
    answer = desk("seed", "--payments", "5")
    assert answer.code == 0
    assert "Made a new store at" in answer.err
    assert desk("refunds", "list").code == 0


def opened(
    terminal: Terminal, store: Path | str, home: Path
) -> subprocess.Popen[bytes]:
    """Open the console on a store, as a person does."""
    return subprocess.Popen(
        (*RUN, "--store", str(store), "--actor", "mia"),
        stdin=terminal.program,
        stdout=terminal.program,
        stderr=terminal.program,
        env={**os.environ, "XDG_DATA_HOME": str(home), "TERM": "xterm-256color"},
    )


@pytest.mark.parametrize("keys", [b"\r", b"n\r", b"what\r"])
def test_the_console_asks_before_it_makes_a_store(tmp_path: Path, keys: bytes) -> None:
    """Anything but a yes makes nothing, and the terminal is not taken over."""
    store = tmp_path / "mistyped.db"
    with Terminal() as terminal, opened(terminal, store, tmp_path) as console:
        try:
            assert terminal.seen(ASKED)
            terminal.press(keys)
            assert console.wait(PATIENCE) == 1
            assert terminal.seen(b"Nothing was made")
        finally:
            console.kill()
    assert list(tmp_path.iterdir()) == []


def test_a_yes_makes_the_store_and_opens_it(tmp_path: Path) -> None:
    """The console is there, on a store without payments."""
    store = tmp_path / "new.db"
    with Terminal() as terminal, opened(terminal, store, tmp_path) as console:
        try:
            assert terminal.seen(ASKED)
            terminal.press(b"y\r")
            assert terminal.seen(b"SANDBOX")
            terminal.rested()
            terminal.press(b"Q")
            assert console.wait(PATIENCE) == 0
        finally:
            console.kill()
    assert store.exists()


@pytest.mark.parametrize(("keys", "code"), [(b"n\r", 1), (b"y\r", 0)])
def test_the_console_asks_before_it_lays_out_a_server(
    tmp_path: Path, empty_schema: str, keys: bytes, code: int
) -> None:
    """What it found out after its first frame is asked on the terminal as well."""
    with Terminal() as terminal, opened(terminal, empty_schema, tmp_path) as console:
        try:
            assert terminal.seen(ASKED)
            terminal.press(keys)
            if not code:
                assert terminal.seen(b"No payments yet")
                terminal.rested()
                terminal.press(b"Q")
            assert console.wait(PATIENCE) == code
        finally:
            console.kill()
    listed = Desk(tmp_path)("refunds", "list", "--store", empty_schema)
    assert listed.code == code
