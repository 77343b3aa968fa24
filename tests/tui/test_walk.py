"""The five tasks, played on the demo as the README counts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from walk import DESK, TASKS, Task

from scenes import SMALL, press, settled
from store.reference import ReferenceType
from store.refund import Reason, RefundStatus

if TYPE_CHECKING:
    from store import Store
    from store.refund import Refund
    from tui.app import RefundDesk

IN_FULL, IN_PART, CANCEL, LOOK_UP, BULK = TASKS


def refunds(store: Store) -> dict[str, Refund]:
    """Return every refund by its id."""
    found: dict[str, Refund] = {}
    last = None
    while page := store.refunds.list(limit=100, starting_after=last).data:
        found |= {one.id: one for one in page}
        last = page[-1].id
    return found


async def played(task: Task) -> tuple[dict[str, Refund], dict[str, Refund], RefundDesk]:
    """Play a task; return the refunds before it and after it, and the console."""
    with DESK.app() as (app, _):
        async with app.run_test(size=SMALL, notifications=True) as pilot:
            await settled(app, pilot)
            store = app.ask._store
            assert store is not None
            before = refunds(store)
            for step in (task.find, *task.steps):
                await step.walk(app, pilot)
            after = refunds(store)
            await press(app, pilot, task.after)
            return before, after, app


async def test_a_full_refund_takes_its_keys() -> None:
    """One refund more, of the whole amount, as the customer asked."""
    before, after, _ = await played(IN_FULL)
    (made,) = (after[new] for new in after.keys() - before.keys())
    assert str(made.money) == "42.00 USD"
    assert made.reason is Reason.REQUESTED_BY_CUSTOMER


async def test_a_partial_refund_with_a_reason_takes_its_keys() -> None:
    """One refund more, of what was typed, for the reason that was chosen."""
    before, after, _ = await played(IN_PART)
    (made,) = (after[new] for new in after.keys() - before.keys())
    assert str(made.money) == "20.00 USD"
    assert made.reason is Reason.DUPLICATE


async def test_canceling_a_refund_takes_its_keys() -> None:
    """The refund is canceled, and nothing else has changed."""
    before, after, _ = await played(CANCEL)
    changed = [one for one in after.values() if one != before.get(one.id)]
    assert [one.status for one in changed] == [RefundStatus.CANCELED]


async def test_looking_up_a_reference_takes_its_keys() -> None:
    """A refund's ARN is in the clipboard, and no refund has changed."""
    before, after, app = await played(LOOK_UP)
    (found,) = (one for one in after.values() if app.clipboard == _reference(one))
    assert found.destination
    assert found.destination.reference_type is ReferenceType.ARN
    assert after == before


def _reference(refund: Refund) -> str | None:
    return refund.destination.reference if refund.destination else None


async def test_a_bulk_refund_takes_its_keys() -> None:
    """Thirty-seven refunds more, each of another payment."""
    before, after, _ = await played(BULK)
    made = [after[new] for new in after.keys() - before.keys()]
    assert len(made) == len({one.charge for one in made}) == 37


@pytest.mark.parametrize(
    ("task", "most"),
    [(IN_FULL, 3), (IN_PART, 9), (CANCEL, 3), (LOOK_UP, 2), (BULK, 16)],
)
def test_no_task_takes_more_keys_than_it_did(task: Task, most: int) -> None:
    """What an agent does a hundred times a day stays short."""
    assert len(task.pressed) <= most
