"""A plan of a bulk refund: every payment once, exact sums, funds spent in order."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import MONDAY
from store import refusals
from store.bulk import (
    REFUNDED,
    STOPPED_BEFORE,
    BulkState,
    Funds,
    ItemState,
    Plan,
    PlanItem,
    Tally,
    as_it_ends,
    begun,
    key_of,
    moved,
    sent_message,
    tried_again,
)
from store.bulk import BulkItem as Item
from store.errors import Refusal
from store.money import Money, sums
from store.refund import FirstState, PendingReason, Reason, Refund, RefundStatus
from store.refusals import bulk as bulk_refusals

AMOUNTS = st.builds(
    Money, st.integers(0, 10**9), st.sampled_from(("eur", "jpy", "usd"))
)
EXPECTED = st.sampled_from((ItemState.SENT, ItemState.HELD, ItemState.SKIPPED))
HELD = FirstState(RefundStatus.PENDING, PendingReason.INSUFFICIENT_FUNDS)
GOES = FirstState(RefundStatus.SUCCEEDED)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Draw a plan of any payments."""
    drawn = draw(st.lists(st.tuples(AMOUNTS, EXPECTED), max_size=30))
    return Plan(
        tuple(
            PlanItem(f"pi_{at}", None, money, expects)
            for at, (money, expects) in enumerate(drawn)
        ),
        Reason.DUPLICATE,
    )


@given(plan=plans())
def test_a_plan_parts_its_payments(plan: Plan) -> None:
    """Each is refunded or skipped, the held ones among the refunded; sums are exact."""
    assert {*plan.refundable} | {*plan.skipped} == {*plan.items}
    assert not {*plan.refundable} & {*plan.skipped}
    assert {*plan.held} <= {*plan.refundable}
    for total in plan.sums:
        parts = [
            one.amount.amount
            for one in plan.refundable
            if one.amount.currency == total.currency
        ]
        assert sum(parts) == total.amount
    assert {one.currency for one in plan.sums} == {
        one.amount.currency for one in plan.refundable
    }


@given(plan=plans(), ends=st.lists(st.sampled_from(ItemState)))
def test_a_job_counts_every_payment(plan: Plan, ends: list[ItemState]) -> None:
    """Whatever becomes of them, they are as many, and come to as much."""
    bulk = begun("blk_1", plan, "mia", MONDAY)
    assert bulk.counts[ItemState.QUEUED] == bulk.queued == len(plan.refundable)
    assert bulk.counts[ItemState.SKIPPED] == len(plan.skipped)
    tallies = dict(bulk.tallies)
    for one, end in zip(plan.refundable, ends, strict=False):
        tallies = moved(tallies, one.amount, ItemState.QUEUED, end)
    after = replace(bulk, tallies=tallies)
    assert sum(after.counts.values()) == after.total == len(plan.items)
    whole = sums(one.amount for one in plan.items if one.amount)
    assert after.sums() == whole


def test_what_is_skipped_is_counted_by_its_reason() -> None:
    """The most frequent reason comes first; what is refunded counts for none."""
    money = Money(100, "usd")
    why = ("disputed", "too old", "too old")
    plan = Plan(
        (
            PlanItem("pi_sent", None, money, ItemState.SENT),
            *(
                PlanItem(f"pi_{at}", None, money, ItemState.SKIPPED, brief=brief)
                for at, brief in enumerate(why)
            ),
        )
    )
    assert plan.skipped_as == (("too old", 2), ("disputed", 1))


def test_what_is_in_a_state_is_summed() -> None:
    """The sums of a state are those of its payments alone."""
    dollar, yen = Money(100, "usd"), Money(7, "jpy")
    plan = Plan(
        (
            PlanItem("pi_1", None, dollar, ItemState.SENT),
            PlanItem("pi_2", None, yen, ItemState.HELD),
            PlanItem("pi_3", None, dollar, ItemState.SKIPPED),
        )
    )
    bulk = begun("blk_1", plan, "mia", MONDAY)
    assert bulk.state is BulkState.RUNNING
    assert bulk.sums(ItemState.QUEUED) == (yen, dollar)
    assert bulk.sums(ItemState.SENT) == ()
    assert bulk.sums() == (yen, Money(200, "usd"))
    assert Tally(1, {"usd": 100}).plus(dollar, -1) == Tally(0, {"usd": 0})


@given(
    amounts=st.lists(st.integers(1, 1_000), max_size=40),
    available=st.integers(-500, 10_000),
    waits=st.booleans(),
)
def test_a_plan_spends_no_more_than_there_is(
    amounts: list[int], available: int, *, waits: bool
) -> None:
    """In order, none overtaking: after the first that is held, every one is held."""
    funds = Funds(available, waits=waits)
    ends = []
    for amount in amounts:
        takes = Money(amount, "usd")
        begins = GOES if funds.covers(takes) else HELD
        ends.append(funds.foresee(begins, takes))
    sent = [a for a, end in zip(amounts, ends, strict=True) if end is ItemState.SENT]
    assert sum(sent) <= max(available, 0)
    assert amounts[: len(sent)] == sent
    assert set(ends[len(sent) :]) <= {ItemState.HELD}
    if waits:
        assert not sent


def test_the_own_bank_covers_everything() -> None:
    """Where it pays for what is missing, nothing is held."""
    funds = Funds(0, waits=True, filled=True)
    assert funds.covers(Money(10**9, "usd"))
    assert funds.foresee(GOES, Money(10**9, "usd")) is ItemState.SENT
    assert funds.foresee(refusals.insufficient_balance(), Money(1, "usd")) is (
        ItemState.SKIPPED
    )


def test_a_refund_that_moves_no_money_takes_none() -> None:
    """One of a charge that has not settled waits for that alone."""
    funds = Funds(10)
    waiting = FirstState(RefundStatus.PENDING, PendingReason.CHARGE_PENDING)
    assert funds.foresee(waiting, Money(10, "usd")) is ItemState.SENT
    assert funds.covers(Money(10, "usd"))


@pytest.mark.parametrize(
    ("refusal", "again"),
    [
        (refusals.insufficient_balance(), True),
        (refusals.email_needed(), True),
        (refusals.lock_timeout(), True),
        (refusals.charged_back("ch_1"), False),
        (refusals.already_refunded("ch_1"), False),
        (bulk_refusals.guarded("exceeds_remaining"), False),
    ],
    ids=lambda one: getattr(one, "message", str(one))[:40],
)
def test_only_what_may_end_otherwise_is_tried_again(
    refusal: Refusal, *, again: bool
) -> None:
    """A charge that was disputed stays so; a balance may be filled."""
    assert bulk_refusals.may_end_otherwise(refusal) is again


def test_failures_go_back_into_the_queue() -> None:
    """The job runs again, and counts them as waiting."""
    dollar = Money(100, "usd")
    plan = Plan((PlanItem("pi_1", None, dollar, ItemState.SENT),))
    failed = replace(
        begun("blk_1", plan, "mia", MONDAY),
        state=BulkState.DONE,
        tallies={ItemState.FAILED: Tally(1, {"usd": 100})},
    )
    item = Item("pi_1", None, dollar, ItemState.FAILED, message="No.", again=True)
    again, items = tried_again(failed, [item])
    assert again.state is BulkState.RUNNING
    assert (again.queued, again.counts[ItemState.FAILED]) == (1, 0)
    assert [(one.state, one.message) for one in items] == [(ItemState.QUEUED, None)]


def test_each_payment_of_a_job_has_its_own_key() -> None:
    """The same one whenever it is tried, another in another job."""
    assert key_of("blk_1", "pi_1") == key_of("blk_1", "pi_1")
    assert len({key_of(job, "pi_1") for job in ("blk_1", "blk_2")}) == 2
    assert set(REFUNDED) == {ItemState.SENT, ItemState.HELD}


@pytest.mark.parametrize(
    ("status", "waits", "place", "said"),
    [
        (RefundStatus.SUCCEEDED, None, None, None),
        (RefundStatus.PENDING, None, None, "On its way through the bank."),
        (
            RefundStatus.PENDING,
            PendingReason.PROCESSING,
            None,
            "On its way through the bank.",
        ),
        (
            RefundStatus.PENDING,
            PendingReason.CHARGE_PENDING,
            None,
            "Waits for the charge to settle.",
        ),
        (
            RefundStatus.PENDING,
            PendingReason.INSUFFICIENT_FUNDS,
            2,
            "Held: insufficient funds, number 2 in line.",
        ),
        (
            RefundStatus.REQUIRES_ACTION,
            None,
            None,
            "Asks the customer for bank details.",
        ),
    ],
)
def test_what_is_said_of_a_refund(
    status: RefundStatus,
    waits: PendingReason | None,
    place: int | None,
    said: str | None,
) -> None:
    """Nothing is called sent that is not at the customer's bank."""
    dollar = Money(100, "usd")
    refund = Refund("re_1", dollar, status, MONDAY, "ch_1", pending_reason=waits)
    assert sent_message(refund, place) == said


@pytest.mark.parametrize("state", list(BulkState))
@pytest.mark.parametrize("stands", list(ItemState))
def test_what_a_stopped_job_had_not_come_to_is_skipped(
    state: BulkState, stands: ItemState
) -> None:
    """Nobody waits for it any more; all else stays what it is."""
    dollar = Money(100, "usd")
    plan = Plan((PlanItem("pi_1", None, dollar, ItemState.SENT),))
    bulk = replace(begun("blk_1", plan, "mia", MONDAY), state=state)
    item = Item("pi_1", None, dollar, stands)
    left = state is BulkState.STOPPED and stands is ItemState.QUEUED
    ends = replace(item, state=ItemState.SKIPPED, message=STOPPED_BEFORE)
    assert as_it_ends(item, bulk) == (ends if left else item)
