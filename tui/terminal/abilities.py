"""Abilities: what the terminal can show, from what it says it is.

The toolkit asks no terminal database: it draws with whatever colours and letters the
theme has. So who opens it chooses for the terminal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Colours(Enum):
    """How many colours there are."""

    NONE = 0
    SIXTEEN = 16
    MANY = 256


@dataclass(frozen=True, slots=True)
class Abilities:
    """What can be drawn."""

    colours: Colours
    ascii_only: bool
    """Whether letters beyond ASCII would come out wrong."""

    @property
    def theme(self) -> str:
        """Return the theme that suits, where the agent has chosen none."""
        return "dark" if self.colours is Colours.MANY else "ansi-dark"


_MANY = ("256color", "kitty")
"""How the names of terminals end that have more than sixteen colours."""
_MONOCHROME = ("dumb", "unknown", "vt52", "vt100", "vt102", "vt220", "vt320")
_FEW_LETTERS = (*_MONOCHROME, "linux")
"""Terminals whose own letters lack our signs and lines."""


def abilities(environment: Mapping[str, str], *, windows: bool = False) -> Abilities:
    """Return what the terminal can show that the environment tells of.

    An encoding other than UTF-8 in the locale means few letters on any terminal.
    """
    term = environment.get("TERM", "").lower()
    kind = term.partition("-")[0]
    told = environment.get("TEXTUAL_COLOR_SYSTEM", "auto")
    many = (
        windows
        or environment.get("COLORTERM", "").lower() in ("truecolor", "24bit")
        or term.rpartition("-")[2] in _MANY
        or told in ("truecolor", "256")
    )
    colours = Colours.MANY if many and told != "standard" else Colours.SIXTEEN
    if "NO_COLOR" in environment or term.endswith(("-m", "-mono")):
        colours = Colours.NONE
    if kind in _MONOCHROME and not many:
        colours = Colours.NONE
    few = kind in _FEW_LETTERS and not windows
    return Abilities(colours, few or not _speaks_utf8(environment))


def _speaks_utf8(environment: Mapping[str, str]) -> bool:
    names = (environment.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    locale = next((name for name in names if name), "")
    codeset = locale.partition(".")[2].partition("@")[0]
    return codeset.lower().replace("-", "") in ("", "utf8")
