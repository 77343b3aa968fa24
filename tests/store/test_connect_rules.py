"""What refunds pull back of transfers and fees: in proportion, and never too much."""

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.connect import ConnectType, Share, asked_share, part
from store.errors import Refusal
from store.money import Money, step

USD = Money(1_200, "usd")


@pytest.mark.parametrize(
    ("whole", "refunded", "charged", "pulled"),
    [
        (880, 500, 1_200, 367),
        (109, 50, 153, 36),
        (880, 1_200, 1_200, 880),
        (1, 1, 3, 0),
        (1, 2, 3, 1),
        (1, 1, 2, 1),
    ],
)
def test_a_part_is_rounded_to_the_nearest_unit(
    whole: int, refunded: int, charged: int, pulled: int
) -> None:
    """As recorded answers of the API show it."""
    assert part(Money(whole, "usd"), refunded, charged, 0) == pulled


@given(
    whole=st.integers(1, 10**9),
    parts=st.lists(st.integers(1, 10**7), min_size=1, max_size=12),
    more=st.integers(0, 10**7),
)
def test_parts_add_up(whole: int, parts: list[int], more: int) -> None:
    """The last refund leaves nothing over; none before it takes too much."""
    charged = sum(parts) + more
    whole = min(whole, charged)
    pulled: list[int] = []
    for total in accumulate(parts):
        pulled.append(part(Money(whole, "usd"), total, charged, sum(pulled)))
        assert sum(pulled) <= whole
        assert abs(sum(pulled) * charged - whole * total) * 2 <= charged
    assert all(one >= 0 for one in pulled)
    if not more:
        assert sum(pulled) == whole


def test_what_is_back_already_is_not_pulled_twice() -> None:
    """A refund that failed leaves its reversal; the next one needs no other."""
    whole = Money(880, "usd")
    assert part(whole, 500, 1_200, 367) == 0
    assert part(whole, 300, 1_200, 367) == 0
    assert part(whole, 1_200, 1_200, 367) == 513


@given(
    whole=st.integers(1, 500),
    parts=st.lists(st.integers(1, 100), min_size=1, max_size=9),
    currency=st.sampled_from(["jpy", "kwd", "tnd", "isk", "ugx"]),
)
def test_parts_are_what_a_currency_can_express(
    whole: int, parts: list[int], currency: str
) -> None:
    """Dinars in tens, kronur in hundreds; nothing is left over there either."""
    unit = step(currency)
    charged = sum(parts) * unit
    money = Money(min(whole, sum(parts)) * unit, currency)
    pulled: list[int] = []
    for total in accumulate(parts):
        pulled.append(part(money, total * unit, charged, sum(pulled)))
    assert all(one % unit == 0 for one in pulled)
    assert sum(pulled) == money.amount


def test_a_direct_charge_fills_the_connected_account() -> None:
    """Of the others the platform has the money, and gives a part of it away."""
    kinds = {kind: Share(kind, "acct_1").holder for kind in ConnectType}
    assert kinds == {
        ConnectType.DIRECT: "acct_1",
        ConnectType.DESTINATION: None,
        ConnectType.SEPARATE: None,
    }


def test_shares_are_read_as_the_api_says_them() -> None:
    """Direct by the account, destination by the transfer's data; else none."""
    fee = Money(109, "usd")
    assert asked_share(USD, None, None, None, None) is None
    direct = asked_share(USD, None, 109, None, "acct_1")
    assert direct == Share(ConnectType.DIRECT, "acct_1", fee_money=fee)
    to: dict[str, str | int] = {"destination": "acct_1", "amount": 880}
    assert asked_share(USD, to, None, "acct_1", None) == Share(
        ConnectType.DESTINATION, "acct_1", "acct_1", transferred=Money(880, "usd")
    )


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ((None, 109, None, None), "Can only apply an application_fee_amount when"),
        (({"destination": "a", "amount": 5}, 1, None, None), "transfer_data[amount]"),
        (({"destination": "a", "amount": 1_201}, None, None, None), "between 1 and"),
        ((None, 1_201, None, "acct_1"), "application_fee_amount must be between"),
        ((None, -1, None, "acct_1"), "application_fee_amount must be between"),
        (({"destination": "a"}, None, None, "acct_1"), "stripe_account"),
    ],
)
def test_what_cannot_be_shared_is_refused(
    asked: tuple[dict[str, str | int] | None, int | None, None, str | None], said: str
) -> None:
    """In the API's words where it has some."""
    refused = asked_share(USD, *asked)
    assert isinstance(refused, Refusal)
    assert said in refused.message
