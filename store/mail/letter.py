"""Letters: what to tell the customer of a refund, for every state it can be in."""

from datetime import datetime, tzinfo
from enum import StrEnum
from importlib.resources import files

from store.errors import Refusal
from store.event import OWN_PREFIX
from store.mail.receipt import Letter, Mail, paid_with, why_not_address
from store.mail.template import Template, fill, read_template
from store.money import Money
from store.outcome import RefundDetail
from store.payment import Payment
from store.reference import ReferenceStatus, what_it_means
from store.refund import FailureReason, PendingReason, Refund, RefundStatus
from store.shape.objects import Json
from store.statement import charged, shown_of
from store.visible import as_written

WRITTEN = f"{OWN_PREFIX}letter.written"
"""The type of the event that a letter was put into the outbox; what became of it is
told there."""
LONGEST_SUBJECT = 200
LONGEST_BODY = 10_000


class Situation(StrEnum):
    """What is to be told; each has a template of its name."""

    SENT = "sent"
    PARTIAL = "partial"
    REFERENCE_AVAILABLE = "reference_available"
    REFERENCE_PENDING = "reference_pending"
    REFERENCE_LATE = "reference_late"
    REFERENCE_UNAVAILABLE = "reference_unavailable"
    REVERSAL = "reversal"
    PARTIAL_REVERSAL = "partial_reversal"
    AT_BANK = "at_bank"
    HELD = "held"
    CHARGE_PENDING = "charge_pending"
    NEEDS_DETAILS = "needs_details"
    FAILED = "failed"
    CANCELED = "canceled"


_STATES = {
    RefundStatus.FAILED: Situation.FAILED,
    RefundStatus.CANCELED: Situation.CANCELED,
    RefundStatus.REQUIRES_ACTION: Situation.NEEDS_DETAILS,
}
_WAITS = {
    PendingReason.INSUFFICIENT_FUNDS: Situation.HELD,
    PendingReason.CHARGE_PENDING: Situation.CHARGE_PENDING,
    PendingReason.PROCESSING: Situation.AT_BANK,
}
_REFERENCES = {
    ReferenceStatus.AVAILABLE: Situation.REFERENCE_AVAILABLE,
    ReferenceStatus.UNAVAILABLE: Situation.REFERENCE_UNAVAILABLE,
    ReferenceStatus.PENDING: Situation.REFERENCE_PENDING,
}
_WHY_FAILED = {
    FailureReason.LOST_OR_STOLEN_CARD: "The card was reported lost or stolen.",
    FailureReason.EXPIRED_OR_CANCELED_CARD: "The card has expired or was canceled.",
    FailureReason.DECLINED: "Your bank declined it.",
}
"""What a customer is told; of our own reasons a customer is told nothing."""
FIELDS = (
    *("greeting", "name", "amount", "what", "payment_amount", "left", "method"),
    *("paid_on", "sent_on", "expected_by", "reference", "reference_name"),
    *("reference_note", "why_failed", "asked_at", "refund", "payment", "description"),
)
"""What a template can name in braces; a line whose field is empty is left out."""


def situation(detail: RefundDetail, now: datetime) -> Situation:
    """Return what is to be told of a refund as it stands."""
    refund = detail.refund
    if refund.status in _STATES:
        return _STATES[refund.status]
    if refund.status is RefundStatus.PENDING:
        return _WAITS[refund.pending_reason or PendingReason.PROCESSING]
    if refund.is_reversal:
        partial = _is_partial(detail)
        return Situation.PARTIAL_REVERSAL if partial else Situation.REVERSAL
    status = refund.destination.status if refund.destination else None
    found = _REFERENCES.get(status) if status else None
    if found is Situation.REFERENCE_PENDING and _is_late(detail, now):
        return Situation.REFERENCE_LATE
    if found in (None, Situation.REFERENCE_PENDING) and _is_partial(detail):
        return Situation.PARTIAL
    return found or Situation.SENT


def own_template(of: Situation) -> Template:
    """Return the template that comes with the program."""
    name = f"{of.value}.txt"
    text = (files("store.mail") / "letters" / name).read_text(encoding="utf-8")
    return read_template(text, name, FIELDS)


def compose(
    detail: RefundDetail, template: Template, now: datetime, zone: tzinfo
) -> tuple[str, str]:
    """Return subject and body; dates are days of the zone, in words.

    What others wrote is made visible, each on one line.
    """
    return fill(template, _fields(detail, now, zone))


def why_not_letter(letter: Letter) -> Refusal | None:
    """Return why a letter cannot be sent, or None when it can."""
    if refusal := why_not_address(letter.to):
        return refusal
    if not letter.subject.strip() or not letter.body.strip():
        return Refusal("A letter needs a subject and a text.")
    if len(letter.subject) > LONGEST_SUBJECT or len(letter.body) > LONGEST_BODY:
        most = f"{LONGEST_SUBJECT} characters of subject, {LONGEST_BODY:,} of text"
        return Refusal(f"That letter is too long: at most {most}.")
    if letter.subject != as_written(letter.subject, LONGEST_SUBJECT):
        return Refusal("The subject must be one line of visible characters.")
    return None


def letter_shape(mail: Mail) -> Json:
    """Return a mailed letter as its event keeps it; the outbox holds its text."""
    return {
        "id": mail.id,
        "object": "letter",
        "refund": mail.refund,
        "to": mail.letter.to,
        "subject": mail.letter.subject,
    }


def address(detail: RefundDetail) -> str:
    """Return the customer's email address, empty where none is known."""
    payment = detail.payment
    if payment is None:
        return ""
    customer, charge = payment.customer, payment.charge
    known = customer.email if customer else None
    return known or (charge.email if charge else None) or ""


def _is_late(detail: RefundDetail, now: datetime) -> bool:
    by = detail.reference_expected_by
    return by is not None and by < now


def _is_partial(detail: RefundDetail) -> bool:
    payment = detail.payment
    return payment is not None and detail.refund.money < _paid(payment)


def _paid(payment: Payment) -> Money:
    """Return what the customer paid: what was captured, where it was."""
    return charged(payment.charge) if payment.charge else payment.money


def _fields(detail: RefundDetail, now: datetime, zone: tzinfo) -> dict[str, str]:
    refund, payment = detail.refund, detail.payment
    charge = payment.charge if payment else None
    where = refund.destination
    name = _name(detail)
    late = _is_late(detail, now)
    paid = payment.created if payment else None
    values = {
        "greeting": f"Hello {name}," if name else "Hello,",
        "name": name,
        "amount": str(refund.money),
        "what": _what(detail),
        "payment_amount": str(_paid(payment)) if payment else "",
        "left": str(charge.unrefunded) if charge and charge.unrefunded.amount else "",
        "method": paid_with(charge.method) if charge else "the payment method",
        "paid_on": day(paid, zone),
        "sent_on": day(refund.created, zone),
        "expected_by": day(detail.reference_expected_by, zone),
        "reference": as_written(where.reference) if where and where.reference else "",
        "reference_name": where.label if where else "",
        "reference_note": what_it_means(
            where,
            shown=shown_of(refund, charge, payment.refunds if payment else ()),
            late=late,
            live=refund.is_live,
            sent=refund.has_moved_money or not refund.is_live,
        ),
        "why_failed": _why_failed(refund),
        "asked_at": as_written(refund.instructions_email or "your email address"),
        "refund": refund.id,
        "payment": payment.id if payment else refund.payment_intent or "",
        "description": as_written(charge.description or "") if charge else "",
    }
    return {field: values[field] for field in FIELDS}


def day(at: datetime | None, zone: tzinfo) -> str:
    """Return a day in words: `2 March 2026`."""
    if at is None:
        return ""
    there = at.astimezone(zone)
    return f"{there.day} {there:%B %Y}"


def _what(detail: RefundDetail) -> str:
    refund, payment = detail.refund, detail.payment
    if payment is None:
        return str(refund.money)
    if _is_partial(detail):
        return f"{refund.money} of your payment of {_paid(payment)}"
    return f"your payment of {_paid(payment)} in full"


def _name(detail: RefundDetail) -> str:
    payment = detail.payment
    if payment is None:
        return ""
    customer, charge = payment.customer, payment.charge
    known = customer.name if customer else None
    return as_written(known or (charge.name if charge else None) or "", 100)


def _why_failed(refund: Refund) -> str:
    reason = refund.failure_reason
    return _WHY_FAILED.get(reason, "") if reason else ""
