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
from store.errors import NoStore
from store.event import Actor
from store.glance import Glance, glance

if TYPE_CHECKING:
    from store import Store

READ_ONLY = "This console was opened with --read-only: nothing can be changed."


def open_own(typed: Typed) -> int:
    """Open the console on the agent's own store; return the exit code.

    Raises:
        Mistyped: An option has a value that there is not.
        StoreUnusable: It is no store, or cannot be opened.
    """
    needs_terminal()
    url = place.url_of(typed.store)
    if typed.store is None and not typed.read_only:
        return _open(url, typed, create=True)
    try:
        place.needed(url)
        return _open(url, typed, create=False)
    except NoStore as missing:
        if typed.store is None or typed.read_only:
            raise
        place.may_be_made(typed.store, missing)
    return _open(url, typed, create=True)


def _open(url: str, typed: Typed, *, create: bool) -> int:
    """Open the console on a store; return the exit code.

    Raises:
        NoStore: There is none, and none is to be made.
    """
    why = read_only(typed)
    place.check(url, why, create=create)

    def open_() -> "Store":
        return place.open_at(url, why, create=create)

    return show(open_, typed, lambda: glance(url), url)


def read_only(typed: Typed) -> str | None:
    """Return why nothing may be changed, in a sentence; None where it may."""
    return READ_ONLY if typed.read_only else None


def needs_terminal() -> None:
    """Refuse to open screens where there is nothing to show them on.

    Raises:
        Mistyped: There is no terminal.
    """
    served = "TEXTUAL_DRIVER" in os.environ
    if not served and not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Mistyped("The console needs a terminal; import and seed do without one.")


def show(
    open_: "Callable[[], Store]",
    typed: Typed,
    first: Callable[[], Glance | None] | None = None,
    kept_at: str | None = None,
) -> int:
    """Open the screens until the agent quits; return the exit code.

    Args:
        open_: Opens the store, after the first frame.
        typed: What was typed.
        first: What is known of the store before it is open.
        kept_at: The URL of a store that stays; what is chosen is remembered then.

    Raises:
        Mistyped: An option or a settings file has a value that there is not.
        NoStore: There is none where one was looked for.
    """
    actor = Actor(options.actor_name(typed))
    zone = options.zone(typed)
    wrong: type[Exception] = import_module("tui.settings").WrongSettings
    try:
        code: int = import_module("tui.__main__").run(
            open_,
            actor,
            agent=f"{actor.name}@{platform.node().partition('.')[0]}",
            ascii_only=typed.ascii,
            theme=typed.theme,
            zone=zone,
            mouse=not typed.no_mouse,
            read_only=read_only(typed),
            config=typed.config,
            glance=first,
            kept_at=kept_at,
        )
    except wrong as said:
        raise Mistyped(str(said)) from None
    return code
