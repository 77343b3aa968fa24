"""Whether this account may write a store's file."""

import os
from pathlib import Path


def why_not_writable(path: Path) -> str | None:
    """Return why this account cannot write to a store's file; None where it can.

    A journal lies beside the file while somebody writes, so the folder counts too.
    """
    if not os.access(path, os.W_OK):
        return f"{path.name} is read-only: this account may not write to the file."
    if not os.access(path.parent, os.W_OK):
        folder = path.parent
        return f"{path.name} is read-only: this account may not write in {folder}."
    return None
