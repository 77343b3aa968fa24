"""A payment intent of Stripe's JSON, of any version → Intent."""

from collections.abc import Mapping

from store.intake.fields import Fields, whole_text
from store.payment import CancellationReason, Intent, IntentStatus

_OLD_STATUSES = {
    "requires_source": IntentStatus.REQUIRES_PAYMENT_METHOD,
    "requires_source_action": IntentStatus.REQUIRES_ACTION,
}
"""What versions before 2019-02-11 called two of the states."""


def intent_of(fields: Fields) -> Intent:
    """Return the payment intent that a JSON object describes."""
    given = fields.need_id()
    money = fields.money()
    status = _OLD_STATUSES.get(fields.text("status") or "")
    status = status or fields.choice("status", IntentStatus)
    charges = fields.members("charges")
    source = fields.ref("source")
    kinds = fields.texts("payment_method_types")
    return Intent(
        id=given,
        money=money,
        status=status or IntentStatus.REQUIRES_PAYMENT_METHOD,
        created=fields.need_time("created"),
        capturable=min(fields.number("amount_capturable", 0), money.amount),
        received=fields.number("amount_received", 0),
        capture_method=fields.text("capture_method") or "automatic",
        cancellation_reason=fields.choice("cancellation_reason", CancellationReason),
        canceled_at=fields.time("canceled_at"),
        latest_charge=fields.ref("latest_charge") or _newest(charges),
        customer=fields.ref("customer"),
        description=fields.text("description"),
        payment_method=fields.ref("payment_method") or source,
        method_types=kinds or ("card",),
        receipt_email=fields.text("receipt_email"),
        metadata=fields.metadata(),
        imported=True,
        extra=fields.rest("client_secret"),
    )


def _newest(charges: list[Mapping[str, object]]) -> str | None:
    """Return the newest charge of versions that list them inside the intent."""
    known = [(_seconds(one), str(one["id"])) for one in charges if "id" in one]
    return whole_text(max(known)[1]) if known else None


def _seconds(charge: Mapping[str, object]) -> int:
    created = charge.get("created")
    return created if isinstance(created, int) else 0
