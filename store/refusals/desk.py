"""Refusals of what a desk does beside the API: notes, failed refunds."""

from store.errors import Refusal


def note_is_empty() -> Refusal:
    """A note without a word."""
    return Refusal("A note needs words.", param="note")


def note_too_long(length: int, most: int) -> Refusal:
    """A note that nobody would read."""
    return Refusal(
        f"A note can have up to {most} characters, but this one has {length}.",
        param="note",
    )


def only_failed(refund: str, state: str) -> Refusal:
    """The refund did not fail, so there is nothing to follow up."""
    return Refusal(f"Refund {refund} has not failed: it is {state}.", param="refund")


def closed_already(refund: str, who: str) -> Refusal:
    """Somebody has dealt with the failed refund."""
    return Refusal(f"{who} has dealt with refund {refund} already.", param="refund")


def retried_already(refund: str, retried_as: str) -> Refusal:
    """The failed refund was tried again before."""
    return Refusal(
        f"Refund {refund} was tried again already, as {retried_as}.", param="refund"
    )


def nothing_short() -> Refusal:
    """Every waiting refund is covered, or none waits."""
    return Refusal("No currency is short: there is nothing to cover.", param="amounts")
