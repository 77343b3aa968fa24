"""Raw SQL against the rules: what is tried, and which guard should stop it.

CHARGE is a card charge of 50.00 of which 20.00 are refunded by REFUND; DEAD is a
canceled refund, HELD an uncaptured charge; of SHARED 20.00 are left to pull back.
"""

from attack_rows import WAYS, Attack, charge, posting, pulled, refund
from attacks_on_bulks import ON_BULKS
from attacks_on_follow_ups import ON_FOLLOW_UPS
from sqlalchemy import Table

from store.sql.tables import FEE_REFUND, REVERSAL


def _each(name: str, guard: str, sql: dict[str, str]) -> tuple[Attack, ...]:
    return tuple(Attack(f"{name} {what}", one, guard) for what, one in sql.items())


SENT = "WHERE id = 'REFUND'"
ON_REFUNDS = (
    Attack("too much", refund("3001"), "refund_bi"),
    *_each("too much, or", "refund_bi", {how: refund("3001", how) for how in WAYS}),
    *_each(
        "write",
        "refund_bi",
        {
            "too much by upsert": refund("3001") + " ON CONFLICT DO NOTHING",
            "too much as imported": refund("3001", imported="1"),
            "too much while pending": refund(
                "3001", status="'pending'", pending_reason="'processing'"
            ),
            "over another": refund("1", "REPLACE", id="'REFUND'"),
            "over a sequence": refund("1", "REPLACE", seq="1"),
            "over a key": refund("1", "REPLACE", key="'K'"),
            "another currency": refund(currency="'eur'"),
            "on an authorisation": refund(charge="'HELD'"),
            "on no charge": refund(charge="'ch_none'"),
            "on no charge at all": refund(charge="NULL"),
            "a state by upsert": refund(id="'REFUND'")
            + " ON CONFLICT (id) DO UPDATE SET status = 'canceled',"
            " failure_reason = 'unknown'",
        },
    ),
    *(
        Attack(f"write {name}", sql)
        for name, sql in {
            "nothing": refund("0"),
            "less than nothing": refund("-500"),
            "a fraction": refund("0.5"),
            "a text": refund("'many'"),
            "infinity": refund("1e400"),
            "2^63": refund(str(2**63)),
            "the largest number": refund(str(2**63 - 1)),
            "no status": refund(status="NULL"),
            "pending without a reason": refund(status="'pending'"),
            "failed without a reason": refund(status="'failed'"),
            "a reason to wait though sent": refund(pending_reason="'processing'"),
            "a failure though sent": refund(failure_reason="'unknown'"),
            "Other without a note": refund(reason="'other'", note="'  '"),
        }.items()
    ),
    *_each(
        "change",
        "refund_bu",
        {
            "the amount": f"UPDATE refund SET amount = 1 {SENT}",
            "the charge": f"UPDATE refund SET charge = 'HELD' {SENT}",
            "the currency": f"UPDATE refund SET currency = 'jpy' {SENT}",
            "the key": f"UPDATE refund SET key = 'other' {SENT}",
            "the agent": f"UPDATE refund SET actor = 'tom' {SENT}",
            "the sequence": f"UPDATE refund SET seq = 99 {SENT}",
            "where it came from": f"UPDATE refund SET imported = 1 {SENT}",
            "sent to asking": f"UPDATE refund SET status = 'requires_action' {SENT}",
            "sent, or ignore": (
                f"UPDATE OR IGNORE refund SET status = 'requires_action' {SENT}"
            ),
            "sent to unheard of": f"UPDATE refund SET status = 'lost' {SENT}",
            "dead to alive": "UPDATE refund SET status = 'succeeded',"
            " failure_reason = NULL WHERE id = 'DEAD'",
        },
    ),
    Attack("delete", f"DELETE FROM refund {SENT}", "refund_bd"),
    Attack(
        "allow a move",
        "INSERT INTO transition VALUES ('refund', 'failed', 'succeeded')",
        "transition_bi",
    ),
    Attack(
        "bend a move",
        "UPDATE transition SET src = 'failed' WHERE src = 'pending'",
        "transition_bu",
    ),
    Attack("forbid moves", "DELETE FROM transition", "transition_bd"),
)

THIS = "WHERE id = 'CHARGE'"
SHARED = "WHERE id = 'SHARED'"
ON_CHARGES = (
    *_each(
        "change",
        "charge_bu",
        {
            "what was captured": f"UPDATE charge SET amount_captured = 4999 {THIS}",
            "the amount": f"UPDATE charge SET amount = 90000 {THIS}",
            "the currency": f"UPDATE charge SET currency = 'jpy' {THIS}",
            "the capture": f"UPDATE charge SET captured = 0 {THIS}",
            "the report": f"UPDATE charge SET reported_refunded = 4000 {THIS}",
        },
    ),
    *_each(
        "forget",
        "charge_derived",
        {
            "a refund": f"UPDATE charge SET amount_refunded = 0 {THIS}",
            "a refund, or ignore": (
                f"UPDATE OR IGNORE charge SET amount_refunded = 1 {THIS}"
            ),
            "a refund from elsewhere": (
                f"UPDATE charge SET refunded_elsewhere = 5 {THIS}"
            ),
        },
    ),
    *_each(
        "write",
        "charge_bi",
        {
            "over another": charge("REPLACE", id="'CHARGE'"),
            "over a sequence": charge("REPLACE", seq="1"),
            "one with refunds": charge(amount_refunded="9"),
            "one refunded beyond": charge(reported_refunded="9001"),
        },
    ),
    Attack("capture more than all", charge(amount_captured="9001")),
    Attack("capture a fraction", charge(amount_captured="0.5")),
    Attack("delete a charge", "DELETE FROM charge WHERE id = 'HELD'", "charge_bd"),
    Attack(
        "delete an intent",
        "DELETE FROM payment_intent WHERE latest_charge = 'HELD'",
        "payment_intent_bd",
    ),
    Attack("delete a dispute", "DELETE FROM dispute", "dispute_bd"),
    Attack(
        "settle backwards", f"UPDATE charge SET status = 'failed' {THIS}", "charge_bu"
    ),
    Attack("share anew", "UPDATE charge SET transfer = 'x' " + SHARED, "charge_bu"),
    Attack(
        "share more", "UPDATE charge SET transfer_amount = 5 " + SHARED, "charge_bu"
    ),
    Attack(
        "cancel what was paid",
        "UPDATE payment_intent SET status = 'canceled' WHERE latest_charge = 'CHARGE'",
        "payment_intent_bu",
    ),
    Attack(
        "pay as imported",
        "UPDATE payment_intent SET imported = 1 WHERE latest_charge = 'CHARGE'",
        "payment_intent_bu",
    ),
    Attack("win an inquiry", "UPDATE dispute SET status = 'won'", "dispute_bu"),
    Attack("open a review again", "UPDATE review SET closed = NULL", "review_bu"),
    Attack("top up more", "UPDATE topup SET amount = amount + 1", "topup_bu"),
    Attack("fail a top-up", "UPDATE topup SET status = 'failed'", "topup_bu"),
    Attack("delete top-ups", "DELETE FROM topup", "topup_bd"),
)


def _on_pulled(table: Table) -> tuple[Attack, ...]:
    name = table.name
    return (
        *_each(
            f"pull back of {name}",
            f"{name}_bi",
            {
                "more than all": pulled(table, amount="2001"),
                "more than all, or ignore": pulled(table, "IGNORE", amount="2001"),
                "what was not shared": pulled(table, charge="'CHARGE'"),
                "another currency": pulled(table, currency="'eur'"),
                "over a row": pulled(table, "REPLACE", seq="1"),
            },
        ),
        Attack(f"change {name}", f"UPDATE {name} SET amount = 1", f"{name}_bu"),
        Attack(f"delete {name}", f"DELETE FROM {name}", f"{name}_bd"),
    )


ON_SHARES = (*_on_pulled(REVERSAL), *_on_pulled(FEE_REFUND))

ON_LISTS = tuple(
    Attack(f"delete from {name}", f"DELETE FROM {name}", f"{name}_bd")
    for name in ("block_list", "outbox", "review")
)

TOO_MUCH = "99999999"
ON_THE_LEDGER = (
    Attack("pay what is not there", posting(amount=TOO_MUCH), "posting_bi"),
    *_each(
        "pay what is not there, or",
        "posting_bi",
        {how: posting(how, amount=TOO_MUCH) for how in WAYS},
    ),
    Attack("mix currencies", posting(currency="'eur'"), "posting_bi"),
    Attack("replace a posting", posting("REPLACE", seq="1"), "posting_bi"),
    Attack("move nothing", posting(amount="0")),
    Attack("move back", posting(amount="-5")),
    Attack("move a fraction", posting(amount="0.5")),
    Attack("move in a circle", posting(credit="'available:usd'")),
    Attack("change a posting", "UPDATE posting SET amount = 1", "posting_bu"),
    Attack("delete postings", "DELETE FROM posting WHERE seq = 1", "posting_bd"),
    Attack("delete an account", "DELETE FROM account", "account_bd"),
    Attack(
        "delete a movement",
        "DELETE FROM balance_transaction",
        "balance_transaction_bd",
    ),
    Attack(
        "replace an event",
        "INSERT OR REPLACE INTO event SELECT 1, 'evt_evil', type, object_id, payment,"
        " created, 'tom', face, request, key, data, previous, prev_hash, hash"
        " FROM event WHERE seq = 1",
        "event_bi",
    ),
    Attack("change an event", "UPDATE event SET actor = 'nobody'", "event_bu"),
    Attack("delete events", "DELETE FROM event", "event_bd"),
)

ATTACKS = (
    *ON_REFUNDS,
    *ON_CHARGES,
    *ON_SHARES,
    *ON_LISTS,
    *ON_THE_LEDGER,
    *ON_FOLLOW_UPS,
    *ON_BULKS,
)
