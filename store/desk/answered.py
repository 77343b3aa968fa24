"""Answered: what became of a request, asked by its idempotency key."""

from dataclasses import dataclass, field

from store.bulk import Bulk, BulkState, ItemState


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer that a key was given; a key without one was never carried out."""

    done: bool
    """Whether it was carried out; refused otherwise, and nothing was changed."""
    object_id: str | None
    word: str = field(default="done", kw_only=True)
    """What became of it, in a word: what was begun need not have come to its end."""
    goes_on: bool = field(default=False, kw_only=True)
    """Whether something of it is left that can still be done."""
    message: str
    """What was done and how that stands now, or why not, in a sentence."""


_WORDS = {
    BulkState.RUNNING: "started",
    BulkState.PAUSED: "paused",
    BulkState.STOPPED: "stopped",
    BulkState.DONE: "done",
}


def of_bulk(bulk: Bulk) -> Answered:
    """Return how a bulk refund stands: whoever began or paused it may be gone."""
    stopped = bulk.state is BulkState.STOPPED
    return Answered(
        done=True,
        object_id=bulk.id,
        message=f"{_standing(bulk)}.",
        word=_WORDS[bulk.state],
        goes_on=bulk.queued > 0 and not stopped,
    )


def _standing(bulk: Bulk) -> str:
    """Return how far it came: what was sent, waits, failed, was skipped and is left."""
    counts = bulk.counts
    stopped = bulk.state is BulkState.STOPPED
    parts = [f"{counts[ItemState.SENT]:,} of {bulk.total:,} sent"]
    parts += [
        f"{number:,} {word}"
        for word, number in (
            ("held", counts[ItemState.HELD]),
            ("failed", counts[ItemState.FAILED]),
            ("skipped", counts[ItemState.SKIPPED]),
            ("changed meanwhile", counts[ItemState.STALE]),
            ("left as they are" if stopped else "left", counts[ItemState.QUEUED]),
        )
        if number
    ]
    return ", ".join(parts)
