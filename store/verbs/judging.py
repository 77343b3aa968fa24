"""Judging: a payment is blocked, put under review, or let through."""

import hashlib
from dataclasses import replace

from store.block import marks
from store.cards import Behaviour
from store.method import Method
from store.payment import Charge, ChargeStatus, Customer
from store.sql import risk
from store.sql.transaction import Transaction

DECLINED = "Your card was declined."


def judged(tx: Transaction, charge: Charge, customer: Customer | None) -> Charge:
    """Return a charge that is blocked or put under review where its risk says so."""
    highest = charge.test_behaviour == Behaviour.HIGHEST_RISK
    if highest or risk.standing(tx.connection, marks(charge, customer)):
        return replace(
            charge,
            status=ChargeStatus.FAILED,
            captured=False,
            amount_captured=0,
            captured_at=None,
            capture_before=None,
            failure_code="card_declined",
            failure_message=DECLINED,
            outcome_type="blocked",
            risk_level="highest" if highest else charge.risk_level,
        )
    if charge.test_behaviour == Behaviour.ELEVATED_RISK:
        review = {"review": tx.ids.new("prv")}
        return replace(
            charge,
            outcome_type="manual_review",
            risk_level="elevated",
            extra={**charge.extra, **review},
        )
    return charge


def plastic(method: Method, holder: str) -> Method:
    """Return a test card as its holder's own: blocking one must not block all."""
    if method.fingerprint is None:
        return method
    mixed = hashlib.sha256(f"{method.fingerprint} {holder}".encode())
    return replace(method, fingerprint=mixed.hexdigest()[:16])
