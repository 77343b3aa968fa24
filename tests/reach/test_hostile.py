"""What people write to do harm is shown as characters, on every screen there is."""

from __future__ import annotations

import base64
import csv
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path

import pytest
from hostile import ACTS, PAYLOADS, make_store, remember
from walking import Walk, folders, walking

from on_pty import ESCAPE, PATIENCE, Terminal
from sshd import ROOT, environment

ALL = len(PAYLOADS)
FEW, FIELDS = 4, 4
UP, END = b"\x1b[A", b"\x1b[F"
PASTED = b"".join(f"\x1b[200~{t}\x1b[201~".encode() for t in PAYLOADS.values())
MENU, PICK = "dim rows say why not", "enter chooses"
DIALOGS: dict[tuple[bytes, ...], str] = {
    (b"r",): "Refund payment",
    (b"p",): "Refund payment",
    (b".",): MENU,
    (b"Y",): "Copy",
    (b"l", b"\r"): "Bank reference",
    (b"m", b"\r"): "Customer letter",
    (b"n",): "Add note",
    (b"h",): "Refunds of this customer",
    (b"x", b"\r"): "Cancel refund",
}
"""What keys open over a payment: words of it. Of its refunds, one is picked."""
_COPIED = re.compile(r"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07")


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The path of a store in which every text is hostile, its own name too."""
    file = tmp_path_factory.mktemp("evil") / "\x1b]0;owned\x07[x].db"
    make_store(file)
    return str(file)


@contextmanager
def at_desk(evil: str, home: Path, *, rings: bool = False) -> Iterator[Walk]:
    """Open the hostile store with hostile choices; check all that it wrote.

    Where it may ring, a field that is full does.
    """
    remember(home / "state" / "refund-desk" / "choices.json")
    with walking(home, "--store", evil, "--actor", "mia") as walk:
        assert walk.terminal.seen(b"[/x]")
        walk.terminal.settled(walk.console.pid)
        yield walk
    written = walk.terminal.written.decode()
    copied = [base64.b64decode(one).decode() for one in _COPIED.findall(written)]
    assert not [text for text in copied if ACTS.search(text)]
    drawn = _COPIED.sub("", written)
    found = ACTS.findall(drawn.replace("\x07", "") if rings else drawn)
    assert not found, sorted(set(found))
    assert "\\x1b]0;owned\\x07[x].db" in written  # the store's name


def test_payments_and_refunds(evil: str, tmp_path: Path) -> None:
    """The list, each payment's screen, its imported refund with the reference."""
    with at_desk(evil, tmp_path) as walk:
        for _ in range(ALL):
            walk.press(b"\r", until="BREAKDOWN")
            walk.press(END, UP, b"\r", until="CAN IT BE CANCELED?")
            walk.press(ESCAPE, ESCAPE, b"j")
    text = walk.terminal.written.decode()
    for shown in ("\\u202e", "[@click=app.quit]free[/]", "\\x1b]52;c;SGFja2Vk", "[/x]"):
        assert shown in text


def test_dialogs(evil: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Dialogs over each payment, in turn another one, or more of them."""
    each = int(request.config.getoption("hostile_dialogs"))
    with at_desk(evil, tmp_path) as walk:
        turn = cycle(DIALOGS.items())
        for _ in range(ALL):
            for keys, words in islice(turn, each):
                for key in keys[:-1]:
                    walk.press(key, until=PICK)
                walk.look_at(keys[-1], words)
            walk.press(b"j")


def test_the_other_screens(evil: str, tmp_path: Path) -> None:
    """Pending, failed, balance: the lines, and what is beneath some."""
    with at_desk(evil, tmp_path) as walk:
        walk.press(b"2", until="SHORT")
        for _ in range(FEW):
            walk.look_at(b"\r", "CAN IT BE CANCELED?")
            walk.press(b"j")
        walk.press(b"3", until="next:")
        for _ in range(ALL // 2):
            walk.look_at(b"\r", "BANK REFERENCE")
            walk.press(b"j")
        walk.look_at(b"a", "Try again")
        walk.look_at(b"d", "Done with a failed refund")
        walk.look_at(b"m", "Customer letter")
        walk.press(b"4", b"j", b"j")
        walk.look_at(b"/", "Movements")


def test_events(evil: str, tmp_path: Path) -> None:
    """The log, and one event of each payment in full."""
    with at_desk(evil, tmp_path) as walk:
        walk.press(b"5")
        for _ in range(ALL):
            walk.look_at(b"\r", '"object": "event"')
            walk.press(b"j")


def test_what_is_remembered(evil: str, tmp_path: Path) -> None:
    """Views, filters and commands of before, which a file may hold as it likes."""
    with at_desk(evil, tmp_path) as walk:
        walk.look_at(b"f", "[@click")
        walk.press(b"/", *[UP] * ALL, ESCAPE)
        walk.press(b":", UP * ALL, ESCAPE)
        for _ in range(FEW):
            walk.press(b"f", b"\r")
            walk.press(b"f", b"x")


def test_what_is_pasted(evil: str, tmp_path: Path) -> None:
    """A paste is characters in every kind of field, and runs nothing elsewhere."""
    with at_desk(evil, tmp_path, rings=True) as walk:
        walk.press(PASTED)
        for opens in ((b"/",), (b":",), (b"?",), (b"n",), (b"f", b"a"), (b"e", b"\t")):
            walk.press(*opens, PASTED, ESCAPE, ESCAPE)
        walk.press(b"m", b"\r", until="Customer letter")
        for _ in range(FIELDS):
            walk.press(b"\t", PASTED)
        walk.press(ESCAPE)
        walk.press(b"p", until="Refund payment")
        for _ in range(FIELDS):
            walk.press(PASTED, b"\t")
        walk.press(ESCAPE)
        walk.press(b"*")
        walk.press(b"B", until="Bulk refund")
        walk.press(PASTED, b"\t", PASTED, ESCAPE)


def test_exports_and_copies(evil: str, tmp_path: Path) -> None:
    """A file has no text that acts or counts, the clipboard plain words only."""
    with at_desk(evil, tmp_path) as walk:
        walk.press(b"y", b"Y", b"y")
        for screen in (b"1", b"3", b"5"):
            walk.press(screen)
            walk.press(b"e", until="Export")
            walk.press(b"\r", until="exported")
    assert len(_COPIED.findall(walk.terminal.written.decode())) == 2
    files = list(tmp_path.glob("*.csv"))
    assert len(files) == 3
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert not ACTS.findall(text)
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        cells = [cell for row in csv.reader(text.splitlines()) for cell in row]
        assert len(cells) > ALL
        assert not [cell for cell in cells if cell[:1] in ("=", "+", "@")]


COMMANDS = (
    ("charges", "list"),
    ("refunds", "failed"),
    ("notes", "of", "pi_evil0"),
    ("events", "log"),
)


def test_the_command_line(evil: str, tmp_path: Path) -> None:
    """Tables on a terminal have the texts as characters, too."""
    with Terminal(200, 50) as terminal:
        for command in COMMANDS:
            done = subprocess.run(
                (sys.executable, "-m", "store.cli", "--store", evil, *command),
                stdin=terminal.program,
                stdout=terminal.program,
                stderr=terminal.program,
                cwd=ROOT,
                env=environment(TERM="xterm-256color", **folders(tmp_path)),
                timeout=PATIENCE,
                check=False,
            )
            assert done.returncode == 0, terminal
    text = terminal.written.decode()
    assert "\\u202e" in text
    assert not ACTS.findall(text.replace("\r\n", "\n"))
