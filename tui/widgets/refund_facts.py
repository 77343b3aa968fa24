"""Refund facts: a refund in words, for its screen."""

from textual.content import Content

from store.errors import Refusal
from store.event import Event
from store.outcome import RefundDetail
from store.refund import RefundStatus
from tui import status
from tui.status import BAD, GOOD, QUIET
from tui.text import fit, join, line, plain
from tui.widgets.facts import Fact, block, kept
from tui.words import method, names
from tui.words.times import Times

_ACTOR = 6


def summary(detail: RefundDetail, times: Times) -> Content:
    """Return id and state, the amount and where it goes, who asked for it and why."""
    refund, payment = detail.refund, detail.payment
    look = status.of_refund(refund)
    first = line(
        (plain(refund.id), "bold"),
        "  ",
        (f"{look.tag} {look.word}", f"bold {look.style}"),
    )
    to = [line((str(refund.money), "bold"))]
    if payment and payment.charge:
        to.append(line(f"to {method.full(payment.charge.method)}"))
    if payment:
        to.append(line(names.customer(payment)))
    why = [line(f"created {times.when(refund.created)}")]
    if refund.actor:
        why.append(line(f"by {plain(refund.actor)}"))
    if refund.reason:
        why.append(line(names.REASONS[refund.reason]))
    if refund.note:
        why.append(line(f"“{plain(refund.note)}”"))
    return Content("\n").join([first, join(to), join(why)])


def cancelable(detail: RefundDetail, refusal: Refusal | None, times: Times) -> Content:
    """Return whether it can be canceled: for how long, or why not."""
    ask = line(("CAN IT BE CANCELED?  ", f"bold ${QUIET}"))
    if refusal is not None:
        return line(ask, ("no: ", f"${BAD}"), plain(refusal.message))
    refund = detail.refund
    if refund.status is not RefundStatus.SUCCEEDED:
        return line(ask, ("yes, until it goes out", f"${GOOD}"))
    left = times.minutes_until(refund.created + detail.cancel_window)
    return line(ask, (f"yes, for {left} min", f"${GOOD}"))


def particulars(detail: RefundDetail, times: Times) -> Content:
    """Return what else is known: what it waits for, why it failed, ids, metadata."""
    refund, payment = detail.refund, detail.payment
    rows: list[tuple[str, str | None]] = [
        ("waits for", refund.pending_reason),
        ("failed", refund.failure_reason),
        ("expires", times.when(refund.expires_at) if refund.expires_at else None),
        ("asked at", refund.instructions_email),
        ("takes", str(refund.settlement) if refund.settlement else None),
        ("payment", payment.id if payment else refund.payment_intent),
        ("charge", refund.charge),
        ("receipt", refund.receipt_number),
        ("key", refund.key),
        *((f"meta {key}", value) for key, value in refund.metadata.items()),
    ]
    known: list[Fact] = [(plain(name), plain(value)) for name, value in rows if value]
    if payment is None:
        known.append(("payment", "not in this store"))
    return block("Details", [*known, *kept(refund.extra)])


def story(events: tuple[Event, ...], times: Times) -> Content:
    """Return what happened to the refund, the newest first."""
    rows = [
        line(
            (times.when(event.created), f"${QUIET}"),
            "  ",
            (fit(plain(event.actor), _ACTOR), f"${QUIET}"),
            f" {plain(event.type)}",
            (_changes(event), f"${QUIET}"),
        )
        for event in sorted(events, key=lambda event: event.seq, reverse=True)
    ]
    told = rows or [line(("No event is kept of it.", f"${QUIET}"))]
    return Content("\n").join([line(("TIMELINE", f"bold ${QUIET}")), *told])


def _changes(event: Event) -> str:
    if not event.previous:
        return ""
    return f"  changed {', '.join(plain(name) for name in event.previous)}"
