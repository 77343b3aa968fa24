"""The journal: what was asked for outlives the console that asked."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from conftest import MONDAY
from tui.files.journal import Asked, Journal

STORE = "postgresql://mia:secret@desk.example:5432/refunds"
REFUND = Asked("key_1", "refund 42.00 USD of pi_1", "mia", MONDAY)
NOTE = replace(REFUND, key="key_2", what="note on pi_1")
_ASKS = """
import sys
from datetime import datetime
from pathlib import Path
from tui.files.journal import Asked, Journal
journal = Journal(Path(sys.argv[1]), sys.argv[2])
at = datetime.fromisoformat("2026-03-02T09:00:00+00:00")
journal.write(Asked("key_1", "refund 42.00 USD of pi_1", "mia", at))
print("asked", flush=True)
sys.stdin.read()
"""


def files(folder: Path) -> list[Path]:
    """Return the files that journals have there."""
    return sorted(folder.iterdir())


def test_what_a_killed_console_asked_for_is_found(tmp_path: Path) -> None:
    """While the console lives it is its own affair; killed, the next one reads it."""
    with subprocess.Popen(
        [sys.executable, "-c", _ASKS, str(tmp_path), STORE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    ) as console:
        assert console.stdout is not None
        assert console.stdout.readline() == b"asked\n"
        assert Journal(tmp_path, STORE).left() == ()
        console.send_signal(signal.SIGKILL)
        console.wait()
    after = Journal(tmp_path, STORE)
    assert after.left() == (REFUND,)
    after.settle()
    assert files(tmp_path) == []


def test_nobody_else_reads_it(tmp_path: Path) -> None:
    """The file is the agent's alone, and names neither store nor password."""
    journal = Journal(tmp_path / "state", STORE)
    journal.write(REFUND)
    (file,) = files(tmp_path / "state")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert "desk.example" not in file.name
    assert b"secret" not in file.read_bytes()


def test_what_was_answered_and_seen_is_struck_out(tmp_path: Path) -> None:
    """An answer counts once a key shows that it was seen."""
    journal = Journal(tmp_path, STORE)
    for asked in (REFUND, NOTE):
        journal.write(asked)
    journal.answered(REFUND.key)
    assert journal.has_answered
    journal.read()
    assert not journal.has_answered
    journal.answered(NOTE.key)
    journal.close()
    after = Journal(tmp_path, STORE)
    assert after.left() == (NOTE,)


def test_a_console_that_left_nothing_open_leaves_no_file(tmp_path: Path) -> None:
    """Where every answer was seen, nothing is kept."""
    journal = Journal(tmp_path, STORE)
    journal.write(REFUND)
    journal.answered(REFUND.key)
    journal.read()
    journal.close()
    assert files(tmp_path) == []


def test_stores_do_not_mix(tmp_path: Path) -> None:
    """Another store's actions are not asked of this one; another login's are."""
    journal = Journal(tmp_path, STORE)
    journal.write(REFUND)
    journal.close()
    assert Journal(tmp_path, STORE.replace("refunds", "others")).left() == ()
    assert Journal(tmp_path, STORE.replace("mia:secret", "tom")).left() == (REFUND,)


def test_two_starts_at_once_tell_it_once(tmp_path: Path) -> None:
    """Who comes second finds nothing, and takes nothing away."""
    journal = Journal(tmp_path, STORE)
    journal.write(REFUND)
    journal.close()
    first, second = Journal(tmp_path, STORE), Journal(tmp_path, STORE)
    assert first.left() == (REFUND,)
    assert second.left() == ()
    second.settle()
    assert len(files(tmp_path)) == 1
    first.close()
    assert second.left() == (REFUND,)


def test_what_never_ends_is_no_journal(tmp_path: Path) -> None:
    """A pipe or a device under a journal's name is passed over."""
    journal = Journal(tmp_path, STORE)
    journal.write(REFUND)
    journal.close()
    (file,) = files(tmp_path)
    os.mkfifo(file.with_name(f"{file.stem}-pipe{file.suffix}"))
    assert Journal(tmp_path, STORE).left() == (REFUND,)


def test_a_torn_line_is_no_action(tmp_path: Path) -> None:
    """What was not wholly written down was never asked of the store."""
    journal = Journal(tmp_path, STORE)
    journal.write(REFUND)
    journal.write(NOTE)
    journal.close()
    (file,) = files(tmp_path)
    file.write_bytes(file.read_bytes()[:-9])
    assert Journal(tmp_path, STORE).left() == (REFUND,)
    file.write_bytes(b"\xff\x00[]\n{}\n3\nnull\n")
    assert Journal(tmp_path, STORE).left() == ()


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    """Then only this session knows what is open."""
    blocked = tmp_path / "state"
    blocked.write_text("a file")
    journal = Journal(blocked, STORE)
    journal.write(REFUND)
    journal.lose(REFUND.key)
    assert journal.lost() == (REFUND,)
    journal.answered(REFUND.key)
    assert journal.lost() == ()
    assert journal.left() == ()
    journal.close()
    assert os.listdir(tmp_path) == ["state"]  # noqa: PTH208 - names only
