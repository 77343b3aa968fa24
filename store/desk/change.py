"""The last change of a payment, told from its events."""

from collections.abc import Iterator, Sequence

from store.change import Change
from store.event import Event
from store.money import Money
from store.payment import Payment
from store.refund import RefundStatus
from store.timeline.telling import step_of

_REFUNDED = "amount_refunded"


def last_change(events: Sequence[Event], payment: Payment) -> Change | None:
    """Return the last thing that was done to a payment, by its events in order."""
    together = list(_last_together(events))
    if not together:
        return None
    left = payment.charge.unrefunded if payment.charge else payment.refundable
    last = together[-1]
    told = (one for event in reversed(together) if (one := _did(payment, event)))
    did, details = next(told, ("changed it", last.type))
    return Change(
        actor=last.actor,
        did=did,
        at=last.created,
        before=_left_before(together, left),
        after=left,
        details=details,
    )


def _last_together(events: Sequence[Event]) -> Iterator[Event]:
    """Return the events of the last change: one actor tells them at one time."""
    if not events:
        return
    last = events[-1]
    start = len(events)
    for event in reversed(events):
        alike = (event.actor, event.created, event.request)
        if alike != (last.actor, last.created, last.request):
            break
        start -= 1
    yield from events[start:]


def _left_before(together: Sequence[Event], left: Money) -> Money:
    for event in reversed(together):
        before, now = event.previous.get(_REFUNDED), event.data.get(_REFUNDED)
        if isinstance(before, int) and isinstance(now, int):
            return Money(left.amount + now - before, left.currency)
    return left


def _did(payment: Payment, event: Event) -> tuple[str, str | None] | None:
    """Return what an event says was done: as a verb, or as that and the details."""
    amount, currency = event.data.get("amount"), event.data.get("currency")
    if event.data.get("object") == "refund" and isinstance(amount, int):
        money = Money(amount, str(currency)).digits()
        if event.type == "refund.created":
            return f"refunded {money}", None
        if event.data.get("status") == RefundStatus.CANCELED:
            return f"canceled the refund of {money}", None
    if event.type == "payment_intent.canceled":
        return "canceled the payment", None
    step = step_of(payment, event)
    return ("changed it", step.text) if step else None
