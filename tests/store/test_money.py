"""Money is counted in minor units, read without guessing, and never rounded away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.money import (
    LARGEST,
    AmountError,
    Money,
    exponent,
    parse_amount,
    proportion,
    step,
    zero,
)

USD = Money(14_900, "usd")
TWO_WAYS = (
    "can be read in two ways: write the decimals after a point, "
    "without thousands marks."
)
CURRENCIES = ("usd", "eur", "jpy", "kwd", "isk")


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        (900_000, "usd", "9,000.00 USD"),
        (9_000, "jpy", "9,000 JPY"),
        (1_230, "kwd", "1.230 KWD"),
        (1, "usd", "0.01 USD"),
        (0, "eur", "0.00 EUR"),
        (-5, "usd", "-0.05 USD"),
        (-1_234_567, "kwd", "-1,234.567 KWD"),
        (500_000, "isk", "5,000.00 ISK"),
        (LARGEST, "usd", "999,999.99 USD"),
        (LARGEST, "jpy", "99,999,999 JPY"),
    ],
)
def test_is_shown_exactly(amount: int, currency: str, shown: str) -> None:
    """An amount shows every digit of its currency and the currency's code."""
    assert str(Money(amount, currency)) == shown


@pytest.mark.parametrize(
    ("money", "shown"),
    [
        (Money(1_100, "usd"), "$11.00"),
        (Money(110_000, "usd"), "$1,100.00"),
        (Money(500, "eur"), "€5.00"),
        (Money(700, "jpy"), "¥700"),
        (Money(1_230, "kwd"), "1.230 KWD"),
    ],
)
def test_is_shown_as_the_api_writes_it(money: Money, shown: str) -> None:
    """A refusal names amounts by symbol, or by code where there is no symbol."""
    assert money.symbolic() == shown


@pytest.mark.parametrize(
    ("typed", "most", "amount"),
    [
        ("42", USD, 4_200),
        ("42.", USD, 4_200),
        ("42.5", USD, 4_250),
        (" 42.50 ", USD, 4_250),
        (".5", USD, 50),
        ("0.01", USD, 1),
        ("149.00", USD, 14_900),
        ("full", USD, 14_900),
        ("full ", USD, 14_900),
        ("MAX", USD, 14_900),
        ("50%", USD, 7_450),
        ("33.3 %", USD, 4_962),
        ("100%", USD, 14_900),
        ("9000", Money(9_000, "jpy"), 9_000),
        ("50%", Money(9_001, "jpy"), 4_501),
        ("1.23", Money(9_000, "kwd"), 1_230),
        ("50%", Money(1_230, "kwd"), 610),
        ("50%", Money(100_100, "isk"), 50_000),
        ("999999.99", Money(LARGEST, "usd"), LARGEST),
        ("1,000.50", Money(500_000, "usd"), 100_050),
        ("6,95", USD, 695),
        ("1.000,50", Money(500_000, "usd"), 100_050),
        ("1.000.000", Money(LARGEST, "jpy"), 1_000_000),
        ("1,000", Money(500_000, "usd"), 100_000),
        ("9,000", Money(9_000, "jpy"), 9_000),
        ("0,500", Money(9_000, "kwd"), 500),
        ("1.000", Money(9_000, "kwd"), 1_000),
        ("$20", USD, 2_000),
        ("20 USD", USD, 2_000),
        ("20usd", USD, 2_000),
        ("USD 20", USD, 2_000),
        ("20 €", Money(9_000, "eur"), 2_000),
        ("€20", Money(9_000, "eur"), 2_000),
        ("1,230.00 KWD", Money(1_230_000, "kwd"), 1_230_000),
    ],
)
def test_reads_what_a_person_types(typed: str, most: Money, amount: int) -> None:
    """Plain digits, the words for all of it, and parts in percent are understood."""
    assert parse_amount(typed, most) == Money(amount, most.currency)


@pytest.mark.parametrize(
    ("typed", "most", "said"),
    [
        ("", USD, "Type an amount, such as 10.00, 50% or full."),
        ("   ", USD, "Type an amount, such as 10.00, 50% or full."),
        ("1,000", Money(9_000_000, "kwd"), f'"1,000" {TWO_WAYS}'),
        ("€5", USD, '"€5" is not in USD.'),
        ("5 eur", USD, '"5 eur" is not in USD.'),
        ("$5", Money(900, "cad"), '"$5" is not in CAD.'),
        ("1,00.50", USD, '"1,00.50" is not an amount: type digits, such as 10.00.'),
        ("1.2.3", USD, '"1.2.3" is not an amount: type digits, such as 10.00.'),
        ("1,000.505", USD, "USD has 2 decimals: 1,000.505 has more."),
        ("0,500", USD, "USD has 2 decimals: 0,500 has more."),
        ("1,000.50", Money(9_000, "jpy"), "JPY has no decimals: 1,000.50 has more."),
        ("1e3", USD, '"1e3" is not an amount: type digits, such as 10.00.'),
        ("-5", USD, '"-5" is not an amount: type digits, such as 10.00.'),
        ("−5", USD, '"−5" is not an amount: type digits, such as 10.00.'),
        ("+5", USD, '"+5" is not an amount: type digits, such as 10.00.'),
        ("\u0663", USD, '"\u0663" is not an amount: type digits, such as 10.00.'),
        ("½", USD, '"½" is not an amount: type digits, such as 10.00.'),
        ("1 0", USD, '"1 0" is not an amount: type digits, such as 10.00.'),
        (".", USD, '"." is not an amount: type digits, such as 10.00.'),
        ("nan", USD, '"nan" is not an amount: type digits, such as 10.00.'),
        ("1_0", USD, '"1_0" is not an amount: type digits, such as 10.00.'),
        ("1.234", USD, "USD has 2 decimals: 1.234 has more."),
        ("10.0", Money(9_000, "jpy"), "JPY has no decimals: 10.0 has more."),
        ("1.235", Money(9_000, "kwd"), "1.235 KWD must be a multiple of 0.010 KWD."),
        ("1.50", Money(90_000, "isk"), "1.50 ISK must be a multiple of 1.00 ISK."),
        ("0", USD, "The amount must be more than nothing."),
        ("0.00", USD, "The amount must be more than nothing."),
        ("0%", USD, "The amount must be more than nothing."),
        ("149.01", USD, "149.01 USD is too much: at most 149.00 USD."),
        ("101%", USD, "101% is more than all of it: at most 149.00 USD."),
        ("9" * 31, USD, "That is too long for an amount: at most 149.00 USD."),
        ("9" * 9_999, USD, "That is too long for an amount: at most 149.00 USD."),
        ("full", zero("usd"), "The amount must be more than nothing."),
    ],
)
def test_says_what_is_wrong(typed: str, most: Money, said: str) -> None:
    """An amount that is ambiguous, impossible or too much is refused in a sentence."""
    with pytest.raises(AmountError) as refused:
        parse_amount(typed, most)
    assert str(refused.value) == said


@given(st.text(max_size=60), st.sampled_from(CURRENCIES))
def test_no_typing_breaks_the_reader(typed: str, currency: str) -> None:
    """Whatever is typed is either a legal amount within the limit or refused."""
    most = Money(12_300, currency)
    try:
        read = parse_amount(typed, most)
    except AmountError:
        return
    assert 1 <= read.amount <= most.amount
    assert read.amount % step(currency) == 0


@given(st.integers(1, LARGEST), st.sampled_from(CURRENCIES))
def test_what_is_shown_can_be_typed(number: int, currency: str) -> None:
    """The exact digits of an amount read back as that amount."""
    unit = step(currency)
    money = Money(max(unit, number // unit * unit), currency)
    decimal_comma = money.digits().translate({ord("."): ",", ord(","): "."})
    shown = (money.digits(grouped=False), money.digits(), money.symbolic(), str(money))
    assert {parse_amount(one, money) for one in shown} == {money}
    if exponent(currency) == 2:
        assert parse_amount(decimal_comma, money) == money


@given(st.integers(0, 10_000), st.integers(1, LARGEST), st.sampled_from(CURRENCIES))
def test_percent_never_takes_more_than_there_is(
    hundredths: int, number: int, currency: str
) -> None:
    """A part in percent lies within the limit and on the currency's grid."""
    unit = step(currency)
    most = Money(max(unit, number // unit * unit), currency)
    try:
        part = parse_amount(f"{hundredths // 100}.{hundredths % 100:02d}%", most)
    except AmountError:
        assert proportion(hundredths, most.amount, 10_000) < unit
        return
    assert 0 < part.amount <= most.amount
    assert part.amount % unit == 0
    assert abs(part.amount * 10_000 - most.amount * hundredths) < 10_000 * unit


@pytest.mark.parametrize(
    ("part", "amount", "whole", "share"),
    [
        (500, 880, 1_200, 367),
        (50, 109, 153, 36),
        (1, 1, 2, 1),
        (0, 880, 1_200, 0),
        (1_200, 880, 1_200, 880),
    ],
)
def test_proportion_is_rounded_to_nearest(
    part: int, amount: int, whole: int, share: int
) -> None:
    """A share is rounded to the nearest minor unit, halves up."""
    assert proportion(part, amount, whole) == share


@given(st.integers(0, LARGEST), st.integers(1, LARGEST), st.integers(0, LARGEST))
def test_proportions_of_parts_leave_nothing(part: int, whole: int, amount: int) -> None:
    """The share of the whole is everything, and a share is at most half a unit off."""
    part = min(part, whole)
    share = proportion(part, amount, whole)
    assert proportion(whole, amount, whole) == amount
    assert 0 <= share <= amount
    assert abs(2 * share * whole - 2 * amount * part) <= whole


@given(st.integers(), st.integers(), st.sampled_from(CURRENCIES))
def test_adds_and_compares_like_numbers(one: int, other: int, currency: str) -> None:
    """Sums, differences and order are those of the minor units."""
    left, right = Money(one, currency), Money(other, currency)
    assert left + right - right == left
    assert -left + left == zero(currency)
    assert (left < right) is (one < other)
    assert (left <= right) is (one <= other)
    assert bool(left) is (one != 0)


def test_currencies_are_never_mixed() -> None:
    """Adding or comparing two currencies is an error that names both."""
    said = "5.00 EUR and 5.00 USD are of different currencies; convert one first."
    dollars, euros = Money(500, "usd"), Money(500, "eur")
    with pytest.raises(AmountError) as refused:
        assert dollars + euros
    assert str(refused.value) == said
    with pytest.raises(AmountError):
        assert dollars < euros
    assert dollars != euros


def test_units_of_the_currency_classes() -> None:
    """Yen have no decimals, dinars three in steps of ten, krónur whole ones only."""
    assert [exponent(code) for code in CURRENCIES] == [2, 2, 0, 3, 2]
    assert [step(code) for code in CURRENCIES] == [1, 1, 1, 10, 100]
    assert Money(1, "jpy").milli == Money(100, "usd").milli == Money(1_000, "kwd").milli
