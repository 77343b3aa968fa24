"""Stored text can be read but cannot act: not on the terminal, not on the layout."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.visible import LONGEST, as_written, visible

ACTING = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("Ada Lovelace", "Ada Lovelace"),
        ("佐藤 花子", "佐藤 花子"),
        ("Zoë Müller-Šimić", "Zoë Müller-Šimić"),
        ("[/x]", "[/x]"),
        ("[@click=app.quit]x[/]", "[@click=app.quit]x[/]"),
        ("\x1b]52;c;aGk=\x07", "\\x1b]52;c;aGk=\\x07"),
        ("\x1b[2J", "\\x1b[2J"),
        ("\x9b31m", "\\x9b31m"),
        ("a\x00b\x7f", "a\\x00b\\x7f"),
        ("abc\u202egnp.exe", "abc\\u202egnp.exe"),
        ("a\u200bb\ufeff", "a\\u200bb\\ufeff"),
        ("a\u2066b\u2069", "a\\u2066b\\u2069"),
        ("line\nnext\rlast\ttab", "line next last tab"),
        ("a\u2028b\u2029c\x85d", "a\\u2028b\\u2029c\\x85d"),
        ("a\u00a0b\u3000c", "a b c"),
        ("\U000e0041", "\\U000e0041"),
        ("\ue000", "\\ue000"),
        ("\ud800", "\\ud800"),
        ("\u3164\u2800\u115f", "\\u3164\\u2800\\u115f"),
        ("e\u0301", "e\u0301"),
        ("e" + "\u0301" * 40, "e" + "\u0301" * 4),
    ],
)
def test_hostile_text_is_shown_as_characters(stored: str, shown: str) -> None:
    """Escapes, bidi overrides and unseen characters are spelled out; letters stay."""
    assert visible(stored) == shown


@pytest.mark.parametrize(
    "name",
    [
        "علی\u200cرضا محمدی",
        "می\u200cخواهم",
        "\u0915\u094d\u200d\u0937",
        "\u0dc1\u0dca\u200d\u0dbb\u0dd3",
        "\u0d15\u0d4d\u200d മലയാളം",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467 \u2764\ufe0f\u200d\U0001f525",
    ],
)
def test_a_joiner_does_its_work_in_letters_and_files(name: str) -> None:
    """Between letters that need it; on the terminal it is shown as every sign is."""
    assert as_written(name) == name
    assert as_written(name, 500) != visible(name)
    assert "\\u200" in visible(name)


@pytest.mark.parametrize(
    ("stored", "written"),
    [
        ("a\u200cb\u200d", "a\\u200cb\\u200d"),
        ("علی\u200c", "علی\\u200c"),
        ("\u200cعلی", "\\u200cعلی"),
        ("علی\u200c\u200cرضا", "علی\\u200c\\u200cرضا"),
        ("علی\u200d\u202eرضا", "علی\\u200d\\u202eرضا"),
        ("علی\u200cx", "علی\\u200cx"),
        ("\U0001f468\u200c\U0001f469", "\U0001f468\\u200c\U0001f469"),
        ("علی\u200bرضا\u200f", "علی\\u200bرضا\\u200f"),
        ("\x1b]52;c;aGk=\x07", "\\x1b]52;c;aGk=\\x07"),
    ],
)
def test_a_joiner_that_joins_nothing_is_shown(stored: str, written: str) -> None:
    """As is every other character that could act, in a letter and in a file too."""
    assert as_written(stored) == written


JOINED = st.text("\u200c\u200d\u094d\u0915علی\u202ea \U0001f468\ufe0f")


@given(st.text(max_size=200) | JOINED)
def test_nothing_but_a_joiner_stays(stored: str) -> None:
    """What is written is what is shown, but for joiners; twice is once."""
    written = as_written(stored, 500)
    again = as_written(written, len(written) + 1)
    assert again == written
    assert visible(again, len(again) + 1) == visible(stored, 500)
    hidden = {one for one in written if unicodedata.category(one) in ACTING}
    assert hidden <= {"\u200c", "\u200d"}


@given(st.text(max_size=200) | st.text(st.characters(categories=["Cc", "Cf", "Cn"])))
def test_what_is_shown_is_always_printable(stored: str) -> None:
    """No character that a terminal could act on is left, whatever was stored."""
    shown = visible(stored)
    assert not ACTING & {unicodedata.category(letter) for letter in shown}
    assert "\n" not in shown
    assert visible(shown, len(shown) + 1) == shown


@given(st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S", "Zs"])))
def test_printable_text_stays_as_it_is(stored: str) -> None:
    """Brackets, backslashes and markup are the customer's own characters."""
    assert visible(stored, len(stored) + 1) == stored


@given(st.text(min_size=1), st.integers(1, 40))
def test_long_text_ends_in_an_ellipsis(stored: str, limit: int) -> None:
    """What does not fit is cut, and the cut is shown."""
    cut = len(stored) > limit
    assert visible(stored, limit).endswith("…") is (cut or stored.endswith("…"))
    assert len(visible("x" * 10_000)) == LONGEST
