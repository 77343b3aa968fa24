"""Walk: five common tasks, key by key, for the film, the README and their test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scenes import CALM, Keys, Scene, press, typed

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tui.app import RefundDesk

DESK = Scene("walk")
"""Where the walk begins: the demo, as it opens."""


@dataclass(frozen=True, slots=True)
class Step:
    """A text that is typed, keys that are pressed, what an onlooker is told of them."""

    caption: str
    keys: Keys = ()
    text: str = ""
    seconds: float = 2.5

    @property
    def pressed(self) -> Keys:
        """Return every key, one for each letter."""
        return (*typed(self.text), *self.keys)

    @property
    def shown(self) -> Keys:
        """Return what is pressed as a table shows it: a text as a whole."""
        return (self.text, *self.keys) if self.text else self.keys

    async def walk(self, app: RefundDesk, pilot: Pilot[None]) -> None:
        """Press the keys, and wait until the screen stands still."""
        await press(app, pilot, (*self.pressed, CALM))


@dataclass(frozen=True, slots=True)
class Task:
    """Something that agents do all day: how it is reached, then what it takes."""

    title: str
    find: Step
    """How the payments come into view, which is not counted."""
    steps: tuple[Step, ...]
    after: Keys = ()
    """What leads back to the list."""

    @property
    def pressed(self) -> Keys:
        """Return every key that the task takes once the payments are in view."""
        return tuple(key for step in self.steps for key in step.pressed)

    @property
    def shown(self) -> Keys:
        """Return the same as a table shows it."""
        return tuple(key for step in self.steps for key in step.shown)


def found(text: str) -> Step:
    """Narrow the list to what a text finds."""
    return Step(f"find the payment: / {text}", ("slash", *typed(text), "enter"))


TASKS: tuple[Task, ...] = (
    Task(
        "Refund a payment in full",
        found("1881"),
        (
            Step("r: the whole amount is filled in, nothing is sent yet", ("r",)),
            Step("shift+tab: to the button", ("shift+tab",), seconds=1.2),
            Step("enter: sent, and it can be canceled for a while", ("enter",)),
        ),
    ),
    Task(
        "Refund a part, with a reason",
        found("4722"),
        (
            Step("p: a part of it", ("p",), seconds=1.5),
            Step("the amount, and what will be left", text="20"),
            Step("the reason: a duplicate", ("tab", "right")),
            Step("tab: to the button", ("tab",) * 3, seconds=1.2),
            Step("enter: sent", ("enter",)),
        ),
    ),
    Task(
        "Cancel a refund",
        found("noa@example.com"),
        (
            Step("x: what canceling the refund would do", ("x",)),
            Step("tab: to the button", ("tab",), seconds=1.2),
            Step("enter: canceled before it reached the bank", ("enter",)),
        ),
    ),
    Task(
        "Look up a refund's ARN and copy it",
        found("4149"),
        (
            Step("l: the number by which the bank finds the refund", ("l",)),
            Step("y: copied to the clipboard, over SSH too", ("y",)),
        ),
        after=("escape",),
    ),
    Task(
        "Refund 37 payments in bulk",
        found("status:succeeded currency:usd amount>85"),
        (
            Step("*: mark all that the filter finds", ("*",)),
            Step("B: the plan, before anything is sent", ("B",), seconds=3.5),
            Step("the phrase that unlocks the button", text="REFUND 37", seconds=2),
            Step("enter: to the button", ("enter",), seconds=1.2),
            Step("enter: one outcome for each payment", ("enter",), seconds=4),
        ),
    ),
)
"""The tasks, on the demo store, one after the other."""
