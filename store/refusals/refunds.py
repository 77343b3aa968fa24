"""Refusals of refunds that were asked for as what their charge is not."""

from store.errors import Refusal


def another_currency(given: str, charged: str) -> Refusal:
    """A refund in another currency than its charge's."""
    return Refusal(
        f"The currency of a refund must be that of its charge: the charge is in "
        f"{charged}, not in {given}.",
        param="currency",
    )


def another_customer(given: str) -> Refusal:
    """A refund to another customer than who paid."""
    return Refusal(
        f"The customer {given} did not make the payment that is to be refunded.",
        param="customer",
    )
