"""Themes: five palettes, each with a colour for every kind of status."""

from dataclasses import replace

from textual.theme import BUILTIN_THEMES, Theme

from tui import settings
from tui.status import VARIABLES


def _statuses(colours: str) -> dict[str, str]:
    """Give each status variable, in the order of `VARIABLES`, its colour."""
    return dict(zip(VARIABLES, colours.split(), strict=True))


_DARK = Theme(
    name="dark",
    primary="#7aa2f7",
    secondary="#7dcfff",
    accent="#7dcfff",
    foreground="#d5d8e6",
    background="#14161f",
    surface="#14161f",
    panel="#1f2335",
    success="#9ece6a",
    warning="#e0af68",
    error="#f7768e",
    variables={
        "block-cursor-background": "#2f3a5f",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#1f2335",
        "border": "#3b4261",
        "border-blurred": "#2a2f45",
        "input-selection-background": "#3d59a1",
        **_statuses("#9ece6a #7dcfff #9aa5ce #e0af68 #f7768e #bb9af7 #7a83a8"),
    },
)
_LIGHT = Theme(
    name="light",
    dark=False,
    primary="#2457c5",
    secondary="#0b6e86",
    accent="#0b6e86",
    foreground="#1d2433",
    background="#fbfbfd",
    surface="#fbfbfd",
    panel="#e9ecf4",
    success="#2c6e2f",
    warning="#8a5a00",
    error="#b3261e",
    variables={
        "block-cursor-background": "#cfdcf8",
        "block-cursor-foreground": "#0b1220",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#e9ecf4",
        "border": "#a9b3c9",
        "border-blurred": "#ccd3e2",
        "input-selection-background": "#b4c8f5",
        **_statuses("#2c6e2f #0b6e86 #55607a #8a5a00 #b3261e #7a3ea8 #667089"),
    },
)
_HIGH_CONTRAST = Theme(
    name="high-contrast",
    primary="#ffffff",
    secondary="#00ffff",
    accent="#ffff00",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    success="#00ff00",
    warning="#ffff00",
    error="#ff6b6b",
    variables={
        "block-cursor-background": "#00308f",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#001f5c",
        "border": "#ffffff",
        "border-blurred": "#aaaaaa",
        "text-muted": "#dddddd",
        "input-selection-background": "#0000ff",
        **_statuses("#00ff00 #00ffff #ffffff #ffff00 #ff6b6b #ff80ff #dddddd"),
    },
)


def _sixteen(name: str, colours: str, **variables: str) -> Theme:
    """Return a theme of the terminal's own sixteen colours, with our statuses."""
    theme = BUILTIN_THEMES[name]
    added = {key.replace("_", "-"): value for key, value in variables.items()}
    return replace(theme, variables={**theme.variables, **added, **_statuses(colours)})


THEMES: tuple[Theme, ...] = (
    _DARK,
    _LIGHT,
    _sixteen(
        "ansi-dark",
        "ansi_green ansi_cyan ansi_default ansi_yellow ansi_bright_red ansi_magenta "
        "ansi_bright_black",
        border="ansi_bright_black",
        text_muted="ansi_bright_black",
    ),
    _sixteen(
        "ansi-light",
        "ansi_green ansi_cyan ansi_default ansi_red ansi_red ansi_magenta "
        "ansi_bright_black",
        border="ansi_bright_black",
        text_muted="ansi_bright_black",
    ),
    _HIGH_CONTRAST,
)
"""Every theme; `T` goes from one to the next in this order."""
NAMES = settings.THEMES
DEFAULTS = _DARK.variables
"""What the status variables are under a theme that is not ours."""


def after(name: str) -> str:
    """Return the theme that follows."""
    return NAMES[(NAMES.index(name) + 1) % len(NAMES)] if name in NAMES else NAMES[0]
