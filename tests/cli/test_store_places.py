"""Where a store is, and where none is: nothing is made by a slip of the finger."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk import CHARGE, Desk

import server
from on_pty import PATIENCE, Terminal

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


def opened(terminal: Terminal, store: Path, home: Path) -> subprocess.Popen[bytes]:
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
