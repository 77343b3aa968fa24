"""Options: each one declared once, for every command that takes it."""

from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError
from dataclasses import dataclass, field
from datetime import tzinfo
from os import environ

STORE_VARIABLE = "REFUND_DESK_STORE"
CONFIG_VARIABLE = "REFUND_DESK_CONFIG"
KEYS_VARIABLE = "REFUND_DESK_API_KEYS"
WEB_PORT = 8000
API_PORT = 12111
API_HOST = "127.0.0.1"
OPENING = "1000000"
SEED = "refund-desk"
"""What a demo or an account is made from when nothing is said."""
_MOST_DIGITS = 9
_PORTS = range(1024, 65536)


class Mistyped(Exception):
    """What was typed cannot be done, in one sentence."""


# Without slots: argparse keeps the options that it does not know in the __dict__.
@dataclass
class Typed:
    """What was typed, before a command's name or after it."""

    command: str | None = None
    store: str | None = field(default_factory=lambda: environ.get(STORE_VARIABLE))
    actor: str | None = None
    theme: str | None = None
    zone: str | None = None
    ascii: bool = False
    no_mouse: bool = False
    read_only: bool = False
    config: str | None = field(default_factory=lambda: environ.get(CONFIG_VARIABLE))
    web: bool = False
    port: int = WEB_PORT
    host: str = API_HOST
    api_port: int = API_PORT
    keys: str | None = None
    opening_balance: str = OPENING
    currency: str = "usd"
    webhook_retries: str = "real"
    forward_to: str = ""
    events: str = "*"
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
    retry: bool = False
    filter: str = ""
    list: str = "payments"


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
        ("--read-only", "look at everything and change nothing"),
    ):
        parser.add_argument(name, action="store_true", default=SUPPRESS, help=said)
    take_config(parser)


def take_config(parser: ArgumentParser) -> None:
    """Let a parser take where the settings file is."""
    parser.add_argument(
        "--config",
        metavar="FILE",
        default=SUPPRESS,
        help=f"the file with keys, theme, zone; without it {CONFIG_VARIABLE}, or"
        " config.toml in the configuration folder of your account",
    )


def take_web(parser: ArgumentParser) -> None:
    """Let a parser take how a demo is shown in a browser."""
    parser.add_argument(
        "--web",
        action="store_true",
        default=SUPPRESS,
        help="show it in a browser on this machine instead of here",
    )
    parser.add_argument(
        "--port",
        metavar="N",
        type=port,
        default=SUPPRESS,
        help=f"where the browser finds it; without it, {WEB_PORT}",
    )


def take_serving(parser: ArgumentParser) -> None:
    """Let a parser take where a store is served, to whom, and how it begins."""
    for name, metavar, said in (
        ("--host", "ADDRESS", f"the address to listen at; without it, {API_HOST}"),
        (
            "--keys",
            "FILE",
            f"API keys that are taken, one a line or `name: key`; else {KEYS_VARIABLE}",
        ),
        (
            "--opening-balance",
            "AMOUNT",
            f"what a new store has available, {OPENING} if not said; 0 for nothing",
        ),
        ("--currency", "CURRENCY", "the currency of its balance; without it, usd"),
    ):
        parser.add_argument(name, metavar=metavar, default=SUPPRESS, help=said)
    parser.add_argument(
        "--port",
        metavar="N",
        type=port,
        dest="api_port",
        default=SUPPRESS,
        help=f"the port to listen at; without it, {API_PORT}",
    )
    parser.add_argument(
        "--webhook-retries",
        metavar="PACE",
        default=SUPPRESS,
        help="how long webhooks are tried again: `real`, for about a day, or `quick`,"
        " for some seconds, as tests need it; without it, real",
    )


def take_listening(parser: ArgumentParser) -> None:
    """Let a parser take where events go, and which."""
    parser.add_argument(
        "--forward-to",
        metavar="URL",
        required=True,
        help="where each event is posted: a URL, localhost:3000/hook, or a port",
    )
    parser.add_argument(
        "--events",
        metavar="TYPES",
        default=SUPPRESS,
        help="the types that are sent, with commas between; without it, every one",
    )


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


def port(text: str) -> int:
    """Read the number of a port.

    Raises:
        ArgumentTypeError: It is none that a program may take.
    """
    digits = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    if not digits or int(text) not in _PORTS:
        raise ArgumentTypeError(f"{text!r} is no port from 1024 to 65535")
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
