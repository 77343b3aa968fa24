"""Console: opens the screens over a store; the only way from here to the terminal.

The screens are found by name, so that no import leads from the store to them and a
headless command never loads them.
"""

import os
import platform
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import typer

from store.cli import options, place
from store.cli.options import Mistyped, Wishes

if TYPE_CHECKING:
    from store import Store


def open_own(wishes: Wishes) -> None:
    """Open the console on the agent's own store.

    Raises:
        StoreUnusable: It is no store, or cannot be opened.
    """
    _needs_terminal()
    url = place.url_of(wishes.store)
    place.check(url)
    _show(lambda: place.open_at(url), wishes)


def open_demo(wishes: Wishes, seed: str) -> None:
    """Open the console on a fresh demo store, which is gone afterwards."""
    _needs_terminal()
    with TemporaryDirectory(
        prefix="refund-desk-", ignore_cleanup_errors=True
    ) as folder:
        url = place.url_of(str(Path(folder) / "demo.db"))
        _show(lambda: _made(url, seed), wishes)


def _made(url: str, seed: str) -> "Store":
    from store.demo.world import open_demo as make  # noqa: PLC0415 - after the first frame

    return make(url, seed)


def _needs_terminal() -> None:
    served = "TEXTUAL_DRIVER" in os.environ
    if not served and not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Mistyped("The console needs a terminal; import and seed do without one.")


def _show(open_: "Callable[[], Store]", wishes: Wishes) -> None:
    actor = options.actor(wishes)
    names: tuple[str, ...] = import_module("tui.theme").NAMES
    if wishes.theme is not None and wishes.theme not in names:
        known = ", ".join(names)
        raise Mistyped(f'"{wishes.theme}" is no theme: use one of {known}.')
    code: int = import_module("tui.__main__").run(
        open_,
        actor,
        agent=f"{actor.name}@{platform.node().partition('.')[0]}",
        ascii_only=wishes.ascii,
        theme=wishes.theme,
        zone=options.zone(wishes),
        mouse=not wishes.no_mouse,
    )
    if code:
        raise typer.Exit(code)
