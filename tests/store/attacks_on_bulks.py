"""Raw SQL against bulk refunds: BULK is one that is done, BOUGHT its payment.

MISSED is a payment that it skipped.
"""

from attack_rows import WAYS, Attack, insert

from store.sql.tables import BULK, BULK_ITEM


def job(how: str = "", **changed: str) -> str:
    """Return SQL that writes a bulk refund behind the store's back."""
    columns = {
        "id": "'blk_evil'",
        "actor": "'tom'",
        "created": "1",
        "total": "1",
        "status": "'running'",
        "tally": "'{}'",
    }
    return insert(BULK, {**columns, **changed}, how)


def item(how: str = "", **changed: str) -> str:
    """Return SQL that writes an item of a bulk refund behind the store's back."""
    columns = {
        "bulk": "'BULK'",
        "payment": "'pi_evil'",
        "amount": "1",
        "currency": "'usd'",
        "version": "1",
        "status": "'queued'",
        "again": "0",
    }
    return insert(BULK_ITEM, {**columns, **changed}, how)


DONE = "WHERE bulk = 'BULK' AND payment = 'BOUGHT'"
SKIPPED = "WHERE bulk = 'BULK' AND payment = 'MISSED'"


def _each(guard: str, sql: dict[str, str]) -> tuple[Attack, ...]:
    return tuple(Attack(f"bulk: {what}", one, guard) for what, one in sql.items())


ON_BULKS = (
    *_each(
        "bulk_bi",
        {
            "over a job": job("REPLACE", id="'BULK'"),
            "over a job's number": job("REPLACE", seq="1"),
        },
    ),
    *_each(
        "bulk_bu",
        {
            "another reason": "UPDATE bulk SET reason = 'fraudulent'",
            "another agent": "UPDATE bulk SET actor = 'tom'",
            "fewer payments": "UPDATE bulk SET total = 1",
            "done to paused": "UPDATE bulk SET status = 'paused'",
            "done to unheard of": "UPDATE OR IGNORE bulk SET status = 'lost'",
        },
    ),
    Attack("bulk: delete", "DELETE FROM bulk", "bulk_bd"),
    *_each(
        "bulk_item_bi",
        {f"a payment twice, or {how}": item(how, payment="'BOUGHT'") for how in WAYS},
    ),
    *_each(
        "bulk_item_bu",
        {
            "a refunded item again": (
                f"UPDATE bulk_item SET status = 'queued', refund = NULL {DONE}"
            ),
            "another refund": f"UPDATE bulk_item SET refund = 're_other' {DONE}",
            "more than was planned": f"UPDATE bulk_item SET amount = 9000 {DONE}",
            "another payment": f"UPDATE bulk_item SET payment = 'pi_x' {DONE}",
            "another version": f"UPDATE bulk_item SET version = 99 {DONE}",
            "skipped to queued": f"UPDATE bulk_item SET status = 'queued' {SKIPPED}",
        },
    ),
    Attack("bulk: sent without a refund", item(status="'sent'")),
    Attack("bulk: a refund though queued", item(refund="'re_x'")),
    Attack("bulk: one refund twice", item(status="'sent'", refund="'DONE'")),
    Attack("bulk: Other without a note", job(reason="'other'")),
    Attack("bulk: of nothing", job(total="0")),
    Attack("bulk: delete items", "DELETE FROM bulk_item", "bulk_item_bd"),
)
