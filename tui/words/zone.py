"""Zone: in which zone the agent reads times, and how they are written."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum


class Reading(StrEnum):
    """How times are read; `z` goes from one to the next."""

    LOCAL = "local"
    UTC = "UTC"
    RELATIVE = "relative"


_NEXT = {
    Reading.LOCAL: Reading.UTC,
    Reading.UTC: Reading.RELATIVE,
    Reading.RELATIVE: Reading.LOCAL,
}
_STEPS = (
    (timedelta(days=365), "y"),
    (timedelta(days=1), "d"),
    (timedelta(hours=1), "h"),
    (timedelta(minutes=1), "min"),
)


@dataclass(frozen=True, slots=True)
class Zone:
    """The agent's own time zone and the present reading of times.

    `local=None` is the machine's zone, daylight saving included.
    """

    local: tzinfo | None = None
    reading: Reading = Reading.LOCAL

    def next(self) -> "Zone":
        """Return the zone that follows when the agent asks for another."""
        return replace(self, reading=_NEXT[self.reading])

    def place(self, at: datetime) -> datetime:
        """Return the time in the zone that is being read."""
        utc = self.reading is Reading.UTC
        return at.astimezone(UTC if utc else self.local)

    def name(self, at: datetime) -> str:
        """Return the zone's short name at that time, such as CET."""
        return self.place(at).tzname() or "local"

    def label(self, at: datetime) -> str:
        """Return what a header says of the zone."""
        if self.reading is Reading.RELATIVE:
            return f"relative, {self.name(at)}"
        return self.name(at)


def ago(at: datetime, now: datetime) -> str:
    """Return the distance between two times: `3 h ago`, `in 6 d`, `now`."""
    span = distance(at, now)
    if span == "now":
        return span
    return f"{span} ago" if at < now else f"in {span}"


def distance(at: datetime, now: datetime) -> str:
    """Return how far apart two times are, in its largest whole unit: `3 h`."""
    apart = abs(now - at)
    for unit, name in _STEPS:
        if apart >= unit:
            return f"{apart // unit} {name}"
    return "now"


def moment(at: datetime, zone: Zone, now: datetime) -> str:
    """Return a time for a sentence: `at 14:03`, `on 20 Nov at 14:03`, `3 h ago`."""
    if zone.reading is Reading.RELATIVE:
        return ago(at, now)
    there, here = zone.place(at), zone.place(now)
    if there.date() == here.date():
        return f"at {there:%H:%M}"
    return f"on {day(at, zone, now)} at {there:%H:%M}"


def brief(at: datetime, zone: Zone, now: datetime) -> str:
    """Return a time for a column of at most nine cells.

    Today's times show the hour, this year's the day, older ones the year besides.
    """
    if zone.reading is Reading.RELATIVE:
        return ago(at, now)
    there, here = zone.place(at), zone.place(now)
    if there.date() == here.date():
        return f"{there:%H:%M}"
    same_year = there.year == here.year
    return f"{there:%d %b}" if same_year else f"{there:%d %b %y}"


def when(at: datetime, zone: Zone, now: datetime) -> str:
    """Return a time to the minute: `21 Nov 13:40`, with the year when it is another."""
    if zone.reading is Reading.RELATIVE:
        return ago(at, now)
    there = zone.place(at)
    same_year = there.year == zone.place(now).year
    return f"{there:%d %b %H:%M}" if same_year else f"{there:%d %b %Y %H:%M}"


def day(at: datetime, zone: Zone, now: datetime) -> str:
    """Return the day of a time: `21 Nov`, with the year when it is another."""
    there = zone.place(at)
    same_year = there.year == zone.place(now).year
    return f"{there:%d %b}" if same_year else f"{there:%d %b %Y}"


def exact(at: datetime, zone: Zone) -> str:
    """Return a time in full, to the second, with its zone."""
    there = zone.place(at)
    return f"{there:%d %b %Y %H:%M:%S} {there.tzname()}"
