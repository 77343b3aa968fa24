"""Whether this account may write a store's file."""

import os
from pathlib import Path

_HEAD = 20
_LOGGED = b"\x02\x02"
"""The end of the head of a file that has a write-ahead log."""


def why_not_writable(path: Path) -> str | None:
    """Return why this account cannot write to a store's file; None where it can.

    A journal lies beside the file while somebody writes, so the folder counts too.
    """
    if not os.access(path, os.W_OK):
        return f"{path.name} is read-only: this account may not write to the file."
    if not os.access(path.parent, os.W_OK):
        folder = path.parent
        return f"{path.name} is read-only: this account may not write in {folder}."
    for ending in ("-journal", "-wal", "-shm"):
        beside = path.with_name(f"{path.name}{ending}")
        if beside.exists() and not os.access(beside, os.W_OK):
            return (
                f"{path.name} is read-only: this account may not write to"
                f" {beside.name} beside it."
            )
    return None


def lacks_log(path: Path) -> bool:
    """Tell whether a file wants a write-ahead log beside it that cannot be made there.

    SQLite opens such a file for reading only where it is told that nobody writes.
    """
    beside = path.with_name(f"{path.name}-shm")
    if beside.exists() or os.access(path.parent, os.W_OK):
        return False
    with path.open("rb") as file:
        return file.read(_HEAD)[-2:] == _LOGGED
