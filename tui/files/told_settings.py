"""Told settings: the settings file as it would be with every setting in it, as TOML."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from tui.actions import ALL
from tui.files.config import read_config, said_in
from tui.prepared import config_file
from tui.settings import Settings, written
from tui.text import pressable

_USUAL = {
    "theme": "the theme that suits the terminal",
    "zone": "the zone of this machine",
    "columns": "as many as there is room for",
}
"""What holds where nothing is set, and there are only words for it."""


def told_settings(config: str | None) -> str:
    """Return where the file is, what is set in it, and as comments what is not.

    Raises:
        WrongSettings: The file cannot be used.
    """
    file = Path(config).expanduser() if config else config_file()
    had = read_config(file, needed=config is not None)
    if had.keys:
        from tui.app import RefundDesk
        from tui.keymap import checked_table

        checked_table(had.keys, RefundDesk)
    there = file.exists()
    none = "" if there else " (there is none yet)"
    head = f"# The settings file: {file}{none}"
    about = "# What is not set is a comment that says what holds instead."
    found = said_in(file) if there else {}
    return "\n".join((head, about, "", *_told(had, found)))


def _told(had: Settings, said: Mapping[str, object]) -> Iterator[str]:
    values, usual = _values(had), _values(Settings())
    for name, value in values.items():
        if name in said:
            yield f"{name} = {value}"
        elif name in _USUAL:
            yield f"# {name}: {_USUAL[name]}"
        else:
            yield f"# {name} = {usual[name]}"
    yield ""
    yield "[keys]"
    for action in ALL:
        if given := had.keys.get(action.id):
            yield f"{action.id} = {_quoted(given)}"
        else:
            keys = ",".join(map(pressable, action.keys.split(",")))
            yield f"# {action.id} = {_quoted(keys)}"


def _values(had: Settings) -> Mapping[str, str]:
    """Return each setting by its word in the file, as it is written there."""
    return {
        "theme": _quoted(had.theme),
        "zone": _quoted(had.zone),
        "times": _quoted(had.reading.value),
        "columns": f"[{', '.join(map(_quoted, had.columns))}]",
        "sort": _quoted(written(had.sort)),
    }


def _quoted(text: str | None) -> str:
    """Return a text as TOML writes it: as JSON does."""
    return json.dumps(text or "", ensure_ascii=False)
