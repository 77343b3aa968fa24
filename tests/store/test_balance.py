"""Waiting refunds go out oldest first, and none overtakes another."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.balance import Balance, Release, needs, releasable
from store.money import Money, zero
from store.refund import PendingReason, Refund, RefundStatus

MADE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def waiting(*amounts: int) -> list[Refund]:
    """Return held refunds of those amounts, oldest first."""
    return [
        Refund(
            f"re_{place}",
            Money(amount, "usd"),
            RefundStatus.PENDING,
            MADE,
            "ch_1",
            pending_reason=PendingReason.INSUFFICIENT_FUNDS,
        )
        for place, amount in enumerate(amounts, 1)
    ]


def dollars(amount: int) -> Money:
    """Return an amount of dollars."""
    return Money(amount, "usd")


@pytest.mark.parametrize(
    ("amounts", "available", "gone", "left"),
    [
        ((), 500, (), 500),
        ((500,), 499, (), 499),
        ((500,), 500, ("re_1",), 0),
        ((500, 100), 600, ("re_1", "re_2"), 0),
        ((500, 100), 599, ("re_1",), 99),
        ((500, 100), 100, (), 100),
        ((100, 500, 100), 250, ("re_1",), 150),
        ((100,), -50, (), -50),
    ],
)
def test_release_never_overtakes(
    amounts: tuple[int, ...], available: int, gone: tuple[str, ...], left: int
) -> None:
    """A small refund behind a large one waits, even where it alone would fit."""
    released = releasable(waiting(*amounts), dollars(available))
    assert released == Release(gone, dollars(left))


@given(st.lists(st.integers(1, 1_000), max_size=12), st.integers(-500, 6_000))
def test_release_is_the_longest_covered_start(
    amounts: list[int], available: int
) -> None:
    """What goes out is a start of the queue, and the next one does not fit."""
    released = releasable(waiting(*amounts), dollars(available))
    number = len(released.refunds)
    assert list(released.refunds) == [f"re_{one}" for one in range(1, number + 1)]
    assert released.left.amount == available - sum(amounts[:number])
    assert number == 0 or released.left.amount >= 0
    assert number == len(amounts) or released.left.amount < amounts[number]


def test_each_lacks_what_those_before_it_leave_open() -> None:
    """What each refund needs adds up to what the balance is short of."""
    queue = waiting(12_000, 5_000)
    lacking = needs(queue, dollars(1_240))
    assert lacking == [dollars(10_760), dollars(5_000)]
    balance = Balance(dollars(1_240), zero("usd"), dollars(17_000))
    assert balance.short == dollars(15_760)


@given(st.lists(st.integers(1, 1_000), min_size=1, max_size=12), st.integers(0, 6_000))
def test_needs_add_up_to_the_shortfall(amounts: list[int], available: int) -> None:
    """Adding exactly the shortfall releases every waiting refund."""
    queue = waiting(*amounts)
    balance = Balance(dollars(available), zero("usd"), dollars(sum(amounts)))
    lacking = needs(queue, balance.available)
    assert sum(one.amount for one in lacking) == balance.short.amount
    filled = releasable(queue, balance.available + balance.short)
    assert len(filled.refunds) == len(amounts)


def test_nothing_is_short_while_nothing_waits() -> None:
    """An overdrawn balance without waiting refunds asks for no top-up."""
    balance = Balance(dollars(-500), zero("usd"), zero("usd"))
    assert balance.short == zero("usd")


def test_a_converted_refund_waits_for_its_settlement_currency() -> None:
    """The queue counts what the balance pays, not what the customer gets."""
    euros = Money(430, "eur")
    queue = [replace(one, settlement=euros) for one in waiting(500)]
    assert releasable(queue, euros) == Release(("re_1",), zero("eur"))
