"""Options: each one declared once, for every command that takes it."""

import getpass
from dataclasses import dataclass, replace
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from store.event import Actor

_STORE = "The store: a file or a URL such as sqlite:///desk.db."

StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="URL",
        envvar="REFUND_DESK_STORE",
        help=f"{_STORE} Without it, your own in the data folder of your account.",
    ),
]
ItsStoreOption = Annotated[
    str | None, typer.Option("--store", metavar="URL", help=_STORE)
]
ActorOption = Annotated[
    str | None,
    typer.Option(
        "--actor",
        metavar="NAME",
        help="Who is written on every event; without it, your login name.",
    ),
]
AsciiOption = Annotated[
    bool, typer.Option("--ascii", help="Draw with plain letters only.")
]
ThemeOption = Annotated[
    str | None,
    typer.Option("--theme", metavar="NAME", help="The theme to begin with."),
]
ZoneOption = Annotated[
    str | None,
    typer.Option(
        "--zone",
        "--tz",
        metavar="ZONE",
        help="The time zone to read times in, such as Europe/Paris.",
    ),
]
NoMouseOption = Annotated[
    bool, typer.Option("--no-mouse", help="Leave the mouse to the terminal.")
]


class Mistyped(Exception):
    """What was typed cannot be done, in one sentence."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for before a command's name, or after it."""

    store: str | None = None
    actor: str | None = None
    ascii: bool = False
    theme: str | None = None
    zone: str | None = None
    no_mouse: bool = False

    def before(self, after: "Wishes") -> "Wishes":
        """Return both; what stands after the command's name wins."""
        return replace(
            self,
            store=after.store or self.store,
            actor=after.actor or self.actor,
            ascii=after.ascii or self.ascii,
            theme=after.theme or self.theme,
            zone=after.zone or self.zone,
            no_mouse=after.no_mouse or self.no_mouse,
        )


def actor(wishes: Wishes) -> Actor:
    """Return who acts at the console.

    Raises:
        Mistyped: The name is empty or cannot be shown.
    """
    name = wishes.actor if wishes.actor is not None else _login()
    if not name.strip() or not name.isprintable():
        raise Mistyped("--actor needs a name made of letters and digits.")
    return Actor(name.strip())


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "agent"


def zone(wishes: Wishes) -> ZoneInfo | None:
    """Return the zone to read times in; None is the machine's.

    Raises:
        Mistyped: There is no such zone.
    """
    if wishes.zone is None:
        return None
    try:
        return ZoneInfo(wishes.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Mistyped(
            f'"{wishes.zone}" is no time zone: use a name such as Europe/Paris.'
        ) from None
