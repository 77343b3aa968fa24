"""Currencies on the command line: whoever takes one asks the same table."""

from pathlib import Path

import pytest
from till import Till, opened

from store import open_store
from store.cli.nouns import NOUNS
from store.refusals.currencies import no_currency

TAKING = [
    (noun, name)
    for noun, verbs in NOUNS.items()
    for name, verb in verbs.items()
    if any(one.name == "currency" for one in verb.takes)
]


@pytest.fixture
def till(tmp_path: Path) -> Till:
    """Return a till with one payment."""
    return opened(tmp_path)


@pytest.mark.parametrize(("noun", "name"), TAKING)
@pytest.mark.parametrize("given", ["zzz", "BTC", "us", "x y"])
def test_what_is_none_is_refused(till: Till, noun: str, name: str, given: str) -> None:
    """By the sentence that lists those that there are; nothing is written."""
    amount = ("--amount", "5") if name == "create" else ()
    error = till.refused(noun, name, *amount, "--currency", given)
    assert error["message"] == no_currency(given).message
    assert error["param"] == "currency"
    with open_store(f"sqlite:///{till.file}") as store:
        assert {one.currency for one in store.balance_sheet()} == {"usd"}


def test_several_commands_take_one() -> None:
    """Else the test above would say nothing."""
    assert ("topups", "create") in TAKING
    assert len(TAKING) >= 4


def test_upper_case_is_the_same_currency(till: Till) -> None:
    """It is kept in lower case, as the API writes it."""
    made = till.asked("topups", "create", "--amount", "500", "--currency", "EUR")
    assert made["currency"] == "eur"
