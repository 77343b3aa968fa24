"""Replied: what a request was answered, to the letter."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Replied:
    """The reply that an idempotency key was given, and to which command."""

    command: str
    """A digest of everything that the key is bound to."""
    status: int
    body: str


class ReplyingKey(str):
    """An idempotency key whose reply is kept in the transaction that it is used in.

    So a request that is repeated is answered alike, whenever the server ended.
    """

    __slots__ = ("kept", "render", "was_used")

    def __init__(self, key: str) -> None:
        del key
        self.render: Callable[[Any], Replied] | None = None
        """Writes the reply to what was done; None where only its face can, later."""
        self.kept: Replied | None = None
        """The reply that was written in the transaction."""
        self.was_used = False
        """Whether an earlier request was carried out under it."""

    def reply(self, result: object) -> Replied | None:
        """Return the reply to what was done, if it can be written now."""
        self.kept = self.render(result) if self.render else None
        return self.kept
