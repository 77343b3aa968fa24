"""Refusals: every sentence that says why not, written once.

The texts and codes are those of Stripe's API where it has one (refund-rules §3);
menu, dialog, command line and HTTP all show the same sentence.
"""

from store.errors import Refusal
from store.money import Money

HOLD_DOCS = "https://stripe.com/docs/payments/place-a-hold-on-a-payment-method"
CANCELABLE_INTENTS = (
    "requires_payment_method",
    "requires_capture",
    "requires_confirmation",
    "requires_action",
    "processing",
)


def already_refunded(charge: str) -> Refusal:
    """Nothing of the charge is left to refund."""
    return Refusal(
        f"Charge {charge} has already been refunded.",
        "charge_already_refunded",
        brief="already refunded",
    )


def more_than_charge(asked: Money, charged: Money) -> Refusal:
    """More than the charge, of which nothing was refunded yet."""
    return Refusal(
        f"Refund amount ({asked.symbolic()}) is greater than charge amount "
        f"({charged.symbolic()})",
        param="amount",
    )


def more_than_left(asked: Money, left: Money) -> Refusal:
    """More than what is still unrefunded."""
    return Refusal(
        f"Refund amount ({asked.symbolic()}) is greater than unrefunded amount on "
        f"charge ({left.symbolic()})",
        param="amount",
    )


def amount_below_one() -> Refusal:
    """Less than one minor unit."""
    return Refusal(
        "This value must be greater than or equal to 1.",
        "parameter_invalid_integer",
        "amount",
    )


def amount_too_large(most: Money) -> Refusal:
    """More than one payment or top-up can be."""
    return Refusal(
        f"Amount must be no more than {most.symbolic()}", "amount_too_large", "amount"
    )


def amount_not_an_integer(given: str) -> Refusal:
    """An amount that is no whole number of minor units."""
    return Refusal(f"Invalid integer: {given}", "parameter_invalid_integer", "amount")


def amount_not_divisible(asked: Money, unit: Money) -> Refusal:
    """An amount that the currency cannot express."""
    return Refusal(
        f"Invalid amount: {asked} must be a multiple of {unit}.", param="amount"
    )


def no_such(kind: str, given: str, param: str) -> Refusal:
    """An id that the store does not know; kind and param are the API's names."""
    said = f"No such {kind}: '{given}'"
    return Refusal(said, "resource_missing", param, 404, brief="not known")


def names_no_payment() -> Refusal:
    """Neither charge nor payment intent was named."""
    return Refusal(
        "One of the following params should be provided for this request: "
        "payment_intent or charge."
    )


def names_two_payments() -> Refusal:
    """Charge and payment intent were named, and disagree."""
    return Refusal(
        "You may only specify one of these parameters: charge, payment_intent."
    )


def uncaptured(intent: str) -> Refusal:
    """The charge is an authorisation: cancel the payment instead."""
    return Refusal(
        f"This uncaptured Charge was created by a PaymentIntent ({intent}). You must "
        "cancel the PaymentIntent to reverse the authorization instead of refunding "
        f"the Charge directly. For more information, see {HOLD_DOCS}",
        brief="not captured",
    )


def no_successful_charge(intent: str) -> Refusal:
    """The payment never succeeded, so there is nothing to refund."""
    return Refusal(
        f"This PaymentIntent ({intent}) does not have a successful charge to refund.",
        brief="never paid",
    )


def charged_back(charge: str) -> Refusal:
    """A chargeback is open or lost."""
    return Refusal(
        f"Charge {charge} has been charged back; cannot issue a refund.",
        "charge_disputed",
        brief="disputed",
    )


def bad_reason() -> Refusal:
    """A refund reason that the API does not know."""
    return Refusal(
        "Invalid reason: must be one of duplicate, fraudulent, or "
        "requested_by_customer",
        param="reason",
    )


def note_needed() -> Refusal:
    """Reason Other without a note that explains it."""
    return Refusal("The reason Other needs a note that explains it.", param="note")


def email_needed() -> Refusal:
    """Nobody to ask for the bank details that the refund needs."""
    return Refusal(
        "An instructions_email is needed: the customer has no email address to ask "
        "for the bank details of this refund.",
        param="instructions_email",
        brief="no email address",
    )


def method_without_refunds(method: str) -> Refusal:
    """The payment method cannot be refunded at all."""
    return Refusal(
        f"Payments with {method} cannot be refunded.",
        "charge_not_refundable",
        brief=f"{method}, never refunded",
    )


def refund_window_over(charge: str, method: str, days: int) -> Refusal:
    """The payment is older than its method's refunds allow."""
    return Refusal(
        f"Charge {charge} cannot be refunded any more: payments with {method} can be "
        f"refunded for {days} days.",
        "charge_not_refundable",
        brief="past the refund window",
    )


def insufficient_balance() -> Refusal:
    """The balance is short and the method cannot wait for funds."""
    return Refusal(
        "Insufficient funds in your Stripe balance to refund this amount.",
        brief="short of funds",
    )


def refund_not_cancelable() -> Refusal:
    """The API cancels only refunds that wait for the customer."""
    return Refusal("Canceling this refund is unsupported.")


def refund_already(state: str) -> Refusal:
    """The refund is in a final state already."""
    return Refusal(f"The refund is {state} already: nothing is left to cancel.")


def refund_is_reversal() -> Refusal:
    """A reversal cannot be called back."""
    gone = "the bank has taken it off the charge already"
    return Refusal(f"It went out as a reversal: {gone}.")


def refund_at_bank(minutes: int) -> Refusal:
    """The cancellation window of a card refund is over."""
    return Refusal(f"Sent more than {minutes} minutes ago: it is at the bank.")


def refund_cannot_be_canceled(method: str) -> Refusal:
    """Refunds to this method are never cancelable once sent."""
    return Refusal(f"Refunds to {method} cannot be canceled once they are sent.")


def no_refund_yet() -> Refusal:
    """The payment has no refund."""
    return Refusal("No refund yet.")


def no_reference_kept() -> Refusal:
    """The refund carries no bank reference."""
    return Refusal("Refunds to this method carry no bank reference.")


def intent_not_cancelable(status: str) -> Refusal:
    """The intent is past canceling."""
    return Refusal(
        "You cannot cancel this PaymentIntent because it has a status of "
        f"{status}. Only a PaymentIntent with one of the following statuses may be "
        f"canceled: {', '.join(CANCELABLE_INTENTS)}.",
        "payment_intent_unexpected_state",
    )


def only_uncaptured() -> Refusal:
    """The console cancels uncaptured payments only."""
    return Refusal("Only uncaptured payments can be canceled here.")


def intent_not_capturable(status: str) -> Refusal:
    """The intent is not waiting for capture."""
    return Refusal(
        "This PaymentIntent could not be captured because it has a status of "
        f"{status}. Only a PaymentIntent with one of the following statuses may be "
        "captured: requires_capture.",
        "payment_intent_unexpected_state",
    )


def captures_too_much() -> Refusal:
    """More than was authorised."""
    return Refusal(
        "The payment could not be captured because the requested capture amount is "
        "greater than the amount you can capture for this charge.",
        "amount_too_large",
    )


def bad_cancellation_reason() -> Refusal:
    """A cancellation reason that the API does not know."""
    return Refusal(
        "Invalid cancellation_reason: must be one of duplicate, fraudulent, "
        "requested_by_customer, or abandoned",
        param="cancellation_reason",
    )


def idempotency_mismatch(key: str) -> Refusal:
    """The key was used for another request."""
    return Refusal(
        "Keys for idempotent requests can only be used with the same parameters they "
        f"were first used with. Try using a key other than '{key}' if you meant to "
        "execute a different request.",
        type="idempotency_error",
    )


def lock_timeout() -> Refusal:
    """Another process holds the object."""
    return Refusal(
        "This object cannot be accessed right now because another API request or "
        "Stripe process is currently accessing it. If you see this error "
        "intermittently, retry the request.",
        "lock_timeout",
        status=429,
    )


def not_disputable(charge: str) -> Refusal:
    """The charge took no money, or is disputed already."""
    return Refusal(f"Charge {charge} took no money or is disputed already.")


def dispute_closed() -> Refusal:
    """Nothing more comes of the dispute."""
    return Refusal("This dispute is already closed")


def dispute_cannot_end(status: str, wanted: str) -> Refusal:
    """The dispute has ended, or cannot end that way."""
    return Refusal(f"A dispute that is {status} cannot become {wanted}.")
