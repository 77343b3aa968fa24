"""Telling: what an event says happened to a payment."""

from collections.abc import Callable, Mapping
from datetime import datetime

from store.authorisation import released
from store.event import Event
from store.money import Money
from store.payment import IntentStatus, Payment
from store.reference import SHORT_NAMES, ReferenceStatus
from store.refund import PendingReason, Reason, Refund, RefundStatus
from store.timeline.step import (
    WAITS,
    Mark,
    Step,
    because,
    ended,
    made,
    why_canceled,
    words,
)

Data = Mapping[str, object]


def step_of(payment: Payment, event: Event) -> Step | None:
    """Return the step that an event tells; None when it tells nothing new."""
    kind = event.data.get("object")
    if kind == "refund":
        return _of_refund(payment, event)
    if kind == "dispute":
        return _of_dispute(event)
    if kind == "review":
        return _of_review(event)
    if kind == "note":
        text = f"note: {event.data.get('text')}"
        return Step(("note", event.object_id), Mark.NOTE, text)
    if kind == "letter":
        data = event.data
        text = f"letter to {data.get('to')}: {data.get('subject')}"
        return Step(("letter", event.object_id), Mark.NOTE, text, str(data["refund"]))
    if kind == "failed_refund":
        return _of_failed(event)
    if event.type in _CAPTURES and event.previous.get("amount_capturable"):
        return _captured_more(payment, event)
    teller = _TELLERS.get(event.type)
    return teller(payment, event.data) if teller else None


def _money(data: Data, key: str = "amount") -> Money:
    amount, currency = data.get(key), data.get("currency")
    if isinstance(amount, int) and isinstance(currency, str):
        return Money(int(amount), currency.lower())
    return Money(0, "usd")


def _charge_id(payment: Payment, data: Data) -> str:
    if data.get("object") == "charge":
        return str(data.get("id"))
    latest = data.get("latest_charge")
    if isinstance(latest, str):
        return latest
    return payment.charge.id if payment.charge else payment.id


def _paid(payment: Payment, data: Data) -> Step:
    key = _charge_id(payment, data)
    uncaptured = data.get("captured") is False
    if uncaptured or data.get("status") == IntentStatus.REQUIRES_CAPTURE:
        text = f"payment {_money(data)} authorised, not captured yet"
        return Step(("authorised", key), Mark.AUTHORISED, text)
    return Step(("paid", key), Mark.PAID, f"payment {_money(data)}")


def _captured(payment: Payment, data: Data) -> Step | None:
    """Tell a capture; an intent captured at once is no step of its own."""
    is_intent = data.get("object") == "payment_intent"
    if is_intent and data.get("capture_method") != "manual":
        return None
    whole = _money(data)
    name = "amount_received" if is_intent else "amount_captured"
    # Old versions say of a charge only what was released of it: as refunded.
    rest = whole - _money(data, "amount_refunded")
    taken = _money(data, name) if name in data else rest
    part = f"{taken} of {whole}" if taken < whole else str(taken)
    key = _charge_id(payment, data)
    return Step(("paid", key), Mark.CAPTURED, f"captured {part}")


def _captured_more(payment: Payment, event: Event) -> Step | None:
    """Tell a capture of a further part, or that what is left is released."""
    data, was = event.data, event.previous
    whole, taken = _money(data), _money(data, "amount_received")
    before = was.get("amount_received")
    if before == 0 or not taken:
        return _taken(payment, data)
    key = ("captured", _charge_id(payment, data), str(taken), str(before))
    if isinstance(before, int):
        more = taken - Money(before, taken.currency)
        text = f"captured {more} more, {taken} of {whole}"
        return Step(key, Mark.CAPTURED, text)
    left = Money(int(str(was["amount_capturable"])), whole.currency)
    why = words(data.get("cancellation_reason") or "")
    return Step(key, Mark.CANCELED, because(f"{left} released, not captured", why))


def _failed(payment: Payment, data: Data) -> Step:
    error = data.get("last_payment_error")
    why = error.get("message") if isinstance(error, Mapping) else None
    text = f"payment {_money(data)} failed"
    key = ("failed", _charge_id(payment, data))
    return Step(key, Mark.FAILED, because(text, why or data.get("failure_message")))


def _processing(payment: Payment, data: Data) -> Step:
    text = f"payment {_money(data)} is processing"
    return Step(("processing", _charge_id(payment, data)), Mark.OTHER, text)


def _taken(payment: Payment, data: Data) -> Step:
    return _captured(payment, data) or _paid(payment, data)


def _canceled(payment: Payment, data: Data) -> Step:
    key = ("canceled", payment.id)
    if payment.intent and payment.intent.status is IntentStatus.CANCELED:
        return Step(key, Mark.CANCELED, why_canceled(payment.intent))
    expired = data.get("object") == "charge"
    said = "authorisation expired" if expired else "payment canceled"
    return Step(key, Mark.CANCELED, f"{said}, {_money(data)} released")


def _shared(_: Payment, data: Data) -> Step:
    text = f"{_money(data)} of it transferred to {data.get('destination')}"
    return Step(("shared", str(data.get("id"))), Mark.OTHER, text)


def _pulled(_: Payment, data: Data) -> Step:
    back = _money(data, "amount_reversed")
    text = f"{back} of the transfer to {data.get('destination')} pulled back"
    return Step(("pulled", str(data.get("id")), str(back)), Mark.OTHER, text)


def _fee_returned(_: Payment, data: Data) -> Step:
    back = _money(data, "amount_refunded")
    text = f"{back} of the application fee given back to {data.get('account')}"
    return Step(("pulled", str(data.get("id")), str(back)), Mark.OTHER, text)


_CAPTURES = (
    "payment_intent.amount_capturable_updated",
    "payment_intent.succeeded",
)
_TELLERS: dict[str, Callable[[Payment, Data], Step | None]] = {
    "charge.succeeded": _paid,
    "charge.captured": _captured,
    "charge.failed": _failed,
    "charge.pending": _processing,
    "charge.expired": _canceled,
    "payment_intent.amount_capturable_updated": _paid,
    "payment_intent.succeeded": _taken,
    "payment_intent.payment_failed": _failed,
    "payment_intent.processing": _processing,
    "payment_intent.canceled": _canceled,
    "transfer.created": _shared,
    "transfer.reversed": _pulled,
    "application_fee.refunded": _fee_returned,
}


def _of_dispute(event: Event) -> Step:
    data, given = event.data, str(event.data.get("id"))
    text = f"dispute {_money(data)}"
    key: tuple[str, ...] = ("dispute", given, event.type)
    match event.type.rpartition(".")[2]:
        case "created":
            key = ("dispute", given)
            text = because(f"{text} opened", words(data.get("reason") or ""))
        case "funds_withdrawn":
            text += ": the money was withdrawn"
        case "funds_reinstated":
            text += ": the money came back"
        case _:
            text += f": {words(data.get('status'))}"
            key = (*key, str(data.get("status")))
    return Step(key, Mark.DISPUTE, text)


def _of_review(event: Event) -> Step:
    how = words(event.data.get("closed_reason") or "")
    text = because("review closed", how) if how else "under review"
    key = ("review", event.object_id, how)
    return Step(key, Mark.OTHER, text)


def _of_failed(event: Event) -> Step:
    data, given = event.data, event.object_id
    text = f"failed refund {_money(data)} "
    if new := data.get("retried_as"):
        text += f"tried again as {new}"
    else:
        text += f"dealt with: {data.get('note')}"
    return Step(("followed", event.id), Mark.NOTE, text, given)


def _of_refund(payment: Payment, event: Event) -> Step | None:
    given = str(event.data.get("id"))
    money, status = _money(event.data), str(event.data.get("status"))
    known = next((one for one in payment.refunds if one.id == given), None)
    if known is None and money == released(payment):
        return None  # it only let go of what was not captured: that is told by itself
    if event.type == "refund.created":
        waits = str(event.data.get("pending_reason") or PendingReason.PROCESSING)
        reason = reason_of(known) or words(event.data.get("reason") or "")
        return made(given, money, status, waits, reason, reversal=_drops(event.data))
    if status in (RefundStatus.FAILED, RefundStatus.CANCELED):
        return ended(given, money, status, event.data.get("failure_reason"))
    was = event.previous
    if "status" in was and was["status"] != status:
        return _moved(given, money, status, was, event.created)
    if "destination_details" in was:
        return _referred(given, money, event.data)
    return None


def _drops(data: Data) -> bool:
    return _card_details(data).get("type") == "reversal"


def _card_details(data: Data) -> Data:
    details = data.get("destination_details")
    kind = details.get("type") if isinstance(details, Mapping) else None
    inner = details.get(kind) if isinstance(details, Mapping) else None
    return inner if isinstance(inner, Mapping) else {}


def reason_of(refund: Refund | None) -> str:
    """Return why a refund was made, in words; Other says nothing beside its note."""
    if refund is None:
        return ""
    known = refund.reason not in (None, Reason.OTHER)
    reason = words(refund.reason) if known and refund.reason else ""
    return ": ".join(filter(None, (reason, refund.note)))


def _moved(given: str, money: Money, status: str, was: Data, at: datetime) -> Step:
    mark, how = Mark.REFUND_SENT, "arrived at the bank"
    if was.get("pending_reason") == PendingReason.INSUFFICIENT_FUNDS:
        how = "no longer held: the balance covers it, sent"
    elif status == RefundStatus.REQUIRES_ACTION:
        mark, how = Mark.REFUND_WAITS, "came back: bank details are asked again"
    elif status == RefundStatus.PENDING:
        mark, how = Mark.REFUND_WAITS, WAITS[PendingReason.PROCESSING]
    key = ("moved", given, status, at.isoformat())
    return Step(key, mark, f"refund {money} {how}", given)


def _referred(given: str, money: Money, data: Data) -> Step | None:
    details = _card_details(data)
    reference, status = details.get("reference"), details.get("reference_status")
    key = ("reference", given, str(status), str(reference))
    if status == ReferenceStatus.UNAVAILABLE:
        text = f"refund {money}: the bank gives no reference"
        return Step(key, Mark.REFERENCE, text, given)
    if not reference:
        return None
    kind = details.get("reference_type")
    names = {str(one): name for one, name in SHORT_NAMES.items()}
    name = names.get(str(kind), "reference")
    text = f"refund {money}: {name} {reference}"
    return Step(key, Mark.REFERENCE, text, given)
