"""The table of currencies: complete, exact, and asked by whoever takes one."""

from datetime import timedelta
from decimal import Decimal
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import MONDAY
from store.currencies import CURRENCIES, code_of
from store.limits import why_not_charge, why_not_move
from store.money import LARGEST_TOPUP, Money, exponent, step
from store.rates import SANDBOX_RATES, convert
from store.refusals.currencies import no_currency

CODES = st.sampled_from(sorted(CURRENCIES))


def test_the_list_begins_as_the_api_s() -> None:
    """Dollars first, then by name; what was withdrawn stands at the end."""
    assert list(islice(CURRENCIES, 4)) == ["usd", "aed", "afn", "all"]
    assert list(CURRENCIES)[-2:] == ["sll", "mro"]
    assert len(CURRENCIES) == 150
    assert no_currency("ZZZ").message.startswith(
        "Invalid currency: zzz. Stripe currently supports these currencies: usd, aed, "
    )


@pytest.mark.parametrize("code", CURRENCIES)
def test_every_currency_is_whole(code: str) -> None:
    """A code, decimals, a step that they can express, bounds on it, and a worth."""
    one = CURRENCIES[code]
    assert one.code == code == code.strip().lower()
    assert len(code) == 3
    assert (exponent(code), step(code)) == (one.exponent, one.step)
    assert (one.least or one.step) % one.step == 0
    assert (one.least or one.step) < one.most < 10**12
    assert Decimal(one.per_dollar) > 0


@pytest.mark.parametrize("given", ["usd", "USD", " Usd "])
def test_case_does_not_matter(given: str) -> None:
    """A code may be typed in either case."""
    assert code_of(given) == "usd"


@pytest.mark.parametrize("given", ["zzz", "btc", "us", "x y", "", "usdc", "ｕｓｄ"])
def test_what_is_none(given: str) -> None:
    """Neither a made up code, nor half of one, nor one in other letters."""
    assert code_of(given) is None


@given(CODES, CODES, st.integers(0, 400))
def test_every_pair_has_a_rate(source: str, target: str, days: int) -> None:
    """On every day, as an exact number of six digits at most, near the table's."""
    rate = SANDBOX_RATES.rate(source, target, MONDAY + timedelta(days=days))
    assert rate is not None
    number = Decimal(rate)
    assert number > 0
    assert len(number.as_tuple().digits) <= 6
    per = Decimal(CURRENCIES[target].per_dollar), CURRENCIES[source].per_dollar
    assert abs(number / (per[0] / Decimal(per[1])) - 1) < Decimal("0.016")


@pytest.mark.parametrize(
    ("least", "said"),
    [
        (Money(50, "usd"), "Amount must be at least $0.50 usd"),
        (Money(50, "eur"), "Amount must be at least €0.50 eur"),
        (Money(30, "gbp"), "Amount must be at least £0.30 gbp"),
        (Money(50, "jpy"), "Amount must be at least ¥50 jpy"),
        (Money(17_500, "huf"), "Amount must be at least 175.00 huf"),
        (Money(1_500, "czk"), "Amount must be at least 15.00 czk"),
        (Money(400, "hkd"), "Amount must be at least 4.00 hkd"),
    ],
)
def test_the_smallest_payment(least: Money, said: str) -> None:
    """It is the currency's own, whatever the account settles in."""
    assert why_not_charge(least, "card", Money(1, "usd")) is None
    refusal = why_not_charge(Money(least.amount - 1, least.currency), "card")
    assert refusal is not None
    assert (refusal.message, refusal.code, refusal.param, refusal.status) == (
        said,
        "amount_too_small",
        "amount",
        400,
    )


def test_without_a_smallest_of_its_own() -> None:
    """What it is converted to must be enough; unconverted, there is no floor."""
    little = Money(100, "pen")
    assert why_not_charge(little, "card") is None
    assert why_not_charge(little, "card", Money(50, "usd")) is None
    refusal = why_not_charge(little, "card", Money(28, "usd"))
    assert refusal is not None
    assert refusal.code == "amount_too_small"
    assert refusal.message == (
        "Amount must convert to at least $0.50. 1.00 PEN converts to approximately "
        "$0.28."
    )
    assert why_not_charge(little, "card", Money(1, "vuv")) is None


def test_ideal_has_no_smallest_payment() -> None:
    """It is documented to take amounts as low as one cent."""
    assert why_not_charge(Money(1, "eur"), "ideal") is None


@pytest.mark.parametrize(
    "most",
    [
        Money(99_999_999, "usd"),
        Money(99_999_999, "jpy"),
        Money(99_999_990, "kwd"),
        Money(99_999_900, "isk"),
        Money(999_999_999, "inr"),
        Money(999_999_999_999, "idr"),
    ],
)
def test_the_largest_payment(most: Money) -> None:
    """Eight digits, and what is documented for two."""
    assert why_not_charge(most, "card") is None
    more = Money(most.amount + step(most.currency), most.currency)
    refusal = why_not_charge(more, "card")
    assert refusal is not None
    assert (refusal.code, refusal.param) == ("amount_too_large", "amount")


@given(CODES, st.integers(-10, 10**13))
def test_what_is_taken_can_be_expressed(code: str, amount: int) -> None:
    """Payments and other movements are on the currency's grid and within bounds."""
    one, money = CURRENCIES[code], Money(amount, code)
    if why_not_charge(money, "card") is None:
        assert (one.least or 1) <= amount <= one.most
        assert amount % one.step == 0
    if why_not_move(money) is None:
        assert 1 <= amount <= LARGEST_TOPUP
        assert amount % one.step == 0


@given(CODES, CODES, st.integers(1, 99_999_999))
def test_conversions_stay_within_the_database(
    source: str, target: str, amount: int
) -> None:
    """A million of the largest payments fit in 64 bits, in every currency."""
    rate = SANDBOX_RATES.rate(source, target, MONDAY)
    assert rate is not None
    worth = convert(Money(amount, source), target, rate)
    assert 0 < worth.amount < 2**63 // 10**6
    assert worth.amount % step(target) == 0
