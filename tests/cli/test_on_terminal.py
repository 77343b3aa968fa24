"""`refund-desk` on a terminal: the console opens and closes, progress is shown."""

import os
import subprocess
import sys
from pathlib import Path

from desk import CHARGE, Desk
from till import opened

from on_pty import PATIENCE, Terminal

RUN = (sys.executable, "-c", "from store.cli import main; main()")


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
            assert console.wait(PATIENCE) == 0
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
