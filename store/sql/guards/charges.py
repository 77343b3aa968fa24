"""Guards of charges: what was captured, given out and refunded of each."""

from store.moves import Kind
from store.refund import DEAD
from store.sql.guards.guard import (
    Do,
    Guard,
    Refuse,
    changed,
    is_there,
    legal_move,
    never,
)

NO_MORE = ", ".join(f"'{status}'" for status in sorted(DEAD))
_REFUNDS = "SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = {charge}"
LIVE = f"({_REFUNDS} AND status NOT IN ({NO_MORE}))"
LIVE_IMPORTED = f"({_REFUNDS} AND status NOT IN ({NO_MORE}) AND imported = 1)"
_TRANSFER, _FEE = "transfer", "application_fee"
_OPEN = (
    "EXISTS (SELECT 1 FROM payment_intent WHERE latest_charge = OLD.id"
    " AND payment_intent.status = 'requires_capture')"
)
"""More of what was authorised may still be captured."""


def _elsewhere(charge: str, reported: str) -> str:
    return f"greatest(0, {reported} - {LIVE_IMPORTED.format(charge=charge)})"


def _total(charge: str, reported: str) -> str:
    return f"{_elsewhere(charge, reported)} + {LIVE.format(charge=charge)}"


def recounted(charge: str) -> Do:
    """Return what derives the sums of a charge anew from its refunds."""
    return Do(
        "UPDATE charge SET"
        f" refunded_elsewhere = {_elsewhere(charge, 'reported_refunded')},"
        f" amount_refunded = {_total(charge, 'reported_refunded')}"
        f" WHERE id = {charge}"
    )


def _frozen(of: str) -> str:
    """Return what must not become of a part that was given out: each capture adds."""
    grows = f"NEW.{of}_amount > OLD.{of}_amount AND {_OPEN}"
    return (
        f"(OLD.{of} IS NOT NULL AND ({changed(of, f'{of}_currency')}"
        f" OR ({changed(f'{of}_amount')} AND NOT ({grows}))))"
    )


def charge_guards() -> tuple[Guard, ...]:
    """Return what holds charges against raw SQL."""
    # Elsewhere an authorisation may have been raised before it was captured.
    raised = "OLD.imported = 1 AND OLD.amount_captured = 0 AND NEW.amount > OLD.amount"
    frozen = changed("id", "seq", "currency", "imported")
    frozen += f" OR ({changed('amount')}"
    frozen += f" AND NOT ({raised}))"
    exceeds = Refuse(
        "exceeds_captured",
        f"{_total('NEW.id', 'NEW.reported_refunded')} > NEW.amount_captured",
    )
    come = (
        is_there("charge", "id", "seq"),
        Refuse("derived", "NEW.amount_refunded <> 0"),
        exceeds,
    )
    change = (
        Refuse("immutable", frozen),
        legal_move(Kind.CHARGE),
        Refuse(
            "shared_is_frozen",
            f"OLD.imported = 0 AND ({_frozen(_TRANSFER)} OR {_frozen(_FEE)})",
        ),
        Refuse(
            "captured_is_frozen",
            "(OLD.amount_captured > 0"
            " AND NEW.amount_captured <> OLD.amount_captured"
            f" AND NOT (NEW.amount_captured > OLD.amount_captured AND {_OPEN}))"
            " OR (OLD.captured = 1 AND NEW.captured = 0)",
        ),
        exceeds,
    )
    derived = Refuse(
        "derived",
        f"NEW.amount_refunded <> {_total('NEW.id', 'NEW.reported_refunded')}"
        " OR NEW.refunded_elsewhere <>"
        f" {_elsewhere('NEW.id', 'NEW.reported_refunded')}",
    )
    sums = "UPDATE OF amount_refunded, refunded_elsewhere"
    causes = "UPDATE OF reported_refunded, amount_captured"
    recount = (recounted("NEW.id"),)
    return (
        Guard("charge_bi", "BEFORE INSERT", "charge", come),
        Guard("charge_ai", "AFTER INSERT", "charge", recount),
        Guard("charge_bu", "BEFORE UPDATE", "charge", change),
        Guard("charge_derived", f"BEFORE {sums}", "charge", (derived,)),
        Guard("charge_reported", f"AFTER {causes}", "charge", recount),
        never("charge", "DELETE"),
    )
