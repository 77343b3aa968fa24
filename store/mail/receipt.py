"""Receipts: when a customer is told of a refund by email, and in which words."""

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from store.errors import Refusal
from store.method import Method
from store.payment import Charge, Customer
from store.reference import ReferenceStatus, traced_by
from store.refund import PendingReason, Refund, RefundStatus
from store.statement import charged, shown_of
from store.timeline.step import because
from store.visible import as_written, visible

TRIES = 5
_PAUSE = timedelta(minutes=5)
_LOST_AFTER = timedelta(minutes=15)
_LONGEST_ADDRESS = 254
_ADDRESS = re.compile(r"[^\s@<>(),;:\\\"\[\]]+@[^\s@<>(),;:\\\"\[\]]+")
_BRANDS = {"amex": "American Express", "diners": "Diners Club", "jcb": "JCB"}


class MailState(StrEnum):
    """Where a mail stands in the outbox."""

    WAITING = "waiting"
    SENDING = "sending"
    """Handed to the mail server; whether it took it is not known yet."""
    SENT = "sent"
    FAILED = "failed"
    SANDBOX = "sandbox"
    """Never sent: the store has no mail server."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What a customer gets to read: plain text, its headers on one line each."""

    to: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Mail:
    """A receipt in the outbox; `number` is the refund's as soon as this is sent.

    A letter that an agent wrote has an empty `number`: it is no receipt.
    """

    id: str
    refund: str
    letter: Letter
    number: str
    created: datetime
    actor: str
    state: MailState = MailState.WAITING
    attempts: int = 0
    due: datetime | None = None
    """When it is tried next; a mail lost in a crash is tried again then."""
    sent: datetime | None = None
    error: str | None = None


def mail_text(mail: Mail) -> str:
    """Return whether a mail was sent, and why not where that is known."""
    to, why = visible(mail.letter.to), visible(mail.error or "").rstrip(".")
    match mail.state:
        case MailState.SENT:
            return f"mailed to {to}"
        case MailState.SANDBOX:
            return "not mailed: this store has no mail server; it is kept"
        case MailState.FAILED:
            return because(f"could not be mailed to {to}", why)
        case MailState.SENDING:
            return f"being mailed to {to}"
        case _:
            return because(f"not mailed to {to} yet", why)


def why_not_address(email: str) -> Refusal | None:
    """Return why nothing can be sent to an address, or None."""
    known = len(email) <= _LONGEST_ADDRESS and email.isprintable()
    if known and _ADDRESS.fullmatch(email):
        return None
    return Refusal(f"Invalid email address: {visible(email, 100)}", param="email")


def why_no_receipt(refund: Refund, customer: Customer | None) -> Refusal | None:
    """Return why a customer cannot be told of a refund, or None when that is fine."""
    if not _is_on_its_way(refund):
        return Refusal("A receipt is sent once the refund is on its way.")
    if customer is None or not customer.email:
        return Refusal("The customer has no email address to send a receipt to.")
    return why_not_address(customer.email)


def begins(before: Refund, after: Refund) -> bool:
    """Tell whether a change put a refund on its way that waited until then."""
    return _is_on_its_way(after) and not _is_on_its_way(before)


def _is_on_its_way(refund: Refund) -> bool:
    waits = (PendingReason.INSUFFICIENT_FUNDS, PendingReason.CHARGE_PENDING)
    pending = refund.status is RefundStatus.PENDING
    if pending and refund.pending_reason not in waits:
        return True
    return refund.status is RefundStatus.SUCCEEDED


def number_of(seed: str) -> str:
    """Return the receipt number `NNNN-NNNN` that follows from a seed."""
    digits = f"{zlib.crc32(seed.encode()) % 10**8:08d}"
    return f"{digits[:4]}-{digits[4:]}"


def next_try(attempts: int, now: datetime) -> datetime | None:
    """Return when a mail that could not be sent is tried again; None gives it up."""
    return None if attempts >= TRIES else now + _PAUSE * attempts**2


def lost_after(now: datetime) -> datetime:
    """Return when a mail of unknown fate counts as lost, and is sent once more."""
    return now + _LOST_AFTER


def render(
    refund: Refund, charge: Charge, refunds: Iterable[Refund], number: str, to: Customer
) -> Letter:
    """Write the receipt of a refund; what others wrote is made visible, on one line.

    Args:
        refund: What the customer is told of.
        charge: What it gives back.
        refunds: The refunds of the charge.
        number: The receipt number.
        to: Who is written to, by which name.
    """
    where = refund.destination
    lines = [
        f"Hello {as_written(to.name)}," if to.name else "Hello,",
        "",
        f"we have refunded {refund.money} of your payment of {charged(charge)} on",
        f"{charge.created:%d %B %Y}, to {paid_with(charge.method)}.",
        "",
        _means(refund, charge, refunds),
    ]
    if where and where.status is ReferenceStatus.AVAILABLE and where.reference:
        known = f"{where.label} {visible(where.reference)}"
        lines += ["", f"{traced_by(where)} {known}"]
    if charge.description:
        lines += ["", f"Payment: {as_written(charge.description)}"]
    lines += ["", f"Refund: {refund.id}", f"Receipt number: {number}", ""]
    return Letter(to.email or "", f"Your refund of {refund.money}", "\n".join(lines))


def _means(refund: Refund, charge: Charge, refunds: Iterable[Refund]) -> str:
    if refund.is_reversal:
        shown = shown_of(refund, charge, refunds)
        return f"The payment had not settled yet: {shown}, without a separate credit."
    if refund.status is RefundStatus.PENDING:
        return "Your bank is working on it: that can take some business days."
    return "It shows on your statement within 5 to 10 business days."


def paid_with(method: Method) -> str:
    """Return what a customer paid with, in their words."""
    ending = f" ending in {visible(method.last4)}" if method.last4 else ""
    if method.is_card:
        brand = method.brand or ""
        name = _BRANDS.get(brand, visible(brand).title())
        return f"your {name} card{ending}".replace("  ", " ")
    return f"your {visible(method.type).replace('_', ' ')}{ending}"
