"""Refusals about payment methods and customers' payments, in the API's words."""

from collections.abc import Sequence

from store.errors import Refusal

OPEN_INTENTS = ("requires_payment_method", "requires_confirmation", "requires_action")


def method_attached() -> Refusal:
    """The payment method is another customer's."""
    return Refusal(
        "The payment method you provided has already been attached to a customer."
    )


def method_spent() -> Refusal:
    """Nobody pays any more with what was taken from its customer."""
    return Refusal(
        "The provided PaymentMethod was previously used with a PaymentIntent without "
        "Customer attachment, shared with a connected account without Customer "
        "attachment, or was detached from a Customer. It may not be used again. To use "
        "a PaymentMethod multiple times, you must attach it to a Customer first."
    )


def method_of_another(method: str, customer: str) -> Refusal:
    """Whoever is to pay with it is not the customer whose it is."""
    return Refusal(
        f"The PaymentMethod {method} does not belong to the Customer you supplied "
        f"{customer}. Please use this PaymentMethod with the Customer that it belongs "
        "to instead.",
        param="payment_method",
    )


def method_of_somebody(method: str, owner: str) -> Refusal:
    """Nobody was named who is to pay with it, though it is somebody's."""
    return Refusal(
        f"The `payment_method` parameter supplied {method} belongs to the Customer "
        f"{owner}. Please include the Customer in the `customer` parameter on the "
        "PaymentIntent.",
        "parameter_missing",
        "source",
    )


def method_not_attached() -> Refusal:
    """The payment method is nobody's."""
    return Refusal(
        "The payment method you provided is not attached to a customer so detachment "
        "is impossible."
    )


def another_type(given: str, type_: str) -> Refusal:
    """What is said of one type of payment method, of which another is made."""
    return Refusal(
        f"The parameter {given} says something of {given}, but the type is {type_}.",
        param=given,
    )


def two_cards() -> Refusal:
    """A card by its number, and one by its token."""
    return Refusal(
        "You may only specify one of these parameters: card[number], card[token].",
        param="card[number]",
    )


def bad_cvc() -> Refusal:
    """A card's code that none has."""
    return Refusal(
        "Your card's security code is invalid.",
        "invalid_cvc",
        "cvc",
        402,
        "card_error",
    )


def bad_month() -> Refusal:
    """A month that no year has."""
    return Refusal(
        "Your card's expiration month is invalid.",
        "invalid_expiry_month",
        "exp_month",
        402,
        "card_error",
    )


def not_allowed(type_: str, allowed: Sequence[str]) -> Refusal:
    """A payment method that the payment is not to be paid with."""
    listed = f" Use one of these types: {', '.join(allowed)}." if allowed else ""
    return Refusal(
        f"The PaymentMethod provided ({type_}) is not allowed for this "
        f"PaymentIntent.{listed}",
        param="payment_method",
    )


def two_ways_to_pay() -> Refusal:
    """A payment method by its id, and another one described."""
    return Refusal(
        "You may only specify one of these parameters: payment_method, "
        "payment_method_data.",
        param="payment_method_data",
    )


def two_ways_to_allow() -> Refusal:
    """Types of payment methods, and that they are chosen automatically."""
    return Refusal(
        "You may only specify one of these parameters: automatic_payment_methods, "
        "payment_method_types.",
        param="payment_method_types",
    )


def action_needed() -> Refusal:
    """The customer would have to do something, and is not there."""
    return Refusal(
        "This payment required an authentication action to complete, but "
        "`error_on_requires_action` was set.",
        "authentication_required",
        status=402,
        type="card_error",
    )


def bad_method_type(known: tuple[str, ...]) -> Refusal:
    """A kind of payment method that there is not."""
    return Refusal(
        f"Invalid type: must be one of {', '.join(known[:-1])}, or {known[-1]}",
        param="type",
    )


def card_needed() -> Refusal:
    """A card without its number."""
    return Refusal("Missing required param: card.", "parameter_missing", "card")


def no_test_card() -> Refusal:
    """A number that may be somebody's own card."""
    return Refusal(
        "Your card was declined. Your request was in test mode, but used a non test "
        "(live) card. For a list of valid test cards, visit: "
        "https://stripe.com/docs/testing.",
        "card_declined",
        "number",
        402,
        "card_error",
    )


def not_confirmable(status: str) -> Refusal:
    """The intent is past confirming."""
    return Refusal(
        "You cannot confirm this PaymentIntent because it has a status of "
        f"{status}. Only a PaymentIntent with one of the following statuses may be "
        f"confirmed: {', '.join(OPEN_INTENTS)}.",
        "payment_intent_unexpected_state",
    )


def not_captured_by_hand(method: str) -> Refusal:
    """A method that takes the money at once, or days later: nothing is held for it."""
    return Refusal(
        f"The payment method type {method} does not support manual capture. Use "
        "capture_method=automatic, or a payment method that supports manual capture.",
        param="capture_method",
    )


def customer_needed() -> Refusal:
    """A transfer that nobody would be known to have sent."""
    return Refusal(
        "A customer is needed to pay with customer_balance.",
        "parameter_missing",
        "customer",
    )


def method_missing() -> Refusal:
    """An intent that is to be paid, with nothing to pay it with."""
    return Refusal(
        "You cannot confirm this PaymentIntent because it's missing a payment method. "
        "You can either update the PaymentIntent with a payment method and then "
        "confirm it again, or confirm it again directly with a payment method or "
        "ConfirmationToken.",
        "payment_intent_unexpected_state",
    )


def currency_fixed(currency: str) -> Refusal:
    """Another currency than the one in which the intent was made."""
    return Refusal(
        f"The currency of this PaymentIntent stays {currency}: make another one to be "
        "paid in another currency.",
        param="currency",
    )


def not_changeable(what: str, status: str) -> Refusal:
    """Part of an intent that is settled once it was paid or canceled."""
    return Refusal(
        f"This PaymentIntent's {what} could not be updated because it has a status "
        f"of {status}. You may only update the {what} of a PaymentIntent with one of "
        f"the following statuses: {', '.join(OPEN_INTENTS)}.",
        "payment_intent_unexpected_state",
        what,
    )


def refund_not_expirable(status: str) -> Refusal:
    """The refund waits for nobody's answer."""
    return Refusal(
        f"You cannot expire this refund because it has a status of {status}. Only a "
        "refund with the status requires_action can be expired."
    )
