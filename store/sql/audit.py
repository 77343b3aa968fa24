"""Audit: what must always hold, asked of the database (store-guards §6)."""

import json
from collections.abc import Iterator

from sqlalchemy import Connection, func, select, text

from store import chain
from store.event import OWN_PREFIX
from store.sql.tables import CHARGE, EVENT, INTENT, REFUND

_LIVE = "status NOT IN ('failed', 'canceled')"
_SENT = "code IN ('refund', 'refund_reversal')"
_BACK = "code IN ('refund_failure', 'refund_cancel')"
_SENT_ALL = "code IN ('refund', 'refund_reversal', 'refund_fx', 'refund_reversal_fx')"


def _pulled(table: str) -> str:
    return f"(SELECT coalesce(sum(amount), 0) FROM {table} WHERE charge = charge.id)"


UNSETTLED = """
    SELECT charge.id FROM charge
    JOIN payment_intent ON payment_intent.id = charge.payment_intent
    WHERE charge.imported = 0 AND charge.status = 'pending' AND (charge.captured = 0
      OR payment_intent.status NOT IN ('processing', 'succeeded'))"""
"""Finds charges that no bank will ever settle: their payments have ended."""
INVARIANTS: dict[str, str] = {
    "refunds add up to what the charge says was refunded": f"""
        SELECT id FROM charge WHERE amount_refunded <> refunded_elsewhere + (
          SELECT coalesce(sum(amount), 0) FROM refund
          WHERE charge = charge.id AND {_LIVE})""",
    "nothing is refunded beyond what was captured": """
        SELECT id FROM charge WHERE NOT (0 <= amount_refunded
          AND amount_refunded <= amount_captured AND amount_captured <= amount)""",
    "every account is the sum of its postings": """
        SELECT id FROM account WHERE
          debits <> (SELECT coalesce(sum(amount), 0) FROM posting
                     WHERE debit = account.id)
          OR credits <> (SELECT coalesce(sum(amount), 0) FROM posting
                         WHERE credit = account.id)""",
    "debits equal credits in every currency": """
        SELECT currency FROM account GROUP BY currency
        HAVING sum(debits) <> sum(credits)""",
    "a refund's money leaves once": f"""
        SELECT refund.id FROM refund LEFT JOIN posting
          ON posting.source = refund.id AND {_SENT}
        WHERE imported = 0 GROUP BY refund.id, refund.balance_transaction
        HAVING count(posting.seq) <>
          CASE WHEN refund.balance_transaction IS NULL THEN 0 ELSE 1 END""",
    "a refund's money comes back once": f"""
        SELECT refund.id FROM refund LEFT JOIN posting
          ON posting.source = refund.id AND {_BACK}
        WHERE imported = 0 GROUP BY refund.id, refund.failure_balance_transaction
        HAVING count(posting.seq) <>
          CASE WHEN refund.failure_balance_transaction IS NULL THEN 0 ELSE 1 END""",
    "money comes back only as it left": f"""
        SELECT source FROM posting WHERE {_BACK} AND amount <> coalesce(
          (SELECT sum(amount) FROM posting AS sent
           WHERE sent.source = posting.source AND sent.{_SENT_ALL}
             AND sent.currency = posting.currency),
          (SELECT posting.amount FROM refund
           WHERE refund.id = posting.source AND imported = 1), 0)""",
    "no more is pulled back of a transfer than there was": f"""
        SELECT id FROM charge WHERE {_pulled("transfer_reversal")} > 0
          AND {_pulled("transfer_reversal")} + transfer_reversed
            > coalesce(transfer_amount, 0)""",
    "no more is given back of an application fee than there was": f"""
        SELECT id FROM charge WHERE {_pulled("fee_refund")} > 0
          AND {_pulled("fee_refund")} + application_fee_refunded
            > coalesce(application_fee_amount, 0)""",
    "what is pulled back has moved": """
        SELECT pulled.id FROM (
          SELECT id, amount FROM transfer_reversal
          UNION ALL SELECT id, amount FROM fee_refund) AS pulled
        WHERE pulled.amount <> (SELECT coalesce(sum(amount), 0) FROM posting
          WHERE source = pulled.id
            AND code IN ('transfer_reversal', 'fee_refund'))""",
    "a held refund has moved no money": """
        SELECT refund.id FROM refund JOIN posting ON posting.source = refund.id
        WHERE refund.pending_reason = 'insufficient_funds'""",
    "what is on its way is never less than nothing": """
        SELECT id FROM account
        WHERE code IN ('outgoing', 'dispute_hold') AND credits < debits""",
    "every refund that failed is in the inbox once": """
        SELECT refund.id FROM refund WHERE status = 'failed'
          AND NOT EXISTS (SELECT 1 FROM follow_up WHERE follow_up.id = refund.id)
        UNION ALL SELECT follow_up.id FROM follow_up JOIN refund
          ON refund.id = follow_up.id WHERE refund.status <> 'failed'""",
    "a charge is pending only while its payment waits for it": UNSETTLED,
    "every refund has its event": """
        SELECT id FROM refund WHERE imported = 0 AND NOT EXISTS (
          SELECT 1 FROM event WHERE object_id = refund.id
          AND type = 'refund.created')""",
    "every bulk refund has all its payments": """
        SELECT id FROM bulk WHERE total <> (
          SELECT count(*) FROM bulk_item WHERE bulk_item.bulk = bulk.id)""",
    "what a bulk refund has done is done": """
        SELECT bulk_item.payment FROM bulk_item
        LEFT JOIN refund ON refund.id = bulk_item.refund
        WHERE bulk_item.refund IS NOT NULL AND (refund.id IS NULL
          OR refund.amount <> bulk_item.amount
          OR refund.currency <> bulk_item.currency
          OR refund.key IS NULL
          OR refund.key <> bulk_item.bulk || '/' || bulk_item.payment)""",
    "every payment is listed once": """
        SELECT id FROM payment_intent WHERE id NOT IN (SELECT id FROM payment)""",
    "every tab counts what it holds": """
        SELECT badge FROM badge_count WHERE number <> (
          SELECT count(*) FROM payment WHERE payment.badge = badge_count.badge)""",
}
"""What must hold → the query that finds what does not."""
_WHOSE = ("amount", "currency", "created", "status", "payment_intent")
_TOLD = {
    REFUND: (*_WHOSE, "charge", "balance_transaction"),
    CHARGE: _WHOSE,
    INTENT: ("amount", "currency", "created", "status", "capture_method"),
}
"""What an event says of an object that nothing changes without another event."""


def broken(connection: Connection) -> Iterator[tuple[str, str]]:
    """Yield each invariant that does not hold, with the object that breaks it."""
    for rule, query in INVARIANTS.items():
        for found in connection.execute(text(query)).scalars():
            yield rule, str(found)
    torn = list(_broken_chain(connection))
    # Events that are not as they were written tell nothing about their objects.
    yield from torn or _untold(connection)


def _broken_chain(connection: Connection) -> Iterator[tuple[str, str]]:
    before = chain.START
    rows = connection.execute(select(EVENT).order_by(EVENT.c.seq)).mappings()
    for row in rows:
        if row["prev_hash"] != before or row["hash"] != chain.seal(before, dict(row)):
            yield "every event seals the one before it", str(row["id"])
            return
        before = row["hash"]


def _untold(connection: Connection) -> Iterator[tuple[str, str]]:
    for table, names in _TOLD.items():
        its = EVENT.alias()
        newest = select(func.max(its.c.seq)).where(
            its.c.object_id == table.c.id, its.c.type.not_like(f"{OWN_PREFIX}%")
        )
        columns = [table.c.id, *(table.c[name] for name in names), EVENT.c.data]
        query = select(*columns).where(
            EVENT.c.object_id == table.c.id,
            EVENT.c.seq == newest.scalar_subquery(),
            table.c.imported == 0,
        )
        for row in connection.execute(query).mappings():
            told = json.loads(row["data"])
            if any(told.get(name, row[name]) != row[name] for name in names):
                yield "every object is what its newest event says", str(row["id"])


def unsound(connection: Connection) -> Iterator[str]:
    """Yield what the engine itself finds wrong with what it keeps."""
    if connection.dialect.name == "postgresql":
        # A server looks after its files; a large store takes longer than a screen's
        # question may.
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        return
    for query in ("PRAGMA integrity_check", "PRAGMA foreign_key_check"):
        for row in connection.exec_driver_sql(query):
            if str(row[0]) != "ok":
                yield str(row[0])
