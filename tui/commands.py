"""Commands: what can be typed after `:`: every action, and those that take arguments.

An action goes by its id or its title; typing it does what its key does.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from store.refund import CHOSEN_REASONS
from store.search.completion import Completion, completions, spliced, told
from store.search.terms import TERMS
from tui.action import Action
from tui.actions import ACTIONS_NOT_TYPED, ALL, BY_ID, QUIT
from tui.words.zone import Reading

Values = Mapping[str, Sequence[str]]
"""What may follow a command, where only the console knows it, by the command's name."""


class WrongCommand(ValueError):
    """What was typed is no command, in one sentence that says what would be."""


@dataclass(frozen=True, slots=True)
class Command:
    """A word that takes arguments: how it is used and what may follow it."""

    name: str
    usage: str
    help: str
    arguments: tuple[tuple[str, ...], ...] = ()
    """What can be listed for each argument; the last one counts for all that follow."""
    needed: int = 0
    """How many arguments there must be at least."""
    most: int | None = 1
    """How many at most; None is any number."""
    is_text: bool = False
    """Whether what follows is one text, spaces included."""


@dataclass(frozen=True, slots=True)
class Order:
    """A command that was typed, or an action, with what stood behind it."""

    name: str
    arguments: tuple[str, ...] = ()
    action: Action | None = field(default=None, compare=False)

    @property
    def rest(self) -> str:
        """Return the arguments as one text."""
        return " ".join(self.arguments)


_REASONS = tuple(reason.value for reason in CHOSEN_REASONS)
_READINGS = tuple(reading.value.lower() for reading in Reading)
COMMANDS: dict[str, Command] = {
    one.name: one
    for one in (
        Command("pay", "pay pi_…", "Open a payment by its id.", needed=1),
        Command("ref", "ref 7453…", "Find refunds by ARN, RRN or STAN.", needed=1),
        Command("bulk", "bulk blk_…", "Show a bulk refund by its id.", needed=1),
        Command(
            "refund",
            "refund 42 dup",
            "Open the refund dialog, filled in; nothing is sent.",
            (("full", "50%"), _REASONS),
            most=3,
        ),
        Command("view", "view week", "Look by a saved view.", most=None, is_text=True),
        Command("find", "find jane", "Narrow the list.", most=None, is_text=True),
        Command("cols", "cols CUSTOMER ID", "Choose columns.", ((),), most=None),
        Command("tz", "tz utc", "Read times in a zone.", (_READINGS,), 1),
        Command(
            "topup",
            "topup 100 usd",
            "Open the top-up dialog, filled in; nothing is added.",
            ((), TERMS["currency"].values),
            2,
            2,
        ),
        Command("yank", "yank", "Write the last copied value into a file.", most=0),
        Command("q", "q", QUIT.help, most=0),
    )
}
"""Every command with arguments, by its name."""


def typed_names(action: Action) -> tuple[str, str]:
    """Return the two names an action goes by: its id and its title."""
    return action.id, action.title.rstrip("…").lower()


def read(text: str) -> Order:
    """Return what a command line asks for.

    Raises:
        WrongCommand: There is no such command, or its arguments do not fit.
    """
    words = text.split()
    if not words:
        raise WrongCommand("Type a command or an action, such as pay, ref or refund.")
    said = " ".join(words).lower()
    for action in ALL:
        if said.replace("-", "_") == action.id or said in typed_names(action):
            return Order(action.id, action=action)
    name = words[0].lower()
    if command := COMMANDS.get(name):
        return _fitting(command, tuple(words[1:]))
    if name.replace("-", "_") in BY_ID:
        raise WrongCommand(f'"{name}" takes nothing after it.')
    raise WrongCommand(f'"{words[0]}" is no command and no action.{_near(name)}')


def _fitting(command: Command, given: tuple[str, ...]) -> Order:
    if len(given) < command.needed:
        raise WrongCommand(f"{command.name} needs more: {command.usage}.")
    if command.most is not None and len(given) > command.most:
        raise WrongCommand(f"{command.name} takes less: {command.usage}.")
    return Order(command.name, given)


def _near(name: str) -> str:
    begins = [one for one in _names() if one.startswith(name[:1])]
    return f" Did you mean {', '.join(begins[:4])}?" if name and begins else ""


def _names() -> list[str]:
    actions = [one.id for one in ALL if one not in ACTIONS_NOT_TYPED]
    return list(dict.fromkeys((*COMMANDS, *actions)))


def completing(values: Values) -> Callable[[str, int], tuple[Completion, ...]]:
    """Return what tells how a command line can go on, with the console's own values."""

    def complete(text: str, caret: int) -> tuple[Completion, ...]:
        begin = text.rfind(" ", 0, caret) + 1
        first, space, _ = text[:begin].partition(" ")
        command = COMMANDS.get(first.lower())
        if command and command.is_text and space:
            begin = len(first) + 1
        if command is COMMANDS["find"] and space:
            return _shifted(text[:begin], completions(text[begin:], caret - begin))
        words, typed = text[:begin].split(), text[begin:caret].lower()
        offered = _after(words, values) if words else _first()
        fitting = (
            one
            for one in offered
            if one[0].lower().startswith(typed) and one[1].lower() != typed
        )
        found = spliced(text, begin, caret, fitting)
        used = command if space and not typed and not found else None
        return (told(text, caret, f"{used.usage} · {used.help}"),) if used else found

    return complete


def _shifted(before: str, found: Iterable[Completion]) -> tuple[Completion, ...]:
    return tuple(
        replace(one, text=before + one.text, caret=len(before) + one.caret)
        for one in found
    )


def _first() -> Iterable[tuple[str, str, str]]:
    for name in _names():
        command = COMMANDS.get(name)
        goes_on = " " if command and command.most != 0 else ""
        about = f"{command.usage} · {command.help}" if command else BY_ID[name].help
        yield name, name + goes_on, about


def _after(words: list[str], values: Values) -> Iterable[tuple[str, str, str]]:
    command = COMMANDS.get(words[0].lower())
    if command is None:
        return ()
    own = values.get(command.name)
    place = min(len(words) - 1, max(0, len(command.arguments) - 1))
    listed = own or (command.arguments[place] if command.arguments else ())
    return ((one, one, command.help) for one in listed)
