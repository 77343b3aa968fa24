"""Stored text can be read but cannot act: not on the terminal, not on the layout."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.visible import LONGEST, visible

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
