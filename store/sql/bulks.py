"""Bulks: bulk refunds and their items as rows."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from store.bulk import Bulk, BulkItem, BulkState, ItemState, PlanItem, Tally
from store.clock import from_unix, to_unix
from store.lists.page import Cursor, Page
from store.money import Money
from store.refund import Reason
from store.sql.mapping.payments import dumped
from store.sql.rows import NamedRow, named
from store.sql.tables import BULK, BULK_ITEM, PAYMENT

_ADD_ITEM, _ADD = insert(BULK_ITEM), insert(BULK)
_BULK = select(BULK).where(BULK.c.id == bindparam("given"))
_NEXT = (
    select(BULK_ITEM)
    .where(BULK_ITEM.c.bulk == bindparam("given"), BULK_ITEM.c.status == "queued")
    .order_by(BULK_ITEM.c.seq)
    .limit(bindparam("most"))
)
_SET_ITEM = update(BULK_ITEM).where(BULK_ITEM.c.seq == bindparam("this"))
_SET = update(BULK).where(BULK.c.id == bindparam("this"))
_SHOWN = select(BULK_ITEM, PAYMENT.c.name, PAYMENT.c.email).join(
    PAYMENT, PAYMENT.c.id == BULK_ITEM.c.payment, isouter=True
)


def add_items(connection: Connection, bulk: str, items: Sequence[PlanItem]) -> None:
    """Write what is planned; what is skipped has its outcome already."""
    skips = ItemState.SKIPPED
    rows = [
        {
            "bulk": bulk,
            "payment": one.payment,
            "amount": one.amount.amount,
            "currency": one.amount.currency,
            "version": one.version,
            "status": skips if one.expects is skips else ItemState.QUEUED,
            "message": one.message if one.expects is skips else None,
            "again": 0,
        }
        for one in items
    ]
    connection.execute(_ADD_ITEM, rows)


def add(connection: Connection, bulk: Bulk) -> None:
    """Write a job, which makes its items seen."""
    row = {
        "id": bulk.id,
        "reason": bulk.reason,
        "note": bulk.note,
        "actor": bulk.actor,
        "created": to_unix(bulk.created),
        "total": bulk.total,
        "reverse_transfer": int(bulk.reverse_transfer),
        "refund_application_fee": int(bulk.refund_application_fee),
    }
    connection.execute(_ADD, {**row, **_moving(bulk)})


def write(connection: Connection, bulk: Bulk) -> None:
    """Rewrite where a job stands."""
    connection.execute(_SET, {**_moving(bulk), "this": bulk.id})


def _moving(bulk: Bulk) -> dict[str, object]:
    kept = {
        state.value: [one.number, dict(one.amounts)]
        for state, one in bulk.tallies.items()
    }
    return {"status": bulk.state.value, "tally": dumped(kept)}


def write_items(connection: Connection, items: Sequence[BulkItem]) -> None:
    """Rewrite what became of items."""
    if items:
        connection.execute(_SET_ITEM, [_outcome(one) for one in items])


def _outcome(item: BulkItem) -> dict[str, object]:
    return {
        "this": item.seq,
        "status": item.state.value,
        "refund": item.refund,
        "message": item.message,
        "again": int(item.again),
        "actor": item.actor,
        "ended": to_unix(item.ended) if item.ended else None,
    }


def find(connection: Connection, given: str) -> Bulk | None:
    """Return a job by id."""
    row = connection.execute(_BULK, {"given": given}).one_or_none()
    return _bulk_of(row) if row else None


def unfinished(connection: Connection) -> tuple[Bulk, ...]:
    """Return the jobs that run or pause, oldest first."""
    going = BULK.c.status.in_((BulkState.RUNNING.value, BulkState.PAUSED.value))
    rows = connection.execute(select(BULK).where(going).order_by(BULK.c.seq))
    return tuple(map(_bulk_of, rows))


def newest(connection: Connection, after: Cursor | None, limit: int) -> Page[Bulk]:
    """Return jobs, newest first."""
    query = select(BULK).order_by(BULK.c.seq.desc()).limit(limit + 1)
    if after:
        query = query.where(BULK.c.seq < after.seq)
    rows = connection.execute(query).all()
    return _page(rows, [_bulk_of(row) for row in rows[:limit]])


def items(
    connection: Connection,
    bulk: str,
    states: Sequence[ItemState],
    after: Cursor | None,
    limit: int,
) -> Page[BulkItem]:
    """Return items in the order of the plan, in these states where any is named."""
    query = _SHOWN.where(BULK_ITEM.c.bulk == bulk)
    if states:
        query = query.where(BULK_ITEM.c.status.in_([one.value for one in states]))
    if after:
        query = query.where(BULK_ITEM.c.seq > after.seq)
    rows = named(connection.execute(query.order_by(BULK_ITEM.c.seq).limit(limit + 1)))
    found = [_item_of(row, row.name or row.email) for row in rows[:limit]]
    return _page(rows, found)


def next_items(connection: Connection, bulk: str, most: int) -> list[BulkItem]:
    """Return the items whose turn it is."""
    found = connection.execute(_NEXT, {"given": bulk, "most": most})
    return [_item_of(row) for row in named(found)]


def retryable(
    connection: Connection, bulk: str, after: int, most: int
) -> list[BulkItem]:
    """Return the next failures that may end otherwise when they are tried again."""
    failed = BULK_ITEM.c.status == ItemState.FAILED.value
    query = select(BULK_ITEM).where(
        BULK_ITEM.c.bulk == bulk, failed, BULK_ITEM.c.again == 1
    )
    later = query.where(BULK_ITEM.c.seq > after)
    rows = connection.execute(later.order_by(BULK_ITEM.c.seq).limit(most))
    return [_item_of(row) for row in rows]


def _page(rows: Sequence[NamedRow], found: list[Any]) -> Page[Any]:
    ends = [Cursor(row.seq, row.seq) for row in rows[: len(found)]]
    return Page(
        rows=tuple(found),
        first=ends[0] if ends else None,
        last=ends[-1] if ends else None,
        more=len(rows) > len(found),
    )


def _bulk_of(row: NamedRow) -> Bulk:
    return Bulk(
        id=row.id,
        state=BulkState(row.status),
        reason=Reason(row.reason) if row.reason else None,
        note=row.note,
        actor=row.actor,
        created=from_unix(row.created),
        total=row.total,
        tallies=_tallies(json.loads(row.tally)),
        reverse_transfer=bool(row.reverse_transfer),
        refund_application_fee=bool(row.refund_application_fee),
    )


def _tallies(kept: Mapping[str, Any]) -> dict[ItemState, Tally]:
    return {ItemState(state): Tally(*one) for state, one in kept.items()}


def _item_of(row: NamedRow, customer: str | None = None) -> BulkItem:
    return BulkItem(
        payment=row.payment,
        customer=customer,
        amount=Money(row.amount, row.currency),
        state=ItemState(row.status),
        refund=row.refund,
        message=row.message,
        again=bool(row.again),
        actor=row.actor,
        ended=from_unix(row.ended) if row.ended else None,
        seq=row.seq,
        version=row.version,
    )
