"""Caution: what an agent should know before a refund that may be a mistake."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from store.desk.follow_up import FailedRefund
from store.money import Money
from store.payment import Payment
from store.refund import DEAD, RefundStatus

RECENT = timedelta(days=30)
"""How far back refunds of the same customer count."""
_OPEN_INQUIRY = ("warning_needs_response", "warning_under_review")


class Doubt(StrEnum):
    """Why a refund may be a mistake."""

    SECOND_REFUND = "second_refund"
    SAME_AMOUNT = "same_amount"
    INQUIRY = "inquiry"
    LARGE = "large"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class PastRefund:
    """A refund that a customer was given, as a history shows it."""

    refund: str
    payment: str
    money: Money
    status: RefundStatus
    created: datetime
    actor: str | None = None

    @property
    def is_live(self) -> bool:
        """Tell whether it has neither failed nor been canceled."""
        return self.status not in DEAD


@dataclass(frozen=True, slots=True)
class Caution:
    """One doubt, in a sentence; `refund` and `payment` are what it speaks of."""

    doubt: Doubt
    text: str
    refund: str | None = None
    payment: str | None = None


def cautions(
    payment: Payment,
    amount: Money,
    recent: Iterable[PastRefund],
    now: datetime,
    threshold: Money | None = None,
    *,
    closed: Iterable[FailedRefund] = (),
) -> tuple[Caution, ...]:
    """Return every doubt about refunding `amount` of a payment, gravest first.

    Args:
        payment: What is to be refunded.
        amount: How much of it.
        recent: Refunds that the same customer was given, of any payment.
        now: The present, from which 30 days count back.
        threshold: More than this is asked about twice; None where nothing is.
        closed: Failed refunds of the payment that somebody dealt with.
    """
    return (
        *_inquiry(payment),
        *_closed(closed),
        *_same_amount(payment, amount, recent, now),
        *_second(payment),
        *_large(amount, threshold),
    )


def _inquiry(payment: Payment) -> Iterator[Caution]:
    dispute = payment.dispute
    if dispute is not None and dispute.status in _OPEN_INQUIRY:
        text = f"The bank is inquiring about {dispute.money} of this payment."
        yield Caution(Doubt.INQUIRY, text, payment=payment.id)


def _closed(closed: Iterable[FailedRefund]) -> Iterator[Caution]:
    """Say that the customer may have the money already, by another way."""
    noted = [one for one in closed if one.is_done and not one.retried_as]
    if noted:
        last = noted[-1]
        text = f"{_who(last.done_by)} closed a failed refund of {last.refund.money}"
        text = f"{text}: “{last.done_note}”. Was it paid another way?"
        yield Caution(Doubt.CLOSED, text, last.id, last.payment)


def _same_amount(
    payment: Payment, amount: Money, recent: Iterable[PastRefund], now: datetime
) -> Iterator[Caution]:
    alike = [
        one
        for one in recent
        if one.is_live and one.money == amount and now - one.created <= RECENT
    ]
    if not alike:
        return
    last = max(alike, key=lambda one: one.created)
    here = last.payment == payment.id
    where = "of this payment" if here else f"to this customer ({last.payment})"
    text = f"{_who(last.actor)} refunded {last.money} {where} {_ago(last, now)}"
    text = f"{text}: the same amount."
    yield Caution(Doubt.SAME_AMOUNT, text, last.refund, last.payment)


def _second(payment: Payment) -> Iterator[Caution]:
    live = [one for one in payment.refunds if one.is_live]
    if not live and not payment.refunded:
        return
    last = max(live, key=lambda one: one.created, default=None)
    times = f"{len(live)} times" if len(live) > 1 else "once"
    text = f"This payment was refunded {times} already: {payment.refunded} of it."
    given = last.id if last else None
    yield Caution(Doubt.SECOND_REFUND, text, given, payment.id)


def _large(amount: Money, threshold: Money | None) -> Iterator[Caution]:
    alike = threshold is not None and threshold.currency == amount.currency
    if threshold is not None and alike and threshold < amount:
        yield Caution(Doubt.LARGE, f"{amount} is more than {threshold}.")


def _who(actor: str | None) -> str:
    return actor or "Somebody"


def _ago(past: PastRefund, now: datetime) -> str:
    days = (now - past.created).days
    if days < 1:
        return "less than a day ago"
    return "a day ago" if days == 1 else f"{days} days ago"
