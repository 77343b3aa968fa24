"""Change: what somebody did to a payment while another looked at it."""

from dataclasses import dataclass
from datetime import datetime

from store.money import Money


@dataclass(frozen=True, slots=True)
class Change:
    """Who did what to a payment, when, and what was left of it before and after."""

    actor: str
    did: str
    at: datetime
    before: Money
    after: Money
    details: str | None = None
    """What the change was, where `did` does not say it."""

    def told(self, at: str | None = None) -> str:
        """Return the sentence; `at` says the time in a reader's zone, else in UTC."""
        when = at or f"at {self.at:%H:%M} UTC"
        told = f"Changed while you looked: {self.actor} {self.did} {when}"
        if self.details:
            told = f"{told}: {self.details}"
        if self.before != self.after:
            told = f"{told} (left {self.before.digits()} → {self.after})"
        return f"{told}. Nothing was sent."
