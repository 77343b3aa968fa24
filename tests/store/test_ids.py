"""Ids: a prefix and 24 letters, none likelier than another."""

from __future__ import annotations

import re
from collections import Counter

from store.ids import RandomIds, SeededIds

MANY = 20_000


def test_ids_look_like_the_apis() -> None:
    """Whether they are random or follow from a seed."""
    for ids in (RandomIds(), SeededIds("any")):
        assert re.fullmatch(r"re_[0-9a-zA-Z]{24}", ids.new("re"))


def test_random_ids_are_never_the_same_and_fair() -> None:
    """Each letter comes about as often: within a tenth, nine standard deviations."""
    ids = RandomIds()
    made = {ids.new("x") for _ in range(MANY)}
    assert len(made) == MANY
    letters = Counter("".join(one[2:] for one in made))
    share = MANY * 24 / 62
    assert len(letters) == 62
    assert all(0.9 < number / share < 1.1 for number in letters.values())


def test_a_seed_makes_the_same_ids_again() -> None:
    """In the same order; another seed makes others."""
    first, again, other = SeededIds("a"), SeededIds("a"), SeededIds("b")
    made = [first.new("re") for _ in range(5)]
    assert made == [again.new("re") for _ in range(5)]
    assert len(set(made)) == 5
    assert other.new("re") not in made
