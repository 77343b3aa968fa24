"""Guards: triggers that hold the rules against raw SQL, on SQLite.

RAISE in BEFORE triggers, not CHECKs alone: a CHECK inside a trigger's own UPDATE is
swallowed by INSERT OR IGNORE (store-guards §1).
"""

from store.badge import Badge
from store.refund import DEAD, TRANSITIONS

_DEAD = ", ".join(f"'{status}'" for status in sorted(DEAD))
_REFUNDS = "SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = {charge}"
_LIVE = f"({_REFUNDS} AND status NOT IN ({_DEAD}))"
_LIVE_IMPORTED = f"({_REFUNDS} AND status NOT IN ({_DEAD}) AND imported = 1)"
_FROZEN_REFUND = (
    *("id", "seq", "amount", "currency", "settlement_currency", "charge"),
    *("payment_intent", "created", "reason", "note", "imported", "key", "actor"),
)


def _elsewhere(charge: str, reported: str) -> str:
    return f"max(0, {reported} - {_LIVE_IMPORTED.format(charge=charge)})"


def _total(charge: str, reported: str) -> str:
    return f"{_elsewhere(charge, reported)} + {_LIVE.format(charge=charge)}"


def _trigger(name: str, when: str, body: str) -> str:
    return f"CREATE TRIGGER {name} {when} BEGIN {body} END"


def _raise(said: str, where: str) -> str:
    return f"SELECT RAISE(ABORT, '{said}') WHERE {where};"


def _recount(charge: str) -> str:
    return (
        "UPDATE charge SET"
        f" refunded_elsewhere = {_elsewhere(charge, 'reported_refunded')},"
        f" amount_refunded = {_total(charge, 'reported_refunded')}"
        f" WHERE id = {charge};"
    )


def _refund_guards() -> dict[str, str]:
    changed = " OR ".join(f"NEW.{c} IS NOT OLD.{c}" for c in _FROZEN_REFUND)
    imported = "(NEW.amount * (NEW.imported = 1))"
    own = "(NEW.amount * (NEW.imported = 0))"
    dead = f"NEW.status IN ({_DEAD})"
    total = (
        f"max(reported_refunded, {_LIVE_IMPORTED} + {imported})"
        f" + {_LIVE} - {_LIVE_IMPORTED} + {own}"
    ).format(charge="NEW.charge")
    return {
        "refund_bi": _trigger(
            "refund_bi",
            "BEFORE INSERT ON refund",
            _raise(
                "exists",
                "EXISTS (SELECT 1 FROM refund WHERE id = NEW.id OR seq = NEW.seq"
                " OR key = NEW.key)",
            )
            + _raise(
                "charge_not_refundable",
                "NEW.imported = 0 AND NOT EXISTS (SELECT 1 FROM charge WHERE"
                " id = NEW.charge AND captured = 1 AND (status = 'succeeded' OR"
                " (status = 'pending' AND NEW.pending_reason = 'charge_pending')))",
            )
            + _raise(
                "currency_mismatch",
                "EXISTS (SELECT 1 FROM charge WHERE id = NEW.charge"
                " AND currency <> NEW.currency)",
            )
            + _raise(
                "exceeds_remaining",
                f"NOT ({dead}) AND EXISTS (SELECT 1 FROM charge WHERE id = NEW.charge"
                f" AND {total} > amount_captured)",
            ),
        ),
        "refund_ai": _trigger(
            "refund_ai", "AFTER INSERT ON refund", _recount("NEW.charge")
        ),
        "refund_bu": _trigger(
            "refund_bu",
            "BEFORE UPDATE ON refund",
            _raise("immutable", changed)
            + _raise(
                "illegal_transition",
                "NEW.status <> OLD.status AND NOT EXISTS (SELECT 1 FROM"
                " refund_transition WHERE src = OLD.status AND dst = NEW.status)"
                " AND NOT (NEW.imported = 1"
                " AND OLD.status IN ('pending', 'requires_action'))",
            ),
        ),
        "refund_au": _trigger(
            "refund_au", "AFTER UPDATE OF status ON refund", _recount("NEW.charge")
        ),
        "refund_bd": _never("refund", "DELETE"),
        "transition_bi": _never("refund_transition", "INSERT"),
        "transition_bu": _never("refund_transition", "UPDATE"),
        "transition_bd": _never("refund_transition", "DELETE"),
    }


def _never(table: str, verb: str) -> str:
    name = {"refund_transition": "transition"}.get(table, table)
    return _trigger(
        f"{name}_b{verb[0].lower()}",
        f"BEFORE {verb} ON {table}",
        f"SELECT RAISE(ABORT, '{table} rows are kept as they are');",
    )


def _charge_guards() -> dict[str, str]:
    frozen = "NEW.id IS NOT OLD.id OR NEW.seq IS NOT OLD.seq"
    frozen += " OR NEW.amount IS NOT OLD.amount OR NEW.currency IS NOT OLD.currency"
    return {
        "charge_bi": _trigger(
            "charge_bi",
            "BEFORE INSERT ON charge",
            _raise(
                "exists",
                "EXISTS (SELECT 1 FROM charge WHERE id = NEW.id OR seq = NEW.seq)",
            )
            + _raise("derived", "NEW.amount_refunded <> 0")
            + _raise(
                "exceeds_captured",
                f"{_total('NEW.id', 'NEW.reported_refunded')} > NEW.amount_captured",
            ),
        ),
        "charge_ai": _trigger(
            "charge_ai", "AFTER INSERT ON charge", _recount("NEW.id")
        ),
        "charge_bu": _trigger(
            "charge_bu",
            "BEFORE UPDATE ON charge",
            _raise("immutable", frozen)
            + _raise(
                "captured_is_frozen",
                "(OLD.amount_captured > 0"
                " AND NEW.amount_captured <> OLD.amount_captured)"
                " OR (OLD.captured = 1 AND NEW.captured = 0)",
            )
            + _raise(
                "exceeds_captured",
                f"{_total('NEW.id', 'NEW.reported_refunded')} > NEW.amount_captured",
            ),
        ),
        "charge_derived": _trigger(
            "charge_derived",
            "BEFORE UPDATE OF amount_refunded, refunded_elsewhere ON charge",
            _raise(
                "derived",
                f"NEW.amount_refunded <> {_total('NEW.id', 'NEW.reported_refunded')}"
                " OR NEW.refunded_elsewhere <>"
                f" {_elsewhere('NEW.id', 'NEW.reported_refunded')}",
            ),
        ),
        "charge_reported": _trigger(
            "charge_reported",
            "AFTER UPDATE OF reported_refunded, amount_captured ON charge",
            _recount("NEW.id"),
        ),
        "charge_bd": _never("charge", "DELETE"),
        "payment_intent_bd": _never("payment_intent", "DELETE"),
        "dispute_bd": _never("dispute", "DELETE"),
    }


def _ledger_guards() -> dict[str, str]:
    sides = "id IN (NEW.debit, NEW.credit) AND currency = NEW.currency"
    return {
        "posting_bi": _trigger(
            "posting_bi",
            "BEFORE INSERT ON posting",
            _raise("exists", "EXISTS (SELECT 1 FROM posting WHERE seq = NEW.seq)")
            + _raise(
                "currency_mismatch",
                f"(SELECT count(*) FROM account WHERE {sides}) <> 2",
            )
            + _raise(
                "balance_insufficient",
                "NEW.code IN ('refund', 'refund_reversal') AND (SELECT credits - debits"
                " FROM account WHERE id = NEW.debit) < NEW.amount",
            ),
        ),
        "posting_ai": _trigger(
            "posting_ai",
            "AFTER INSERT ON posting",
            "UPDATE account SET debits = debits + NEW.amount WHERE id = NEW.debit;"
            " UPDATE account SET credits = credits + NEW.amount WHERE id = NEW.credit;",
        ),
        "posting_bu": _never("posting", "UPDATE"),
        "posting_bd": _never("posting", "DELETE"),
        "account_bd": _never("account", "DELETE"),
        "balance_transaction_bd": _never("balance_transaction", "DELETE"),
        "event_bi": _trigger(
            "event_bi",
            "BEFORE INSERT ON event",
            _raise(
                "exists",
                "EXISTS (SELECT 1 FROM event WHERE seq = NEW.seq OR id = NEW.id)",
            ),
        ),
        "event_bu": _never("event", "UPDATE"),
        "event_bd": _never("event", "DELETE"),
    }


def _list_guards() -> dict[str, str]:
    less = "UPDATE badge_count SET number = number - 1 WHERE badge = OLD.badge;"
    more = "UPDATE badge_count SET number = number + 1 WHERE badge = NEW.badge;"
    gone = (
        "INSERT INTO payment_text (payment_text, rowid, search)"
        " VALUES ('delete', OLD.seq, OLD.search);"
    )
    come = "INSERT INTO payment_text (rowid, search) VALUES (NEW.seq, NEW.search);"
    return {
        "payment_ai": _trigger("payment_ai", "AFTER INSERT ON payment", more + come),
        "payment_badge": _trigger(
            "payment_badge",
            "AFTER UPDATE OF badge ON payment WHEN NEW.badge <> OLD.badge",
            less + more,
        ),
        "payment_search": _trigger(
            "payment_search",
            "AFTER UPDATE OF search ON payment WHEN NEW.search <> OLD.search",
            gone + come,
        ),
        "payment_ad": _trigger("payment_ad", "AFTER DELETE ON payment", less + gone),
    }


TRIGGERS: dict[str, str] = {
    **_refund_guards(),
    **_charge_guards(),
    **_ledger_guards(),
    **_list_guards(),
}
"""Every trigger by name; dropping any one makes a test fail."""

TEXT_INDEX = (
    "CREATE VIRTUAL TABLE payment_text USING fts5"
    "(search, content='payment', content_rowid='seq',"
    " tokenize='trigram', detail='none')"
)
"""Substring search over payments; the triggers keep it in step."""


def seeds() -> tuple[str, ...]:
    """Return the rows that a new store begins with, before its triggers stand."""
    moves = ", ".join(f"('{src}', '{dst}')" for src, dst in sorted(TRANSITIONS))
    badges = ", ".join(f"('{badge}', 0)" for badge in Badge)
    return (
        f"INSERT INTO refund_transition (src, dst) VALUES {moves}",
        f"INSERT INTO badge_count (badge, number) VALUES {badges}",
    )
