"""Console: opens the screens over a store; the only way from here to the terminal.

The screens are found by name, so that no import leads from the store to them and a
headless command never loads them.
"""

import os
import platform
import sys
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from store.cli import options, place
from store.cli.options import Mistyped, Typed
from store.event import Actor
from store.glance import Glance, glance

if TYPE_CHECKING:
    from store import Store


def open_own(typed: Typed) -> int:
    """Open the console on the agent's own store; return the exit code.

    Raises:
        Mistyped: An option has a value that there is not.
        StoreUnusable: It is no store, or cannot be opened.
    """
    _needs_terminal()
    url = place.url_of(typed.store)
    place.check(url)
    return _show(lambda: place.open_at(url), typed, lambda: glance(url))


def open_demo(typed: Typed) -> int:
    """Open the console on a fresh demo store, which is gone afterwards.

    Raises:
        Mistyped: An option has a value that there is not.
    """
    from tempfile import TemporaryDirectory

    _needs_terminal()
    with TemporaryDirectory(
        prefix="refund-desk-", ignore_cleanup_errors=True
    ) as folder:
        url = place.url_of(f"{folder}/demo.db")
        return _show(lambda: _made(url, typed.seed), typed)


def _made(url: str, seed: str) -> "Store":
    from store.demo.world import open_demo as make

    return make(url, seed)


def _needs_terminal() -> None:
    served = "TEXTUAL_DRIVER" in os.environ
    if not served and not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Mistyped("The console needs a terminal; import and seed do without one.")


def _show(
    open_: "Callable[[], Store]",
    typed: Typed,
    first: Callable[[], Glance | None] | None = None,
) -> int:
    actor = Actor(options.actor_name(typed))
    zone = options.zone(typed)
    if typed.theme is not None:
        names: tuple[str, ...] = import_module("tui.theme").NAMES
        if typed.theme not in names:
            known = ", ".join(names)
            raise Mistyped(f'"{typed.theme}" is no theme: use one of {known}.')
    code: int = import_module("tui.__main__").run(
        open_,
        actor,
        agent=f"{actor.name}@{platform.node().partition('.')[0]}",
        ascii_only=typed.ascii,
        theme=typed.theme,
        zone=zone,
        mouse=not typed.no_mouse,
        glance=first,
    )
    return code
