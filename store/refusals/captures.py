"""Refusals of captures, in the API's words if any."""

from store.errors import Refusal
from store.money import Money


def already_captured(charge: str) -> Refusal:
    """Nothing that was authorised is left to be captured."""
    return Refusal(
        f"Charge {charge} has already been captured.", "charge_already_captured"
    )


def rest_released() -> Refusal:
    """The payment was captured in part, and is over."""
    return Refusal(
        "The remaining amount on this PaymentIntent could not be captured because the "
        "remainder of the authorized amount has been released.",
        "payment_intent_unexpected_state",
    )


def not_in_parts(method: str) -> Refusal:
    """Only what a card authorised can be captured in several parts."""
    return Refusal(
        f"A payment with {method} cannot be captured in several parts: leave "
        "final_capture out.",
        param="final_capture",
    )


def parts_not_requested() -> Refusal:
    """It was said when the payment was made that it is captured once."""
    return Refusal(
        "This PaymentIntent cannot be captured in several parts: its "
        "payment_method_options[card][request_multicapture] is never.",
        param="final_capture",
    )


def less_than_given(param: str, given: Money) -> Refusal:
    """A smaller part than earlier captures have given out."""
    return Refusal(
        f"Earlier captures have given out {given.symbolic()} of this payment: the "
        f"{param} cannot become less.",
        param=param,
    )
