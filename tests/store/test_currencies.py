"""Yen, dinars and krónur: refunds, errors and postings without a false decimal."""

from datetime import timedelta

import pytest

from conftest import FUNDED, Funds, Later, Pay
from store import Store
from store.errors import Refused
from store.event import Actor
from store.ledger import Account
from store.money import Money, step
from store.sql import reads
from store.sql.tables import POSTING
from store.verbs.taking import fee_of

WHOLE = {"jpy": 9_000, "krw": 120_000, "kwd": 12_340, "tnd": 5_550, "isk": 500_000}
EXPRESSIBLE = pytest.mark.parametrize("currency", [*WHOLE, "ugx", "usd"])


def postings(store: Store) -> list[tuple[str, int, str]]:
    """Return every movement of the ledger."""
    with store._database.read() as connection:
        rows = connection.execute(POSTING.select().order_by(POSTING.c.seq))
        return [(row.code, row.amount, row.currency) for row in rows]


@pytest.mark.parametrize(
    ("money", "fee"),
    [
        (Money(9_000, "jpy"), 261),
        (Money(12_340, "kwd"), 660),
        (Money(500_000, "isk"), 14_500),
        (Money(10_000, "ugx"), 300),
        (Money(5_000, "usd"), 175),
        (Money(20, "usd"), 20),
    ],
)
def test_fees_are_what_the_currency_can_express(money: Money, fee: int) -> None:
    """2.9 % and 0.30, to the nearest coin; never more than the payment."""
    assert fee_of(money) == Money(fee, money.currency)


@EXPRESSIBLE
def test_partial_refunds_to_the_last_coin(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later, currency: str
) -> None:
    """A third, the smallest coin, the rest: all exact, all posted, nothing left."""
    unit, amount = step(currency), WHOLE.get(currency, 600_000)
    funds(amount, currency)
    paid = pay(amount, currency, FUNDED)
    later()
    parts = (amount // 3 // unit * unit, unit)
    for part in parts:
        done = store.refunds.create(payment_intent=paid.id, amount=part, actor=mia)
        assert done.refund.money == Money(part, currency)
        assert done.available_before - done.available_after == Money(part, currency)
    rest = store.refunds.create(payment_intent=paid.id, actor=mia).refund.money
    assert rest.amount == amount - sum(parts)
    later(timedelta(days=30))
    moved = postings(store)
    assert {one[2] for one in moved} == {currency}
    assert all(one[1] % unit == 0 for one in moved)
    sent = sum(one[1] for one in moved if one[0] == "refund")
    assert sent == amount == sum(one[1] for one in moved if one[0] == "refund_settled")
    with store._database.read() as connection:
        left = reads.of_account(connection, Account.OUTGOING, currency)
    assert left == Money(0, currency)
    assert store.examine() == ()


@pytest.mark.parametrize(
    ("currency", "amount", "said"),
    [
        ("jpy", 9_001, "Refund amount (¥9,001) is greater than charge amount (¥9,000)"),
        (
            "krw",
            120_001,
            "Refund amount (₩120,001) is greater than charge amount (₩120,000)",
        ),
        (
            "kwd",
            12_350,
            "Refund amount (12.350 KWD) is greater than charge amount (12.340 KWD)",
        ),
        (
            "isk",
            500_100,
            "Refund amount (5,001.00 ISK) is greater than charge amount (5,000.00 ISK)",
        ),
        ("kwd", 1_235, "Invalid amount: 1.235 KWD must be a multiple of 0.010 KWD."),
        ("isk", 150, "Invalid amount: 1.50 ISK must be a multiple of 1.00 ISK."),
        ("jpy", 0, "This value must be greater than or equal to 1."),
    ],
)
def test_errors_speak_the_currency(
    store: Store,
    mia: Actor,
    pay: Pay,
    funds: Funds,
    currency: str,
    amount: int,
    said: str,
) -> None:
    """With its own symbol and decimals; nothing is created."""
    funds(900_000, currency)
    paid = pay(WHOLE[currency], currency, FUNDED)
    with pytest.raises(Refused) as refused:
        store.refunds.create(payment_intent=paid.id, amount=amount, actor=mia)
    assert str(refused.value) == said
    assert store.payments.find(paid.id).refunds == ()


@EXPRESSIBLE
def test_shares_are_expressible_too(store: Store, mia: Actor, currency: str) -> None:
    """Transfer and fee come back in coins, and to the last one."""
    unit, amount = step(currency), WHOLE.get(currency, 600_000)
    store.topups.create(amount=2 * amount, currency=currency, actor=mia)
    paid = store.payment_intents.create(
        amount=amount,
        currency=currency,
        payment_method=FUNDED,
        transfer_data={"destination": "acct_1"},
        application_fee_amount=7 * unit,
        actor=mia,
    ).payment
    for part in (amount // 7 // unit * unit, None):
        store.refunds.create(
            payment_intent=paid.id,
            amount=part,
            reverse_transfer=True,
            refund_application_fee=True,
            actor=mia,
        )
    moved = postings(store)
    assert all(one[1] % unit == 0 for one in moved)
    assert sum(n for code, n, _ in moved if code == "transfer_reversal") == amount
    assert sum(n for code, n, _ in moved if code == "fee_refund") == 7 * unit
    assert store.examine() == ()
