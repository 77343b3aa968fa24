"""Mapping of risk: reviews and blocks to rows and back."""

from store.block import Block, BlockKind, Mark
from store.clock import from_unix, to_unix
from store.review import Closed, Opened, Review
from store.sql.mapping.payments import Values, details_of, loaded, moment, unix
from store.sql.rows import NamedRow


def block_values(block: Block) -> Values:
    """Return a block's row."""
    return {
        "id": block.id,
        "kind": block.mark.kind.value,
        "value": block.mark.value,
        "created": to_unix(block.created),
        "actor": block.actor,
        "refund": block.refund,
        "lifted": unix(block.lifted),
        "lifted_by": block.lifted_by,
    }


def block_of(row: NamedRow) -> Block:
    """Return the block of a row."""
    return Block(
        id=row.id,
        mark=Mark(BlockKind(row.kind), row.value),
        created=from_unix(row.created),
        actor=row.actor,
        refund=row.refund,
        lifted=moment(row.lifted),
        lifted_by=row.lifted_by,
    )


def review_values(review: Review) -> Values:
    """Return a review's row."""
    return {
        "id": review.id,
        "created": to_unix(review.created),
        "charge": review.charge,
        "payment_intent": review.payment_intent,
        "opened": review.opened.value,
        "closed": review.closed and review.closed.value,
        "details": details_of({}, review.extra),
        "imported": int(review.imported),
    }


def review_of(row: NamedRow) -> Review:
    """Return the review of a row."""
    return Review(
        id=row.id,
        created=from_unix(row.created),
        charge=row.charge,
        payment_intent=row.payment_intent,
        opened=Opened(row.opened),
        closed=Closed(row.closed) if row.closed else None,
        imported=bool(row.imported),
        extra=loaded(row.details)[1],
    )
