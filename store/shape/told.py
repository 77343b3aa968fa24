"""Told: any object that a verb answers with, as JSON for whoever asked."""

from collections.abc import Callable
from typing import Any

from store.balance import DayFlow, Topup
from store.desk.follow_up import FailedRefund
from store.desk.note import Note
from store.dispute import Dispute
from store.event import Event
from store.outcome import Movement, PaymentOutcome, RefundOutcome
from store.payment import Charge, Customer, Intent
from store.payment_method import PaymentMethod
from store.refund import Refund
from store.review import Review, review_shape
from store.shape.account import customer_shape, event_shape
from store.shape.desk import (
    failed_shape,
    flow_shape,
    moved_shape,
    noted_shape,
)
from store.shape.methods import payment_method_shape
from store.shape.objects import (
    Json,
    charge_shape,
    dispute_shape,
    intent_shape,
    refund_shape,
    topup_shape,
)
from store.shape.shares import fee_shape, pulled_shape, transfer_shape
from store.shape.webhooks import endpoint_shape
from store.transfer import ApplicationFee, PulledBack, Transfer
from store.webhook.endpoint import Endpoint

_SHAPES: dict[type, Callable[[Any], Json]] = {
    Refund: refund_shape,
    Intent: intent_shape,
    Charge: charge_shape,
    Customer: customer_shape,
    Dispute: dispute_shape,
    Event: event_shape,
    FailedRefund: failed_shape,
    Note: noted_shape,
    Movement: moved_shape,
    DayFlow: flow_shape,
    PaymentMethod: payment_method_shape,
    Review: review_shape,
    PulledBack: pulled_shape,
    Topup: topup_shape,
    Transfer: lambda one: transfer_shape(one.charge, one.reversed),
    Endpoint: endpoint_shape,
    ApplicationFee: lambda one: fee_shape(one.charge, one.refunded),
}


def told(one: object) -> Json:
    """Return an object, or what an outcome is about, as the API writes it."""
    match one:
        case RefundOutcome():
            one = one.refund
        case PaymentOutcome(payment=payment) if payment.intent:
            one = payment.intent
    return _SHAPES[type(one)](one)
