"""Command: `refund-desk` and what may follow it; every error is one sentence."""

import os
import sys
from importlib import import_module

from store.cli import say
from store.cli.options import Mistyped, Typed
from store.cli.reading import parser, spelled
from store.errors import Refused, StaleView, StoreBusy, StoreError

__all__ = ["main", "parser"]

FAILED, MISTYPED, TRY_AGAIN, INTERRUPTED = 1, 2, 3, 130
_COMMANDS = {
    "": "console:open_own",
    "demo": "demo:open_demo",
    "import": "import_files:import_files",
    "seed": "seed_store:seed_store",
    "export": "export_lists:export",
    "advance": "advance_store:advance_store",
    "serve": "serve:serve",
    "listen": "listen:listen",
    "settings": "settings_file:settings",
    **{one: f"upkeep:{one}" for one in ("backup", "restore", "migrate", "doctor")},
}
"""What carries a command out: a module here, loaded on use, and its function."""
_WAITS = (409, 429)
"""The API's answers to what may succeed when it is asked again."""


def main() -> None:
    """Run the command that was typed and exit.

    With 1 and a sentence on stderr when it fails, with 2 when it was mistyped, with 3
    when the store is busy.
    """
    typed = parser().parse_args(spelled(sys.argv[1:]), Typed())
    sys.exit(_exit_code(typed))


def _exit_code(typed: Typed) -> int:
    try:
        code = _run(typed)
        sys.stdout.flush()
    except Mistyped as error:
        say.problem(str(error))
        return MISTYPED
    except StoreError as error:
        _tell(error, typed)
        return TRY_AGAIN if _passes(error) else FAILED
    except KeyboardInterrupt:
        say.problem("Interrupted.")
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    return code


def _tell(error: StoreError, typed: Typed) -> None:
    """Print the API's error body for a program, a sentence for a person."""
    from store.cli.nouns import NOUNS

    asked = typed.format == "json"
    piped = typed.format is None and not sys.stderr.isatty()
    if typed.command in NOUNS and (asked or piped):
        say.refusal(error)
    else:
        say.problem(str(error))


def _passes(error: StoreError) -> bool:
    if isinstance(error, Refused):
        return error.refusal.status in _WAITS
    return isinstance(error, (StaleView, StoreBusy))


def _run(typed: Typed) -> int:
    """Do what was typed, loading no more than it needs; return the exit code."""
    if typed.version:
        from importlib.metadata import version

        say.result(f"refund-desk {version('refund-desk')}")
        return 0
    noun = typed.command or ""
    if place := _COMMANDS.get(noun):
        module, _, name = place.partition(":")
        code: int = getattr(import_module(f"store.cli.{module}"), name)(typed)
        return code
    from store.cli.output import form

    if noun == "bulk":
        from store.cli.bulk_refund import bulk_refund as ask
    else:
        from store.cli.request import ask
    return ask(typed, form(typed.format))
