"""Settings file: says where it is, what is set in it, and what holds otherwise.

The console knows its settings: it is found by name, as where it is opened.
"""

from importlib import import_module

from store.cli import say
from store.cli.options import Typed

UNUSABLE = 1


def settings(typed: Typed) -> int:
    """Print the settings; return 1 where the file cannot be used, with the reason."""
    wrong: type[Exception] = import_module("tui.settings").WrongSettings
    try:
        told: str = import_module("tui.files.told_settings").told_settings(typed.config)
    except wrong as said:
        say.problem(str(said))
        return UNUSABLE
    say.result(told)
    return 0
