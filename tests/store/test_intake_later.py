"""What an import allows later, and what it does with the rest of a file."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from exported import (
    AT,
    charge,
    event,
    intent,
    movement,
    refund,
    refund_movement,
)

from conftest import Import
from store.badge import Badge
from store.clock import StandingClock
from store.errors import ImportFailed
from store.event import Actor
from store.money import Money
from store.refund import HELD_FOR, RefundStatus

if TYPE_CHECKING:
    from store import Store


def test_an_imported_payment_can_be_refunded(store: Store, bring: Import) -> None:
    """It is a payment like any other, without its intent as well."""
    bring(charge(amount_refunded=500), movement(status="available"))
    made = store.refunds.create(payment_intent="pi_1", actor=Actor("mia"))
    assert made.refund.money == Money(1500, "usd")
    (line,) = store.payments.page().rows
    assert (line.badge, line.refunded.amount) == (Badge.REFUNDED, 2000)
    assert store.examine() == ()


def test_released_authorisations_are_no_refunds(store: Store, bring: Import) -> None:
    """The API lists them as refunds; no captured money went back."""
    let_go = refund(amount=2000, balance_transaction=None)
    uncaptured = charge(captured=False, amount_captured=0, amount_refunded=2000)
    canceled = intent(status="canceled", canceled_at=AT + 5, amount_received=0)
    for _ in range(2):
        bring(uncaptured, canceled, let_go)
        found = store.payments.detail("pi_1")
        assert found.badge is Badge.CANCELED
        assert found.payment.refunded == Money(0, "usd")
        assert store.refunds.detail("re_1").refund.status is RefundStatus.SUCCEEDED


def test_a_converted_charge_is_settled_in_its_currency(
    store: Store, bring: Import
) -> None:
    """What the balance earned, at which rate."""
    earned = movement(currency="eur", amount=1760, fee=80, net=1680, exchange_rate=0.88)
    taken = refund_movement(currency="eur", amount=-430, net=-430)
    bring(charge(balance_transaction=earned), refund(balance_transaction=taken))
    paid = store.payments.detail("ch_1").payment
    assert paid.charge is not None
    assert paid.charge.settlement == Money(1760, "eur")
    assert paid.charge.exchange_rate == "0.88"
    assert paid.refunds[0].takes == Money(430, "eur")
    (balance,) = store.refunds.pending().balances
    assert balance.available == Money(1680 - 430, "eur")


def test_funds_mature_when_their_day_comes(
    store: Store, bring: Import, clock: StandingClock
) -> None:
    """Until then they are pending."""
    day = int(clock.now().timestamp()) + 86_400
    bring(charge(), movement(available_on=day))
    (balance,) = store.refunds.pending().balances
    assert (balance.available.amount, balance.pending.amount) == (0, 1912)
    clock.at += timedelta(days=2)
    store.advance()
    (balance,) = store.refunds.pending().balances
    assert (balance.available.amount, balance.pending.amount) == (1912, 0)
    again = bring(charge(), movement(available_on=day))
    assert again.unchanged == 2
    assert store.examine() == ()


def test_a_partial_export_is_closed_against_the_opening_account(
    store: Store, bring: Import
) -> None:
    """Available is never below nothing for what the file does not hold."""
    bring(charge(amount_refunded=500), refund(), refund_movement())
    (balance,) = store.refunds.pending().balances
    assert balance.available == Money(0, "usd")
    assert store.examine() == ()


def test_a_held_refund_stays_held(store: Store, bring: Import) -> None:
    """Where the export says that funds are short, they are; a top-up releases it."""
    held = refund(
        status="pending",
        pending_reason="insufficient_funds",
        balance_transaction=None,
        destination_details={"type": "card", "card": {"type": "pending"}},
    )
    for _ in range(2):
        bring(charge(amount_refunded=500), movement(status="available"), held)
        assert store.payments.page().rows[0].badge is Badge.REFUND_HELD
        assert store.examine() == ()
    (waiting,) = store.refunds.pending().waiting
    assert waiting.refund.expires_at == waiting.refund.created + HELD_FOR
    done = store.topups.create(amount=500, currency="usd", actor=Actor("mia"))
    assert [one.id for one in done.released] == ["re_1"]
    assert store.payments.page().rows[0].badge is Badge.PARTIAL_REFUND


def test_events_make_the_story(store: Store, bring: Import) -> None:
    """Each once, whichever name of the payment it was told under."""
    details = {"reference": "7453", "reference_status": "available"}
    kind = {"reference_type": "acquirer_reference_number", "type": "refund"}
    arrived = refund(destination_details={"type": "card", "card": {**details, **kind}})
    asked = {"id": "req_1", "idempotency_key": None}
    bring(
        event("1", "charge.succeeded", charge(payment_intent=None), created=AT),
        event("2", "refund.created", refund(payment_intent=None), request=asked),
        event(
            "3",
            "refund.updated",
            arrived,
            previous={"destination_details": {"card": {"reference_status": "pending"}}},
            created=AT + 90_000,
        ),
        intent(),
        charge(),
    )
    story = store.payments.detail("pi_1").timeline
    assert [(one.actor, one.text) for one in story] == [
        ("stripe", "refund 5.00 USD: ARN 7453"),
        ("api", "refund 5.00 USD sent"),
        ("stripe", "payment 20.00 USD"),
    ]
    assert {one.id for one in store.events.newest()} == {"evt_1", "evt_2", "evt_3"}


def test_an_imported_refund_can_be_canceled(
    store: Store, bring: Import, clock: StandingClock
) -> None:
    """Its money comes back from where the import says that it went."""
    now = int(clock.now().timestamp())
    details = {"type": "card", "card": {"type": "refund"}}
    sent = refund(created=now - 300, destination_details=details)
    bring(charge(), movement(status="available"), sent, refund_movement())
    done = store.refunds.cancel("re_1", actor=Actor("mia"))
    assert done.refund.status is RefundStatus.CANCELED
    assert done.available_after == Money(1912, "usd")
    assert store.payments.page().rows[0].refunded == Money(0, "usd")
    assert store.examine() == ()
    again = bring(charge(amount_refunded=500), sent, refund_movement())
    assert "refund" not in again.changed
    assert store.refunds.detail("re_1").refund.status is RefundStatus.CANCELED


def test_an_authorisation_may_be_raised_until_it_is_captured(
    store: Store, bring: Import
) -> None:
    """After that its amount stays what it is."""
    bring(charge(amount=1000, captured=False, amount_captured=0))
    bring(charge(amount=1500, captured=False, amount_captured=0))
    bring(charge(amount=1500, amount_captured=1400))
    found = store.payments.detail("ch_1").payment.charge
    assert found is not None
    assert (found.money.amount, found.amount_captured) == (1500, 1400)
    with pytest.raises(ImportFailed, match=r"capture more than its amount of 15\.00"):
        bring(charge(amount=2000, amount_captured=2000))
    assert store.payments.page().rows[0].money == Money(1500, "usd")
