"""What is searched and what is typed fold alike, in any writing."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.demo.names import FIRST, HOSTILE, LAST
from store.search.folded import folded

LATIN = st.text(st.characters(max_codepoint=0x24F, categories=["L"]), max_size=8)
TEXT = st.text(st.characters(exclude_categories=[])) | st.text("aß\u0301\u3099カΑΣİẞł")
EVERY = range(sys.maxunicode + 1)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Björk", "bjork"),
        ("BJO\u0308RK", "bjork"),
        ("Müller", "muller"),
        ("Łódź", "lodz"),
        ("Søren Þórsdóttir", "soren thorsdottir"),
        ("Đức Nguyễn", "duc nguyen"),
        ("Ægir œuvre ðe", "aegir oeuvre de"),
        ("STRASSE Straße STRAẞE", "strasse strasse strasse"),
        ("İstanbul Ilgın ISPARTA", "istanbul ilgin isparta"),
        ("Ἀθηνᾶ ΟΔΥΣΣΕΎΣ", "αθηνα οδυσσευσ"),
        ("Пётр Толстой", "петр толстои"),
        ("Ｊａｎｅ ﬁn", "jane fin"),
        ("O'Brien, 100% _x_", "o'brien, 100% _x_"),
        ("ガ", "ガ"),
        ("カ\u3099 ｶﾞ", "ガ ガ"),
        ("テスト 佐藤", "テスト 佐藤"),
        ("김민준", "김민준"),
        ("محمد بن علي", "محمد بن علي"),
        ("D\u2019Angelo O\u00b4Brien", "d'angelo o'brien"),
        ("O\u02bcNeil O\uff07Hara", "o'neil o'hara"),
        ("Anne\u2011Marie Jean\u2013Luc \uff2a\uff0d\uff2c", "anne-marie jean-luc j-l"),
        ("علی\u200cرضا علیرضا علي\u0640رضا", "عليرضا عليرضا عليرضا"),
        ("山田\u3000太郎 \u00a0x\u202fy", "山田 太郎  x y"),
        ("\uff2a\uff2f\uff28\uff2e ｸﾘｽ", "john クリス"),
        ("Zo\u00adé\u200b \u202eeve\u2069", "zoe eve"),
        ("\u0301", "\u0301"),
        ("", ""),
    ],
)
def test_what_it_folds_to(written: str, found: str) -> None:
    """Case and accents go; what makes another letter elsewhere stays."""
    assert folded(written) == found


def test_every_character_folds_once() -> None:
    """To the same alone, in lower case, decomposed, and when it is folded already."""
    for number in EVERY:
        one = chr(number)
        found = folded(one)
        lower, apart = one.lower(), unicodedata.normalize("NFD", one)
        assert found == folded(found) == folded(lower) == folded(apart), ascii(one)


@given(TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    """Nor does it matter whether the text was in lower case, as stores once kept it."""
    found = folded(text)
    assert found == folded(found)
    assert found == folded(text.lower())
    for form in ("NFC", "NFD"):
        assert found == folded(unicodedata.normalize(form, text))


@given(LATIN, LATIN, LATIN)
def test_a_part_is_found_in_the_whole(before: str, part: str, after: str) -> None:
    """Typed with its accents or without them."""
    whole = folded(before + part + after)
    assert folded(part) in whole
    assert folded(folded(part).upper()) in whole


@pytest.mark.parametrize("name", [*FIRST, *LAST, *HOSTILE])
def test_a_name_is_found_as_it_is_written(name: str) -> None:
    """Every word of it, wherever it stands."""
    for word in name.split():
        assert folded(word) in folded(f"pi_1\n{name}\n4242")
