"""Guards: triggers that hold the rules against raw SQL, on both engines.

BEFORE triggers that refuse, not CHECKs alone: a CHECK inside a trigger's own UPDATE
is swallowed by INSERT OR IGNORE (store-guards §1).
"""

from store.badge import Badge
from store.moves import Kind, transitions
from store.sql.guards.bulk import BULK_GUARDS
from store.sql.guards.charges import (
    LIVE,
    LIVE_IMPORTED,
    NO_MORE,
    charge_guards,
    recounted,
)
from store.sql.guards.desk import FOLLOW_UP_GUARDS
from store.sql.guards.guard import (
    Do,
    Guard,
    Index,
    Lock,
    Refuse,
    changed,
    is_there,
    legal_move,
    never,
)

_FROZEN_REFUND = (
    *("id", "seq", "amount", "currency", "settlement_currency", "charge"),
    *("payment_intent", "created", "reason", "note", "imported", "key", "actor"),
)
_THE_CHARGE = Lock("charge WHERE id = NEW.charge")


def _refund_guards() -> tuple[Guard, ...]:
    imported = "CASE WHEN NEW.imported = 1 THEN NEW.amount ELSE 0 END"
    own = "CASE WHEN NEW.imported = 1 THEN 0 ELSE NEW.amount END"
    total = (
        f"greatest(reported_refunded, {LIVE_IMPORTED} + {imported})"
        f" + {LIVE} - {LIVE_IMPORTED} + {own}"
    ).format(charge="NEW.charge")
    come = (
        _THE_CHARGE,
        is_there("refund", "id", "seq", "key"),
        Refuse(
            "charge_not_refundable",
            "NEW.imported = 0 AND NOT EXISTS (SELECT 1 FROM charge WHERE"
            " id = NEW.charge AND captured = 1 AND (status = 'succeeded' OR"
            " (status = 'pending' AND NEW.pending_reason = 'charge_pending')))",
        ),
        Refuse(
            "currency_mismatch",
            "EXISTS (SELECT 1 FROM charge WHERE id = NEW.charge"
            " AND currency <> NEW.currency)",
        ),
        Refuse(
            "exceeds_remaining",
            f"NOT (NEW.status IN ({NO_MORE})) AND EXISTS (SELECT 1 FROM charge"
            f" WHERE id = NEW.charge AND {total} > amount_captured)",
        ),
    )
    change = (
        Refuse("immutable", changed(*_FROZEN_REFUND)),
        legal_move(
            Kind.REFUND,
            "(NEW.imported = 1 AND OLD.status IN ('pending', 'requires_action'))",
        ),
    )
    recount = (_THE_CHARGE, recounted("NEW.charge"))
    return (
        Guard("refund_bi", "BEFORE INSERT", "refund", come),
        Guard("refund_ai", "AFTER INSERT", "refund", recount),
        Guard("refund_bu", "BEFORE UPDATE", "refund", change),
        Guard("refund_au", "AFTER UPDATE OF status", "refund", recount),
        never("refund", "DELETE"),
        never("transition", "INSERT"),
        never("transition", "UPDATE"),
        never("transition", "DELETE"),
    )


def _move_guards() -> tuple[Guard, ...]:
    frozen = Refuse("immutable", changed("id", "seq", "currency", "imported"))
    intent = (frozen, legal_move(Kind.PAYMENT_INTENT))
    dispute = (frozen, legal_move(Kind.DISPUTE))
    topup = (
        Refuse("immutable", changed("id", "seq", "currency", "amount")),
        legal_move(Kind.TOPUP, "false"),
    )
    reopened = "OLD.closed IS NOT NULL AND " + changed("closed")
    review = Refuse("illegal_transition", f"NEW.imported = 0 AND {reopened}")
    return (
        Guard("payment_intent_bu", "BEFORE UPDATE", "payment_intent", intent),
        never("payment_intent", "DELETE"),
        Guard("dispute_bu", "BEFORE UPDATE", "dispute", dispute),
        never("dispute", "DELETE"),
        Guard("review_bu", "BEFORE UPDATE", "review", (review,)),
        never("review", "DELETE"),
        never("block_list", "DELETE"),
        never("outbox", "DELETE"),
        Guard("topup_bu", "BEFORE UPDATE", "topup", topup),
        never("topup", "DELETE"),
    )


def _share_guards(table: str, of: str, done: str) -> tuple[Guard, ...]:
    """Hold what is pulled back of a transfer or fee below what there was of it."""
    before = f"SELECT coalesce(sum(amount), 0) FROM {table} WHERE charge = NEW.charge"
    come = (
        _THE_CHARGE,
        is_there(table, "id", "seq"),
        Refuse(
            "exceeds_shared",
            "NOT EXISTS (SELECT 1 FROM charge WHERE id = NEW.charge"
            f" AND {of}_currency = NEW.currency"
            f" AND NEW.amount + {of}_{done} + ({before}) <= {of}_amount)",
        ),
    )
    return (
        Guard(f"{table}_bi", "BEFORE INSERT", table, come),
        never(table, "UPDATE"),
        never(table, "DELETE"),
    )


def _ledger_guards() -> tuple[Guard, ...]:
    sides = "id IN (NEW.debit, NEW.credit)"
    come = (
        Lock(f"account WHERE {sides} ORDER BY id"),
        is_there("posting", "seq"),
        Refuse(
            "currency_mismatch",
            f"(SELECT count(*) FROM account WHERE {sides}"
            " AND currency = NEW.currency) <> 2",
        ),
        Refuse(
            "balance_insufficient",
            "NEW.code IN ('refund', 'refund_reversal') AND (SELECT credits - debits"
            " FROM account WHERE id = NEW.debit) < NEW.amount",
        ),
    )
    add = (
        Do("UPDATE account SET debits = debits + NEW.amount WHERE id = NEW.debit"),
        Do("UPDATE account SET credits = credits + NEW.amount WHERE id = NEW.credit"),
    )
    told = (is_there("event", "seq", "id"),)
    return (
        Guard("posting_bi", "BEFORE INSERT", "posting", come),
        Guard("posting_ai", "AFTER INSERT", "posting", add),
        never("posting", "UPDATE"),
        never("posting", "DELETE"),
        never("account", "DELETE"),
        never("balance_transaction", "DELETE"),
        Guard("event_bi", "BEFORE INSERT", "event", told),
        never("event", "UPDATE"),
        never("event", "DELETE"),
    )


def _list_guards() -> tuple[Guard, ...]:
    less = Do("UPDATE badge_count SET number = number - 1 WHERE badge = OLD.badge")
    more = Do("UPDATE badge_count SET number = number + 1 WHERE badge = NEW.badge")
    gone = Index(
        "INSERT INTO payment_text (payment_text, rowid, search)"
        " VALUES ('delete', OLD.seq, OLD.search)"
    )
    come = Index(
        "INSERT INTO payment_text (rowid, search) VALUES (NEW.seq, NEW.search)"
    )
    badge, search = "NEW.badge <> OLD.badge", "NEW.search <> OLD.search"
    worn, sought = "AFTER UPDATE OF badge", "AFTER UPDATE OF search"
    return (
        Guard("payment_ai", "AFTER INSERT", "payment", (more, come)),
        Guard("payment_badge", worn, "payment", (less, more), badge),
        Guard("payment_search", sought, "payment", (gone, come), search),
        Guard("payment_ad", "AFTER DELETE", "payment", (less, gone)),
    )


GUARDS = (
    *_refund_guards(),
    *charge_guards(),
    *_move_guards(),
    *_share_guards("transfer_reversal", "transfer", "reversed"),
    *_share_guards("fee_refund", "application_fee", "refunded"),
    *_ledger_guards(),
    *_list_guards(),
    *FOLLOW_UP_GUARDS,
    *BULK_GUARDS,
)
"""Every guard, for both engines; dropping any one makes a test fail."""

TRIGGERS: dict[str, str] = {guard.name: guard.sqlite() for guard in GUARDS}
"""Every trigger of SQLite by name."""

TEXT_INDEX = (
    "CREATE VIRTUAL TABLE payment_text USING fts5"
    "(search, content='payment', content_rowid='seq',"
    " tokenize='trigram', detail='none')"
)
"""Substring search over payments on SQLite; the triggers keep it in step."""

TEXT_PAGES = "INSERT INTO payment_text (payment_text, rank) VALUES ('pgsz', 1000)"
"""Small pages: what merges them now and then holds up a commit for less long."""


def moves() -> list[dict[str, str]]:
    """Return every move that the database allows, as a row."""
    return [
        {"kind": str(kind), "src": src, "dst": dst}
        for kind, src, dst in sorted(transitions())
    ]


def seeds() -> tuple[str, ...]:
    """Return the rows that a new store begins with, before its triggers stand."""
    legal = ", ".join(f"('{m['kind']}', '{m['src']}', '{m['dst']}')" for m in moves())
    badges = ", ".join(f"('{badge}', 0)" for badge in Badge)
    return (
        f"INSERT INTO transition (kind, src, dst) VALUES {legal}",
        f"INSERT INTO badge_count (badge, number) VALUES {badges}",
    )
