"""What may be taken back without a refund, and what of the fee goes along."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.connect import (
    ConnectType,
    Share,
    fee_beside,
    why_not_give_back,
    why_not_reverse,
)
from store.money import Money

SHARE = Share(
    ConnectType.DESTINATION,
    "acct_1",
    transfer="tr_1",
    transferred=Money(880, "usd"),
)
MORE = "is greater than unreversed amount"
BELOW_ONE = "This value must be greater than or equal to 1."


def usd(amount: int) -> Money:
    """Return so many cents."""
    return Money(amount, "usd")


@pytest.mark.parametrize(
    ("left", "amount", "said"),
    [
        (880, None, None),
        (500, 500, None),
        (0, None, "The transfer tr_1 is already fully reversed."),
        (0, 1, "The transfer tr_1 is already fully reversed."),
        (
            500,
            501,
            f"Transfer reversal amount ($5.01) {MORE} on transfer ($5.00)",
        ),
        (500, 0, BELOW_ONE),
        (500, -1, BELOW_ONE),
    ],
)
def test_no_more_is_reversed_than_is_left(
    left: int, amount: int | None, said: str | None
) -> None:
    """A destination charge's transfer comes back whatever the account has."""
    refused = why_not_reverse(SHARE, usd(left), amount, usd(-900))
    assert (refused and refused.message) == said


@pytest.mark.parametrize(
    ("left", "amount", "said"),
    [
        (109, None, None),
        (109, 109, None),
        (0, None, "Application fee fee_1 has already been refunded."),
        (
            0,
            10,
            "Refund amount ($0.10) is greater than unrefunded amount on fee ($0.00)",
        ),
        (109, 0, BELOW_ONE),
    ],
)
def test_no_more_of_a_fee_is_given_back_than_is_left(
    left: int, amount: int | None, said: str | None
) -> None:
    """In the API's words."""
    refused = why_not_give_back("fee_1", usd(left), amount)
    assert (refused and refused.message) == said


def test_a_separate_transfer_needs_the_account_s_own_funds() -> None:
    """Nobody is made to owe what was handed over by itself."""
    separate = replace(SHARE, type=ConnectType.SEPARATE)
    assert why_not_reverse(separate, usd(880), None, usd(880)) is None
    refused = why_not_reverse(separate, usd(880), None, usd(879))
    assert refused is not None
    assert refused.code == "balance_insufficient"
    assert "acct_1" in refused.message


def test_parts_are_what_the_currency_can_express() -> None:
    """But for the rest, which is what it is."""
    left = Money(1_230, "kwd")
    refused = why_not_give_back("fee_1", left, 1_005)
    assert refused is not None
    assert refused.param == "amount"
    assert why_not_reverse(SHARE, left, 1_000, left) is None
    odd = Money(1_235, "kwd")
    assert why_not_reverse(SHARE, odd, 1_235, odd) is None


@given(left=st.integers(0, 10**6), amount=st.integers(-5, 10**6 + 5))
def test_exactly_what_is_left_can_be_taken(left: int, amount: int) -> None:
    """No amount above it, every amount up to it, of both."""
    may = 1 <= amount <= left
    assert (why_not_reverse(SHARE, usd(left), amount, usd(0)) is None) == may
    assert (why_not_give_back("fee_1", usd(left), amount) is None) == may


@given(
    parts=st.lists(st.integers(1, 10**5), min_size=1, max_size=9),
    fee=st.integers(1, 10**5),
    gone=st.integers(0, 10**5),
)
def test_a_fee_goes_back_as_its_transfer_does(
    parts: list[int], fee: int, gone: int
) -> None:
    """In proportion, never more than is left, and all of it with the last part."""
    whole = sum(parts)
    first = left = Money(max(0, fee - gone), "usd")
    before = 0
    for one in parts:
        given_ = fee_beside(usd(fee), left, one, before, whole)
        assert Money(0, "usd") <= given_ <= left
        left, before = left - given_, before + one
        back = (first - left).amount
        assert back <= (2 * fee * before + whole) // (2 * whole)
        if not gone:
            assert abs(back * whole - fee * before) * 2 <= whole
    assert left.amount == 0
