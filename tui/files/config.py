"""Config: the file in which an agent writes settings down; never written here."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from store.bounded import read_text
from store.lists.page import Sort
from tui.settings import THEMES, Reading, Settings, WrongSettings, read_sort
from tui.widgets.columns import TITLES


def read_config(file: Path, *, needed: bool = False) -> Settings:
    """Return what the file says; without a file, nothing is said.

    Raises:
        WrongSettings: It cannot be read, or says what there is not.
    """
    if not needed and not file.exists():
        return Settings()
    said = said_in(file)
    try:
        return Settings(**{_known(name)[0]: _read(name, said[name]) for name in said})
    except WrongSettings as wrong:
        raise WrongSettings(f"{file}: {wrong}") from None


def said_in(file: Path) -> Mapping[str, object]:
    """Return what stands in the file, as it stands there.

    Raises:
        WrongSettings: It cannot be read.
    """
    import tomllib

    try:
        return tomllib.loads(read_text(file))
    except OSError as failed:
        raise WrongSettings(f"{file} cannot be read: {failed.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise WrongSettings(f"{file} is no TOML: {wrong}.") from None


def _read(name: str, value: object) -> Any:
    return _known(name)[1](value)


def _known(name: str) -> tuple[str, Callable[[Any], object]]:
    if name not in _SETTINGS:
        known = ", ".join(_SETTINGS)
        raise WrongSettings(f'there is no setting "{name}": use {known}.')
    return _SETTINGS[name]


def _one_of(known: tuple[str, ...], what: str, value: object) -> str:
    if value not in known:
        said = f'"{value}" is no {what}: use one of {", ".join(known)}.'
        raise WrongSettings(said)
    return str(value)


def theme_named(value: object) -> str:
    """Return a theme's name.

    Raises:
        WrongSettings: There is no such theme.
    """
    return _one_of(THEMES, "theme", value)


def _zone(value: object) -> str:
    try:
        return ZoneInfo(str(value)).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        said = f'there is no time zone "{value}": use a name such as Europe/Paris.'
        raise WrongSettings(said) from None


def _times(value: object) -> Reading:
    return Reading(_one_of(tuple(Reading), "way to read times", value))


def _columns(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise WrongSettings("columns must be a list of their titles.")
    return tuple(_one_of(TITLES, "column", title) for title in value)


def _sort(value: object) -> Sort:
    try:
        return read_sort(str(value))
    except ValueError:
        said = f'"{value}" is no order: use created or amount, -amount turns it round.'
        raise WrongSettings(said) from None


def _keys(value: object) -> Mapping[str, str]:
    if not isinstance(value, dict):
        raise WrongSettings("keys must be a table: [keys].")
    for id_, keys in value.items():
        if not isinstance(keys, str) or not keys.strip():
            raise WrongSettings(f'{id_}: needs its keys as text, such as "f6".')
    return value


_SETTINGS: Mapping[str, tuple[str, Callable[[Any], object]]] = {
    "theme": ("theme", theme_named),
    "zone": ("zone", _zone),
    "times": ("reading", _times),
    "columns": ("columns", _columns),
    "sort": ("sort", _sort),
    "keys": ("keys", _keys),
}
"""For each word of the file its setting, and how its value is read."""
