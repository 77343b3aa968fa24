"""Marks: sets of ids, summed as they change, and the range that chooses them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from a_list import ListApp, Numbers, drawn, line, listed, read
from hypothesis import given
from hypothesis import strategies as st

from store.badge import Badge
from store.bulk import ItemState, Plan, PlanItem
from store.money import Money
from store.outcome import PaymentGist
from tui.widgets.marks import MOST_PLANNED, Marks, gist_of

LONG = 100_000
WIDE = 100


def gist(
    number: int, badge: Badge = Badge.SUCCEEDED, currency: str = "usd"
) -> PaymentGist:
    """Return the payment of that number, of that many cents."""
    return PaymentGist(f"pi_{number}", badge, Money(number, currency))


def marked(app: ListApp) -> list[int]:
    """Return the numbers of the marked payments, in their order."""
    return [int(id_.removeprefix("pi_")) for id_ in app.table.marks]


def test_marks_tell_what_a_bulk_would_refund() -> None:
    """Whole refunds are summed by currency; what is not in bulk is named or counted."""
    marks = Marks()
    assert marks.told(WIDE) == marks.told(0) == ""
    marks.add([gist(4200), gist(8000, Badge.PARTIAL_REFUND)])
    assert marks.told(WIDE) == (
        "2 marked: 1 full refund 42.00 USD, 1 partial refund (not in bulk)"
    )
    assert marks.told(40) == "2 marked: 1 in bulk 42.00 USD"
    marks.add([gist(100, currency="eur"), gist(6, Badge.DISPUTE_LOST)])
    assert marks.told(WIDE) == (
        "4 marked: 2 full refunds 1.00 EUR + 42.00 USD, 2 not in bulk"
    )
    assert marks.told(30) == "4 marked: 2 in bulk, 2 currencies"
    marks.drop(["pi_4200", "pi_100"])
    assert marks.told(24) == "2 marked: 2 not in bulk"
    assert marks.told(22) == "2 marked: 0 in bulk"


def test_a_plan_has_the_last_word() -> None:
    """Its sums and reasons stand until the marks are others; many are told roughly."""
    marks = Marks()
    marks.add([gist(4200), gist(8000, Badge.PARTIAL_REFUND), gist(1)])
    assert marks.wants_plan
    items = (
        PlanItem("pi_4200", None, Money(3000, "usd"), ItemState.SENT),
        PlanItem("pi_8000", None, Money(1, "usd"), ItemState.SKIPPED, brief="partly"),
        PlanItem("pi_1", None, Money(1, "usd"), ItemState.SKIPPED, brief="disputed"),
    )
    assert not marks.foresee(("pi_4200",), Plan(items[:1]))
    assert marks.wants_plan
    assert marks.foresee(tuple(marks), Plan(items))
    assert not marks.wants_plan
    assert marks.told(WIDE) == "3 marked: 1 full refund 30.00 USD, 2 not in bulk"
    marks.drop(["pi_1"])
    assert marks.wants_plan
    assert marks.told(WIDE) == (
        "2 marked: 1 full refund 42.00 USD, 1 partial refund (not in bulk)"
    )
    marks.add(gist(number) for number in range(MOST_PLANNED))
    assert not marks.wants_plan
    assert "full refunds of about" in marks.told(WIDE)


def test_a_marked_payment_that_changed_is_summed_as_it_is_now() -> None:
    """Once it is refunded by somebody else, it is no full refund any more."""
    marks = Marks()
    before = replace(line(42), badge=Badge.SUCCEEDED)
    marks.add([gist_of(before)])
    assert not marks.renew({before.id: before, "pi_other": line(7)})
    assert marks.renew({before.id: replace(before, badge=Badge.REFUNDED)})
    assert marks.told(WIDE) == "1 marked: 1 refunded (not in bulk)"


@given(st.lists(st.tuples(st.sampled_from("aid"), st.integers(0, 5)), max_size=40))
def test_sums_are_those_of_the_set(steps: list[tuple[str, int]]) -> None:
    """However marks came and went, the sums are those of what is marked now."""
    marks, left = Marks(), dict[str, int]()
    for step, number in steps:
        one = gist(number)
        if step == "d" or (step == "i" and one.id in left):
            left.pop(one.id, None)
        else:
            left.setdefault(one.id, number)
        match step:
            case "a":
                marks.add([one])
            case "i":
                marks.invert([one])
            case _:
                marks.drop([one.id])
    assert list(marks) == list(left)
    assert marks.total == (str(Money(sum(left.values()), "usd")) if left else "")


async def test_a_range_is_extended_by_moving_and_marked_by_space() -> None:
    """`v`, some moves, space: everything from the first row to the cursor is marked."""
    async with listed(Numbers(500)) as (pilot, app):
        await pilot.press("j", "v", "j", "j", "j", "k")
        assert [text[1] for text in drawn(app)[1:6]] == [" ", "┃", "┃", "┃", " "]
        assert not app.table.marks
        await pilot.press("space")
        assert marked(app) == [498, 497, 496]
        assert not app.table.ranging
        assert [text[1] for text in drawn(app)[1:6]] == [" ", "●", "●", "●", " "]


async def test_a_range_goes_upwards_too_and_enter_marks_it() -> None:
    """Enter in a range opens nothing."""
    async with listed(Numbers(500)) as (pilot, app):
        await pilot.press("pagedown", "v", "ctrl+u", "enter")
        assert marked(app) == list(range(499 - 12, 499 - 24, -1))
        assert app.told == []


async def test_a_range_is_dropped_by_its_own_key_and_by_another_list() -> None:
    """Nothing is marked then, and space marks one payment again."""
    async with listed(Numbers(500)) as (pilot, app):
        await pilot.press("v", "j", "v")
        assert not app.table.ranging
        await pilot.press("v")
        app.table.show(app.numbers)
        await read(pilot)
        await pilot.press("space")
        assert marked(app) == [498]


@pytest.mark.parametrize(("key", "other"), [("G", 0), ("g", LONG - 1)])
async def test_a_range_beyond_what_is_held_names_its_two_ends(
    key: str, other: int
) -> None:
    """From a row to the other end of the list: whoever can read it all is asked."""
    async with listed(Numbers(LONG)) as (pilot, app):
        if key == "g":
            await pilot.press("G")
            await read(pilot)
        begun = app.table.line
        await pilot.press("v", key)
        await read(pilot)
        assert all(text[1] == "┃" for text in drawn(app)[1:] if text.strip())
        await pilot.press("space")
        await pilot.pause()
        assert not app.table.marks
        assert begun
        assert app.told == [(begun.seq, other)]
