"""The console with nothing in the way of its first frame; `python -m tui` runs it."""

import gc
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import tzinfo
from typing import TYPE_CHECKING

from store.errors import NoStore

if TYPE_CHECKING:
    from textual.app import App

    from store import Store
    from store.event import Actor
    from store.glance import Glance
    from tui.files.faults import Faults
    from tui.files.journal import Journal
    from tui.files.memory import Memory
    from tui.prepared import Prepared
    from tui.words.zone import Zone


def run(
    open_: "Callable[[], Store]",
    actor: "Actor",
    *,
    agent: str | None = None,
    ascii_only: bool = False,
    theme: str | None = None,
    zone: tzinfo | None = None,
    mouse: bool = True,
    read_only: str | None = None,
    config: str | None = None,
    glance: "Callable[[], Glance | None] | None" = None,
    kept_at: str | None = None,
) -> int:
    """Run the console until the agent quits; return the exit code.

    `open_` is called after the first frame, in a thread: it may import the store's
    database libraries, and should. What `glance` returns is on the terminal before
    the console is loaded. `kept_at` is the URL of a store that stays: changes to it
    are written down before they are asked for, and what the agent chooses is
    remembered.

    Raises:
        WrongSettings: A theme, a setting or a key is none.
        NoStore: There is none where one was looked for.
    """
    gc.disable()  # nothing that is imported now is ever garbage
    from tui.prepared import Wishes, prepare

    wishes = Wishes(theme, zone, ascii_only, config)
    prepared = prepare(wishes, os.environ, remembers=kept_at is not None)
    seen = glance() if glance else None
    entered = bool(
        seen and prepared.begins_plainly and _show(seen, prepared.zone, read_only)
    )
    try:
        from tui.app import RefundDesk

        missing: list[NoStore] = []

        def leave(none: NoStore) -> None:
            missing.append(none)
            app.call_from_thread(app.exit)

        app = RefundDesk(
            _or_leave(open_, leave),
            actor,
            agent=agent,
            ascii_only=prepared.ascii_only,
            theme=prepared.theme,
            zone=prepared.zone,
            memory=_checked(prepared, RefundDesk),
            read_only=read_only,
            glance=lambda: seen,
            entered=entered,
            journal=_journal(kept_at),
            faults=_faults(),
        )
    except BaseException:
        if entered:
            _leave()
        raise
    gc.freeze()
    gc.enable()
    app.run(mouse=mouse)
    if missing:
        raise missing[0]
    return app.return_code or 0


def _or_leave(
    open_: "Callable[[], Store]", leave: Callable[[NoStore], None]
) -> "Callable[[], Store]":
    """Return what opens the store, or leaves where there is none to be shown."""

    def opened() -> "Store":
        try:
            return open_()
        except NoStore as none:
            leave(none)
            raise

    return opened


def _checked(prepared: "Prepared", app: "type[App[None]]") -> "Memory":
    """Return what is remembered, its keys checked against the screens if there are any.

    Raises:
        WrongSettings: A key cannot be had.
    """
    memory = prepared.memory
    if memory.settings.keys:
        from tui.keymap import checked_table

        keys = checked_table(memory.settings.keys, app)
        memory.settings = replace(memory.settings, keys=keys)
    return memory


def _journal(kept_at: str | None) -> "Journal | None":
    from platformdirs import user_state_path

    from tui.files.journal import Journal

    folder = user_state_path("refund-desk", appauthor=False)
    return Journal(folder, kept_at) if kept_at else None


def _faults() -> "Faults":
    from platformdirs import user_log_path

    from tui.files.faults import Faults

    return Faults(user_log_path("refund-desk", appauthor=False) / "faults.log")


def _show(seen: "Glance", zone: "Zone", read_only: str | None) -> bool:
    """Draw the first payments at once, where there is a terminal to draw on."""
    from tui.terminal.early import drawn

    if not sys.__stderr__ or not sys.__stderr__.isatty():
        return False
    if read_only or seen.read_only:
        seen = replace(seen, mode=f"{seen.mode} read-only")
    sys.__stderr__.write(
        drawn(seen, zone, os.get_terminal_size(sys.__stderr__.fileno()))
    )
    sys.__stderr__.flush()
    return True


def _leave() -> None:
    """Give the terminal's first screen back, because the console never came."""
    from tui.terminal.early import LEAVE

    if sys.__stderr__:
        sys.__stderr__.write(LEAVE)
        sys.__stderr__.flush()


def main() -> None:
    """Do what `refund-desk` does."""
    from store.cli import main as refund_desk

    refund_desk()


if __name__ == "__main__":
    main()
