"""Files that never end, or hold a line that never does, take memory with a bound."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from exported import charge, lines, refund

from store.intake import lines as bounds
from store.intake import values
from store.intake.reading import Found, Problem, Sighting, read
from store.verbs import take_in

ROOT = Path(__file__).parents[2]
_MEASURED = """
import atexit, resource, sys
from pathlib import Path

peak, status = Path(sys.argv.pop(1)), Path("/proc/self/status")


def note() -> None:
    if status.exists():
        found = (one.split()[1] for one in status.read_text().splitlines()
                 if one.startswith("VmHWM:"))
        peak.write_text(next(found))
    else:
        peak.write_text(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))


atexit.register(note)
from store.cli import main

main()
"""
"""Runs a command and notes its own peak; a parent's counts in what `wait4` tells."""
MOST_MEMORY = 450
"""MiB that an import takes at most of what is refused, on any machine."""


@dataclass(frozen=True)
class Ended:
    """How a command ended, what it said, and the memory that it took at most."""

    code: int
    said: str
    mib: float


def run(folder: Path, feed: str, *command: str) -> Ended:
    """Run a command of ours; what a shell writes is its standard input."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(folder)}
    said, peak = folder / "said.txt", folder / "peak.txt"
    with (
        subprocess.Popen(["/bin/sh", "-c", feed], stdout=subprocess.PIPE) as feeding,
        said.open("w") as told,
    ):
        ran = subprocess.Popen(
            [sys.executable, "-c", _MEASURED, str(peak), *command],
            stdin=feeding.stdout,
            stdout=told,
            stderr=told,
            env=environment,
        )
        ran.wait()
        assert feeding.stdout is not None
        feeding.stdout.close()
        feeding.kill()
    return Ended(ran.returncode, said.read_text(), int(peak.read_text()) / 1024)


@pytest.mark.parametrize(
    ("feed", "said"),
    [
        ("exec cat /dev/zero", "line 1: it is longer than 64 MiB."),
        ("exec yes x", "line 1: it is not JSON: Expecting value."),
        (
            "echo; exec yes '[{},' | tr -d '\\n'",
            "line 2: it is longer than 64 MiB.",
        ),
        (
            "echo '['; exec yes '{\"a\": \"            \"},'",
            "line 1: the JSON value that begins here is longer than 64 MiB.",
        ),
        ("printf '\\377\\376'; exec yes x", "line 1: it is longer than 64 MiB."),
    ],
)
def test_what_never_ends_is_refused(tmp_path: Path, feed: str, said: str) -> None:
    """By its line, and with a bound to the memory; it is read as a stream."""
    where = ("--store", str(tmp_path / "new.db"))
    ended = run(tmp_path, feed, "import", "/dev/stdin", *where)
    assert f"/dev/stdin, {said}" in ended.said
    assert "nothing was imported" in ended.said
    assert ended.code == 1
    assert ended.mib < MOST_MEMORY


def test_ids_that_never_end_are_refused(tmp_path: Path) -> None:
    """Those of a bulk refund too."""
    file = tmp_path / "one.json"
    file.write_text(lines(charge(payment_intent=None)))
    where = ("--store", str(tmp_path / "new.db"))
    assert run(tmp_path, ":", "import", str(file), *where).code == 0
    ended = run(tmp_path, "exec cat /dev/zero", "bulk", "plan", "-", *where)
    assert (
        ended.said == "Standard input holds more than 33,554,432 characters of ids.\n"
    )
    assert ended.code == 2
    assert ended.mib < MOST_MEMORY
    found = run(tmp_path, "echo ch_1", "bulk", "plan", "-", *where)
    assert (found.code, "ch_1" in found.said) == (0, True)


def test_a_pipe_is_imported_as_a_stream(tmp_path: Path) -> None:
    """From its first line to its last."""
    file = tmp_path / "both.json"
    file.write_text(lines(charge(), refund()))
    where = ("--store", str(tmp_path / "new.db"))
    ended = run(tmp_path, f"exec cat '{file}'", "import", "/dev/stdin", *where)
    assert ended.code == 0
    assert ended.said.startswith("/dev/stdin: 2 objects read\n")


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> int:
    """Let a line be of a thousand bytes at most."""
    monkeypatch.setattr(bounds, "LONGEST", 1000)
    return 1000


def told(file: Path, content: str) -> list[str]:
    """Return the kinds of what a file holds, and what is wrong with it."""
    file.write_text(content)
    seen: list[Sighting] = list(read(file))
    return [one.kind if isinstance(one, Found) else str(one) for one in seen]


def thing(size: int) -> str:
    """Return an object of so many characters."""
    empty = json.dumps({"object": "x", "id": "x_1", "is": ""})
    return json.dumps({"object": "x", "id": "x_1", "is": "y" * (size - len(empty))})


def test_a_line_is_refused_by_its_number(narrow: int, tmp_path: Path) -> None:
    """One of the longest that is taken is not."""
    file, longest = tmp_path / "f", thing(narrow)
    assert len(longest) == narrow
    assert told(file, f"{longest}\n{longest}\n{longest}") == ["x", "x", "x"]
    assert told(file, f"{longest}\n{thing(narrow + 1)}\n{longest}") == [
        "x",
        "f, line 2: it is longer than 64 MiB.",
    ]


def test_a_value_over_many_lines_is_refused_where_it_begins(
    narrow: int, tmp_path: Path
) -> None:
    """But a line that is broken is told, and those after it are read."""
    file = tmp_path / "f"
    member = f"{thing(100)},\n"
    assert told(file, f"[\n{member * 9}{thing(50)}]") == ["x"] * 10
    assert told(file, f"\n[\n{member * 20}{thing(50)}]") == [
        "f, line 2: the JSON value that begins here is longer than 64 MiB."
    ]
    broken = thing(100)[:-2]
    rest = f"{thing(100)}\n" * 20
    assert told(file, f"{broken}\n{rest}") == [
        "f, line 1: the JSON value that begins here never ends.",
        *["x"] * 20,
    ]
    assert narrow


def test_too_many_values_at_once_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In memory each of them is larger than in the file."""
    monkeypatch.setattr(values, "_LONG", 0)
    monkeypatch.setattr(values, "_MOST_OBJECTS", 10)
    file = tmp_path / "f"
    assert told(file, f"[{','.join([thing(50)] * 9)}]") == ["x"] * 9
    (said,) = told(file, f"[{','.join([thing(50)] * 10)}]")
    assert said == "f, line 1: it holds more values than are read at once."


def test_few_large_objects_are_written_as_many_small_ones_are() -> None:
    """What is in memory between two writings is counted in text, too."""
    large = Found("x", {}, "f", 1, size=9 * 1024 * 1024)
    small = Found("x", {}, "f", 1, size=10)
    chunks = take_in._chunks([large, large, small, large, Problem("f", 1, "?")])
    assert [len(one) for one in chunks] == [2, 3]
    assert [len(one) for one in take_in._chunks([small] * 4001)] == [2000, 2000, 1]
