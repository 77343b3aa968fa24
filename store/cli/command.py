"""Command: `refund-desk` and what may follow it; every error is one sentence."""

from pathlib import Path
from typing import Annotated

import typer

from store.cli import console, place, say
from store.cli.import_files import import_files
from store.cli.options import (
    ActorOption,
    AsciiOption,
    ItsStoreOption,
    Mistyped,
    NoMouseOption,
    StoreOption,
    ThemeOption,
    Wishes,
    ZoneOption,
)
from store.errors import StoreError

app = typer.Typer(
    name="refund-desk",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
_SEED = "refund-desk"


def main() -> None:
    """Run the command that was typed.

    What fails ends with a sentence on stderr and 1, what was mistyped with 2.
    """
    try:
        app()
    except Mistyped as error:
        say.problem(str(error))
        raise SystemExit(2) from None
    except StoreError as error:
        say.problem(str(error))
        raise SystemExit(1) from None


def _version(asked: bool) -> None:  # noqa: FBT001 - typer calls it so
    if asked:
        from importlib.metadata import version  # noqa: PLC0415 - rarely needed

        say.result(f"refund-desk {version('refund-desk')}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def desk(
    context: typer.Context,
    *,
    store: StoreOption = None,
    actor: ActorOption = None,
    ascii_: AsciiOption = False,
    theme: ThemeOption = None,
    zone: ZoneOption = None,
    no_mouse: NoMouseOption = False,
    _shown: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Show the version."
        ),
    ] = False,
) -> None:
    """Refund payments from the keyboard; without a command, open your own store."""
    context.obj = Wishes(store, actor, ascii_, theme, zone, no_mouse)
    if context.invoked_subcommand is None:
        console.open_own(context.obj)


@app.command()
def demo(
    context: typer.Context,
    *,
    seed: Annotated[
        str, typer.Option(metavar="TEXT", help="The same seed makes the same demo.")
    ] = _SEED,
    actor: ActorOption = None,
    ascii_: AsciiOption = False,
    theme: ThemeOption = None,
    zone: ZoneOption = None,
    no_mouse: NoMouseOption = False,
) -> None:
    """Open the console on a fresh demo store."""
    after = Wishes(None, actor, ascii_, theme, zone, no_mouse)
    console.open_demo(_before(context).before(after), seed)


@app.command(name="import")
def import_(
    context: typer.Context,
    *,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Stripe API JSON.")
    ],
    store: ItsStoreOption = None,
) -> None:
    """Import Stripe API JSON, each file whole or not at all."""
    url = place.url_of(store or _before(context).store)
    with place.open_at(url) as opened:
        if import_files(opened, files):
            raise typer.Exit(1)


@app.command()
def seed(
    context: typer.Context,
    *,
    payments: Annotated[int, typer.Option(min=1, help="How many payments.")],
    store: ItsStoreOption = None,
    seed: Annotated[
        str, typer.Option(metavar="TEXT", help="The same seed makes the same rows.")
    ] = _SEED,
) -> None:
    """Fill an empty store with a large account, for measurements."""
    from store.cli.seed_store import seed_store  # noqa: PLC0415 - rarely needed

    seed_store(place.url_of(store or _before(context).store), payments, seed)


def _before(context: typer.Context) -> Wishes:
    found = context.obj
    return found if isinstance(found, Wishes) else Wishes()
