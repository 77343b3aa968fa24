"""Guards of bulk refunds: an item has at most one refund, and moves as it may."""

from store.moves import Kind
from store.sql.guards.guard import Guard, Refuse, changed, is_there, legal_move, never

_CHOICES = ("reverse_transfer", "refund_application_fee")
_JOB = ("id", "seq", "reason", "note", "actor", "created", "total", *_CHOICES)
_ITEM = ("seq", "bulk", "payment", "amount", "currency", "version")
_IS_THERE = (
    "EXISTS (SELECT 1 FROM bulk_item WHERE"
    " bulk = NEW.bulk AND payment = NEW.payment OR seq = NEW.seq)"
)
_REFUNDED = "OLD.refund IS NOT NULL AND NEW.refund IS DISTINCT FROM OLD.refund"

BULK_GUARDS = (
    Guard("bulk_bi", "BEFORE INSERT", "bulk", (is_there("bulk", "id", "seq"),)),
    Guard(
        "bulk_bu",
        "BEFORE UPDATE",
        "bulk",
        (Refuse("immutable", changed(*_JOB)), legal_move(Kind.BULK, "false")),
    ),
    never("bulk", "DELETE"),
    Guard(
        "bulk_item_bi",
        "BEFORE INSERT",
        "bulk_item",
        (Refuse("exists", _IS_THERE),),
    ),
    Guard(
        "bulk_item_bu",
        "BEFORE UPDATE",
        "bulk_item",
        (
            Refuse("immutable", f"{changed(*_ITEM)} OR ({_REFUNDED})"),
            legal_move(Kind.BULK_ITEM, "false"),
        ),
    ),
    never("bulk_item", "DELETE"),
)
"""A payment stands in a job once, its refund is written down once."""
