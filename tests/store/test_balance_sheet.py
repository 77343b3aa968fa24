"""The balance: what there is, each movement with what was left, and days of flows."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from failing import RETURNED, fail

from conftest import FUNDED, MONDAY, Funds, Import, Later, Pay
from store import Store
from store.clock import StandingClock
from store.errors import Refused
from store.event import Actor
from store.ledger import Account
from store.money import Money
from store.outcome import Movement
from store.sql import reads

SLOW = "pm_card_visa"
"""A card whose payments are available days later."""


def usd(amount: int) -> Money:
    """Return dollars."""
    return Money(amount, "usd")


def whole(store: Store, currency: str = "usd", size: int = 100) -> list[Movement]:
    """Return every movement, read in pages of a size."""
    found: list[Movement] = []
    after = None
    while True:
        page = store.balance_transactions.movements(
            currency=currency, after=after, limit=size
        )
        found += page.rows
        if not page.more:
            return found
        after = page.last


@pytest.fixture
def short(store: Store, pay: Pay, later: Later, mia: Actor) -> Store:
    """A store in which a refund of 50.00 waits for funds."""
    pay(5_000, "eur")
    payment = pay(5_000, method=SLOW)
    later()
    made = store.refunds.create(payment_intent=payment.id, actor=mia)
    assert made.short == usd(5_000)
    return store


def test_the_sheet_says_what_is_there_and_what_comes(short: Store) -> None:
    """By currency: available, pending by day, held by waiting refunds, and short."""
    euros, dollars = short.balance_sheet()
    assert (euros.currency, dollars.currency) == ("eur", "usd")
    assert euros.available.amount > 0
    assert (euros.pending, euros.held, euros.short) == ((), *[Money(0, "eur")] * 2)
    assert dollars.available == usd(0)
    assert (dollars.held, dollars.short) == (usd(5_000), usd(5_000))
    ((day, coming),) = dollars.pending
    assert day > MONDAY.date()
    assert coming == dollars.pending_total
    assert coming.amount == 5_000 - 175


def test_what_has_come_is_no_longer_pending(short: Store, later: Later) -> None:
    """The day it becomes available it is available."""
    (_, before) = short.balance_sheet()
    later(timedelta(days=14))
    (_, after) = short.balance_sheet()
    assert after.pending == ()
    assert after.available == before.pending_total


@pytest.mark.parametrize("size", [1, 2, 100])
def test_each_movement_says_what_was_left(
    store: Store, pay: Pay, funds: Funds, later: Later, size: int
) -> None:
    """Newest first; each balance is the one before plus what moved."""
    funds(7_000)
    fail(store, pay, later)
    pay(3_000, "eur")
    moved = whole(store, size=size)
    assert [one.type for one in moved] == [
        "refund_failure",
        "refund",
        "charge",
        "topup",
    ]
    before = usd(0)
    for one in reversed(moved):
        before += usd(one.net)
        assert one.balance == before
    (_, dollars) = store.balance_sheet()
    assert before == dollars.available + dollars.pending_total


def test_a_place_without_its_balance_is_found_again(
    store: Store, pay: Pay, funds: Funds, later: Later
) -> None:
    """A cursor made of a movement alone goes on with the right balances."""
    funds(7_000)
    fail(store, pay, later)
    moved = whole(store)
    page = store.balance_transactions.movements(currency="USD", limit=2)
    assert page.last is not None
    bare = type(page.last)(page.last.key, page.last.seq)
    rest = store.balance_transactions.movements(currency="usd", after=bare)
    assert list(rest.rows) == moved[2:]


def test_a_kind_is_listed_without_balances(
    store: Store, pay: Pay, funds: Funds, later: Later
) -> None:
    """Narrowed to a kind, the movements between are not read."""
    funds()
    fail(store, pay, later)
    (sent,) = store.balance_transactions.movements(currency="usd", kind="refund").rows
    assert (sent.net, sent.balance) == (-2_000, None)
    assert sent in store.balance_transactions.list(type="refund").data
    none = store.balance_transactions.movements(currency="usd", kind="payout")
    assert (none.rows, none.last, none.more) == ((), None, False)


def test_connected_accounts_are_not_the_platform(
    store: Store, funds: Funds, mia: Actor
) -> None:
    """What moves on another's balance is not listed, and not counted."""
    funds()
    store.payment_intents.create(
        amount=5_000,
        currency="usd",
        payment_method=FUNDED,
        on_behalf_of="acct_1",
        transfer_data={"destination": "acct_1"},
        actor=mia,
    )
    moved = whole(store)
    assert {one.holder for one in moved} == {None}
    (dollars,) = store.balance_sheet()
    assert moved[0].balance == dollars.available + dollars.pending_total
    assert moved[-1].balance == usd(moved[-1].net)


def test_a_connected_accounts_movements_are_listed(
    store: Store, funds: Funds, mia: Actor
) -> None:
    """Those of one account alone, or of all."""
    funds()
    for account in ("acct_1", "acct_2"):
        store.payment_intents.create(
            amount=5_000,
            currency="usd",
            payment_method=FUNDED,
            transfer_data={"destination": account},
            actor=mia,
        )
    everything = store.balance_transactions.list(limit=100).data
    theirs = store.balance_transactions.list(holder="acct_2", limit=100).data
    assert theirs
    assert list(theirs) == [one for one in everything if one.holder == "acct_2"]
    assert store.balance_transactions.list(holder="acct_none").data == ()


def test_topups_are_listed(store: Store, funds: Funds) -> None:
    """Newest first, by the API's rules, and one by its id."""
    for amount in (100, 200, 300):
        funds(amount)
    found = store.topups.list(limit=2)
    assert [one.money for one in found] == [usd(300), usd(200)]
    assert found.has_more
    first = store.topups.list(starting_after=found.data[-1].id)
    assert [(one.money, one.status, one.actor) for one in first] == [
        (usd(100), "succeeded", "mia")
    ]
    assert store.topups.retrieve(found.data[0].id) == found.data[0]
    with pytest.raises(Refused, match="No such topup: 'tu_x'"):
        store.topups.retrieve("tu_x")
    assert store.topups.list(status="failed").data == ()


def test_flows_add_up_by_day(
    store: Store, pay: Pay, funds: Funds, later: Later, clock: StandingClock
) -> None:
    """Every day is there, the last is today; what left and what came back is right."""
    funds()
    fail(store, pay, later)
    days = store.balance_transactions.flows(currency="usd", days=7)
    today = clock.at.date()
    assert [one.date for one in days] == [
        today - timedelta(days=n) for n in range(6, -1, -1)
    ]
    out = {one.date: one.refunded.amount for one in days if one.refunded}
    back = {one.date: one.returned.amount for one in days if one.returned}
    assert out == {MONDAY.date(): 2_000}
    assert list(back.values()) == [2_000]
    assert MONDAY.date() < next(iter(back)) <= today
    later(RETURNED)
    (only,) = store.balance_transactions.flows(currency="usd", days=1)
    assert (only.refunded, only.returned, only.held) == (usd(0), usd(0), usd(0))


def test_a_day_is_the_agents_day(
    store: Store, pay: Pay, funds: Funds, mia: Actor, clock: StandingClock
) -> None:
    """At eight in the evening UTC it is tomorrow already in Kathmandu."""
    funds()
    payment = pay()
    clock.at = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
    store.refunds.create(payment_intent=payment.id, amount=100, actor=mia)
    zone = ZoneInfo("Asia/Kathmandu")
    here = store.balance_transactions.flows(currency="usd", days=2, zone=zone)
    there = store.balance_transactions.flows(currency="usd", days=2)
    assert [(one.date, one.refunded.amount) for one in here] == [
        (date(2026, 3, 2), 0),
        (date(2026, 3, 3), 100),
    ]
    assert [(one.date, one.refunded.amount) for one in there][-1] == (
        date(2026, 3, 2),
        100,
    )


def test_a_refund_that_waits_counts_as_held_on_its_day(
    short: Store, later: Later, funds: Funds
) -> None:
    """It does so too once it has gone out, on the day it did."""
    (today,) = short.balance_transactions.flows(currency="usd", days=1)
    assert (today.held, today.refunded) == (usd(5_000), usd(0))
    later(timedelta(days=1))
    funds()
    before, after = short.balance_transactions.flows(currency="usd", days=2)
    assert (before.held, before.refunded) == (usd(5_000), usd(0))
    assert (after.held, after.refunded) == (usd(0), usd(5_000))


def test_a_refund_that_never_went_out_was_held(short: Store, mia: Actor) -> None:
    """Canceled while it waited, it took nothing, and waited all the same."""
    (refund,) = short.refunds.list()
    short.refunds.cancel(refund.id, actor=mia)
    (today,) = short.balance_transactions.flows(currency="usd", days=1)
    assert (today.held, today.refunded, today.returned) == (usd(5_000), usd(0), usd(0))


def test_a_partial_export_keeps_its_sum(store: Store, bring: Import) -> None:
    """The newest balance is the account's, whatever the export leaves out."""
    bring(
        {
            "id": "txn_1",
            "object": "balance_transaction",
            "amount": 1_000,
            "fee": 30,
            "fee_details": [],
            "net": 970,
            "currency": "usd",
            "created": 1_700_000_000,
            "available_on": 1_700_000_000,
            "status": "available",
            "type": "charge",
            "reporting_category": "charge",
            "source": None,
        }
    )
    with store._database.read() as connection:
        available = reads.available(connection, "usd")
        pending = reads.of_account(connection, Account.PENDING, "usd")
    (moved,) = whole(store)
    assert moved.balance == available + pending
