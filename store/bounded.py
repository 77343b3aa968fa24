"""Bounded: files and streams are read to a length that is set, whatever stands there.

A device may never end, a pipe may wait for somebody who never writes.
"""

import errno
import os
import select
import stat
import time
from pathlib import Path

MIB = 1024 * 1024
SMALL = MIB
"""So long is a file that a person wrote, at most."""
_PATIENCE = 2.0
"""Seconds that a pipe may take until somebody writes into it."""
_LOOKED_EVERY = 0.02


class TooLong(OSError):
    """A file that goes on past the length that is read."""

    def __init__(self, most: int) -> None:
        super().__init__(errno.EFBIG, f"it is longer than {most:,} bytes")


def read_text(path: Path, most: int = SMALL, *, patience: float = _PATIENCE) -> str:
    """Return a whole text in UTF-8, of a file, a pipe or a device.

    Raises:
        OSError: It cannot be read, is a terminal, is too long (`TooLong`), or nobody
            writes into it.
        UnicodeDecodeError: It is no UTF-8.
    """
    # Opened so, a pipe does not wait until somebody writes into it.
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(handle, "rb", buffering=0) as file:
        if os.isatty(handle):
            raise OSError(errno.EINVAL, "it is a terminal")
        begun = b""
        if stat.S_ISFIFO(os.fstat(handle).st_mode):
            begun = _awaited(handle, patience)
        os.set_blocking(handle, True)
        pieces, left = [begun], most + 1 - len(begun)
        while left > 0 and (piece := file.read(min(left, MIB))):
            pieces.append(piece)
            left -= len(piece)
    if left <= 0:
        raise TooLong(most)
    return b"".join(pieces).decode()


def _awaited(handle: int, patience: float) -> bytes:
    """Return what first comes out of a pipe, or nothing once somebody is there."""
    ends = time.monotonic() + patience
    while True:
        try:
            if first := os.read(handle, MIB):
                return first
        except BlockingIOError:
            return b""
        if time.monotonic() > ends:
            raise OSError(errno.EPIPE, "nobody writes into it")
        select.select([], [], [], _LOOKED_EVERY)


def read_own(path: Path, most: int) -> str:
    """Return the text of a file of our own; what is no plain file is none.

    Raises:
        OSError: It cannot be read, is no plain file or is too long.
        UnicodeDecodeError: It is no UTF-8.
    """
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "it is no plain file")
    return read_text(path, most)
