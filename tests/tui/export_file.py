"""Export file: how one is asked for, and what a spreadsheet reads of it."""

from __future__ import annotations

import csv
from pathlib import Path

from at_work import (
    Desk,
    until_shown,
    until_told,
)

from tui.dialogs.export import ExportDialog
from tui.parts.desk import DeskScreen


async def exported(desk: Desk, *keys: str) -> Path:
    """Export what is shown, after these keys in the dialog; return the file."""
    screen = desk.app.screen
    assert isinstance(screen, DeskScreen)
    before = screen.result.told.plain
    await desk.press("e")
    await until_shown(desk, ExportDialog)
    await desk.press(*keys)
    await desk.pause()
    await desk.press("enter")
    told = await until_told(desk, before)
    assert told.startswith("✓ exported ")
    return Path(told.partition(" to ")[2])


def rows(file: Path) -> list[dict[str, str]]:
    """Return what a spreadsheet reads."""
    assert file.stat().st_mode & 0o777 == 0o600
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
