"""Guards of what a desk keeps beside the API's objects: failed refunds."""

from store.refund import RefundStatus
from store.sql.guards.guard import Do, Guard, Refuse, changed, is_there, never

_FAILED = f"NEW.status = '{RefundStatus.FAILED}'"
_INTO_THE_INBOX = Do("INSERT INTO follow_up (id) VALUES (NEW.id)")
_DONE = "OLD.done_at IS NOT NULL"
_TRIED = "OLD.retried_as IS NOT NULL"

FOLLOW_UP_GUARDS = (
    Guard("refund_fails", "AFTER INSERT", "refund", (_INTO_THE_INBOX,), _FAILED),
    Guard(
        "refund_failed",
        "AFTER UPDATE OF status",
        "refund",
        (_INTO_THE_INBOX,),
        f"{_FAILED} AND OLD.status <> NEW.status",
    ),
    Guard(
        "follow_up_bi",
        "BEFORE INSERT",
        "follow_up",
        (
            is_there("follow_up", "id", "seq"),
            Refuse(
                "not_failed",
                "NOT EXISTS (SELECT 1 FROM refund WHERE id = NEW.id"
                f" AND status = '{RefundStatus.FAILED}')",
            ),
        ),
    ),
    Guard(
        "follow_up_bu",
        "BEFORE UPDATE",
        "follow_up",
        (
            Refuse("immutable", changed("id", "seq")),
            Refuse(
                "done_already",
                f"{_DONE} AND ({changed('done_at', 'done_by', 'note')})",
            ),
            Refuse("retried_already", f"{_TRIED} AND {changed('retried_as')}"),
        ),
    ),
    never("follow_up", "DELETE"),
)
"""Each refund that fails is in the inbox once, and leaves it once."""
