"""Ahead: how a time to come is said, as a span from now or as a time."""

import re
from datetime import UTC, datetime, timedelta

from store.clock import from_unix

_SPAN = re.compile(r"(\d{1,5})([mhdw])", re.ASCII)
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_SECONDS = re.compile(r"\d{1,11}", re.ASCII)
"""The year 5138 has the last of them."""


def span(text: str) -> timedelta | None:
    """Read a span such as 30m, 12h, 7d or 2w; None when it is none."""
    found = _SPAN.fullmatch(text)
    return timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else None


def moment(text: str) -> datetime | None:
    """Read an ISO time, in UTC where it names no zone; None when it is none."""
    try:
        at = datetime.fromisoformat(text)
        return at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def unix_moment(text: str) -> datetime | None:
    """Read Unix seconds; None when they are none."""
    return from_unix(int(text)) if _SECONDS.fullmatch(text) else None
