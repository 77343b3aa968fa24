"""Risk in the database: reviews, and whose payments are blocked."""

from collections.abc import Iterable

from sqlalchemy import Connection, and_, insert, or_, select, update

from store.block import Block, Mark
from store.review import Review
from store.sql.mapping_risk import block_of, block_values, review_of, review_values
from store.sql.tables import BLOCK, REVIEW


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
    query = select(REVIEW).where(REVIEW.c.charge == charge, REVIEW.c.closed.is_(None))
    row = connection.execute(query.order_by(REVIEW.c.seq).limit(1)).one_or_none()
    return review_of(row) if row else None


def add_review(connection: Connection, review: Review) -> None:
    """Write a new review."""
    connection.execute(insert(REVIEW), review_values(review))


def set_review(connection: Connection, review: Review) -> None:
    """Rewrite a review."""
    query = update(REVIEW).where(REVIEW.c.id == review.id)
    connection.execute(query.values(review_values(review)))
