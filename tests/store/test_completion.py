"""Completion offers what the search language reads, and nothing else."""

import pytest
from evening import NOW
from hypothesis import given
from hypothesis import strategies as st

from store.search.completion import completions
from store.search.dates import RELATIVE
from store.search.language import parse
from store.search.terms import STATUS_WORDS, TERMS, SearchError


def position_of_error(text: str) -> int:
    """Return where a search cannot be read; the beginning where it can."""
    try:
        parse(text, now=NOW)
    except SearchError as wrong:
        return wrong.position
    return 0


def labels(text: str, caret: int | None = None) -> list[str]:
    """Return what is offered to be taken."""
    return [one.label for one in completions(text, caret) if one.label]


@pytest.mark.parametrize(
    ("typed", "about"),
    [
        ("amount>", "how much was paid, such as amount>20.00"),
        ("jane last4:42", "the card's last four digits, such as last4:4242"),
        ("metadata:order", "a key and its value, such as metadata:order=6735"),
        ("created:2026-0", "when it was paid, such as created:2026-07-12"),
        ('"jane d', "what stands between quotation marks is looked for as it is"),
        ("amount>x", None),
        ("last4:4242", None),
        ("last4:42424", None),
        ("country:germany", None),
        ("status:x", None),
    ],
)
def test_where_nothing_can_be_listed_it_is_said_what_may_come(
    typed: str, about: str | None
) -> None:
    """As long as the value may still become one; to take it changes nothing."""
    found = completions(typed)
    assert [one.about for one in found] == ([about] if about else [])
    assert all((one.text, one.caret) == (typed, len(typed)) for one in found)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("stat", ["status:"]),
        ("jane cu", ["currency:"]),
        ("-am", ["amount>"]),
        ("CUR", ["currency:"]),
        ("status:ref", ["refunded", "refund_failed", "refund_held"]),
        ("status:REFUNDED", []),
        ("brand:", ["visa", "mastercard", "amex", "discover", "jcb"]),
        ("created>=last", ["last_week", "last_month", "last_year"]),
        ("email:ada", []),
        ("jane", []),
        ('"stat', []),
        ("unknown:x", []),
    ],
)
def test_what_is_offered(typed: str, offered: list[str]) -> None:
    """Keys by their beginning, then the values of the key, likely ones first."""
    assert labels(typed)[: len(offered)] == offered
    assert bool(labels(typed)) == bool(offered)


def test_nothing_typed_offers_every_key() -> None:
    """An empty search shows what can be searched by."""
    assert labels("") == [term.begin for term in TERMS.values()]
    assert len(labels("jane ")) == len(TERMS)


def test_only_the_term_at_the_caret_is_replaced() -> None:
    """What stands before and behind stays; typing goes on behind what was put in."""
    (found,) = completions("ada sta -last4:4242", 7)
    assert found.text == "ada status: -last4:4242"
    assert found.text[: found.caret] == "ada status:"
    assert "such as refunded" in found.about


@pytest.mark.parametrize("key", [key for key, term in TERMS.items() if term.values])
def test_every_offered_value_is_read(key: str) -> None:
    """A value that is offered is one that the key can have."""
    found = completions(f"{key}:")
    assert [one.label for one in found] == list(TERMS[key].values)
    for one in found:
        assert parse(one.text, now=NOW) != parse("")


@pytest.mark.parametrize("term", TERMS.values(), ids=lambda term: term.key)
def test_every_example_is_read(term: object) -> None:
    """What a key is explained by can be typed as it stands."""
    declared = TERMS[getattr(term, "key", "")]
    assert parse(declared.begin + declared.example, now=NOW) != parse("")


def test_every_status_and_date_is_offered() -> None:
    """Nothing that can be said is missing from what is offered."""
    assert set(TERMS["status"].values) == set(STATUS_WORDS)
    assert len(TERMS["created"].values) == len(RELATIVE)


@given(st.text(max_size=30), st.integers(0, 30))
def test_completing_anything_is_safe(text: str, caret: int) -> None:
    """Whatever stands there, what is offered keeps the rest and can be gone on with."""
    at = min(caret, len(text))
    for one in completions(text, at):
        assert one.text.endswith(text[at:])
        assert 0 <= one.caret <= len(one.text)
        assert position_of_error(one.text) <= len(one.text)
