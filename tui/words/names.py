"""Names: what agents call reasons, customers, long ids and places in a queue."""

import re

from textual.content import Content

from store.money import Money
from store.payment import CancellationReason, ChargeStatus, Payment
from store.refund import Reason
from tui.text import join, line, plain
from tui.words import method

REASONS: dict[Reason, str] = {
    Reason.REQUESTED_BY_CUSTOMER: "Requested by customer",
    Reason.DUPLICATE: "Duplicate",
    Reason.FRAUDULENT: "Fraudulent",
    Reason.EXPIRED_UNCAPTURED_CHARGE: "Expired uncaptured charge",
    Reason.OTHER: "Other",
}
"""Why a payment is refunded."""
CANCELLATIONS: dict[CancellationReason, str] = {
    CancellationReason.REQUESTED_BY_CUSTOMER: "Requested by customer",
    CancellationReason.DUPLICATE: "Duplicate",
    CancellationReason.FRAUDULENT: "Fraudulent",
    CancellationReason.ABANDONED: "Abandoned",
    CancellationReason.AUTOMATIC: "Automatic",
    CancellationReason.EXPIRED: "Expired",
    CancellationReason.FAILED_INVOICE: "Failed invoice",
    CancellationReason.VOID_INVOICE: "Void invoice",
    CancellationReason.OTHER: "Other",
}
"""Why a payment is canceled."""
NOTE_NEEDED = "Other, note needed"
_HEAD, _TAIL = 6, 5
_ID = re.compile(r"\b[a-z]{2,5}_[A-Za-z0-9]{12,}\b")


def customer(payment: Payment) -> str:
    """Return the name or email address that a payment goes by, or a dash."""
    charge, known = payment.charge, payment.customer
    found = [charge.name, charge.email] if charge else []
    found += [known.name, known.email] if known else []
    return plain(next((text for text in found if text), None))


def whose(payment: Payment) -> Content:
    """Return which payment it is, and of whom: an address tells namesakes apart."""
    parts, charge = [short(payment.id), customer(payment)], payment.charge
    if (known := email(payment)) and plain(known) not in parts:
        parts.append(plain(known))
    if charge:
        parts.append(method.full(charge.method))
    return join([line(part) for part in parts])


def email(payment: Payment) -> str | None:
    """Return the customer's email address as it is stored."""
    charge, known = payment.charge, payment.customer
    return (charge.email if charge else None) or (known.email if known else None)


def began(payment: Payment) -> str:
    """Return the word for how a payment began: nothing is paid before its capture."""
    charge = payment.charge
    if charge is None or charge.status is ChargeStatus.FAILED:
        return "tried"
    return "paid" if charge.captured else "authorised"


def captured(payment: Payment) -> Money | None:
    """Return what was captured, if anything was."""
    charge = payment.charge
    if charge is None or not charge.amount_captured:
        return None
    return Money(charge.amount_captured, charge.money.currency)


def given_back(payment: Payment) -> str:
    """Return the word for what a payment has given back; held money is not refunded."""
    live = [refund for refund in payment.refunds if refund.is_live]
    moved = [refund for refund in live if refund.has_moved_money]
    if live and not moved:
        return "waiting"
    return "refunded" if len(moved) == len(live) else "refunded, waiting"


def short(long_id: str) -> str:
    """Return both ends of an id, enough to know it again: `re_3Ni…1jOCg`.

    Ids of one account begin alike, so the start alone would not do.
    """
    shown = plain(long_id)
    if len(shown) <= _HEAD + _TAIL:
        return shown
    return f"{shown[:_HEAD]}…{shown[-_TAIL:]}"


def shortened(sentence: str) -> str:
    """Return a sentence with every id in it told by both its ends."""
    return _ID.sub(lambda found: short(found[0]), sentence)


def place(position: int) -> str:
    """Return a place in a queue in words."""
    return "first in line" if position == 1 else f"number {position} in line"
