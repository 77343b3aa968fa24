"""Times: the present and the zone in which a screen reads times."""

from dataclasses import dataclass
from datetime import datetime

from tui.words.zone import Zone, day, distance, when


@dataclass(frozen=True, slots=True)
class Times:
    """Writes times as they are read at one moment; nothing ticks."""

    zone: Zone
    now: datetime

    def when(self, at: datetime) -> str:
        """Return a time to the minute."""
        return when(at, self.zone, self.now)

    def day(self, at: datetime) -> str:
        """Return the day of a time."""
        return day(at, self.zone, self.now)

    def age(self, at: datetime) -> str:
        """Return how far from the present a time is, in its largest whole unit."""
        return distance(at, self.now)

    def minutes_until(self, at: datetime, since: datetime | None = None) -> int:
        """Return the whole minutes until then, from now or from a later time."""
        begin = max(since or self.now, self.now)
        return max(0, int((at - begin).total_seconds()) // 60)
