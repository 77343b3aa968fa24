"""Yank: the value that was copied last, in a file, where no terminal takes it.

Terminals without a clipboard get nothing from a copy; a file is always there.
"""

import os
import tempfile
from pathlib import Path

from platformdirs import user_state_path

NAME = "copied.txt"


class CannotWrite(Exception):
    """Why the file could not be written, in one sentence."""


def write(value: str) -> Path:
    """Write the value into a file that only the agent can read; return where.

    Raises:
        CannotWrite: The folder or the disk says no; an older file stays as it was.
    """
    path = user_state_path("refund-desk", appauthor=False) / NAME
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # mkstemp makes files for their owner alone.
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".copied-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(f"{value}\n")
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as failed:
        raise CannotWrite(f"{path} cannot be written: {failed.strerror}.") from failed
    return path
