"""The only source of time: injected, in UTC."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Answers what time it is, in UTC."""

    def now(self) -> datetime:
        """Return the present, time zone UTC."""


class RunningClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the machine's time in UTC, to the second."""
        return datetime.now(UTC).replace(microsecond=0)


@dataclass(slots=True)
class StandingClock:
    """A clock that stands still until it is set: demos, tests."""

    at: datetime

    def now(self) -> datetime:
        """Return the time at which the clock stands."""
        return self.at


def from_unix(seconds: int) -> datetime:
    """Return Unix seconds as a UTC time."""
    return datetime.fromtimestamp(seconds, UTC)


def to_unix(at: datetime) -> int:
    """Return a UTC time as Unix seconds."""
    return int(at.timestamp())
