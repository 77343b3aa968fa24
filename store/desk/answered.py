"""Answered: what became of a request, asked by its idempotency key."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer that a key was given; a key without one was never carried out."""

    done: bool
    """Whether it was carried out; refused otherwise, and nothing was changed."""
    object_id: str | None
    goes_on: bool = field(default=False, kw_only=True)
    """Whether it was begun and has not come to its end."""
    message: str
    """What was done and how that stands now, or why not, in a sentence."""
