"""Follow-ups: the inbox of refunds that failed, a page at a time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from store.clock import from_unix, to_unix
from store.desk.follow_up import FailedRefund, next_step, why
from store.dispute import Dispute
from store.event import Actor
from store.lists.page import Cursor, Page
from store.method import Method
from store.money import Money, zero
from store.outcome import Movement
from store.payment import Charge, Payment, why_not_refund
from store.refund import Refund
from store.sql import queue
from store.sql.mapping.money import movement_of, refund_of
from store.sql.mapping.payments import charge_of, dispute_of
from store.sql.rows import NamedRow, named
from store.sql.tables import CHARGE, DISPUTE, FOLLOW_UP, MOVEMENT, REFUND

_UNKNOWN = Method("unknown")
_OPEN = select(func.count()).where(FOLLOW_UP.c.done_at.is_(None))


def page(
    connection: Connection,
    now: datetime,
    *,
    done: bool,
    after: Cursor | None,
    limit: int,
    before: Cursor | None = None,
    last: bool = False,
) -> Page[FailedRefund]:
    """Return refunds that failed, those that failed last first."""
    backwards = before is not None or last
    at, seq = FOLLOW_UP.c.done_at, FOLLOW_UP.c.seq
    query = select(FOLLOW_UP).where(at.is_not(None) if done else at.is_(None))
    if after is not None:
        query = query.where(seq < after.seq)
    if before is not None:
        query = query.where(seq > before.seq)
    query = query.order_by(seq.asc() if backwards else seq.desc())
    found = connection.execute(query.limit(limit + 1)).all()
    rows = found[:limit][::-1] if backwards else found[:limit]
    return Page(
        rows=tuple(_told(connection, now, rows)),
        first=_place(rows[0]) if rows else None,
        last=_place(rows[-1]) if rows else None,
        more=len(found) > limit,
    )


def one(connection: Connection, now: datetime, refund: str) -> FailedRefund | None:
    """Return a refund that failed; None where it did not, or there is none."""
    return next(iter(several(connection, now, [refund])), None)


def several(
    connection: Connection, now: datetime, refunds: Sequence[str]
) -> list[FailedRefund]:
    """Return those of some refunds that failed, those that failed first, first."""
    query = select(FOLLOW_UP).where(FOLLOW_UP.c.id.in_(refunds))
    rows = connection.execute(query.order_by(FOLLOW_UP.c.seq)).all()
    return _told(connection, now, rows)


def closed(connection: Connection, refunds: Sequence[str]) -> set[str]:
    """Return those of some refunds that failed and were closed with a note."""
    query = select(FOLLOW_UP.c.id).where(
        FOLLOW_UP.c.id.in_(refunds),
        FOLLOW_UP.c.done_at.is_not(None),
        FOLLOW_UP.c.retried_as.is_(None),
    )
    return set(connection.execute(query).scalars()) if refunds else set()


def open_ones(connection: Connection) -> int:
    """Return how many refunds failed that nobody has dealt with."""
    return int(connection.execute(_OPEN).scalar_one())


def finish(
    connection: Connection,
    refund: str,
    actor: Actor,
    now: datetime,
    *,
    note: str | None = None,
    retried_as: str | None = None,
) -> None:
    """Take a refund that failed out of the inbox; what was said of it stays."""
    this = update(FOLLOW_UP).where(FOLLOW_UP.c.id == refund)
    done = {"done_at": to_unix(now), "done_by": actor.name, "note": note}
    connection.execute(this.where(FOLLOW_UP.c.done_at.is_(None)).values(done))
    if retried_as is not None:
        connection.execute(this.values(retried_as=retried_as))


def _place(row: NamedRow) -> Cursor:
    return Cursor(row.seq, row.seq)


def _told(
    connection: Connection, now: datetime, rows: Sequence[NamedRow]
) -> list[FailedRefund]:
    around = _Around(connection, [row.id for row in rows])
    return [around.told(row, now) for row in rows]


class _Around:
    """Refunds with their charges, disputes and movements, read together."""

    def __init__(self, connection: Connection, ids: list[str]) -> None:
        query = select(REFUND).where(REFUND.c.id.in_(ids))
        self._refunds = {
            one.id: one for one in map(refund_of, named(connection.execute(query)))
        }
        charges = tuple({one.charge for one in self._refunds.values() if one.charge})
        query = select(CHARGE).where(CHARGE.c.id.in_(charges))
        self._charges: dict[str, Charge] = {
            one.id: one for one in map(charge_of, named(connection.execute(query)))
        }
        query = (
            select(DISPUTE)
            .where(DISPUTE.c.charge.in_(charges))
            .order_by(DISPUTE.c.created, DISPUTE.c.seq)
        )
        self._disputes: dict[str | None, Dispute] = {
            one.charge: one for one in map(dispute_of, named(connection.execute(query)))
        }
        back = [one.failure_balance_transaction for one in self._refunds.values()]
        query = select(MOVEMENT).where(MOVEMENT.c.id.in_([id_ for id_ in back if id_]))
        self._movements: dict[str, Movement] = {
            one.id: one for one in map(movement_of, named(connection.execute(query)))
        }
        self._names = queue.customers(connection, charges)

    def told(self, row: NamedRow, now: datetime) -> FailedRefund:
        """Return a row of the inbox with everything around it."""
        refund = self._refunds[row.id]
        charge = self._charges.get(refund.charge or "")
        back = self._movements.get(refund.failure_balance_transaction or "")
        known = refund.payment_intent or refund.charge or refund.id
        payment, customer = self._names.get(refund.charge or "", (known, None))
        refundable, step = self._now(refund, charge, payment, now)
        return FailedRefund(
            refund=refund,
            payment=payment,
            customer=customer,
            method=charge.method if charge else _UNKNOWN,
            why=why(refund),
            returned=back.money if back else None,
            returned_at=back.created if back else None,
            refundable=refundable,
            next_step=step,
            retried_as=row.retried_as,
            done_by=row.done_by,
            done_at=None if row.done_at is None else from_unix(row.done_at),
            done_note=row.note,
            seq=row.seq,
        )

    def _now(
        self, refund: Refund, charge: Charge | None, payment: str, now: datetime
    ) -> tuple[Money, str]:
        """Return what may be refunded now, and what to do next."""
        dispute = self._disputes.get(refund.charge)
        whole = Payment(payment, None, charge, dispute=dispute)
        refusal = why_not_refund(whole, None, now)
        left = charge.unrefunded if charge else zero(refund.money.currency)
        step = next_step(refund, refusal, left)
        return (zero(left.currency) if refusal else left), step
