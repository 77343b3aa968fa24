"""Bulk refusals: every sentence that says why not of bulk refunds, written once."""

from store import refusals
from store.errors import Refusal
from store.money import Money


def partly_refunded(refunded: Money, left: Money) -> Refusal:
    """A part is refunded already: what is left is for an agent to decide."""
    return Refusal(
        f"Partly refunded: {refunded} of it, {left} is left. Bulk refunds are full"
        " refunds only.",
        brief="partly refunded",
    )


def closed_with_a_note(failed: Money) -> Refusal:
    """A refund failed and somebody closed it: only an agent can tell what was done."""
    return Refusal(
        f"A refund of {failed} failed and was closed with a note: it may be paid"
        " another way. Refund this payment by itself.",
        brief="closed with a note",
    )


def nothing_to_refund() -> Refusal:
    """No payment of a plan can be refunded."""
    return Refusal("None of these payments can be refunded: there is nothing to start.")


def nothing_chosen() -> Refusal:
    """A bulk refund of no payment."""
    return Refusal("No payment is chosen.", param="payments")


def no_such_bulk(given: str) -> Refusal:
    """An id that is no bulk refund."""
    return refusals.no_such("bulk refund", given, "id")


def is_over(state: str, wanted: str) -> Refusal:
    """A job that cannot be brought where it is wanted."""
    return Refusal(f"The bulk refund is {state}: it cannot be {wanted}.")


def nothing_to_retry() -> Refusal:
    """No failure of a job would end otherwise."""
    return Refusal(
        "No failure of this bulk refund would end otherwise: nothing is tried again."
    )


def guarded(said: str) -> Refusal:
    """The store's own guards, which stand below its rules, said no."""
    return Refusal(f"The store's guards refused it ({said}). Nothing was done.")


def may_end_otherwise(refusal: Refusal) -> bool:
    """Tell whether the same refund may be done later, with nothing else changed."""
    return refusal in (
        refusals.insufficient_balance(),
        refusals.email_needed(),
        refusals.lock_timeout(),
    )
