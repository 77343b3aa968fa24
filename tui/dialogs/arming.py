"""Arming: when a press may act, free of widgets and clocks."""

from dataclasses import dataclass
from typing import Generic, TypeVar

Request = TypeVar("Request")
Outcome = TypeVar("Outcome")
QUIET_SECONDS = 0.4
"""How long no key may have come before a button can be pressed."""


@dataclass(frozen=True, slots=True)
class Overtaken(Generic[Request]):
    """The object changed while the dialog was open; what was typed is kept."""

    request: Request
    told: str
    """What changed, in the store's sentence."""


@dataclass(slots=True)
class Arming(Generic[Request, Outcome]):
    """Ready only while calm, with the dry run of what is typed back, and only once."""

    calm: bool = False
    """No key came for 400 ms."""
    asked: Request | None = None
    """What the last dry run was of."""
    outcome: Outcome | None = None
    """What it told; None since something else was typed."""
    spent: bool = False
    """The dialog gave its answer."""

    @property
    def ready(self) -> bool:
        """Tell whether a press acts."""
        return self.calm and self.outcome is not None and not self.spent

    def type(self) -> None:
        """Forget the dry run: something else is typed now."""
        self.outcome = None

    def foresee(self, asked: Request, outcome: Outcome) -> None:
        """Keep what the dry run told."""
        self.asked, self.outcome = asked, outcome

    def spend(self) -> bool:
        """Give the answer; tell whether this was the first time."""
        first, self.spent = not self.spent, True
        return first
