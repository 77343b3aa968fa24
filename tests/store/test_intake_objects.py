"""Stripe's JSON understood, of every version; what cannot be is said in a sentence."""

from __future__ import annotations

from typing import Any

import pytest
from exported import AT, charge, customer, dispute, event, intent, movement, refund

from store.clock import from_unix
from store.dispute import Dispute
from store.event import Event
from store.intake.fields import Wrong
from store.intake.objects import Thing, understood
from store.intake.reading import Found
from store.method import Method
from store.money import Money
from store.outcome import Movement
from store.payment import (
    CancellationReason,
    Charge,
    ChargeStatus,
    Customer,
    Intent,
    IntentStatus,
)
from store.reference import (
    Destination,
    DestinationKind,
    ReferenceStatus,
    ReferenceType,
)
from store.refund import FailureReason, PendingReason, Refund, RefundStatus


def read(data: dict[str, Any]) -> Thing | None:
    """Understand one object."""
    return understood(Found(data["object"], data, "export.json", 1))


def read_charge(**changed: Any) -> Charge:
    """Understand a charge."""
    found = read(charge(**changed))
    assert isinstance(found, Charge)
    return found


def read_refund(**changed: Any) -> Refund:
    """Understand a refund."""
    found = read(refund(**changed))
    assert isinstance(found, Refund)
    return found


def read_intent(**changed: Any) -> Intent:
    """Understand an intent."""
    found = read(intent(**changed))
    assert isinstance(found, Intent)
    return found


def test_a_charge_is_understood_whole() -> None:
    """What is modelled becomes fields, the rest is kept as it stands."""
    found = read_charge(metadata={"order": "6735"}, amount_refunded=500)
    assert found.money == Money(2000, "usd")
    assert (found.status, found.captured) == (ChargeStatus.SUCCEEDED, True)
    assert (found.amount_captured, found.reported_refunded) == (2000, 500)
    assert found.created == from_unix(AT)
    assert (found.name, found.email) == ("Bo Li", "bo@example.com")
    assert (found.outcome_type, found.risk_level) == ("authorized", "normal")
    assert found.method == Method(
        "card", "visa", "4242", 8, 2028, "US", "credit", "fp1"
    )
    assert found.metadata == {"order": "6735"}
    assert found.extra["receipt_url"] == "redacted"
    details = found.extra["payment_method_details"]
    assert isinstance(details, dict)
    assert details["card"]["network"] == "visa"
    assert "amount" not in found.extra


def test_expanded_objects_collapse_to_their_ids() -> None:
    """Wherever they stand; objects of other kinds stay whole."""
    fee = {"object": "application_fee", "id": "fee_1", "charge": charge()}
    found = read_charge(
        balance_transaction=movement(),
        customer=customer(),
        payment_intent=intent(),
        application_fee=fee,
    )
    assert found.balance_transaction == "txn_1"
    assert found.customer == "cus_1"
    assert found.payment_intent == "pi_1"
    assert found.extra["application_fee"] == {**fee, "charge": "ch_1"}


def test_a_charge_with_a_source_knows_its_card() -> None:
    """Versions before payment methods."""
    source = {
        "object": "card",
        "brand": "American Express",
        "last4": "8431",
        "exp_month": 3,
        "exp_year": 2027,
        "name": "Bo at the till",
    }
    plain = {"name": None, "email": None}
    found = read_charge(
        payment_method_details=None, source=source, billing_details=plain
    )
    assert found.method == Method("card", "amex", "8431", 3, 2027)
    assert found.name == "Bo at the till"


@pytest.mark.parametrize(
    ("source", "method"),
    [
        ({"object": "account", "id": "acct_1"}, Method("stripe_account")),
        (
            {"object": "source", "type": "sepa_debit", "sepa_debit": {"last4": "3000"}},
            Method("sepa_debit", last4="3000"),
        ),
        (
            {"object": "bank_account", "last4": "6789"},
            Method("ach_debit", last4="6789"),
        ),
        ("card_1", Method("unknown")),
        (None, Method("unknown")),
    ],
)
def test_other_sources(source: object, method: Method) -> None:
    """Accounts, sources and bank accounts are methods too."""
    assert read_charge(payment_method_details=None, source=source).method == method


def test_a_charge_that_does_not_say_what_it_captured() -> None:
    """Then it captured all of it, if anything."""
    old = charge()
    del old["amount_captured"], old["captured"]
    found = read(old)
    assert isinstance(found, Charge)
    assert (found.captured, found.amount_captured) == (True, 2000)
    failed = read({**old, "status": "failed", "paid": False})
    assert isinstance(failed, Charge)
    assert (failed.captured, failed.amount_captured) == (False, 0)


def test_what_was_released_is_not_refunded() -> None:
    """The API counts what of an authorisation it let go as refunded."""
    released = read_charge(captured=False, amount_captured=0, amount_refunded=2000)
    assert released.reported_refunded == 0
    partly = read_charge(amount_captured=700, amount_refunded=1300)
    assert partly.reported_refunded == 700


def test_an_intent_of_an_old_version() -> None:
    """Charges listed inside name the latest; old states have new names."""
    listed = [charge("1"), charge("2", created=AT + 9)]
    old = intent(charges={"object": "list", "data": listed}, status="requires_source")
    del old["latest_charge"]
    found = read(old)
    assert isinstance(found, Intent)
    assert found.latest_charge == "ch_2"
    assert found.status is IntentStatus.REQUIRES_PAYMENT_METHOD
    assert "charges" not in found.extra
    assert "client_secret" not in found.extra


def test_a_canceled_intent_says_why() -> None:
    """Stripe's own reasons are known as well."""
    found = read_intent(
        status="canceled", cancellation_reason="automatic", canceled_at=AT
    )
    assert found.cancellation_reason is CancellationReason.AUTOMATIC
    assert found.canceled_at == from_unix(AT)


def test_a_refund_is_understood_whole() -> None:
    """Its destination says which reference is to come."""
    found = read_refund()
    assert found.money == Money(500, "usd")
    assert found.destination == Destination(
        "card",
        DestinationKind.REFUND,
        None,
        ReferenceStatus.PENDING,
        ReferenceType.ARN,
    )
    assert found.imported


def test_a_refund_of_an_old_version() -> None:
    """No destination, no payment intent, no reasons where new versions give them."""
    old = refund(payment_intent=None, status="pending")
    del old["destination_details"]
    found = read(old)
    assert isinstance(found, Refund)
    assert found.destination is None
    assert found.pending_reason is PendingReason.PROCESSING
    assert read_refund(status="failed").failure_reason is FailureReason.UNKNOWN
    canceled = read_refund(status="canceled")
    assert canceled.failure_reason is FailureReason.MERCHANT_REQUEST
    assert read_refund(status=None).status is RefundStatus.SUCCEEDED


def test_customers_disputes_and_movements() -> None:
    """Each with what it is kept for, the rest in extra."""
    who = read(customer())
    assert isinstance(who, Customer)
    assert (who.name, who.extra) == ("Bo Li", {"tax_exempt": "none"})
    objection = read(dispute(balance_transactions=[movement("9")]))
    assert isinstance(objection, Dispute)
    assert objection.extra == {"balance_transactions": ["txn_9"]}
    moved = read(movement(exchange_rate=1.38343, amount=-5, fee=-64, net=59))
    assert isinstance(moved, Movement)
    assert (moved.money.amount, moved.fee, moved.net) == (-5, -64, 59)
    assert moved.exchange_rate == "1.38343"
    assert "fee_details" in moved.extra


def test_events_are_kept_when_they_are_of_kept_objects() -> None:
    """With who asked and what was before."""
    asked = {"id": "req_1", "idempotency_key": "k1"}
    told = event("1", "charge.refunded", charge(), previous={"amount_refunded": 0})
    found = read({**told, "request": asked})
    assert isinstance(found, Event)
    assert (found.object_id, found.payment) == ("ch_1", "pi_1")
    assert (found.actor, found.request, found.key) == ("api", "req_1", "k1")
    assert found.previous == {"amount_refunded": 0}
    old = read({**told, "request": "req_old"})
    assert isinstance(old, Event)
    assert old.request == "req_old"
    by_itself = read(told)
    assert isinstance(by_itself, Event)
    assert by_itself.actor == "stripe"
    assert read(event("2", "plan.created", {"object": "plan", "id": "p"})) is None
    assert read(event("3", "balance.available", {"object": "balance"})) is None


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (charge(amount=20.5), 'charge ch_1: "amount" must be a whole number'),
        (charge(amount=True), '"amount" must be a whole number'),
        (charge(amount="2000"), '"amount" must be a whole number'),
        (charge(amount=-1), '"amount" must be between 0 and 999999999999.'),
        (charge(amount=10**30), '"amount" must be between 0 and'),
        (charge(currency="dollars"), '"currency": Invalid currency: dollars. Stripe'),
        (charge(currency="zzz"), '"currency": Invalid currency: zzz. Stripe'),
        (charge(currency=None), '"currency" must be a currency code'),
        (charge(created="today"), '"created" must be a time in Unix seconds.'),
        (charge(created=10**15), '"created" must be a time in Unix seconds.'),
        (charge(status="paused"), '"status" is "paused", which is not one of succ'),
        (charge(captured="yes"), '"captured" must be true or false.'),
        (charge(description=["a"]), '"description" must be a text.'),
        (charge(metadata={"a": 1}), '"metadata" must be an object of texts.'),
        (charge(billing_details=7), '"billing_details" must be an object.'),
        (charge(amount_captured=2001), "ch_1 captured 20.01 USD, more than its amount"),
        (charge(amount_refunded=2001), "20.01 USD are refunded, more than its amount"),
        (charge(payment_intent=7), '"payment_intent" must be an id.'),
        (
            charge(payment_method_details={"type": "card", "card": {"last4": 4242}}),
            '"payment_method_details.card.last4" must be a text.',
        ),
        ({"object": "charge"}, 'charge: "id" must be an id.'),
        (refund(amount=0), '"amount" must be between 1 and'),
        (refund(status="paused"), "refund re_1:"),
        (refund(reason="because"), '"reason" is "because", which is not one of'),
        (
            refund(destination_details={"type": "card", "card": {"type": "maybe"}}),
            '"destination_details.card.type" is "maybe"',
        ),
        (intent(status="requires_luck"), '"status" is "requires_luck"'),
        (intent(payment_method_types="card"), "must be a list of texts."),
        (dispute(status=None), '"status" must be there.'),
        (movement(exchange_rate="x"), '"exchange_rate" must be a number.'),
        ({"object": "event", "id": "evt_1", "created": AT}, "does not say what"),
    ],
)
def test_what_cannot_be_is_said(data: dict[str, Any], said: str) -> None:
    """The field, and what it must be."""
    with pytest.raises(Wrong) as wrong:
        read(data)
    assert said in str(wrong.value)


def test_half_a_character_is_no_reason_to_fail() -> None:
    """No database can hold a lone surrogate; the rest of the name is kept."""
    found = read_charge(billing_details={"name": "Bo \ud83d Li", "email": None})
    assert found.name == "Bo \ufffd Li"
    shown = found.extra["billing_details"]
    assert shown == {"name": "Bo \ufffd Li", "email": None}
