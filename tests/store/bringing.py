"""Everything that a store holds after an import, whatever the order of writing."""

from typing import Any

from rows import rows

Json = dict[str, Any]


def dump(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of a store, without the order in which it was written."""
    tables = [
        "customer",
        "payment_intent",
        "charge",
        "refund",
        "dispute",
        "balance_transaction",
        "payment",
        "event",
        "account",
        "posting",
        "due",
        "badge_count",
    ]
    gone = {"seq", "prev_hash", "hash"}
    every = rows(url)
    found = {}
    for table in tables:
        kept = [{k: v for k, v in row.items() if k not in gone} for row in every[table]]
        found[table] = sorted((tuple(row.values()) for row in kept), key=repr)
    return found
