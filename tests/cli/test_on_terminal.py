"""`refund-desk` on a terminal: the console opens and closes, progress is shown."""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path
from threading import Condition, Thread
from typing import Self

from desk import CHARGE, Desk
from till import opened

RUN = (sys.executable, "-c", "from store.cli import main; main()")
_ROOM = struct.pack("HHHH", 36, 120, 0, 0)
_PATIENCE = 30


class Terminal:
    """A pseudo-terminal that is read all the time, as a person's is."""

    def __init__(self) -> None:
        self._person, self.program = pty.openpty()
        fcntl.ioctl(self.program, termios.TIOCSWINSZ, _ROOM)
        self._written = b""
        self._more = Condition()
        self._reader = Thread(target=self._read)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self.program)
        self._reader.join(_PATIENCE)
        os.close(self._person)

    def press(self, keys: bytes) -> None:
        """Type keys."""
        os.write(self._person, keys)

    def seen(self, words: bytes) -> bool:
        """Wait until some words were written; tell whether they were."""
        with self._more:
            return self._more.wait_for(lambda: words in self._written, _PATIENCE)

    def _read(self) -> None:
        while chunk := _chunk(self._person):
            with self._more:
                self._written += chunk
                self._more.notify_all()


def _chunk(person: int) -> bytes:
    try:
        return os.read(person, 65536)
    except OSError:
        return b""  # the other side is closed


def test_demo_opens_and_is_gone_afterwards(tmp_path: Path) -> None:
    """The demo's payments appear; quitting ends with 0 and leaves nothing behind."""
    environment = {**os.environ, "TMPDIR": str(tmp_path), "TERM": "xterm-256color"}
    with (
        Terminal() as terminal,
        subprocess.Popen(
            (*RUN, "demo", "--actor", "mia", "--zone", "UTC"),
            stdin=terminal.program,
            stdout=terminal.program,
            stderr=terminal.program,
            env=environment,
        ) as console,
    ):
        try:
            assert terminal.seen(b"DEMO")
            assert terminal.seen(b"Jane Doe")
            assert [path.name[:12] for path in tmp_path.iterdir()] == ["refund-desk-"]
            terminal.press(b"Q")
            assert console.wait(_PATIENCE) == 0
        finally:
            console.kill()
    assert list(tmp_path.iterdir()) == []


def test_unknown_theme_and_zone_are_one_sentence(tmp_path: Path) -> None:
    """What the console cannot use is named before anything opens."""
    with Terminal() as terminal:
        for option, said in (
            (("--theme", "pink"), b'"pink" is no theme: use one of dark, '),
            (("--zone", "Mars/Base"), b'"Mars/Base" is no time zone: '),
            (("--actor", "\x1b[31m"), b"--actor needs a name"),
        ):
            done = subprocess.run(
                (*RUN, *option),
                stdin=terminal.program,
                stdout=terminal.program,
                stderr=terminal.program,
                check=False,
                env={**os.environ, "XDG_DATA_HOME": str(tmp_path)},
            )
            assert done.returncode == 2
            assert terminal.seen(said)


def test_own_store_that_is_none_is_refused_before_the_screen(tmp_path: Path) -> None:
    """The sentence stays on the terminal, which was never taken over."""
    there = tmp_path / "notes.txt"
    there.write_text("no database at all\n" * 100)
    with Terminal() as terminal:
        done = subprocess.run(
            (*RUN, "--store", str(there)),
            stdin=terminal.program,
            stdout=terminal.program,
            stderr=terminal.program,
            check=False,
        )
        assert done.returncode == 1
        assert terminal.seen(b"not a database")
    assert there.read_text().startswith("no database")


def test_import_shows_progress_on_a_terminal(tmp_path: Path) -> None:
    """The file's name is on stderr while it comes in; stdout has only the result."""
    file = Desk(tmp_path).file("a.json", CHARGE)
    with Terminal() as terminal:
        done = subprocess.run(
            (*RUN, "import", str(file), "--store", str(tmp_path / "d.db")),
            stdout=subprocess.PIPE,
            stderr=terminal.program,
            check=True,
        )
        assert terminal.seen(b"a.json")
    assert done.stdout.splitlines()[1] == b"  added     1 charge"


def test_answers_on_a_terminal_are_for_people(tmp_path: Path) -> None:
    """A table instead of JSON, a sentence instead of the API's body."""
    till = opened(tmp_path)
    with Terminal() as terminal:
        for words, code, said in (
            (("balance",), 0, b"0.00 USD"),
            (("refunds", "retrieve", "re_x"), 1, b"No such refund: 're_x'\r\n"),
        ):
            done = subprocess.run(
                (*RUN, *words, "--store", str(till.file)),
                stdin=terminal.program,
                stdout=terminal.program,
                stderr=terminal.program,
                check=False,
                env={**os.environ, "TERM": "xterm-256color"},
            )
            assert done.returncode == code
            assert terminal.seen(said)
