"""Mapping of refunds, movements and events to rows and back."""

import json
from collections.abc import Mapping

from store.balance import Topup
from store.clock import from_unix, to_unix
from store.event import Event
from store.ledger import Side
from store.money import Money
from store.outcome import Movement
from store.reference import (
    Destination,
    DestinationKind,
    ReferenceStatus,
    ReferenceType,
)
from store.refund import FailureReason, PendingReason, Reason, Refund, RefundStatus
from store.sql.mapping.payments import Values, details_of, dumped, loaded, moment, unix
from store.sql.rows import NamedRow


def refund_values(refund: Refund) -> Values:
    """Return a refund's row."""
    where = refund.destination
    settled = refund.settlement
    return {
        "id": refund.id,
        "amount": refund.money.amount,
        "currency": refund.money.currency,
        "status": refund.status.value,
        "created": to_unix(refund.created),
        "charge": refund.charge,
        "payment_intent": refund.payment_intent,
        "settlement_amount": None if settled is None else settled.amount,
        "settlement_currency": None if settled is None else settled.currency,
        "holder": refund.holder,
        "reverse_transfer": int(refund.reverse_transfer),
        "refund_application_fee": int(refund.refund_application_fee),
        "transfer_reversal": refund.transfer_reversal,
        "reason": refund.reason and refund.reason.value,
        "note": refund.note,
        "pending_reason": refund.pending_reason and refund.pending_reason.value,
        "failure_reason": refund.failure_reason and refund.failure_reason.value,
        "destination_type": where.type if where else None,
        "destination_kind": where.kind.value if where and where.kind else None,
        "reference": where.reference if where else None,
        "reference_status": where.status.value if where and where.status else None,
        "reference_type": where.reference_type.value
        if where and where.reference_type
        else None,
        "network_decline_code": where.network_decline_code if where else None,
        "balance_transaction": refund.balance_transaction,
        "failure_balance_transaction": refund.failure_balance_transaction,
        "instructions_email": refund.instructions_email,
        "expires_at": unix(refund.expires_at),
        "receipt_number": refund.receipt_number,
        "actor": refund.actor,
        "key": refund.key,
        "details": details_of(refund.metadata, refund.extra),
        "imported": int(refund.imported),
    }


def refund_of(row: NamedRow) -> Refund:
    """Return the refund of a row."""
    metadata, extra = loaded(row.details)
    settled = row.settlement_amount
    return Refund(
        id=row.id,
        money=Money(row.amount, row.currency),
        status=RefundStatus(row.status),
        created=from_unix(row.created),
        charge=row.charge,
        payment_intent=row.payment_intent,
        settlement=None if settled is None else Money(settled, row.settlement_currency),
        holder=row.holder,
        reverse_transfer=bool(row.reverse_transfer),
        refund_application_fee=bool(row.refund_application_fee),
        transfer_reversal=row.transfer_reversal,
        reason=Reason(row.reason) if row.reason else None,
        note=row.note,
        pending_reason=PendingReason(row.pending_reason)
        if row.pending_reason
        else None,
        failure_reason=FailureReason(row.failure_reason)
        if row.failure_reason
        else None,
        destination=_destination_of(row),
        balance_transaction=row.balance_transaction,
        failure_balance_transaction=row.failure_balance_transaction,
        instructions_email=row.instructions_email,
        expires_at=moment(row.expires_at),
        receipt_number=row.receipt_number,
        metadata=metadata,
        actor=row.actor,
        key=row.key,
        imported=bool(row.imported),
        extra=extra,
    )


def _destination_of(row: NamedRow) -> Destination | None:
    if row.destination_type is None:
        return None
    kind, status, sort = row.destination_kind, row.reference_status, row.reference_type
    return Destination(
        type=row.destination_type,
        kind=DestinationKind(kind) if kind else None,
        reference=row.reference,
        status=ReferenceStatus(status) if status else None,
        reference_type=ReferenceType(sort) if sort else None,
        network_decline_code=row.network_decline_code,
    )


def account_values(side: Side) -> Values:
    """Return the row of a ledger account that holds nothing yet."""
    return {
        "id": side.id,
        "code": side.account.value,
        "currency": side.currency,
        "holder": side.holder,
        "debits": 0,
        "credits": 0,
    }


def movement_values(
    movement: Movement, extra: Mapping[str, object], *, imported: bool
) -> Values:
    """Return a balance transaction's row."""
    return {
        "id": movement.id,
        "type": movement.type,
        "amount": movement.money.amount,
        "fee": movement.fee,
        "net": movement.net,
        "currency": movement.money.currency,
        "created": to_unix(movement.created),
        "available_on": to_unix(movement.available_on),
        "status": movement.status,
        "source": movement.source,
        "description": movement.description,
        "reporting_category": movement.reporting_category,
        "exchange_rate": movement.exchange_rate,
        "holder": movement.holder,
        "details": details_of({}, extra),
        "imported": int(imported),
    }


def movement_of(row: NamedRow, balance: Money | None = None) -> Movement:
    """Return the balance transaction of a row, and the balance after it if known."""
    return Movement(
        id=row.id,
        type=row.type,
        money=Money(row.amount, row.currency),
        fee=row.fee,
        net=row.net,
        created=from_unix(row.created),
        available_on=from_unix(row.available_on),
        status=row.status,
        source=row.source,
        description=row.description,
        reporting_category=row.reporting_category,
        exchange_rate=row.exchange_rate,
        holder=row.holder,
        extra=loaded(row.details)[1],
        balance=balance,
    )


def topup_of(row: NamedRow) -> Topup:
    """Return the top-up of a row."""
    metadata, extra = loaded(row.details or "{}")
    return Topup(
        id=row.id,
        money=Money(row.amount, row.currency),
        status=row.status,
        created=from_unix(row.created),
        actor=row.actor,
        metadata=metadata,
        extra=extra,
    )


def topup_values(topup: Topup) -> Values:
    """Return a top-up's row."""
    said = topup.metadata or topup.extra
    return {
        "id": topup.id,
        "amount": topup.money.amount,
        "currency": topup.money.currency,
        "status": topup.status,
        "created": to_unix(topup.created),
        "actor": topup.actor,
        "details": details_of(topup.metadata, topup.extra) if said else None,
    }


def event_values(event: Event, face: str) -> Values:
    """Return an event's row; its sequence number is the database's."""
    return {
        "id": event.id,
        "type": event.type,
        "object_id": event.object_id,
        "payment": event.payment,
        "created": to_unix(event.created),
        "actor": event.actor,
        "face": face,
        "request": event.request,
        "key": event.key,
        "data": dumped(event.data),
        "previous": dumped(event.previous),
    }


def event_of(row: NamedRow) -> Event:
    """Return the event of a row."""
    return Event(
        seq=row.seq,
        id=row.id,
        type=row.type,
        object_id=row.object_id,
        created=from_unix(row.created),
        actor=row.actor,
        data=json.loads(row.data),
        previous=json.loads(row.previous),
        payment=row.payment,
        request=row.request,
        key=row.key,
    )
