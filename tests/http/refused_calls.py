"""Calls that are refused, and every word of how (refund-rules: errors)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from serving import pay


@dataclass(frozen=True)
class Case:
    """A call that is refused, and how."""

    name: str
    act: Callable[[Any], object]
    message: str
    status: int = 400
    code: str | None = None
    param: str | None = None


def _over(amount: int, before: int = 0) -> Callable[[Any], object]:
    def act(api: Any) -> object:
        paid = pay(api)
        if before:
            api.refunds.create({"payment_intent": paid.id, "amount": before})
        return api.refunds.create({"payment_intent": paid.id, "amount": amount})

    return act


def _of(verb: str, given: dict[str, object]) -> Callable[[Any], object]:
    noun, _, name = verb.rpartition(".")
    return lambda api: getattr(getattr(api, noun), name)(given)


def _named(verb: str, given: str, *more: object) -> Callable[[Any], object]:
    noun, _, name = verb.rpartition(".")
    return lambda api: getattr(getattr(api, noun), name)(given, *more)


MISSING = "resource_missing"
CASES = (
    Case(
        "more than the charge",
        _over(1100),
        "Refund amount ($11.00) is greater than charge amount ($10.00)",
        param="amount",
    ),
    Case(
        "more than is left",
        _over(600, before=500),
        "Refund amount ($6.00) is greater than unrefunded amount on charge ($5.00)",
        param="amount",
    ),
    Case(
        "less than one",
        _over(0),
        "This value must be greater than or equal to 1.",
        code="parameter_invalid_integer",
        param="amount",
    ),
    Case(
        "no integer",
        _of("refunds.create", {"charge": "ch_x", "amount": "abc"}),
        "Invalid integer: abc",
        code="parameter_invalid_integer",
        param="amount",
    ),
    Case(
        "unknown charge",
        _of("refunds.create", {"charge": "ch_X"}),
        "No such charge: 'ch_X'",
        404,
        MISSING,
        "id",
    ),
    Case(
        "unknown charge in the path",
        _named("charges.retrieve", "ch_X"),
        "No such charge: 'ch_X'",
        404,
        MISSING,
        "id",
    ),
    Case(
        "unknown intent",
        _of("refunds.create", {"payment_intent": "pi_X"}),
        "No such payment_intent: 'pi_X'",
        404,
        MISSING,
        "payment_intent",
    ),
    Case(
        "an intent as a charge",
        _of("refunds.create", {"charge": "pi_X"}),
        "No such charge: 'pi_X'",
        404,
        MISSING,
        "id",
    ),
    Case(
        "a charge as an intent",
        _of("refunds.create", {"payment_intent": "ch_X"}),
        "No such payment_intent: 'ch_X'",
        404,
        MISSING,
        "payment_intent",
    ),
    Case(
        "unknown intent in the path",
        _named("payment_intents.retrieve", "pi_X"),
        "No such payment_intent: 'pi_X'",
        404,
        MISSING,
        "intent",
    ),
    Case(
        "unknown refund",
        _named("refunds.retrieve", "re_X"),
        "No such refund: 're_X'",
        404,
        MISSING,
        "refund",
    ),
    Case(
        "neither",
        _of("refunds.create", {}),
        "One of the following params should be provided for this request: "
        "payment_intent or charge.",
    ),
    Case(
        "bad reason",
        lambda api: api.refunds.create(
            {"charge": pay(api).latest_charge, "reason": "x"}
        ),
        "Invalid reason: must be one of duplicate, fraudulent, or "
        "requested_by_customer",
        param="reason",
    ),
    Case(
        "the console's own reason",
        lambda api: api.refunds.create(
            {"charge": pay(api).latest_charge, "reason": "other"}
        ),
        "Invalid reason: must be one of duplicate, fraudulent, or "
        "requested_by_customer",
        param="reason",
    ),
    Case(
        "unknown parameter",
        _of("refunds.create", {"charge": "ch_x", "wat": 1}),
        "Received unknown parameter: wat",
        code="parameter_unknown",
        param="wat",
    ),
    Case(
        "unknown parameters",
        _of("refunds.list", {"wat": {"a": 1}, "huh": "x"}),
        "Received unknown parameters: wat[a], huh",
        code="parameter_unknown",
        param="wat[a]",
    ),
    Case(
        "both cursors",
        _of("refunds.list", {"starting_after": "re_1", "ending_before": "re_2"}),
        "Received both starting_after and ending_before parameters. Please pass in "
        "only one.",
    ),
    Case(
        "unknown cursor",
        _of("refunds.list", {"starting_after": "re_X"}),
        "No such refund: 're_X'",
        code=MISSING,
        param="starting_after",
    ),
    Case(
        "metadata value",
        lambda api: api.refunds.create(
            {"charge": pay(api).latest_charge, "metadata": {"a": "x" * 801}}
        ),
        "Metadata values can have up to 500 characters, but you passed in a value "
        f"that is 801 characters. Invalid value: {'x' * 801}",
    ),
    Case(
        "metadata key",
        lambda api: api.refunds.create(
            {"charge": pay(api).latest_charge, "metadata": {"k" * 41: "x"}}
        ),
        "Metadata keys can have up to 40 characters, but you passed in a key that is "
        f"41 characters. Invalid key: {'k' * 41}",
    ),
    Case(
        "metadata keys",
        lambda api: api.refunds.create(
            {
                "charge": pay(api).latest_charge,
                "metadata": {f"k{n}": "x" for n in range(52)},
            }
        ),
        "Metadata can have up to 50 keys, but you've set 52",
    ),
    Case(
        "a chargeback's reason to cancel",
        lambda api: api.payment_intents.cancel(
            pay(api, capture_method="manual").id, {"cancellation_reason": "boredom"}
        ),
        "Invalid cancellation_reason: must be one of duplicate, fraudulent, "
        "requested_by_customer, or abandoned",
        param="cancellation_reason",
    ),
    Case(
        "cancel what is paid",
        lambda api: api.payment_intents.cancel(pay(api).id),
        "You cannot cancel this PaymentIntent because it has a status of succeeded. "
        "Only a PaymentIntent with one of the following statuses may be canceled: "
        "requires_payment_method, requires_capture, requires_confirmation, "
        "requires_action, processing.",
        code="payment_intent_unexpected_state",
    ),
    Case(
        "capture what is paid",
        lambda api: api.payment_intents.capture(pay(api).id),
        "This PaymentIntent could not be captured because it has a status of "
        "succeeded. Only a PaymentIntent with one of the following statuses may be "
        "captured: requires_capture.",
        code="payment_intent_unexpected_state",
    ),
    Case(
        "capture too much",
        lambda api: api.payment_intents.capture(
            pay(api, capture_method="manual").id, {"amount_to_capture": 1001}
        ),
        "The payment could not be captured because the requested capture amount is "
        "greater than the amount you can capture for this charge.",
        code="amount_too_large",
    ),
    Case(
        "cancel a card refund",
        lambda api: api.refunds.cancel(
            api.refunds.create({"payment_intent": pay(api).id}).id
        ),
        "Canceling this refund is unsupported.",
    ),
    Case(
        "metadata that is none",
        _of("refunds.create", {"charge": "ch_x", "metadata": "a"}),
        "Invalid object",
        param="metadata",
    ),
    Case(
        "missing",
        _of("payment_intents.create", {"currency": "usd"}),
        "Missing required param: amount.",
        code="parameter_missing",
        param="amount",
    ),
    Case(
        "empty",
        _of("refunds.list", {"charge": ""}),
        "You passed an empty string for 'charge'. We assume empty values are an "
        "attempt to unset a parameter; however 'charge' cannot be unset. You should "
        "remove 'charge' from your request or supply a non-empty value.",
        code="parameter_invalid_empty",
        param="charge",
    ),
    Case(
        "expand what is none",
        lambda api: api.charges.retrieve(
            pay(api).latest_charge, {"expand": ["status"]}
        ),
        "This property cannot be expanded (status).",
        param="expand",
    ),
)
