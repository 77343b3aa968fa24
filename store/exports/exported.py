"""Exported: what a file has of a payment, movement, event, failed or waiting refund."""

from collections.abc import Iterable

from store.balance import Waiting
from store.bulk import BulkItem
from store.desk.follow_up import FailedRefund
from store.event import Event
from store.exports.writing import Column, Table
from store.money import Money
from store.outcome import Movement, PaymentLine
from store.shape.account import event_shape

PAYMENTS: Table[PaymentLine] = Table(
    "payments",
    (
        Column("id", "id", lambda row: row.id),
        Column("Created date (UTC)", "created", lambda row: row.created),
        Column("Amount", "amount", lambda row: row.money),
        Column("Amount Refunded", "amount_refunded", lambda row: row.refunded),
        Column("Currency", "currency", lambda row: row.money.currency),
        Column("Status", "status", lambda row: row.badge.value),
        Column("Customer Name", "customer_name", lambda row: row.name),
        Column("Customer Email", "customer_email", lambda row: row.email),
        Column("Payment Method Type", "payment_method", lambda row: row.method.type),
        Column("Card Brand", "card_brand", lambda row: row.method.brand),
        Column("Card Last4", "card_last4", lambda row: row.method.last4),
        Column("Charge ID", "charge", lambda row: row.charge),
        Column("PaymentIntent ID", "payment_intent", lambda row: row.intent),
        Column("Changed By", "changed_by", lambda row: row.actor),
    ),
)
"""Named as the Dashboard's own export names them; amounts in major units."""

MOVEMENTS: Table[Movement] = Table(
    "movements",
    (
        Column("id", "id", lambda row: row.id),
        Column("Created (UTC)", "created", lambda row: row.created),
        Column("Available On (UTC)", "available_on", lambda row: row.available_on),
        Column("Type", "type", lambda row: row.type),
        Column("Category", "reporting_category", lambda row: row.reporting_category),
        Column("Amount", "amount", lambda row: row.money),
        Column("Fee", "fee", lambda row: Money(row.fee, row.money.currency)),
        Column("Net", "net", lambda row: Money(row.net, row.money.currency)),
        Column("Balance", "balance", lambda row: row.balance),
        Column("Currency", "currency", lambda row: row.money.currency),
        Column("Status", "status", lambda row: row.status),
        Column("Source", "source", lambda row: row.source),
        Column("Description", "description", lambda row: row.description),
    ),
)

EVENTS: Table[Event] = Table(
    "events",
    (
        Column("id", "id", lambda row: row.id),
        Column("Created (UTC)", "created", lambda row: row.created),
        Column("Type", "type", lambda row: row.type),
        Column("Object", "object", lambda row: row.object_id),
        Column("Payment", "payment", lambda row: row.payment),
        Column("Actor", "actor", lambda row: row.actor),
        Column("Idempotency Key", "idempotency_key", lambda row: row.key),
    ),
    event_shape,
)
"""In JSON, the events themselves as the API has them."""

FAILED: Table[FailedRefund] = Table(
    "failed-refunds",
    (
        Column("id", "id", lambda row: row.refund.id),
        Column("Created (UTC)", "created", lambda row: row.refund.created),
        Column("Amount", "amount", lambda row: row.refund.money),
        Column("Currency", "currency", lambda row: row.refund.money.currency),
        Column("Payment", "payment", lambda row: row.payment),
        Column("Customer", "customer", lambda row: row.customer),
        Column("Payment Method Type", "payment_method", lambda row: row.method.type),
        Column("Why", "failure_reason", lambda row: row.why),
        Column("Returned", "returned", lambda row: row.returned),
        Column("Returned On (UTC)", "returned_at", lambda row: row.returned_at),
        Column("Refundable", "refundable", lambda row: row.refundable),
        Column("Next Step", "next_step", lambda row: row.next_step),
        Column("Retried As", "retried_as", lambda row: row.retried_as),
        Column("Done By", "done_by", lambda row: row.done_by),
        Column("Done (UTC)", "done_at", lambda row: row.done_at),
        Column("Note", "done_note", lambda row: row.done_note),
    ),
)

WAITING: Table[Waiting] = Table(
    "pending-refunds",
    (
        Column("id", "id", lambda row: row.refund.id),
        Column("Created (UTC)", "created", lambda row: row.refund.created),
        Column("Amount", "amount", lambda row: row.refund.money),
        Column("Currency", "currency", lambda row: row.refund.money.currency),
        Column("Takes", "takes", lambda row: row.refund.takes),
        Column("Taken In", "taken_in", lambda row: row.refund.takes.currency),
        Column("Needs", "needs", lambda row: row.needs),
        Column("Position", "position", lambda row: row.position),
        Column("Status", "status", lambda row: row.refund.status.value),
        Column("Waits For", "pending_reason", lambda row: row.refund.pending_reason),
        Column("Payment", "payment", lambda row: row.payment),
        Column("Customer", "customer", lambda row: row.customer),
        Column("Fails On (UTC)", "expires_at", lambda row: row.refund.expires_at),
        Column("By", "actor", lambda row: row.refund.actor),
    ),
)

BULK: Table[BulkItem] = Table(
    "bulk-refund",
    (
        Column("Payment", "payment", lambda row: row.payment),
        Column("Customer", "customer", lambda row: row.customer),
        Column("Amount", "amount", lambda row: row.amount),
        Column("Currency", "currency", lambda row: row.amount.currency),
        Column("Outcome", "outcome", lambda row: row.state.value),
        Column("Refund", "refund", lambda row: row.refund),
        Column("Why", "message", lambda row: row.message),
        Column("By", "actor", lambda row: row.actor),
        Column("Ended (UTC)", "ended", lambda row: row.ended),
    ),
)

_OF_PAYMENT = {
    "ST": ("status",),
    "STATUS": ("status",),
    "AMOUNT": ("amount", "currency"),
    "REFUNDED": ("amount_refunded", "currency"),
    "CUSTOMER": ("customer_name", "customer_email"),
    "METHOD": ("payment_method", "card_brand", "card_last4"),
    "CREATED": ("created",),
    "BY": ("changed_by",),
    "ID": ("charge", "payment_intent"),
}
"""For each column of the console, what a file has in its place."""


def payments_with(titles: Iterable[str]) -> Table[PaymentLine]:
    """Return the columns that the console shows under these titles; the id always."""
    keys = {"id", *(key for title in titles for key in _OF_PAYMENT.get(title, ()))}
    return Table(
        PAYMENTS.name, tuple(one for one in PAYMENTS.columns if one.key in keys)
    )
