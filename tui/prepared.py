"""Prepared: what the agent and the terminal ask for, before anything is drawn."""

import os
from collections.abc import MutableMapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path

from tui.files.config import read_config, theme_named
from tui.files.memory import Memory
from tui.settings import THEMES, Settings
from tui.terminal.abilities import Colours, abilities
from tui.words.zone import Zone

_APP = "refund-desk"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was typed, where anything was."""

    theme: str | None = None
    zone: tzinfo | None = None
    ascii_only: bool = False
    config: str | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """How the console is to be opened."""

    memory: Memory
    theme: str
    zone: Zone
    ascii_only: bool

    @property
    def begins_plainly(self) -> bool:
        """Tell whether the first payments can be drawn before there is a screen."""
        settings = self.memory.settings
        return settings.lists_plainly and not (self.ascii_only or settings.columns)


def prepare(
    wishes: Wishes, environment: MutableMapping[str, str], *, remembers: bool
) -> Prepared:
    """Return how to open the console; a throwaway one reads no file of its own accord.

    Without colours the environment says so from then on, to the toolkit too.

    Raises:
        WrongSettings: A theme or a setting is none.
    """
    able = abilities(environment, windows=os.name == "nt")
    if able.colours is Colours.NONE:
        environment["NO_COLOR"] = "1"
    memory = _memory(wishes.config, remembers=remembers)
    settings = memory.settings
    chosen = settings.theme if settings.theme in THEMES else None
    return Prepared(
        memory=memory,
        theme=theme_named(wishes.theme) if wishes.theme else chosen or able.theme,
        zone=Zone(wishes.zone or _zone(settings), settings.reading),
        ascii_only=wishes.ascii_only or able.ascii_only,
    )


def config_file() -> Path:
    """Return where the settings file is, unless another one is named."""
    from platformdirs import user_config_path

    return user_config_path(_APP, appauthor=False) / "config.toml"


def _memory(config: str | None, *, remembers: bool) -> Memory:
    if config:
        configured = read_config(Path(config).expanduser(), needed=True)
    elif remembers:
        configured = read_config(config_file())
    else:
        configured = Settings()
    if not remembers:
        return Memory(configured)
    from platformdirs import user_state_path

    return Memory(configured, user_state_path(_APP, appauthor=False) / "choices.json")


def _zone(settings: Settings) -> tzinfo | None:
    if settings.zone is None:
        return None
    from zoneinfo import ZoneInfo

    with suppress(KeyError, ValueError, OSError):
        return ZoneInfo(settings.zone)
    return None
