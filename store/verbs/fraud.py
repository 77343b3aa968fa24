"""Fraud: blocks that a fraudulent refund puts up, reviews that payments close."""

from collections.abc import Mapping
from dataclasses import replace

from store.block import Block, Mark, marks
from store.payment import Charge, Payment
from store.refund import Reason, Refund
from store.review import (
    Closed,
    Opened,
    Review,
    close,
    closed_by_refund,
    review_shape,
)
from store.shape.objects import previous_attributes
from store.sql import risk
from store.sql.transaction import Transaction

_REPORTED = {"user_report": "fraudulent"}


def block(tx: Transaction, mark: Mark, refund: str | None) -> Block:
    """Put a mark on its block list; one that stands there already stays as it is."""
    for standing in risk.standing(tx.connection, (mark,)):
        return standing
    made = Block(tx.ids.new("rsli"), mark, tx.now, tx.actor.name, refund)
    risk.add_block(tx.connection, made)
    return made


def report(tx: Transaction, refund: Refund, charge: Charge) -> None:
    """Let the charge say that it was fraudulent, where a refund says so."""
    if refund.reason is Reason.FRAUDULENT:
        said = charge.extra.get("fraud_details")
        details = {**(said if isinstance(said, Mapping) else {}), **_REPORTED}
        extra = {**charge.extra, "fraud_details": details}
        tx.set_charge(replace(charge, extra=extra))


def refunded(tx: Transaction, refund: Refund, payment: Payment) -> None:
    """Do what a new refund means for block lists and for an open review.

    The payment is as it stands after the refund.
    """
    charge = payment.charge
    if charge is None:
        return
    if refund.reason is Reason.FRAUDULENT:
        for mark in marks(charge, payment.customer):
            block(tx, mark, refund.id)
    if why := closed_by_refund(charge, refund.reason):
        end_review(tx, charge, why)


def begin_review(tx: Transaction, charge: Charge, given: str) -> None:
    """Open a review of a payment that a rule finds risky."""
    opened = Review(
        id=given,
        created=tx.now,
        charge=charge.id,
        payment_intent=charge.payment_intent,
        opened=Opened.RULE,
    )
    risk.add_review(tx.connection, opened)
    payment = charge.payment_intent or charge.id
    tx.tell("review.opened", review_shape(opened), payment=payment)


def end_review(tx: Transaction, charge: Charge, why: Closed) -> None:
    """Close the open review of a charge, if there is one."""
    if found := tx.open_review(charge.id):
        end(tx, found, why)


def end(tx: Transaction, review: Review, why: Closed) -> Review:
    """Close a review and tell why."""
    closed = close(review, why)
    risk.set_review(tx.connection, closed)
    shape = review_shape(closed)
    previous = previous_attributes(review_shape(review), shape)
    payment = review.payment_intent or review.charge
    tx.tell("review.closed", shape, previous=previous, payment=payment)
    return closed
