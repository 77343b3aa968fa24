"""Reading: what reads the command line, and how its words may be spelled."""

from argparse import SUPPRESS, ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from store.cli.nouns import NOUNS, TOLD
from store.cli.options import (
    number,
    take_actor,
    take_config,
    take_console,
    take_format,
    take_listening,
    take_seed,
    take_serving,
    take_store,
    take_web,
    take_write,
    take_zone,
)
from store.cli.parameters import Verb

_EXITS = (
    "Ends with 0 when it was done, 1 when it was refused or failed, 2 when it was"
    " mistyped, 3 when the store is busy and the same may be asked again."
)


def spelled(words: Sequence[str]) -> Iterator[str]:
    """Return the words with each option in its own spelling: --payment-intent."""
    rest = iter(words)
    for word in rest:
        if word == "--":
            yield word
            yield from rest
            return
        option, sign, value = word.partition("=")
        if option.startswith("--"):
            option = option.replace("_", "-")
        yield f"{option}{sign}{value}"


def parser() -> ArgumentParser:
    """Return what reads the command line."""
    desk = ArgumentParser(
        prog="refund-desk",
        description="Refund payments from the keyboard; without a command, open your"
        " own store.",
        epilog=_EXITS,
        allow_abbrev=False,
    )
    take_store(desk)
    take_console(desk)
    desk.add_argument("--version", action="store_true", help="show the version")
    commands = desk.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for name, (said, take) in _COMMANDS.items():
        take(_add(commands, name, said))
    for noun, verbs in NOUNS.items():
        one = _add(commands, noun, TOLD[noun])
        if "" in verbs:
            _verb(one, verbs[""])
            continue
        named = one.add_subparsers(
            dest="verb", metavar="VERB", title="verbs", required=True
        )
        for name, verb in verbs.items():
            _verb(_add(named, name, verb.help), verb)
    return desk


def _add(commands: Any, name: str, said: str) -> ArgumentParser:
    said = said.replace("%", "%%")
    one: ArgumentParser = commands.add_parser(
        name, help=said, description=said, epilog=_EXITS, allow_abbrev=False
    )
    return one


def _verb(one: ArgumentParser, verb: Verb) -> None:
    for parameter in verb.takes:
        parameter.add_to(one)
    take_store(one)
    take_format(
        one,
        ("json", "table", "csv"),
        "how to answer; without it, a table on a terminal, else JSON",
    )
    if verb.writes:
        (take_write if verb.once else take_actor)(one)


def _demo(one: ArgumentParser) -> None:
    take_seed(one)
    take_console(one)
    take_web(one)


def _import(one: ArgumentParser) -> None:
    take_store(one)
    one.add_argument("files", nargs="+", metavar="FILE", help="Stripe API JSON")


def _serve(one: ArgumentParser) -> None:
    take_store(one)
    take_serving(one)


def _listen(one: ArgumentParser) -> None:
    take_store(one)
    take_listening(one)


def _seed(one: ArgumentParser) -> None:
    take_store(one)
    take_seed(one)
    one.add_argument(
        "--payments", metavar="N", type=number, required=True, help="how many"
    )


def _export(one: ArgumentParser) -> None:
    take_store(one)
    take_zone(one)
    take_format(one, ("csv", "json"), "CSV, or JSON lines; without it, CSV")
    one.add_argument(
        "--list",
        choices=("payments", "pending", "failed", "movements", "events"),
        default="payments",
        help="which list; without it, the payments",
    )
    one.add_argument(
        "--filter",
        metavar="TEXT",
        default="",
        help="only those that the filter of the console finds: status:refunded"
        " amount>20",
    )
    one.add_argument(
        "file",
        nargs="?",
        metavar="FILE",
        help="a new file; without it, one in this folder, named after the time",
    )


def _advance(one: ArgumentParser) -> None:
    take_store(one)
    one.add_argument(
        "to",
        metavar="TIME",
        help="from now, as 7d, 12h, 30m or 2w; or a time, as 2026-03-02T09:00 (UTC)."
        " What is due until then happens at once, dated when it is due; the clock"
        " of the machine goes on as before, so the same span twice adds nothing.",
    )
    one.add_argument(
        "--retry",
        action="store_true",
        default=SUPPRESS,
        help="first put back on the agenda what broke before and was set aside",
    )


def _file(one: ArgumentParser) -> None:
    take_store(one)
    one.add_argument("file", metavar="FILE", help="the copy")


_COMMANDS: dict[str, tuple[str, Callable[[ArgumentParser], None]]] = {
    "demo": ("Open the console on a fresh demo store.", _demo),
    "import": ("Import Stripe API JSON, each file whole or not at all.", _import),
    "serve": ("Answer the part of Stripe's API that refunds need.", _serve),
    "listen": ("Forward events to a program as they happen, and show them.", _listen),
    "seed": ("Fill an empty store with a large account, for measurements.", _seed),
    "export": ("Write a list into a new file, as CSV or JSON lines.", _export),
    "advance": ("Let banks, networks and customers act ahead of time.", _advance),
    "backup": ("Copy the store into a new file, and examine the copy.", _file),
    "restore": ("Put a backup in the place of the store.", _file),
    "migrate": ("Bring an older store up to date.", take_store),
    "settings": ("Show the settings file: what is set, what holds else.", take_config),
    "doctor": ("Examine the store and name what is broken.", take_store),
}
