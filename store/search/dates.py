"""Dates: what a person calls a day, week, month or year → when it begins and ends."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_MONTHS = 12
RELATIVE = (
    *("today", "yesterday", "this week", "last week"),
    *("this month", "last month", "this year", "last year"),
)
"""Words that mean another time each day; a week begins on Monday."""


def span(
    value: str, now: datetime | None = None, zone: tzinfo = UTC
) -> tuple[datetime, datetime] | None:
    """Return when a date begins and when the next one does, or None if it is none.

    Days are those of the zone; what is `RELATIVE` needs the present.
    """
    try:
        days = _relative(value, now, zone) or _absolute(value)
        if days is None:
            return None
        begin, end = (datetime.combine(day, time(), zone) for day in days)
        return begin.astimezone(UTC), end.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _relative(
    value: str, now: datetime | None, zone: tzinfo
) -> tuple[date, date] | None:
    if value not in RELATIVE or now is None:
        return None
    today = now.astimezone(zone).date()
    one = timedelta(days=1)
    if value in ("today", "yesterday"):
        begin = today if value == "today" else today - one
        return begin, begin + one
    which, _, unit = value.partition(" ")
    back = int(which == "last")
    if unit == "week":
        begin = today - timedelta(days=today.weekday() + 7 * back)
        return begin, begin + timedelta(days=7)
    if unit == "month":
        return _months(today.year, today.month - back)
    return date(today.year - back, 1, 1), date(today.year - back + 1, 1, 1)


def _absolute(value: str) -> tuple[date, date] | None:
    if found := _DAY.fullmatch(value):
        begin = date(*map(int, found.groups()))
        return begin, begin + timedelta(days=1)
    if found := _MONTH.fullmatch(value):
        year, month = map(int, found.groups())
        return _months(year, month) if 1 <= month <= _MONTHS else None
    if _YEAR.fullmatch(value):
        return date(int(value), 1, 1), date(int(value) + 1, 1, 1)
    return None


def _months(year: int, month: int) -> tuple[date, date]:
    begin = date(year - (month < 1), month or _MONTHS, 1)
    after = begin.replace(day=28) + timedelta(days=4)
    return begin, after.replace(day=1)
