"""`refund-desk`: options, errors in one sentence, and what it never loads."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from desk import CHARGE, Desk

from store import open_store
from store.search.language import Filter

RUN = (sys.executable, "-c", "from store.cli import main; main()")


def test_version_is_the_distributions(tmp_path: Path) -> None:
    """`--version` names command and version."""
    desk = Desk(tmp_path)
    answer = desk("--version")
    assert (answer.code, answer.out) == (0, "refund-desk 0.1.0\n")


def test_help_lists_every_command(tmp_path: Path) -> None:
    """`--help` shows the commands."""
    desk = Desk(tmp_path)
    answer = desk("--help")
    assert answer.code == 0
    for command in ("demo", "import", "seed"):
        assert f"\n    {command} " in answer.out


@pytest.mark.parametrize("typed", [(), ("demo",), ("--theme", "dark")])
def test_console_needs_a_terminal(tmp_path: Path, typed: tuple[str, ...]) -> None:
    """Without a terminal the console says so and ends."""
    desk = Desk(tmp_path)
    answer = desk(*typed)
    assert answer.code == 2
    assert answer.err == (
        "The console needs a terminal; import and seed do without one.\n"
    )


def test_unknown_option_is_a_usage_error(tmp_path: Path) -> None:
    """A misspelt option is named."""
    desk = Desk(tmp_path)
    answer = desk("--them", "dark")
    assert answer.code == 2
    assert "--them" in answer.err


def not_a_store(tmp_path: Path, kind: str) -> str:
    """Return where something else than a store is."""
    there = tmp_path / "there"
    match kind:
        case "text":
            there.write_text("this is no database, but a long enough text file\n" * 50)
        case "folder":
            there.mkdir()
        case "other database":
            with closing(sqlite3.connect(there)) as other:
                other.execute("CREATE TABLE t (x)")
        case "below a file":
            there.write_text("x")
            return str(there / "desk.db")
        case "question mark":
            return str(tmp_path / "what?.db")
        case _:
            return kind
    return str(there)


@pytest.mark.parametrize(
    "kind",
    [
        "text",
        "folder",
        "other database",
        "below a file",
        "question mark",
        "postgresql://localhost/desk",
        "sqlite://",
        "nonsense://",
    ],
)
def test_what_is_no_store_is_refused_in_one_sentence(tmp_path: Path, kind: str) -> None:
    """One line on stderr, exit code 1, no traceback, nothing changed."""
    desk = Desk(tmp_path)
    where = not_a_store(tmp_path, kind)
    there = tmp_path / "there"
    before = there.read_bytes() if there.is_file() else None
    answer = desk("import", str(desk.file("a.json", CHARGE)), "--store", where)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.count("\n") == 1
    assert answer.err.endswith(".\n")
    assert "Traceback" not in answer.err
    assert before is None or there.read_bytes() == before


def test_headless_commands_load_no_textual(tmp_path: Path) -> None:
    """Import runs without the screens' library."""
    desk = Desk(tmp_path)
    file = desk.file("a.json", CHARGE)
    script = (
        "import sys\n"
        "from store.cli import main\n"
        f"sys.argv = ['refund-desk', 'import', {str(file)!r},"
        f" '--store', {str(tmp_path / 'd.db')!r}]\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code\n"
        "print('textual' in sys.modules, 'tui' in sys.modules)\n"
    )
    done = subprocess.run(
        (sys.executable, "-c", script), capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "False False"


def test_broken_pipe_is_no_traceback(tmp_path: Path) -> None:
    """A reader that goes away ends the command quietly."""
    desk = Desk(tmp_path)
    read, write = os.pipe()
    os.close(read)
    file = str(desk.file("a.json", CHARGE))
    with os.fdopen(write, "wb") as gone:
        done = subprocess.run(
            (*RUN, "import", file, "--store", str(tmp_path / "d.db")),
            stdout=gone,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == ""


def test_interrupt_is_no_traceback_and_imports_nothing(tmp_path: Path) -> None:
    """Ctrl+c in the middle of a file leaves the store as it was."""
    pipe = tmp_path / "endless.json"
    os.mkfifo(pipe)
    store = tmp_path / "desk.db"
    with (
        subprocess.Popen(
            (*RUN, "import", str(pipe), "--store", str(store)),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as running,
        pipe.open("w") as feeding,
    ):
        feeding.write(json.dumps(CHARGE) + "\n")
        feeding.flush()
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=20)
    assert running.returncode == 130
    assert out == ""
    assert "Traceback" not in err
    with open_store(f"sqlite:///{store}") as left:
        assert left.payments.count(Filter()).number == 0
