"""Risk in the database: reviews, and whose payments are blocked."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, and_, bindparam, insert, or_, select, update

from store.block import Block, Mark
from store.review import Review
from store.sql.many import chunks
from store.sql.mapping.risk import block_of, block_values, review_of, review_values
from store.sql.prepared import Prepared
from store.sql.tables import BLOCK, REVIEW

_OPEN_REVIEW = Prepared(
    select(REVIEW)
    .where(REVIEW.c.charge == bindparam("charge"), REVIEW.c.closed.is_(None))
    .order_by(REVIEW.c.seq)
    .limit(1)
)
_UNDER_REVIEW = select(REVIEW.c.charge).where(
    REVIEW.c.charge.in_(bindparam("charges", expanding=True)),
    REVIEW.c.closed.is_(None),
)


def standing(connection: Connection, marks: Iterable[Mark]) -> tuple[Block, ...]:
    """Return the blocks that stand against any of these marks, oldest first."""
    wanted = [
        and_(BLOCK.c.kind == mark.kind.value, BLOCK.c.value == mark.value)
        for mark in marks
    ]
    if not wanted:
        return ()
    query = select(BLOCK).where(BLOCK.c.lifted.is_(None), or_(*wanted))
    rows = connection.execute(query.order_by(BLOCK.c.seq))
    return tuple(map(block_of, rows))


def add_block(connection: Connection, block: Block) -> None:
    """Write a new block."""
    connection.execute(insert(BLOCK), block_values(block))


def set_block(connection: Connection, block: Block) -> None:
    """Rewrite a block."""
    query = update(BLOCK).where(BLOCK.c.id == block.id)
    connection.execute(query.values(block_values(block)))


def open_review(connection: Connection, charge: str) -> Review | None:
    """Return the review of a charge that nothing has closed."""
    row = _OPEN_REVIEW.first(connection, charge=charge)
    return review_of(row) if row else None


def under_review(connection: Connection, charges: Sequence[str]) -> set[str]:
    """Return which of these charges have a review that nothing has closed."""
    found: set[str] = set()
    for part in chunks(charges):
        found.update(connection.execute(_UNDER_REVIEW, {"charges": part}).scalars())
    return found


def add_review(connection: Connection, review: Review) -> None:
    """Write a new review."""
    connection.execute(insert(REVIEW), review_values(review))


def set_review(connection: Connection, review: Review) -> None:
    """Rewrite a review."""
    query = update(REVIEW).where(REVIEW.c.id == review.id)
    connection.execute(query.values(review_values(review)))
