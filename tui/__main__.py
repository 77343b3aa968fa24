"""The console with nothing in the way of its first frame; `python -m tui` runs it."""

import gc
import os
import sys
from collections.abc import Callable
from datetime import tzinfo
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store import Store
    from store.event import Actor
    from store.glance import Glance
    from tui.zone import Zone


def run(
    open_: "Callable[[], Store]",
    actor: "Actor",
    *,
    agent: str | None = None,
    ascii_only: bool = False,
    theme: str | None = None,
    zone: tzinfo | None = None,
    mouse: bool = True,
    glance: "Callable[[], Glance | None] | None" = None,
) -> int:
    """Run the console until the agent quits; return the exit code.

    `open_` is called after the first frame, in a thread: it may import the store's
    database libraries, and should. What `glance` returns is on the terminal before
    the console is loaded.
    """
    gc.disable()  # nothing that is imported now is ever garbage
    from tui.zone import Zone

    seen = glance() if glance and not ascii_only else None
    entered = seen is not None and _show(seen, Zone(zone))
    try:
        from tui.app import RefundDesk
        from tui.theme import NAMES

        app = RefundDesk(
            open_,
            actor,
            agent=agent,
            ascii_only=ascii_only,
            theme=theme or NAMES[0],
            zone=Zone(zone),
            glance=lambda: seen,
            entered=entered,
        )
    except BaseException:
        if entered:
            _leave()
        raise
    gc.freeze()
    gc.enable()
    app.run(mouse=mouse)
    return app.return_code or 0


def _show(seen: "Glance", zone: "Zone") -> bool:
    """Draw the first payments at once, where there is a terminal to draw on."""
    from tui.early import drawn

    if not sys.__stderr__ or not sys.__stderr__.isatty():
        return False
    sys.__stderr__.write(
        drawn(seen, zone, os.get_terminal_size(sys.__stderr__.fileno()))
    )
    sys.__stderr__.flush()
    return True


def _leave() -> None:
    """Give the terminal's first screen back, because the console never came."""
    from tui.early import LEAVE

    if sys.__stderr__:
        sys.__stderr__.write(LEAVE)
        sys.__stderr__.flush()


def main() -> None:
    """Do what `refund-desk` does."""
    from store.cli import main as refund_desk

    refund_desk()


if __name__ == "__main__":
    main()
