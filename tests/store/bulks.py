"""Bulk refunds as tests run them: to their end, and what must be so then."""

from collections.abc import Sequence

from store import Store
from store.bulk import Bulk, BulkItem, BulkState
from store.event import Actor
from store.payment import Payment

MIA = Actor("mia")


def started(
    store: Store, payments: Sequence[Payment], reason: str | None = None
) -> Bulk:
    """Start a bulk refund of payments."""
    plan = store.bulk.plan(payments=[one.id for one in payments], reason=reason)
    return store.bulk.start(plan, actor=MIA)


def run_out(store: Store, bulk: Bulk, actor: Actor = MIA) -> Bulk:
    """Run a job until it no longer runs."""
    while bulk.state is BulkState.RUNNING:
        bulk = store.bulk.run(bulk.id, actor=actor)
    return bulk


def items(store: Store, bulk: Bulk) -> list[BulkItem]:
    """Return every item of a job, page by page."""
    page = store.bulk.items(bulk.id, limit=7)
    found = [*page.rows]
    while page.more:
        page = store.bulk.items(bulk.id, after=page.last, limit=7)
        found += page.rows
    return found


def check_once(store: Store, bulk: Bulk) -> None:
    """Check that no payment of a job has more refunds than the job says it has."""
    for item in items(store, bulk):
        made = [
            one
            for one in store.payments.find(item.payment).refunds
            if one.key and one.key.startswith(f"{bulk.id}/")
        ]
        assert [one.id for one in made] == ([item.refund] if item.refund else [])
        assert [one.money for one in made] in ([], [item.amount])
    assert store.examine() == ()
