"""Search terms beyond words: dates, metadata, what may not match."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from evening import NOW
from hypothesis import given
from hypothesis import strategies as st

from store.badge import Badge
from store.clock import from_unix
from store.search.dates import RELATIVE, span
from store.search.filters import AmountRange, Filter, Period
from store.search.language import parse
from store.search.terms import SearchError

BERLIN = ZoneInfo("Europe/Berlin")


def day(month: int, number: int, year: int = 2026) -> datetime:
    """Return the midnight in UTC that begins a day."""
    return datetime(year, month, number, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "begin", "end"),
    [
        ("today", day(7, 15), day(7, 16)),
        ("yesterday", day(7, 14), day(7, 15)),
        ("this week", day(7, 13), day(7, 20)),
        ("last week", day(7, 6), day(7, 13)),
        ("this month", day(7, 1), day(8, 1)),
        ("last month", day(6, 1), day(7, 1)),
        ("this year", day(1, 1), day(1, 1, 2027)),
        ("last year", day(1, 1, 2025), day(1, 1)),
        ("2026-07-12", day(7, 12), day(7, 13)),
        ("2026-7-2", day(7, 2), day(7, 3)),
        ("2024-02-29", day(2, 29, 2024), day(3, 1, 2024)),
        ("2025-12", day(12, 1, 2025), day(1, 1)),
        ("2025", day(1, 1, 2025), day(1, 1)),
    ],
)
def test_spans(value: str, begin: datetime, end: datetime) -> None:
    """A date is a whole day, week, month or year."""
    assert span(value, NOW) == (begin, end)


@pytest.mark.parametrize(
    "value",
    ["", "tomorrow", "2026-02-30", "2026-13", "2026-00", "0000", "9999-12-31", "12-7"],
)
def test_no_dates(value: str) -> None:
    """What is no date, or too far off, is none."""
    assert span(value, NOW) is None


def test_last_month_of_last_year() -> None:
    """In January the last month is December."""
    january = day(1, 20)
    assert span("last month", january) == (day(12, 1, 2025), day(1, 1))


def test_days_are_those_of_the_zone() -> None:
    """Where it is tomorrow already, today is another day, as long as it is there."""
    begin, end = span("today", NOW, BERLIN) or (NOW, NOW)
    assert (begin, end) == (
        day(7, 15) + timedelta(hours=22),
        day(7, 16) + timedelta(hours=22),
    )
    began, ended = span("2026-03-29", NOW, BERLIN) or (NOW, NOW)
    assert ended - began == timedelta(hours=23)


@given(st.sampled_from(RELATIVE), st.integers(2_678_400, 4_102_444_800).map(from_unix))
def test_spans_hold_or_precede_the_present(value: str, present: datetime) -> None:
    """This day, week, month or year holds the present; the last one ends before it."""
    begin, end = span(value, present) or (present, present)
    assert begin < end
    if value.startswith("this") or value == "today":
        assert begin <= present < end
    else:
        assert end <= present


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("brand:VISA", Filter(brand="visa")),
        ("country:DE", Filter(country="de")),
        ("type:sepa-debit", Filter(type="sepa_debit")),
        ("risk_level:elevated", Filter(risk_level="elevated")),
        ("receipt:1234-5678", Filter(receipt="1234-5678")),
        ("created:yesterday", Filter(created=(Period(day(7, 14), day(7, 15)),))),
        ("date:2026-07-12", Filter(created=(Period(day(7, 12), day(7, 13)),))),
        ("created:last week", Filter(created=(Period(day(7, 6), day(7, 13)),))),
        (
            'date:"Last Week" x',
            Filter(("x",), created=(Period(day(7, 6), day(7, 13)),)),
        ),
        ("created:last_week", Filter(created=(Period(day(7, 6), day(7, 13)),))),
        ("created>2026-07-12", Filter(created=(Period(day(7, 13)),))),
        ("created>=2026-07-12", Filter(created=(Period(day(7, 12)),))),
        ("created<2026-07", Filter(created=(Period(None, day(7, 1)),))),
        ("created<=2026-07", Filter(created=(Period(None, day(8, 1)),))),
        (
            "created>=2026-01 created<2026-03",
            Filter(created=(Period(day(1, 1)), Period(None, day(3, 1)))),
        ),
        ("metadata:order=6735", Filter(metadata=(("order", "6735"),))),
        ('metadata:"Order No"=A1', Filter(metadata=(("order no", "a1"),))),
        ("metadata:a=b=c", Filter(metadata=(("a", "b=c"),))),
        ("metadata order:6735", Filter(metadata=(("order", "6735"),))),
        ("metadata email:x@y", Filter(("metadata",), email="x@y")),
        ("metadata", Filter(("metadata",))),
        ("-jane", Filter(without=(Filter(("jane",)),))),
        ('-"jane doe" x', Filter(("x",), without=(Filter(("jane doe",)),))),
        ("-status:failed", Filter(without=(Filter(badges=(Badge.FAILED,)),))),
        (
            "currency:eur -currency:usd -amount>5",
            Filter(
                currency="eur",
                without=(
                    Filter(currency="usd"),
                    Filter(amounts=(AmountRange(">", 5_000),)),
                ),
            ),
        ),
        (
            "-created:this year",
            Filter(without=(Filter(created=(Period(day(1, 1), day(1, 1, 2027)),)),)),
        ),
        ("-metadata order:1", Filter(without=(Filter(metadata=(("order", "1"),)),))),
        ("-", Filter(("-",))),
        ('-""', Filter()),
        ("jane-doe", Filter(("jane-doe",))),
    ],
)
def test_reads(typed: str, found: Filter) -> None:
    """Each key narrows; a minus excludes."""
    assert parse(typed, now=NOW) == found


def test_the_zone_counts() -> None:
    """Yesterday is yesterday where the agent is."""
    here = parse("created:yesterday", now=NOW, zone=timezone(timedelta(hours=2)))
    assert here.created == (
        Period(day(7, 14) + timedelta(hours=22), day(7, 15) + timedelta(hours=22)),
    )


@pytest.mark.parametrize(
    ("typed", "position", "said"),
    [
        (
            "a country:deu",
            2,
            '"country:deu" must be a two-letter code, such as country:de.',
        ),
        (
            "receipt:12345678",
            0,
            '"receipt:12345678" must be eight digits, such as receipt:1234-5678.',
        ),
        (
            "x -created:soon",
            2,
            (
                '"soon" is no date: use one such as 2026-07-12, or today, yesterday, '
                "this week, last week, this month, last month, this year, last year."
            ),
        ),
        (
            "metadata:6735",
            0,
            '"metadata:6735" needs a key and a value, such as metadata:order=6735.',
        ),
        ("brand>visa", 0, '"brand" takes ":", not ">".'),
        ("brand:visa brand:amex", 11, '"brand:" stands twice: one of them is enough.'),
        ("-type:", 0, '"type:" needs a value after it.'),
    ],
)
def test_says_what_and_where(typed: str, position: int, said: str) -> None:
    """What cannot be read is named where it begins, minus included."""
    with pytest.raises(SearchError) as refused:
        parse(typed, now=NOW)
    assert (str(refused.value), refused.value.position) == (said, position)


def test_without_the_present() -> None:
    """Words that need the present are refused where nobody gives it."""
    with pytest.raises(SearchError, match='"today" has no meaning here'):
        parse("created:today")
