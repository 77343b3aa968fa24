"""The command line reads every action by both its names, and its own commands."""

import pytest

from store.refund import Reason
from tui import commands
from tui.action import Action
from tui.actions import ACTIONS_NOT_TYPED, ALL, BY_ID
from tui.commands import COMMANDS, Order, WrongCommand, completing, read

TYPED = [action for action in ALL if action not in ACTIONS_NOT_TYPED]


@pytest.mark.parametrize("action", TYPED, ids=lambda action: action.id)
def test_every_action_goes_by_its_id_and_by_its_title(action: Action) -> None:
    """`cancel_refund`, `cancel-refund` and `Cancel refund` mean the same."""
    for said in (action.id, action.id.replace("_", "-"), action.title.rstrip("…")):
        assert read(said).action is action


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("pay pi_1", Order("pay", ("pi_1",))),
        ("  REF   7453 ", Order("ref", ("7453",))),
        ("refund 42 dup", Order("refund", ("42", "dup"))),
        ("refund", Order("refund")),
        ("view my week", Order("view", ("my", "week"))),
        ("tz utc", Order("tz", ("utc",))),
        ("topup 100 usd", Order("topup", ("100", "usd"))),
        ("bulk resume", Order("bulk_resume")),
        ("q", Order("q")),
    ],
)
def test_commands_are_read(typed: str, order: Order) -> None:
    """The first word is the command, whatever its case; the others are arguments."""
    assert read(typed) == order


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Type a command or an action"),
        ("payy", '"payy" is no command and no action. Did you mean pay'),
        ("pay", "pay needs more: pay pi_…."),
        ("pay pi_1 pi_2", "pay takes less: pay pi_…."),
        ("topup 100", "topup needs more: topup 100 usd."),
        ("theme dark red", '"theme" takes nothing after it.'),
        ("\x1b[31m", "is no command"),
    ],
)
def test_what_is_no_command_says_what_would_be(typed: str, said: str) -> None:
    """One sentence; it names the nearest commands or the usage."""
    with pytest.raises(WrongCommand) as wrong:
        read(typed)
    assert said in str(wrong.value)


def labels(text: str, **values: tuple[str, ...]) -> list[str]:
    """Return what is offered at the end of a text."""
    found = completing(values)(text, len(text))
    return [one.label for one in found if one.label]


def test_completion_offers_names_then_arguments() -> None:
    """Names of commands and actions first, then what each argument may be."""
    assert labels("canc") == ["cancel_refund", "cancel_payment"]
    assert labels("refund 42 ") == [
        Reason.REQUESTED_BY_CUSTOMER,
        Reason.DUPLICATE,
        Reason.FRAUDULENT,
        Reason.OTHER,
    ]
    assert labels("tz U") == ["utc"]
    assert labels("view w", view=("week", "Mine")) == ["week"]
    assert labels("view my w", view=("my week", "my day")) == ["my week"]
    (found,) = completing({})("find ada stat", 13)
    assert (found.text, found.caret) == ("find ada status:", 16)
    assert labels("topup 100 e") == ["eur"]
    assert labels("pay ") == []
    (told,) = completing({})("pay ", 4)
    assert (told.text, told.about) == ("pay ", "pay pi_… · Open a payment by its id.")
    assert labels("nonsense x") == []
    assert set(COMMANDS) | {one.id for one in TYPED} == set(labels(""))


def test_every_offered_name_is_read_or_asks_for_more() -> None:
    """Nothing is offered that the command line does not know."""
    for name in labels(""):
        command = COMMANDS.get(name)
        if command and command.needed and name not in BY_ID:
            with pytest.raises(WrongCommand, match="needs more"):
                read(name)
        else:
            assert read(name).name == name


def test_usages_are_commands() -> None:
    """What a usage shows can be typed."""
    for command in commands.COMMANDS.values():
        assert read(command.usage).name == command.name
