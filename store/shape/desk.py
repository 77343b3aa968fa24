"""Desk shape: notes, failed refunds and days of flows, as JSON beside the API's."""

from store.balance import DayFlow
from store.clock import to_unix
from store.desk.follow_up import FailedRefund
from store.desk.note import Note, note_shape
from store.event import Event
from store.outcome import Movement
from store.shape.account import event_shape, movement_shape
from store.shape.objects import Json


def failed_shape(failed: FailedRefund) -> Json:
    """Return a refund that failed, with what to do next."""
    refund, returned = failed.refund, failed.returned
    return {
        "id": refund.id,
        "object": "failed_refund",
        "amount": refund.money.amount,
        "created": to_unix(refund.created),
        "currency": refund.money.currency,
        "customer": failed.customer,
        "done_at": to_unix(failed.done_at) if failed.done_at else None,
        "done_by": failed.done_by,
        "done_note": failed.done_note,
        "failure_reason": refund.failure_reason and refund.failure_reason.value,
        "next_step": failed.next_step,
        "payment": failed.payment,
        "refundable": failed.refundable.amount,
        "retried_as": failed.retried_as,
        "returned": returned.amount if returned else None,
        "returned_at": to_unix(failed.returned_at) if failed.returned_at else None,
        "why": failed.why,
    }


def noted_shape(note: Note) -> Json:
    """Return a note with who wrote it, and when."""
    shape = note_shape(note.id, note.payment, note.text)
    return {**shape, "actor": note.actor, "created": to_unix(note.created)}


def moved_shape(movement: Movement) -> Json:
    """Return a balance transaction, with the balance after it where that is known."""
    left, shape = movement.balance, movement_shape(movement)
    return shape if left is None else {**shape, "balance": left.amount}


def logged_shape(event: Event, pending: int = 0) -> Json:
    """Return an event with who acted, which the API does not tell."""
    return {**event_shape(event, pending), "actor": event.actor}


def flow_shape(flow: DayFlow) -> Json:
    """Return a day of flows; `date` is as ISO 8601 writes it."""
    return {
        "object": "day_flow",
        "currency": flow.refunded.currency,
        "date": flow.date.isoformat(),
        "held": flow.held.amount,
        "refunded": flow.refunded.amount,
        "returned": flow.returned.amount,
    }
