"""Options: each one declared once, for every command that takes it."""

from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError
from dataclasses import dataclass, field
from datetime import tzinfo
from os import environ

STORE_VARIABLE = "REFUND_DESK_STORE"
SEED = "refund-desk"
"""What a demo or an account is made from when nothing is said."""
_MOST_DIGITS = 9


class Mistyped(Exception):
    """What was typed cannot be done, in one sentence."""


@dataclass(slots=True)
class Typed:
    """What was typed, before a command's name or after it."""

    command: str | None = None
    store: str | None = field(default_factory=lambda: environ.get(STORE_VARIABLE))
    actor: str | None = None
    theme: str | None = None
    zone: str | None = None
    ascii: bool = False
    no_mouse: bool = False
    version: bool = False
    seed: str = SEED
    payments: int = 0
    files: tuple[str, ...] = ()
    verb: str | None = None
    given: dict[str, list[str]] = field(default_factory=dict)
    """What a Stripe-shaped command was given, by parameter."""
    idempotency_key: str | None = None
    dry_run: bool = False
    format: str | None = None
    file: str | None = None
    to: str = ""
    filter: str = ""


def take_store(parser: ArgumentParser) -> None:
    """Let a parser take `--store`."""
    parser.add_argument(
        "--store",
        metavar="URL",
        default=SUPPRESS,
        help="the store: a path, or a URL such as sqlite:///desk.db; without it"
        f" {STORE_VARIABLE}, or your own in the data folder of your account",
    )


def take_actor(parser: ArgumentParser) -> None:
    """Let a parser take `--actor`."""
    parser.add_argument(
        "--actor",
        metavar="NAME",
        default=SUPPRESS,
        help="who is written on every event; without it, your login name",
    )


def take_zone(parser: ArgumentParser) -> None:
    """Let a parser take `--zone`."""
    parser.add_argument(
        "--zone",
        "--tz",
        metavar="ZONE",
        default=SUPPRESS,
        help="the time zone to read times in, such as Europe/Paris",
    )


def take_format(parser: ArgumentParser, choices: tuple[str, ...], said: str) -> None:
    """Let a parser take `--format`."""
    parser.add_argument("--format", choices=choices, default=SUPPRESS, help=said)


def take_write(parser: ArgumentParser) -> None:
    """Let a parser take what every change is asked with."""
    take_actor(parser)
    parser.add_argument(
        "--idempotency-key",
        metavar="KEY",
        default=SUPPRESS,
        help="the same key twice changes once, and answers as it did then",
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        default=SUPPRESS,
        help="show what would come of it, and change nothing",
    )


def take_console(parser: ArgumentParser) -> None:
    """Let a parser take what the console is opened with."""
    take_actor(parser)
    take_zone(parser)
    parser.add_argument(
        "--theme", metavar="NAME", default=SUPPRESS, help="the theme to begin with"
    )
    for name, said in (
        ("--ascii", "draw with plain letters only"),
        ("--no-mouse", "leave the mouse to the terminal"),
    ):
        parser.add_argument(name, action="store_true", default=SUPPRESS, help=said)


def take_seed(parser: ArgumentParser) -> None:
    """Let a parser take `--seed`."""
    parser.add_argument(
        "--seed",
        metavar="TEXT",
        default=SUPPRESS,
        help=f"the same seed makes the same store; without it, {SEED}",
    )


def number(text: str) -> int:
    """Read a number of payments.

    Raises:
        ArgumentTypeError: It is none, or less than one.
    """
    digits = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    if not digits or int(text) == 0:
        raise ArgumentTypeError(f"{text!r} is no number of payments")
    return int(text)


def actor_name(typed: Typed) -> str:
    """Return who acts.

    Raises:
        Mistyped: The name is empty or cannot be shown.
    """
    name = _login() if typed.actor is None else typed.actor
    if not name.strip() or not name.isprintable():
        raise Mistyped("--actor needs a name made of letters and digits.")
    return name.strip()


def _login() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "agent"


def zone(typed: Typed) -> tzinfo | None:
    """Return the zone to read times in; None is the machine's.

    Raises:
        Mistyped: There is no such zone.
    """
    if typed.zone is None:
        return None
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(typed.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Mistyped(
            f'"{typed.zone}" is no time zone: use a name such as Europe/Paris.'
        ) from None
