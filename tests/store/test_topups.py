"""Own money lets waiting refunds go: oldest first, none overtaking."""

from datetime import timedelta

import pytest

from conftest import Funds, Pay
from store import Store
from store.errors import Refused
from store.event import Actor
from store.money import LARGEST_TOPUP, Money
from store.refund import RefundStatus


def dollars(amount: int) -> Money:
    """Return an amount of dollars."""
    return Money(amount, "usd")


@pytest.fixture
def queue(store: Store, mia: Actor, pay: Pay) -> list[str]:
    """Three refunds that wait: of 100.00, 50.00 and 1.00, on an empty balance."""
    paid = pay(20_000, method="pm_card_visa")
    held = [
        store.refunds.create(payment_intent=paid.id, amount=amount, actor=mia)
        for amount in (10_000, 5_000, 100)
    ]
    assert [one.queue_position for one in held] == [1, 2, 3]
    assert [one.short for one in held] == [dollars(n) for n in (10_000, 15_000, 15_100)]
    return [one.refund.id for one in held]


def test_the_queue_is_shown_in_order(store: Store, queue: list[str]) -> None:
    """Each waiting refund has its place, its customer, and what it lacks."""
    shown = store.refunds.pending()
    assert [one.refund.id for one in shown.waiting] == queue
    assert [one.position for one in shown.waiting] == [1, 2, 3]
    assert [one.needs.amount for one in shown.waiting] == [10_000, 5_000, 100]
    assert {one.customer for one in shown.waiting} == {"Ada Lovelace"}
    (balance,) = shown.balances
    assert (balance.available, balance.held, balance.short) == (
        dollars(0),
        dollars(15_100),
        dollars(15_100),
    )
    (coming,) = shown.incoming
    assert coming.at == store.now() + timedelta(days=2)


@pytest.mark.parametrize(
    ("amount", "gone", "left"),
    [
        (9_999, 0, 9_999),
        (10_000, 1, 0),
        (14_999, 1, 4_999),
        (15_000, 2, 0),
        (15_100, 3, 0),
        (20_000, 3, 4_900),
    ],
)
def test_a_topup_releases_in_order(
    store: Store, mia: Actor, queue: list[str], amount: int, gone: int, left: int
) -> None:
    """It says beforehand what it will release, and releases exactly that."""
    shown = store.topups.create(amount=amount, currency="usd", actor=mia, preview=True)
    assert [one.id for one in shown.released] == queue[:gone]
    assert len(store.refunds.pending().waiting) == 3
    done = store.topups.create(amount=amount, currency="usd", actor=mia)
    assert [one.id for one in done.released] == queue[:gone]
    assert done.available_after == dollars(left)
    assert {one.status for one in done.released} <= {RefundStatus.SUCCEEDED}
    waiting = store.refunds.pending().waiting
    assert [one.refund.id for one in waiting] == queue[gone:]
    assert store.examine() == ()


def test_a_released_refund_can_be_traced(
    store: Store, mia: Actor, queue: list[str], funds: Funds
) -> None:
    """Once it goes out it has a movement, and its number will be an ARN."""
    assert queue
    funds(15_100)
    refund = store.refunds.detail(queue[0]).refund
    assert refund.balance_transaction is not None
    assert refund.expires_at is None
    assert refund.destination is not None
    assert refund.destination.label == "ARN"
    assert mia.name == refund.actor


def test_currencies_have_their_own_queue(
    store: Store, mia: Actor, queue: list[str]
) -> None:
    """Euros release no dollars."""
    done = store.topups.create(amount=50_000, currency="EUR", actor=mia)
    assert done.released == ()
    assert done.available_after == Money(50_000, "eur")
    assert len(store.refunds.pending().waiting) == len(queue)


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [
        (0, "usd", "This value must be greater than or equal to 1."),
        (-1, "usd", "This value must be greater than or equal to 1."),
        (
            LARGEST_TOPUP + 1,
            "usd",
            "Amount must be no more than $999,999,990.00",
        ),
        (2**70, "jpy", "Amount must be no more than ¥99,999,999,000"),
        (5, "kwd", "Invalid amount: 0.005 KWD must be a multiple of 0.010 KWD."),
    ],
)
def test_impossible_topups(
    store: Store, mia: Actor, amount: int, currency: str, said: str
) -> None:
    """Nothing, too much and what the currency cannot express are refused."""
    with pytest.raises(Refused) as refused:
        store.topups.create(amount=amount, currency=currency, actor=mia)
    assert str(refused.value) == said
    assert store.events.newest() == ()


def test_all_shortfalls_are_covered_at_once(
    store: Store, mia: Actor, pay: Pay, queue: list[str]
) -> None:
    """One request, one key, every currency: all of it, once, or nothing."""
    paid = pay(9000, "jpy", "pm_card_visa")
    yen = store.refunds.create(payment_intent=paid.id, actor=mia).refund.id
    short = tuple(one.short for one in store.refunds.pending().balances if one.short)
    assert set(short) == {dollars(15_100), Money(9000, "jpy")}
    seen = store.topups.cover(amounts=short, actor=mia, preview=True)
    assert sum(len(one.released) for one in seen) == 4
    assert len(store.refunds.pending().waiting) == 4
    done = store.topups.cover(amounts=short, actor=mia, key="once")
    again = store.topups.cover(amounts=short, actor=mia, key="once")
    assert [one.id for one in again] == [one.id for one in done]
    assert all(one.replayed for one in again)
    for refund in (*queue, yen):
        assert store.refunds.retrieve(refund).status is RefundStatus.SUCCEEDED
    assert store.refunds.pending().waiting == ()


def test_covering_with_one_impossible_amount_changes_nothing(
    store: Store, mia: Actor, queue: list[str]
) -> None:
    """A top-up that a currency cannot express takes the others with it."""
    with pytest.raises(Refused):
        store.topups.cover(amounts=(dollars(15_100), Money(0, "eur")), actor=mia)
    with pytest.raises(Refused, match="there is nothing to cover"):
        store.topups.cover(amounts=(), actor=mia)
    assert [one.refund.id for one in store.refunds.pending().waiting] == queue
    assert store.events.list(type="topup.created").data == ()
