"""Offers: which actions a payment allows, and the store's own why not."""

from collections.abc import Mapping
from datetime import datetime

from store import refusals
from store.desk.follow_up import FailedRefund
from store.errors import Refusal
from store.payment import Payment, why_not_cancel, why_not_refund
from store.refund import why_not_cancel as why_not_cancel_refund
from store.refusals import desk
from tui.actions import (
    BY_ID,
    CANCEL_PAYMENT,
    CANCEL_REFUND,
    LETTER,
    LOOK_UP,
    ON_PAYMENT,
    PARTIAL_REFUND,
    REFUND,
)
from tui.log_actions import FINISH, RETRY_REFUND

Offers = Mapping[str, Refusal | None]
"""For each action's id None where it is allowed, else why it is not."""


def offers(payment: Payment, now: datetime, read_only: str | None = None) -> Offers:
    """Return what can be done to a payment now; menu, keys and screens all ask here.

    With `read_only`, a sentence that says why, nothing that changes anything.
    """
    return unless_read_only(_allowed(payment, now), read_only)


def of_failed(failed: FailedRefund, read_only: str | None = None) -> Offers:
    """Return what can be done about a refund that failed, in the inbox's own order."""
    closed = failed.is_done
    again, who = failed.retried_as, failed.done_by or "Somebody"
    allowed = {
        RETRY_REFUND.id: desk.retried_already(failed.id, again) if again else None,
        FINISH.id: desk.closed_already(failed.id, who) if closed else None,
    }
    return unless_read_only(allowed, read_only)


def unless_read_only(allowed: Offers, read_only: str | None) -> Offers:
    """Return what is allowed; with a sentence that says why, nothing that changes."""
    if read_only is None:
        return allowed
    no = Refusal(read_only)
    return {id_: no if BY_ID[id_].changes else why for id_, why in allowed.items()}


def _allowed(payment: Payment, now: datetime) -> Offers:
    no_refund = why_not_refund(payment, now=now)
    return {
        **dict.fromkeys(action.id for action in ON_PAYMENT),
        REFUND.id: no_refund,
        PARTIAL_REFUND.id: no_refund,
        CANCEL_REFUND.id: _why_no_refund_to_cancel(payment, now),
        CANCEL_PAYMENT.id: why_not_cancel(payment, by_console=True),
        LOOK_UP.id: None if payment.refunds else refusals.no_refund_yet(),
        LETTER.id: None if payment.refunds else refusals.no_refund_yet(),
    }


def _why_no_refund_to_cancel(payment: Payment, now: datetime) -> Refusal | None:
    if payment.charge is None or not payment.refunds:
        return refusals.no_refund_yet()
    method = payment.charge.method
    latest = sorted(payment.refunds, key=lambda refund: refund.created)
    why_not = [why_not_cancel_refund(refund, method, now) for refund in latest]
    return None if None in why_not else why_not[-1]
