"""Whatever stands where a file is read, it is read to a bound, or refused."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from store.bounded import SMALL, TooLong, read_own, read_text

WRITTEN = "theme = 'dark' # für Bo\n"


def fifo(folder: Path) -> Path:
    """Make a pipe with a name."""
    made = folder / "pipe"
    os.mkfifo(made)
    return made


def test_a_file_is_read(tmp_path: Path) -> None:
    """Up to its last character, and not one more than is taken."""
    file = tmp_path / "file"
    file.write_text(WRITTEN, "utf-8")
    size = len(WRITTEN.encode())
    assert read_text(file, size) == read_own(file, size) == WRITTEN
    with pytest.raises(TooLong) as refused:
        read_text(file, size - 1)
    assert refused.value.strerror == f"it is longer than {size - 1} bytes"
    with pytest.raises(UnicodeDecodeError):
        read_text(Path("/proc/self/exe"), 10**9)


def test_a_device_ends_where_the_bound_is() -> None:
    """And an empty one is empty."""
    with pytest.raises(TooLong):
        read_text(Path("/dev/zero"), SMALL)
    assert read_text(Path(os.devnull)) == ""


def test_a_pipe_is_read_to_its_end(tmp_path: Path) -> None:
    """However late somebody begins to write, and in however many pieces."""
    made = fifo(tmp_path)

    def write() -> None:
        with made.open("w", encoding="utf-8") as pipe:
            for piece in WRITTEN:
                pipe.write(piece)
                pipe.flush()

    writer = threading.Thread(target=write)
    writer.start()
    assert read_text(made, patience=60) == WRITTEN
    writer.join()


def test_a_pipe_without_a_writer_is_refused(tmp_path: Path) -> None:
    """It is not waited for; and no state of ours is a pipe or a device."""
    made = fifo(tmp_path)
    with pytest.raises(OSError, match="nobody writes into it"):
        read_text(made, patience=0)
    for other in (made, Path("/dev/zero"), tmp_path):
        with pytest.raises(OSError, match="it is no plain file"):
            read_own(other, SMALL)


def test_what_is_not_there_is_said_so(tmp_path: Path) -> None:
    """By the system's own words."""
    with pytest.raises(FileNotFoundError):
        read_text(tmp_path / "none")
    with pytest.raises(FileNotFoundError):
        read_own(tmp_path / "none", SMALL)
    with pytest.raises(IsADirectoryError):
        read_text(tmp_path)
