"""Every change is told in the documented order, with what was there before."""

from datetime import timedelta
from typing import Any

import pytest

from conftest import Funds, Later, Pay
from store import Store
from store.event import Actor, Event
from store.outcome import RefundOutcome


class Told:
    """The events since the last look, oldest first."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen = 0

    def __call__(self) -> list[Event]:
        """Return what was told since the last call."""
        told = [e for e in self._store.events.newest(limit=1_000) if e.seq > self._seen]
        self._seen = max((e.seq for e in told), default=self._seen)
        return told[::-1]


@pytest.fixture
def told(store: Store) -> Told:
    """Listen to the store."""
    return Told(store)


def types(events: list[Event]) -> list[str]:
    """Return the names of events."""
    return [event.type for event in events]


def plain(event: Event) -> Any:
    """Return the object that an event tells of."""
    return event.data


@pytest.fixture
def sent(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later, told: Told
) -> RefundOutcome:
    """A refund of 20.00 of 50.00, of which the events were heard."""
    funds()
    paid = pay(5_000, method="pm_card_refundFail", description="Order 7")
    later()
    told()
    return store.refunds.create(
        payment_intent=paid.id, amount=2_000, actor=mia, key="K"
    )


def test_a_refund(told: Told, sent: RefundOutcome) -> None:
    """The refund first, then its charge; both carry actor, key and request."""
    created, refunded = told()
    assert types([created, refunded]) == ["refund.created", "charge.refunded"]
    assert created.object_id == sent.refund.id
    assert (dict(created.previous), dict(refunded.previous)) == (
        {},
        {"amount_refunded": 0},
    )
    assert plain(refunded)["amount_refunded"] == 2_000
    assert {created.actor, refunded.actor} == {"mia"}
    assert {created.key, refunded.key} == {"K"}
    assert created.request is not None
    assert created.request == refunded.request
    assert created.request.startswith("req_")
    assert {created.payment, refunded.payment} == {sent.payment.id}


def test_a_refund_as_the_api_writes_it(told: Told, sent: RefundOutcome) -> None:
    """Empty keys are null or absent as documented; there is no livemode."""
    shape = plain(told()[0])
    assert shape["amount"] == 2_000
    assert shape["object"] == "refund"
    assert shape["reason"] is None
    assert shape["balance_transaction"] == sent.refund.balance_transaction
    assert shape["destination_details"] == {
        "card": {
            "type": "refund",
            "reference_status": "pending",
            "reference_type": "acquirer_reference_number",
        },
        "type": "card",
    }
    absent = {
        *("livemode", "failure_reason", "failure_balance_transaction"),
        *("pending_reason", "next_action", "instructions_email", "description"),
    }
    assert not absent & set(shape)


def test_a_full_refund(
    store: Store, mia: Actor, pay: Pay, funds: Funds, told: Told
) -> None:
    """Only when all is refunded does the charge say so."""
    funds()
    paid = pay()
    told()
    store.refunds.create(payment_intent=paid.id, actor=mia)
    _, refunded = told()
    assert dict(refunded.previous) == {"amount_refunded": 0, "refunded": False}
    assert plain(refunded)["refunded"] is True


def test_a_failure(later: Later, told: Told, sent: RefundOutcome) -> None:
    """Failed, updated, and the deprecated twin; before it had succeeded."""
    told()
    later(timedelta(days=2))
    events = [e for e in told() if e.object_id == sent.refund.id]
    ends = [e for e in events if "failure_reason" in e.previous]
    assert types(ends) == ["refund.failed", "refund.updated", "charge.refund.updated"]
    for event in ends:
        assert dict(event.previous) == {
            "failure_balance_transaction": None,
            "failure_reason": None,
            "status": "succeeded",
        }
        assert event.actor == "bank"
        assert plain(event)["failure_reason"] == "expired_or_canceled_card"


def test_a_reference(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later, told: Told
) -> None:
    """It is told twice by name; before, there was none and it was pending."""
    funds()
    paid = pay()
    later()
    refund = store.refunds.create(payment_intent=paid.id, actor=mia).refund
    told()
    later(timedelta(days=10))
    arrived = told()
    assert types(arrived) == ["refund.updated", "charge.refund.updated"]
    for event in arrived:
        assert event.object_id == refund.id
        assert dict(event.previous) == {
            "destination_details": {
                "card": {"reference": None, "reference_status": "pending"}
            }
        }


def test_a_cancel(
    store: Store, mia: Actor, told: Told, later: Later, sent: RefundOutcome
) -> None:
    """A canceled refund is updated by the agent, and nothing follows."""
    told()
    store.refunds.cancel(sent.refund.id, actor=mia, key="C")
    events = told()
    assert types(events) == ["refund.updated", "charge.refund.updated"]
    assert {event.actor for event in events} == {"mia"}
    assert dict(events[0].previous) == {
        "failure_balance_transaction": None,
        "failure_reason": None,
        "status": "succeeded",
    }
    assert plain(events[0])["failure_reason"] == "merchant_request"
    later(timedelta(days=30))
    assert told() == []


def test_a_release(
    store: Store, mia: Actor, pay: Pay, funds: Funds, told: Told
) -> None:
    """The top-up first, then the refund that it lets go."""
    paid = pay(5_000)
    store.refunds.create(payment_intent=paid.id, actor=mia)
    held, _ = told()[-2:]
    assert plain(held)["pending_reason"] == "insufficient_funds"
    assert plain(held)["destination_details"]["card"]["type"] == "pending"
    funds(175)
    events = told()
    assert types(events) == [
        "topup.created",
        "topup.succeeded",
        "refund.updated",
        "charge.refund.updated",
    ]
    was = events[2].previous
    assert (was["status"], was["pending_reason"]) == ("pending", "insufficient_funds")
    assert was["balance_transaction"] is None
