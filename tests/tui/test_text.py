"""Display text: stored text is shown as characters and keeps to its cells."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.content import Content

from store.money import Money
from tui.terminal.line import harmless
from tui.terminal.plain_ascii import ascii_only
from tui.text import NOTHING, brief, exact, fit, money, plain, pressable, show, spread
from tui.text import when as written
from tui.words.zone import Reading, Zone

HOSTILE = (
    "[/x]",
    "[@click=app.bell]x[/]",
    "[bold",
    "\x1b]52;c;AAAA\x07",
    "\x9b31m",
    "\u202eevil",
    "a\u200bb",
    "\x00",
    "line\nbreak\ttab",
    "e" + "\u0301" * 50,
    "佐藤" * 200,
    "👩‍👩‍👧‍👦" * 20,
)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PARIS = Zone(ZoneInfo("Europe/Paris"))
anything = st.text() | st.sampled_from(HOSTILE)


@given(anything)
def test_nothing_stored_can_act(text: str) -> None:
    """No control, bidi or zero-width character is left, and never a line break."""
    kept = plain(text)
    acting = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert not [c for c in kept if unicodedata.category(c) in acting]


@given(anything)
def test_markup_is_shown_as_characters(text: str) -> None:
    """Content made of stored text has its characters, and styles nothing inside."""
    content = show(text)
    assert content.plain == plain(text)
    assert not content.spans


def test_hostile_names_stay_readable() -> None:
    """What a customer wrote to do harm is on the screen as it was written."""
    assert plain("[/x]") == "[/x]"
    assert plain("\u202eevil") == "\\u202eevil"
    assert plain("\x1b]52;c;x\x07") == "\\x1b]52;c;x\\x07"
    assert plain(None) == plain("") == NOTHING


@given(anything, st.integers(0, 60), st.booleans())
def test_text_fits_its_cells_exactly(text: str, width: int, right: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
    """Wide, narrow or combining: a cell is never too long or too short."""
    assert cell_len(fit(plain(text), width, right=right)) == width


@given(anything, anything, st.integers(1, 120))
def test_two_sides_share_a_line(left: str, right: str, width: int) -> None:
    """The right side keeps its place, the left side gives way."""
    kept = Content(fit(plain(right), min(width, 20)))
    assert spread(show(left), kept, width).cell_length == width


@given(anything)
def test_plain_ascii_changes_no_width(text: str) -> None:
    """With ASCII only, nothing moves and nothing but ASCII is left."""
    seen = plain(text)
    assert ascii_only(seen).isascii()
    assert cell_len(ascii_only(seen)) == cell_len(seen)


@pytest.mark.parametrize(
    "frame",
    [
        "\x1b]0;title\x07",
        "\x1bPq\x1b\\",
        "\x9d52;c;x\x9c",
        "\u202e",
        "\x00",
        "\x1b]8;;x",
    ],
)
def test_only_drawing_reaches_the_terminal(frame: str) -> None:
    """Titles, device strings, C1 and bidi marks are dropped from a frame."""
    kept = harmless(f"before\x1b[1m{frame}")
    assert kept.startswith("before\x1b[1m")
    assert not set(kept) & set("\x00\x9d\x9c\u202e\x07")
    assert "\x1b]" not in kept
    assert "\x1bP" not in kept


def test_our_own_copying_passes_only_as_a_whole() -> None:
    """The clipboard is reached by the app's own write, never from inside a frame."""
    copy = "\x1b]52;c;cGlfMQ==\x07"
    assert harmless(copy) == copy
    assert harmless(f"a{copy}b") == "ab"


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (Money(900000, "jpy"), "900,000 JPY"),
        (Money(1230, "kwd"), "1.230 KWD"),
        (Money(1, "usd"), "0.01 USD"),
        (None, NOTHING),
    ],
)
def test_money_is_exact_with_its_currency(amount: Money | None, shown: str) -> None:
    """Decimals are the currency's own and the code is always there."""
    assert money(amount) == shown


@pytest.mark.parametrize(
    ("ago", "shown"),
    [
        (timedelta(0), "13:00"),
        (timedelta(hours=12), "01:00"),
        (timedelta(hours=13), "00:00"),
        (timedelta(hours=14), "01 Mar"),
        (timedelta(days=90), "02 Dec 25"),
    ],
)
def test_a_column_shows_the_hour_the_day_or_the_month(
    ago: timedelta, shown: str
) -> None:
    """Today's times show the hour, this year's the day, older ones the year."""
    assert brief(NOON - ago, PARIS, NOON) == shown
    assert cell_len(brief(NOON - ago, PARIS, NOON)) <= 9


def test_the_zone_goes_round() -> None:
    """Local, UTC, relative, and local again; each says which it is."""
    utc = PARIS.next()
    relative = utc.next()
    assert relative.next() == PARIS
    assert [zone.label(NOON) for zone in (PARIS, utc)] == ["CET", "UTC"]
    assert written(NOON, PARIS, NOON) == "02 Mar 13:00"
    assert written(NOON, utc, NOON) == "02 Mar 12:00"
    assert written(NOON - timedelta(hours=3), relative, NOON) == "3 h ago"
    assert written(NOON + timedelta(days=6), relative, NOON) == "in 6 d"
    assert relative.reading is Reading.RELATIVE


def test_a_zone_follows_its_own_clock_changes() -> None:
    """The same zone has another name and another hour in summer."""
    summer = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
    assert exact(summer, PARIS) == "01 Jul 2026 14:00:00 CEST"
    assert exact(NOON, Zone(ZoneInfo("Asia/Kathmandu"))).startswith(
        "02 Mar 2026 17:45:00"
    )


def test_keys_are_written_as_on_the_keyboard() -> None:
    """Textual's key names never reach the screen."""
    assert [pressable(key) for key in ("question_mark", "f10", "G", "escape")] == [
        "?",
        "F10",
        "G",
        "esc",
    ]
