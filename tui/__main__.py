"""The console with nothing in the way of its first frame; `python -m tui` runs it."""

import gc
from collections.abc import Callable
from datetime import tzinfo
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store import Store
    from store.event import Actor


def run(
    open_: "Callable[[], Store]",
    actor: "Actor",
    *,
    agent: str | None = None,
    ascii_only: bool = False,
    theme: str | None = None,
    zone: tzinfo | None = None,
    mouse: bool = True,
) -> int:
    """Run the console until the agent quits; return the exit code.

    `open_` is called after the first frame, in a thread: it may import the store's
    database libraries, and should.
    """
    gc.disable()  # nothing that is imported now is ever garbage
    from tui.app import RefundDesk
    from tui.theme import NAMES
    from tui.zone import Zone

    app = RefundDesk(
        open_,
        actor,
        agent=agent,
        ascii_only=ascii_only,
        theme=theme or NAMES[0],
        zone=Zone(zone),
    )
    gc.freeze()
    gc.enable()
    app.run(mouse=mouse)
    return app.return_code or 0


def main() -> None:
    """Do what `refund-desk` does."""
    from store.cli import main as refund_desk

    refund_desk()


if __name__ == "__main__":
    main()
