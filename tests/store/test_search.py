"""The search language finds what is meant, or says what it does not understand."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from store.badge import DISPUTED, REFUND_PENDING, Badge
from store.refusals.currencies import no_currency
from store.search.language import (
    TAB_BADGES,
    AmountRange,
    Filter,
    SearchError,
    Tab,
    parse,
)
from store.search.terms import is_currency

TWENTY = AmountRange("=", 20_000)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", Filter()),
        ("   ", Filter()),
        ("jane", Filter(words=("jane",))),
        ("Jane DOE", Filter(words=("jane", "doe"))),
        ('"Jane  Doe" x', Filter(words=("jane  doe", "x"))),
        ("o'brien", Filter(words=("o'brien",))),
        ("\"o'brien\" o'hara", Filter(words=("o'brien", "o'hara"))),
        ('back\\slash "a"', Filter(words=("back\\slash", "a"))),
        ('"status:none"', Filter(words=("status:none",))),
        ('""', Filter()),
        ("jane@example.com", Filter(words=("jane@example.com",))),
        ("[/x]", Filter(words=("[/x]",))),
        (">5", Filter(words=(">5",))),
        ("status:succeeded", Filter(badges=(Badge.SUCCEEDED,))),
        ("STATUS:Failed", Filter(badges=(Badge.FAILED,))),
        ("status:pending", Filter(badges=REFUND_PENDING)),
        ("status:disputed", Filter(badges=DISPUTED)),
        ("status:held", Filter(badges=(Badge.REFUND_HELD,))),
        (
            'status:"partial refund"',
            Filter(badges=(Badge.PARTIAL_REFUND,)),
        ),
        ("status:partial-refund", Filter(badges=(Badge.PARTIAL_REFUND,))),
        ("status:refunded", Filter(badges=TAB_BADGES[Tab.REFUNDED])),
        ("email:Jane@Example.com", Filter(email="jane@example.com")),
        ("last4:4242", Filter(last4="4242")),
        ("currency:EUR", Filter(currency="eur")),
        ("amount:149.99", Filter(amounts=(AmountRange("=", 149_990),))),
        ("amount=20", Filter(amounts=(AmountRange("=", 20_000),))),
        (
            "amount>20 amount<=30.5",
            Filter(amounts=(AmountRange(">", 20_000), AmountRange("<=", 30_500))),
        ),
        ("amount>=1.234", Filter(amounts=(AmountRange(">=", 1_234),))),
        ("amount<5.", Filter(amounts=(AmountRange("<", 5_000),))),
        ("amount>1,000", Filter(amounts=(AmountRange(">", 1_000_000),))),
        ("4.23", Filter(amounts=(AmountRange("=", 4_230),))),
        ("1,204.50", Filter(amounts=(AmountRange("=", 1_204_500),))),
        ("-4.23", Filter(without=(Filter(amounts=(AmountRange("=", 4_230),)),))),
        (
            "jane 72.04 GBP",
            Filter(
                words=("jane",), amounts=(AmountRange("=", 72_040),), currency="gbp"
            ),
        ),
        ("GBP 72.04", Filter(amounts=(AmountRange("=", 72_040),), currency="gbp")),
        ("visa 4242", Filter(brand="visa", last4="4242")),
        ("jane VISA •••• 4242", Filter(words=("jane",), brand="visa", last4="4242")),
        ("mc   ••5556 eur", Filter(words=("eur",), brand="mastercard", last4="5556")),
        ("sepa 3000", Filter(type="sepa_debit", last4="3000")),
        ("card 4242 20.00", Filter(type="card", last4="4242", amounts=(TWENTY,))),
        ("visa 42", Filter(words=("42",), brand="visa")),
        ("visa", Filter(words=("visa",))),
        ("visa jane", Filter(words=("visa", "jane"))),
        ("4242 visa", Filter(words=("4242", "visa"))),
        ("visa 42424", Filter(words=("visa", "42424"))),
        ('"visa" 4242', Filter(words=("visa", "4242"))),
        ("•••• 4242", Filter(words=("••••", "4242"))),
        ("visa -4242", Filter(words=("visa",), without=(Filter(words=("4242",)),))),
        ("ARN 70000097281", Filter(words=("70000097281",))),
        ("arn", Filter(words=("arn",))),
        ("arn jane", Filter(words=("arn", "jane"))),
        ("£72.04", Filter(amounts=(AmountRange("=", 72_040),))),
        ("2500 jpy", Filter(amounts=(AmountRange("=", 2_500_000),), currency="jpy")),
        ("4242", Filter(words=("4242",))),
        ("4242 jane", Filter(words=("4242", "jane"))),
        ("gbp", Filter(words=("gbp",))),
        ('"4.23"', Filter(words=("4.23",))),
        ("10.0.0.1", Filter(words=("10.0.0.1",))),
        ("metadata order:4.23", Filter(metadata=(("order", "4.23"),))),
        (
            "jane status:failed amount>20 currency:jpy last4:0002",
            Filter(
                words=("jane",),
                badges=(Badge.FAILED,),
                amounts=(AmountRange(">", 20_000),),
                currency="jpy",
                last4="0002",
            ),
        ),
    ],
)
def test_reads(typed: str, found: Filter) -> None:
    """Words, phrases and terms narrow the list together."""
    assert parse(typed) == found
    assert parse(typed, Tab.FAILED).tab is Tab.FAILED


@pytest.mark.parametrize("badge", list(Badge))
def test_every_badge_is_a_status(badge: Badge) -> None:
    """What a row shows can be searched for."""
    assert badge in parse(f"status:{badge}").badges


@pytest.mark.parametrize(
    ("typed", "position", "said"),
    [
        (
            "jane colour:red",
            5,
            (
                '"colour" is no search key: use one of status, amount, email, last4, '
                "currency, brand, country, created, date, receipt, type, risk_level, "
                "metadata, or quotation marks."
            ),
        ),
        ("amount:", 0, '"amount:" needs a value after it.'),
        ("  email: x", 2, '"email:" needs a value after it.'),
        ("email>x", 0, '"email" takes ":", not ">".'),
        ("a amount>1,50", 2, '"1,50" is no amount: use digits, such as 20.00.'),
        ("amount:1e3", 0, '"1e3" is no amount: use digits, such as 20.00.'),
        ("amount>-5", 0, '"-5" is no amount: use digits, such as 20.00.'),
        ("amount:\u0663", 0, '"\u0663" is no amount: use digits, such as 20.00.'),
        ("amount:1.2345", 0, '"1.2345" is no amount: use digits, such as 20.00.'),
        (
            "x y last4:42a2",
            4,
            '"last4:42a2" must be four digits, such as last4:4242.',
        ),
        ("last4:42", 0, '"last4:42" must be four digits, such as last4:4242.'),
        (
            "currency:euros",
            0,
            no_currency("euros").message,
        ),
        ('jane "doe', 5, "A quotation mark is not closed."),
        ('"a b" "c', 6, "A quotation mark is not closed."),
        (
            "status:failed x status:held",
            16,
            '"status:" stands twice: one of them is enough.',
        ),
        (
            "currency:eur currency:usd",
            13,
            '"currency:" stands twice: one of them is enough.',
        ),
    ],
)
def test_says_what_and_where(typed: str, position: int, said: str) -> None:
    """A search that cannot be read names the term and where it begins."""
    with pytest.raises(SearchError) as refused:
        parse(typed)
    assert str(refused.value) == said
    assert refused.value.position == position


def test_an_unknown_status_lists_the_known_ones() -> None:
    """It is answered with every word that would do, the likely ones first."""
    with pytest.raises(SearchError) as refused:
        parse("status:gone")
    said = str(refused.value)
    assert said.startswith('"status:gone" is no status: use one of succeeded, ')
    assert all(badge.value in said for badge in Badge)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("status:refnded", "refunded"),
        ("statos:held", "status"),
        ("curency:eur", "curr"),
    ],
)
def test_a_slip_is_answered_with_what_was_meant(typed: str, meant: str) -> None:
    """One letter too few or another one: a question instead of a list."""
    with pytest.raises(SearchError, match=f"did you mean {meant}"):
        parse(typed)


@given(st.text(max_size=60))
def test_no_typing_breaks_the_reader(typed: str) -> None:
    """Whatever is typed is a search, or an error that points into it."""
    try:
        found = parse(typed)
    except SearchError as refused:
        position = refused.position
        assert typed[position:] == typed[position:].lstrip()
        return
    assert not [word for word in found.words if not word.strip()]


@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1), max_size=5))
def test_words_are_kept_in_order(words: list[str]) -> None:
    """Plain words all count, in any alphabet; an amount needs its currency."""
    assume(not any(map(is_currency, words)))
    assert parse(" ".join(words)).words == tuple(word.lower() for word in words)


def test_tabs_share_no_badge() -> None:
    """No payment is counted in two tabs besides All, and the plain tab is known."""
    shown = [badge for badges in TAB_BADGES.values() for badge in badges]
    assert len(shown) == len(set(shown))
    assert parse("", Tab.FAILED).is_only_tab
    assert not parse("jane", Tab.FAILED).is_only_tab
