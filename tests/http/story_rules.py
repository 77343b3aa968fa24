"""What must hold in the store of a story: after every request, after time, at the end.

Each rule is a query of its own against the tables, beside the product's: it names the
first object that breaks it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, text

LIVE = "status NOT IN ('failed', 'canceled')"
ENDED = "payment_intent.status IN ('canceled', 'requires_payment_method')"
_PURSE = (
    "coalesce({0}.settlement_currency, {0}.currency) || coalesce({0}.holder, 'own')"
)
_MOVED = "('refund', 'refund_reversal', 'refund_fx', 'refund_reversal_fx')"


def _balance(code: str) -> str:
    """Return what finds an account that its balance transactions do not add up to."""
    return f"""
        SELECT account.id FROM account WHERE code = '{code}'
          AND credits - debits <> (
            SELECT coalesce(sum(net), 0) FROM balance_transaction AS moved
            WHERE moved.status = '{code}' AND moved.currency = account.currency
              AND coalesce(moved.holder, '') = coalesce(account.holder, ''))"""


NEVER = {
    "refunds are what the charge says, and never more than was captured": f"""
        SELECT id FROM charge WHERE amount_refunded > amount_captured
          OR amount_captured > amount OR amount_refunded <> (
            SELECT coalesce(sum(amount), 0) FROM refund
            WHERE refund.charge = charge.id AND {LIVE})""",
    "an ended payment has no charge that is still under way": f"""
        SELECT charge.id FROM charge JOIN payment_intent
          ON payment_intent.id = charge.payment_intent
        WHERE {ENDED} AND charge.status = 'pending'""",
    "a failed charge has no live refund": f"""
        SELECT refund.id FROM refund JOIN charge ON charge.id = refund.charge
        WHERE charge.status = 'failed' AND refund.{LIVE}""",
    "nothing is due for what is ended": f"""
        SELECT due.object_id AS id FROM due JOIN refund ON refund.id = due.object_id
        WHERE NOT refund.{LIVE}
        UNION ALL SELECT due.object_id FROM due JOIN charge
          ON charge.id = due.object_id WHERE charge.status = 'failed'
        UNION ALL SELECT due.object_id FROM due JOIN payment_intent
          ON payment_intent.id = due.object_id
          WHERE payment_intent.status IN ('canceled', 'succeeded')""",
    "what was captured came in, and nothing else": """
        SELECT id FROM charge WHERE (
            SELECT coalesce(sum(amount), 0) FROM posting
            WHERE source = charge.id AND code = 'charge'
              AND posting.currency = charge.currency)
          <> CASE WHEN status = 'succeeded' THEN amount_captured ELSE 0 END""",
    "a payment has received what its charges captured": """
        SELECT id FROM payment_intent WHERE received <> (
          SELECT coalesce(sum(amount_captured), 0) FROM charge
          WHERE payment_intent = payment_intent.id AND status = 'succeeded')""",
    "what can be captured is what was authorised and is left": """
        SELECT payment_intent.id FROM payment_intent
        LEFT JOIN charge ON charge.id = latest_charge
        WHERE capturable <> CASE WHEN payment_intent.status = 'requires_capture'
          THEN charge.amount - charge.amount_captured ELSE 0 END""",
    "a payment is where its charge is": """
        SELECT payment_intent.id FROM payment_intent
        LEFT JOIN charge ON charge.id = latest_charge
        WHERE payment_intent.status = 'processing'
            AND coalesce(charge.status, '') <> 'pending'
          OR payment_intent.status = 'succeeded'
            AND (coalesce(charge.status, '') <> 'succeeded' OR charge.captured <> 1)""",
    "a refund that went out took its amount from the balance": f"""
        SELECT id FROM refund WHERE balance_transaction IS NOT NULL AND (
          amount <> (SELECT coalesce(sum(amount), 0) FROM posting
            WHERE source = refund.id AND posting.currency = refund.currency
              AND code IN {_MOVED})
          OR -coalesce(settlement_amount, amount) <> (
            SELECT net FROM balance_transaction AS moved
            WHERE moved.id = refund.balance_transaction))""",
    "a live refund took money, or says what it waits for": f"""
        SELECT id FROM refund WHERE {LIVE} AND (balance_transaction IS NULL)
          <> (coalesce(pending_reason, '') IN ('insufficient_funds', 'charge_pending'))
        """,
    "no refund overtakes an older one that waits for the same funds": f"""
        SELECT after.id FROM refund AS before JOIN refund AS after
          ON after.seq > before.seq AND after.balance_transaction IS NOT NULL
            AND {_PURSE.format("after")} = {_PURSE.format("before")}
        WHERE before.pending_reason = 'insufficient_funds'""",
    "a refund waits for a charge only while that is under way": """
        SELECT refund.id FROM refund JOIN charge ON charge.id = refund.charge
        WHERE pending_reason = 'charge_pending' AND charge.status <> 'pending'""",
    "what waits has its end on the agenda": """
        SELECT id FROM refund WHERE status IN ('pending', 'requires_action')
          AND coalesce(pending_reason, '') <> 'charge_pending'
          AND NOT EXISTS (SELECT 1 FROM due WHERE object_id = refund.id)
        UNION ALL SELECT id FROM charge WHERE status = 'pending'
          AND NOT EXISTS (SELECT 1 FROM due WHERE object_id = charge.id)
        UNION ALL SELECT id FROM payment_intent WHERE status = 'requires_capture'
          AND NOT EXISTS (SELECT 1 FROM due WHERE object_id = payment_intent.id)
        UNION ALL SELECT id FROM balance_transaction AS moved
          WHERE status = 'pending' AND type IN ('charge', 'payment')
            AND source IN (SELECT id FROM charge)
            AND NOT EXISTS (SELECT 1 FROM due WHERE object_id = moved.id)""",
    "what is available is the sum of its balance transactions": _balance("available"),
    "what is pending is the sum of its balance transactions": _balance("pending"),
    "nothing is set aside": "SELECT object_id AS id FROM set_aside",
}
"""What must not be after any step → the query that finds it."""
AFTER_TIME = {
    "nothing is overdue": "SELECT object_id AS id FROM due WHERE at <= :now",
    "what is available by now is not pending": """
        SELECT id FROM balance_transaction AS moved
        WHERE status = 'pending' AND available_on <= :now""",
}
"""What must not be when time has passed until now."""
AT_END = {
    "nothing is under way": """
        SELECT id FROM refund WHERE status IN ('pending', 'requires_action')
        UNION ALL SELECT id FROM charge WHERE status = 'pending'
        UNION ALL SELECT id FROM balance_transaction AS moved WHERE status = 'pending'
        UNION ALL SELECT id FROM payment_intent
          WHERE status IN ('processing', 'requires_capture')""",
    "all that went out has arrived": """
        SELECT id FROM account WHERE code = 'outgoing' AND debits <> credits""",
}
"""What must not be when nobody has asked for anything for a long time."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Rules that are asked together: one query."""

    query: str

    def broken(self, connection: Connection, now: int) -> tuple[str, str] | None:
        """Return a rule that does not hold, and what breaks it."""
        asked = text(self.query)
        if ":now" in self.query:
            asked = asked.bindparams(now=now)
        found = connection.execute(asked).first()
        return (str(found[0]), str(found[1])) if found else None


def _together(rules: Mapping[str, str]) -> Rules:
    each = (
        f"SELECT '{rule}', id FROM ({query}) AS found" for rule, query in rules.items()
    )
    return Rules(" UNION ALL ".join(each))


ALWAYS = _together(NEVER)
WHEN_TIME_HAS_PASSED = _together(AFTER_TIME)
WHEN_ALL_IS_OVER = _together(AT_END)
_WRITTEN = text(
    "SELECT "
    + ", ".join(
        f"(SELECT coalesce(max(seq), 0) FROM {table})"
        for table in (
            *("event", "posting", "balance_transaction", "due", "payment_intent"),
            *("charge", "refund", "customer", "payment_method", "webhook_endpoint"),
        )
    )
)


def written(connection: Connection) -> tuple[int, ...]:
    """Return how far the store is written: nothing changes without an event."""
    return tuple(connection.execute(_WRITTEN).one())
