"""Shape of bulk refunds, after the manner of Stripe's API."""

from store.bulk import Bulk, BulkItem, ItemState, Plan, PlanItem
from store.clock import to_unix
from store.money import Money
from store.shape.objects import Json


def bulk_shape(bulk: Bulk) -> Json:
    """Return a job, with how many of its payments stand in which state."""
    return {
        "id": bulk.id,
        "object": "bulk",
        "created": to_unix(bulk.created),
        "status": bulk.state.value,
        "reason": bulk.reason.value if bulk.reason else None,
        "note": bulk.note,
        "actor": bulk.actor,
        "total": bulk.total,
        "reverse_transfer": bulk.reverse_transfer,
        "refund_application_fee": bulk.refund_application_fee,
        **{state.value: number for state, number in bulk.counts.items()},
        "amounts": _amounts(bulk.sums()),
    }


def bulk_item_shape(item: BulkItem) -> Json:
    """Return one payment of a job."""
    return {
        "object": "bulk_item",
        "payment": item.payment,
        "amount": item.amount.amount,
        "currency": item.amount.currency,
        "status": item.state.value,
        "refund": item.refund,
        "message": item.message,
        "ended": to_unix(item.ended) if item.ended else None,
    }


def plan_shape(plan: Plan) -> Json:
    """Return what a job would do, payment by payment."""
    counts = {
        state.value: sum(one.expects is state for one in plan.items)
        for state in (ItemState.SENT, ItemState.HELD, ItemState.SKIPPED)
    }
    return {
        "object": "bulk_plan",
        "reason": plan.reason.value if plan.reason else None,
        "note": plan.note,
        "total": len(plan.items),
        "reverse_transfer": plan.reverse_transfer,
        "refund_application_fee": plan.refund_application_fee,
        "shared": len(plan.shared),
        **counts,
        "amounts": _amounts(plan.sums),
        "items": [plan_item_shape(one) for one in plan.items],
    }


def plan_item_shape(item: PlanItem) -> Json:
    """Return what would become of one payment."""
    return {
        "object": "bulk_item",
        "payment": item.payment,
        "amount": item.amount.amount,
        "currency": item.amount.currency,
        "status": item.expects.value,
        "refund": None,
        "message": item.message,
    }


def _amounts(sums: tuple[Money, ...]) -> Json:
    return {one.currency: one.amount for one in sums}
