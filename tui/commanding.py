"""Commanding: ask for a command until one is run, and remember it."""

from dataclasses import replace

from tui import running
from tui.console import Console
from tui.dialogs.command import CommandDialog


async def ask(app: Console) -> None:
    """Ask for a command and run it; what cannot be run can be put right."""
    typed = refused = ""
    while True:
        had = app.settings
        dialog = CommandDialog(
            running.values(app), had.commands, typed=typed, told=refused
        )
        answer = await app.push_screen_wait(dialog)
        if answer is None:
            return
        others = tuple(one for one in had.commands if one != answer)
        app.choose(replace(had, commands=(*others, answer)))
        why = await running.run(app, answer)
        if why is None:
            return
        typed, refused = answer, why
