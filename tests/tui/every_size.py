"""Every size: a dialog is whole on each terminal that it is resized to."""

from __future__ import annotations

from at_work import Desk, until_armed, until_shown

from tui.dialogs.armed import ArmedDialog

SIZES = ((80, 24), (100, 30), (60, 20), (132, 43), (60, 20), (80, 24))


async def stays_whole(desk: Desk) -> None:
    """Check the dialog's buttons at each size, resizing from one to the next."""
    await until_armed_or_locked(desk)
    for width, height in SIZES:
        await desk.resize_terminal(width, height)
        await desk.pause(0.05)
        screen = desk.app.screen
        for selector in (".box", "#keep", "#confirm", "#about"):
            shown = screen.query_one(selector).region
            assert screen.region.contains_region(shown), (selector, width, height)
        for selector in ("#keep", "#confirm"):
            button = screen.query_one(selector)
            clipped = screen.find_widget(button).clip.intersection(button.region)
            assert clipped == button.region, (selector, width, height)


async def until_armed_or_locked(desk: Desk) -> None:
    """Wait until the dialog is there and its dry run is back."""
    await until_shown(desk, ArmedDialog)
    if not desk.app.screen.query("#arm"):
        await until_armed(desk)
