"""Timeline: events and objects told as the story a person reads."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from store.authorisation import released
from store.event import Event
from store.mail.receipt import Mail, mail_text
from store.money import Money
from store.payment import Charge, ChargeStatus, IntentStatus, Payment
from store.refund import PendingReason, Refund, RefundStatus
from store.timeline.step import Mark, Step, because, ended, made, why_canceled, words
from store.timeline.telling import reason_of, step_of

__all__ = ["Entry", "Mark", "tell"]
NOBODY = "–"
"""Who acts where an imported object does not say."""
NO_MAILS: Mapping[str, Mail] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Entry:
    """One step: when, who, what; `refund` leads to View details."""

    at: datetime
    actor: str
    mark: Mark
    text: str
    refund: str | None = None
    key: tuple[str, ...] = ()
    """What it goes by in its story, whatever else is told of."""

    def tells_of(self, id_: str) -> bool:
        """Tell whether it is about the refund, note, letter or payment of that id."""
        return id_ == self.refund or id_ in self.key


def tell(
    payment: Payment, events: Iterable[Event], mails: Mapping[str, Mail] = NO_MAILS
) -> tuple[Entry, ...]:
    """Return the story of a payment, newest first, each step once.

    Events tell it; objects fill in what no event tells, as after an import. Of a letter
    the outbox says whether it was sent.
    """
    told: set[tuple[str, ...]] = set()
    from_events: list[Entry] = []
    last_refunded: datetime | None = None
    last_captured: datetime | None = None
    for event in events:
        if event.type == "charge.captured":
            last_captured = event.created
        if event.type == "charge.refunded":
            last_refunded = event.created
        step = step_of(payment, event)
        if step is not None and (mail := mails.get(event.object_id)):
            step = replace(step, text=f"{step.text} · {mail_text(mail)}")
        if step is not None and step.key not in told:
            told.add(step.key)
            from_events.append(_entry(event.created, event.actor, step))
    before: list[Entry] = []
    after: list[Entry] = []
    for at, actor, step in _facts(payment, last_refunded, last_captured):
        if step.key not in told:
            told.add(step.key)
            is_first = step.mark in (Mark.PAID, Mark.AUTHORISED)
            (before if is_first else after).append(_entry(at, actor, step))
    story = sorted((*before, *from_events, *after), key=lambda entry: entry.at)
    return tuple(reversed(story))


def _entry(at: datetime, actor: str, step: Step) -> Entry:
    return Entry(at, actor, step.mark, step.text, step.refund, step.key)


# What objects tell where no event does.


def _facts(
    payment: Payment,
    last_refunded: datetime | None,
    last_captured: datetime | None,
) -> Iterator[tuple[datetime, str, Step]]:
    charge, intent, dispute = payment.charge, payment.intent, payment.dispute
    for one in (*reversed(payment.attempts), *((charge,) if charge else ())):
        yield from _of_charge(one)
    if charge is None and intent is not None:
        text = f"payment {intent.money} begun"
        yield intent.created, NOBODY, Step(("begun", intent.id), Mark.OTHER, text)
    if intent and intent.status is IntentStatus.CANCELED:
        step = Step(("canceled", payment.id), Mark.CANCELED, why_canceled(intent))
        yield intent.canceled_at or intent.created, NOBODY, step
    if charge and charge.refunded_elsewhere:
        gone = Money(charge.refunded_elsewhere, charge.money.currency)
        text = f"{gone} refunded; the export does not hold the refund"
        step = Step(("elsewhere", charge.id), Mark.REFUND_SENT, text)
        yield last_refunded or charge.created, NOBODY, step
    if charge and charge.imported and (rest := released(payment)):
        text = f"{rest} released: authorised, not captured"
        step = Step(("released", charge.id), Mark.OTHER, text)
        yield last_captured or charge.captured_at or charge.created, NOBODY, step
    for refund in reversed(payment.refunds):
        yield from _of_refund(refund)
    if dispute is not None:
        text = f"dispute {dispute.money}, {words(dispute.status)}"
        text = because(text, words(dispute.reason or ""))
        step = Step(("dispute", dispute.id), Mark.DISPUTE, text)
        yield dispute.created, NOBODY, step


def _of_charge(charge: Charge) -> Iterator[tuple[datetime, str, Step]]:
    text = f"payment {charge.money}"
    at = charge.created
    if charge.status is ChargeStatus.FAILED:
        said = because(f"{text} failed", charge.failure_message)
        yield at, NOBODY, Step(("failed", charge.id), Mark.FAILED, said)
    elif charge.status is ChargeStatus.PENDING:
        said = f"{text} is processing"
        yield at, NOBODY, Step(("processing", charge.id), Mark.OTHER, said)
    elif not charge.captured:
        said = f"{text} authorised, not captured yet"
        yield at, NOBODY, Step(("authorised", charge.id), Mark.AUTHORISED, said)
    else:
        taken = Money(charge.amount_captured, charge.money.currency)
        said = f"{text}, {taken} captured" if taken < charge.money else text
        yield at, NOBODY, Step(("paid", charge.id), Mark.PAID, said)


def _of_refund(refund: Refund) -> Iterator[tuple[datetime, str, Step]]:
    actor, at = refund.actor or NOBODY, refund.created
    status = refund.status if refund.is_live else RefundStatus.SUCCEEDED
    waits = refund.pending_reason or PendingReason.PROCESSING
    given, money = refund.id, refund.money
    reversal = refund.is_reversal
    reason = reason_of(refund)
    yield at, actor, made(given, money, status, waits, reason, reversal=reversal)
    if not refund.is_live:
        why = refund.failure_reason
        yield at, NOBODY, ended(given, money, refund.status, why)
