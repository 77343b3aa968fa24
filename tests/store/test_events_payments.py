"""What is told of payments, and the balance transactions beside it."""

from datetime import timedelta
from typing import Any

import pytest

from conftest import Funds, Later, Pay
from store import Store
from store.event import Actor, Event


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


def test_a_payment(pay: Pay, told: Told) -> None:
    """Created without money, then the charge, then the intent."""
    pay(5_000)
    events = told()
    assert types(events) == [
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.succeeded",
    ]
    assert plain(events[0])["amount_received"] == 0
    assert plain(events[2])["amount_received"] == 5_000


def test_a_declined_payment(pay: Pay, told: Told) -> None:
    """The charge fails, then the intent's attempt."""
    pay(method="pm_card_chargeDeclined")
    assert types(told()) == [
        "payment_intent.created",
        "charge.failed",
        "payment_intent.payment_failed",
    ]


def test_a_capture(store: Store, mia: Actor, pay: Pay, told: Told) -> None:
    """The charge is captured, then the intent succeeds."""
    held = pay(capture_method="manual")
    assert types(told()) == [
        "payment_intent.created",
        "payment_intent.amount_capturable_updated",
    ]
    store.payment_intents.capture(held.id, actor=mia)
    captured, succeeded = told()
    assert types([captured, succeeded]) == [
        "charge.captured",
        "payment_intent.succeeded",
    ]
    assert captured.previous["captured"] is False
    assert succeeded.previous["status"] == "requires_capture"


def test_a_canceled_payment(store: Store, mia: Actor, pay: Pay, told: Told) -> None:
    """Releasing an authorisation is no refund."""
    held = pay(capture_method="manual")
    told()
    store.payment_intents.cancel(held.id, reason="duplicate", actor=mia)
    (canceled,) = told()
    assert canceled.type == "payment_intent.canceled"
    assert canceled.previous["status"] == "requires_capture"
    assert plain(canceled)["cancellation_reason"] == "duplicate"


def test_other_is_the_consoles_own_reason(
    store: Store, mia: Actor, pay: Pay, funds: Funds, told: Told
) -> None:
    """To the API, Other is no reason; the note stays in the house."""
    funds()
    paid, held = pay(), pay(capture_method="manual")
    told()
    store.refunds.create(
        payment_intent=paid.id, reason="other", note="secret", actor=mia
    )
    store.payment_intents.cancel(held.id, reason="other", note="secret", actor=mia)
    created, _, canceled = told()
    assert plain(created)["reason"] is None
    assert plain(canceled)["cancellation_reason"] is None
    assert not any("secret" in str(event.data) for event in (created, canceled))


@pytest.mark.parametrize(
    ("method", "description", "sent_as", "returned_as"),
    [
        (
            "pm_card_visa",
            "Order 7",
            ("refund", "refund", "REFUND FOR CHARGE (Order 7)"),
            ("refund_failure", "refund_failure", "REFUND FAILURE"),
        ),
        (
            "pm_card_visa",
            None,
            ("refund", "refund", "REFUND FOR CHARGE"),
            ("refund_failure", "refund_failure", "REFUND FAILURE"),
        ),
        (
            "pm_konbini",
            "Order 7",
            ("payment_refund", "refund", "REFUND FOR PAYMENT"),
            ("payment_refund", "refund", "REFUND FAILURE"),
        ),
    ],
)
def test_balance_transactions(
    store: Store,
    mia: Actor,
    pay: Pay,
    funds: Funds,
    later: Later,
    method: str,
    description: str | None,
    sent_as: tuple[str, str, str],
    returned_as: tuple[str, str, str],
) -> None:
    """Each movement has its documented type, category and description, and no fee."""
    funds()
    paid = pay(method=method, description=description)
    later(timedelta(days=5))
    refund = store.refunds.create(payment_intent=paid.id, actor=mia).refund
    store.refunds.cancel(refund.id, actor=mia)
    moved = sorted(store.refunds.detail(refund.id).movements, key=lambda m: m.net)
    shown = [(m.type, m.reporting_category, m.description) for m in moved]
    assert shown == [sent_as, returned_as]
    assert [(m.fee, m.net) for m in moved] == [(0, -5_000), (0, 5_000)]
