"""Lists of the log and of failed refunds read upwards as they read downwards."""

from __future__ import annotations

import pytest
from failing import fail

from conftest import Funds, Later, Pay
from store import Store
from store.desk.follow_up import FailedRefund
from store.lists.page import Cursor


@pytest.fixture
def eventful(store: Store, pay: Pay, funds: Funds, later: Later) -> Store:
    """A store in which three refunds failed, one after another."""
    funds()
    for amount in (1_000, 2_000, 3_000):
        _, refund = fail(store, pay, later, amount=amount)
    assert refund.money.amount == 3_000
    return store


@pytest.mark.parametrize("type_", [None, "refund.", "charge.refunded"])
def test_the_log_reads_upwards_too(eventful: Store, type_: str | None) -> None:
    """From its end to its top come the same events, in the same order."""
    whole = eventful.events.log(type=type_, limit=1000).rows
    page = eventful.events.log(type=type_, last=True, limit=3)
    assert page.rows == whole[-3:]
    found = list(page.rows)
    while page.more:
        page = eventful.events.log(type=type_, before=page.first, limit=3)
        found[:0] = page.rows
    assert tuple(found) == whole


def test_failed_refunds_read_upwards_too(eventful: Store) -> None:
    """The last page, and the one before a place, are parts of the same list."""
    whole: tuple[FailedRefund, ...] = eventful.refunds.failed().rows
    assert [one.refund.money.amount for one in whole] == [3_000, 2_000, 1_000]
    last = eventful.refunds.failed(last=True, limit=1)
    assert (last.rows, last.more) == (whole[2:], True)
    above = eventful.refunds.failed(before=last.first, limit=1)
    assert (above.rows, above.more) == (whole[1:2], True)
    top = eventful.refunds.failed(before=above.first, limit=5)
    assert (top.rows, top.more) == (whole[:1], False)
    around = Cursor(0, whole[1].seq + 1)
    assert eventful.refunds.failed(after=around).rows == whole[1:]
