"""Converted charges: customers get what they paid, balances pay the day's rate."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from exported import charge, movement
from hypothesis import given
from hypothesis import strategies as st

import store as door
from conftest import FUNDED, MONDAY
from store import Store
from store.clock import StandingClock
from store.errors import Refused
from store.event import Actor
from store.ids import SeededIds
from store.intake.reading import read
from store.ledger import Account
from store.money import Money, step
from store.payment import Payment
from store.rates import SANDBOX_RATES, StandingRates, convert, implied
from store.refund import RefundStatus
from store.sql import reads


@pytest.fixture
def rates() -> StandingRates:
    """A dollar is 88 euro cents until the test says otherwise."""
    return StandingRates({("usd", "eur"): "0.88"})


@pytest.fixture
def desk(url: str, clock: StandingClock, rates: StandingRates) -> Iterator[Store]:
    """A store whose rates the test sets."""
    ids = SeededIds("fx")
    with door.open_store(url, clock=clock, ids=ids, rates=rates) as made:
        yield made


def held_in(store: Store, account: Account, currency: str) -> int:
    """Return what an account holds."""
    with store._database.read() as connection:
        return reads.of_account(connection, account, currency).amount


def paying(
    store: Store, mia: Actor, amount: int = 6_000, method: str = FUNDED
) -> Payment:
    """A customer pays dollars, and the store gets euros."""
    return store.payment_intents.create(
        amount=amount,
        currency="usd",
        settle_in="EUR",
        payment_method=method,
        actor=mia,
    ).payment


def test_the_charge_settles_at_the_rate_of_its_day(desk: Store, mia: Actor) -> None:
    """60 USD at 0.88 are 52.80 EUR; the fee is taken of them."""
    paid = paying(desk, mia)
    assert paid.charge is not None
    assert paid.charge.money == Money(6_000, "usd")
    assert paid.charge.settlement == Money(5_280, "eur")
    assert paid.charge.exchange_rate == "0.88"
    (moved,) = desk.payments.detail(paid.id).movements
    assert (moved.money, moved.exchange_rate) == (Money(5_280, "eur"), "0.88")
    assert held_in(desk, Account.AVAILABLE, "eur") == 5_280 - 183
    assert desk.examine() == ()


def test_the_refund_is_priced_on_its_own_day(
    desk: Store, mia: Actor, rates: StandingRates
) -> None:
    """60 USD at 0.86 are 51.60 EUR out; the customer gets the 60 USD."""
    desk.topups.create(amount=10_000, currency="eur", actor=mia)
    paid = paying(desk, mia)
    before = held_in(desk, Account.AVAILABLE, "eur")
    rates.table["usd", "eur"] = "0.86"
    done = desk.refunds.create(payment_intent=paid.id, actor=mia)
    assert done.refund.money == Money(6_000, "usd")
    assert done.refund.takes == Money(5_160, "eur")
    assert done.available_after == Money(before - 5_160, "eur")
    (moved,) = desk.refunds.detail(done.refund.id).movements
    assert (moved.money, moved.exchange_rate) == (Money(-5_160, "eur"), "0.86")
    assert done.payment.refundable == Money(0, "usd")
    assert held_in(desk, Account.FX, "eur") == 5_160 - 5_280
    assert desk.examine() == ()


def test_a_failure_returns_at_the_rate_of_its_day(
    desk: Store, mia: Actor, rates: StandingRates, clock: StandingClock
) -> None:
    """What comes back is what the 60 USD are worth then; all can be refunded again."""
    desk.topups.create(amount=10_000, currency="eur", actor=mia)
    paid = paying(desk, mia, method="pm_card_refundFail")
    clock.at += timedelta(days=2)
    desk.advance()
    sent = desk.refunds.create(payment_intent=paid.id, actor=mia)
    before = held_in(desk, Account.AVAILABLE, "eur")
    rates.table["usd", "eur"] = "0.9"
    clock.at += timedelta(days=10)
    desk.advance()
    failed = desk.refunds.detail(sent.refund.id)
    assert failed.refund.status is RefundStatus.FAILED
    assert [one.money.amount for one in failed.movements] == [-5_280, 5_400]
    assert failed.movements[1].exchange_rate == "0.9"
    assert held_in(desk, Account.AVAILABLE, "eur") == before + 5_400
    assert held_in(desk, Account.OUTGOING, "usd") == 0
    assert desk.payments.find(paid.id).refundable == Money(6_000, "usd")
    assert desk.examine() == ()


def test_a_held_refund_is_priced_again_when_it_goes(
    desk: Store, mia: Actor, rates: StandingRates
) -> None:
    """The price that counts is that of the day on which the money leaves."""
    paid = paying(desk, mia)
    held = desk.refunds.create(payment_intent=paid.id, actor=mia)
    assert held.refund.is_held
    assert held.refund.takes == Money(5_280, "eur")
    rates.table["usd", "eur"] = "0.95"
    desk.topups.create(amount=200, currency="eur", actor=mia)
    waits = desk.refunds.retrieve(held.refund.id)
    assert waits.is_held
    assert waits.takes == Money(5_700, "eur")
    assert desk.examine() == ()
    desk.topups.create(amount=1_000, currency="eur", actor=mia)
    gone = desk.refunds.retrieve(held.refund.id)
    assert gone.status is RefundStatus.SUCCEEDED
    assert gone.takes == Money(5_700, "eur")
    assert held_in(desk, Account.AVAILABLE, "eur") == 5_280 - 183 + 1_200 - 5_700
    assert desk.examine() == ()


def test_a_debit_settles_at_the_rate_of_that_day(
    desk: Store, mia: Actor, rates: StandingRates, clock: StandingClock
) -> None:
    """And a refund that waited for it is priced then too."""
    desk.topups.create(amount=10_000, currency="eur", actor=mia)
    paid = paying(desk, mia, method="pm_us_bank_account")
    desk.refunds.create(payment_intent=paid.id, amount=1_000, actor=mia)
    rates.table["usd", "eur"] = "0.8"
    clock.at += timedelta(days=3)
    desk.advance()
    found = desk.payments.find(paid.id)
    assert found.charge is not None
    assert found.charge.settlement == Money(4_800, "eur")
    assert found.refunds[0].takes == Money(800, "eur")
    assert desk.examine() == ()


def test_a_chargeback_takes_and_returns_at_the_day(
    desk: Store, mia: Actor, rates: StandingRates
) -> None:
    """On hold are the customer's dollars; the balance pays and gets euros."""
    paid = paying(desk, mia)
    before = held_in(desk, Account.AVAILABLE, "eur")
    charge = paid.charge.id if paid.charge else ""
    dispute = desk.disputes.create(charge=charge, actor=mia)
    assert held_in(desk, Account.AVAILABLE, "eur") == before - 5_280 - 1_500
    assert held_in(desk, Account.DISPUTE_HOLD, "usd") == 6_000
    rates.table["usd", "eur"] = "0.9"
    desk.disputes.close(dispute.id, status="won", actor=mia)
    assert held_in(desk, Account.AVAILABLE, "eur") == before - 1_500 - 5_280 + 5_400
    assert held_in(desk, Account.DISPUTE_HOLD, "usd") == 0
    assert desk.examine() == ()


def test_what_nobody_converts_is_refused(desk: Store, mia: Actor) -> None:
    """No rate, no payment; and a shared payment settles in its own currency."""
    with pytest.raises(Refused) as refused:
        desk.payment_intents.create(
            amount=100, currency="usd", settle_in="jpy", actor=mia
        )
    assert str(refused.value) == "There is no exchange rate from USD to JPY."
    with pytest.raises(Refused) as refused:
        desk.payment_intents.create(
            amount=100,
            currency="usd",
            settle_in="eur",
            stripe_account="acct_1",
            actor=mia,
        )
    assert "settles in its own currency" in str(refused.value)
    assert desk.payments.page().rows == ()


@pytest.mark.parametrize(
    ("money", "rate", "there"),
    [
        (Money(6_000, "usd"), "0.88", Money(5_280, "eur")),
        (Money(6_000, "usd"), "0.86", Money(5_160, "eur")),
        (Money(100, "usd"), "148", Money(148, "jpy")),
        (Money(1, "jpy"), "0.00676", Money(1, "usd")),
        (Money(150, "jpy"), "0.00676", Money(101, "usd")),
        (Money(1_000, "usd"), "0.306", Money(3_060, "kwd")),
        (Money(1_001, "usd"), "0.3063", Money(3_070, "kwd")),
        (Money(10_000, "kwd"), "3.268", Money(3_268, "usd")),
        (Money(1_000, "usd"), "122.5", Money(122_500, "isk")),
        (Money(1_001, "usd"), "122.5", Money(122_600, "isk")),
        (Money(100, "isk"), "0.0082", Money(1, "usd")),
        (Money(50, "usd"), "0.01", Money(1, "eur")),
        (Money(1, "krw"), "0.0007", Money(1, "usd")),
        (Money(-100, "usd"), "0.885", Money(-89, "eur")),
    ],
)
def test_conversion_is_exact(money: Money, rate: str, there: Money) -> None:
    """Halves go up, to what the currency can express; something stays something."""
    assert convert(money, there.currency, rate) == there


CURRENCIES = st.sampled_from(["usd", "eur", "jpy", "kwd", "isk", "krw", "huf", "tnd"])


@given(st.integers(1, 10**8), CURRENCIES, CURRENCIES, st.integers(0, 400))
def test_sandbox_rates_serve_every_amount(
    amount: int, source: str, target: str, days: int
) -> None:
    """The same for the same day, near the mid, and expressible there."""
    at = MONDAY + timedelta(days=days)
    rate = SANDBOX_RATES.rate(source, target, at)
    assert rate is not None
    assert rate == SANDBOX_RATES.rate(source, target, at + timedelta(hours=5))
    there = convert(Money(amount, source), target, rate)
    assert there.amount >= step(target)
    assert there.amount % step(target) == 0
    mids = (SANDBOX_RATES.rate(source, target, MONDAY + timedelta(n)) for n in range(9))
    assert all(abs(float(one or 0) / float(rate) - 1) < 0.04 for one in mids)


def test_an_unknown_currency_has_no_rate() -> None:
    """Nobody invents one."""
    assert SANDBOX_RATES.rate("usd", "xxx", MONDAY) is None


def test_a_rate_follows_from_what_was_settled() -> None:
    """For a charge whose import says no rate."""
    assert implied(Money(6_000, "usd"), Money(5_280, "eur")) == "0.88"
    assert implied(Money(1_000, "jpy"), Money(676, "usd")) == "0.00676"


@pytest.mark.parametrize(("today", "takes"), [("0.86", 1_720), (None, 1_760)])
def test_an_imported_charge_keeps_its_own_rate(
    desk: Store,
    mia: Actor,
    rates: StandingRates,
    tmp_path: Path,
    today: str | None,
    takes: int,
) -> None:
    """Its refunds cost the day's rate; where there is none, what it was settled at."""
    file = tmp_path / "export.json"
    earned = movement(
        currency="eur", amount=1_760, fee=80, net=1_680, exchange_rate=0.88
    )
    file.write_text(json.dumps(charge(balance_transaction=earned)), encoding="utf-8")
    desk.take_in("export.json", read(file))
    desk.topups.create(amount=500, currency="eur", actor=mia)
    rates.table = {} if today is None else {("usd", "eur"): today}
    done = desk.refunds.create(charge="ch_1", actor=mia)
    assert done.refund.takes == Money(takes, "eur")
    assert done.payment.charge is not None
    assert done.payment.charge.exchange_rate == "0.88"
    assert desk.examine() == ()
