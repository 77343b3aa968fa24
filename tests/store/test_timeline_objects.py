"""The story that imported objects tell where no event does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from store.dispute import Dispute
from store.event import Event
from store.method import Method
from store.money import Money
from store.payment import (
    CancellationReason,
    Charge,
    ChargeStatus,
    Intent,
    IntentStatus,
    Payment,
)
from store.reference import Destination, DestinationKind
from store.refund import FailureReason, PendingReason, Reason, Refund, RefundStatus
from store.shape.objects import charge_shape, refund_shape
from store.timeline.story import NOBODY, Mark, tell

if TYPE_CHECKING:
    from store import Store
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PAID = Charge(
    "ch_1",
    Money(8000, "usd"),
    ChargeStatus.SUCCEEDED,
    AT,
    Method("card", "visa", "4242"),
    amount_captured=8000,
    payment_intent="pi_1",
)
INTENT = Intent("pi_1", Money(8000, "usd"), IntentStatus.SUCCEEDED, AT)
SENT = Refund(
    "re_1",
    Money(3000, "usd"),
    RefundStatus.SUCCEEDED,
    AT + timedelta(hours=1),
    "ch_1",
    "pi_1",
    reason=Reason.DUPLICATE,
)
WHOLE = Payment("pi_1", INTENT, PAID, refunds=(SENT,))


def texts(payment: Payment, *events: Event) -> list[str]:
    """Return what is told, newest first."""
    return [entry.text for entry in tell(payment, events)]


def told(seq: int, kind: str, data: dict[str, object], **previous: object) -> Event:
    """Return an event some hours after the payment."""
    at = AT + timedelta(hours=seq)
    return Event(seq, f"evt_{seq}", kind, str(data["id"]), at, "mia", data, previous)


@pytest.fixture
def story(store: Store) -> Callable[[str], list[tuple[str, Mark, str]]]:
    """Tell the story of a payment in the store: who, what kind, in words."""

    def telling(given: str) -> list[tuple[str, Mark, str]]:
        entries = store.payments.detail(given).timeline
        assert [one.at for one in entries] == sorted(
            (one.at for one in entries), reverse=True
        )
        return [(one.actor, one.mark, one.text) for one in entries]

    return telling


def test_objects_tell_what_no_event_does() -> None:
    """As after an import: nobody is named."""
    assert texts(WHOLE) == ["refund 30.00 USD sent, duplicate", "payment 80.00 USD"]
    assert {entry.actor for entry in tell(WHOLE, ())} == {NOBODY}
    partly = replace(PAID, amount_captured=5000)
    assert texts(Payment("pi_1", INTENT, partly)) == [
        "payment 80.00 USD, 50.00 USD captured"
    ]
    waiting = replace(PAID, captured=False, amount_captured=0)
    assert texts(Payment("pi_1", INTENT, waiting)) == [
        "payment 80.00 USD authorised, not captured yet"
    ]


@pytest.mark.parametrize(
    ("changed", "story"),
    [
        (
            {"status": RefundStatus.FAILED, "failure_reason": FailureReason.DECLINED},
            ["refund 30.00 USD failed: declined", "refund 30.00 USD sent, duplicate"],
        ),
        (
            {"status": RefundStatus.CANCELED},
            ["refund 30.00 USD canceled", "refund 30.00 USD sent, duplicate"],
        ),
        (
            {
                "status": RefundStatus.PENDING,
                "pending_reason": PendingReason.INSUFFICIENT_FUNDS,
            },
            ["refund 30.00 USD held: the balance is short, duplicate"],
        ),
        (
            {
                "status": RefundStatus.PENDING,
                "pending_reason": PendingReason.CHARGE_PENDING,
            },
            ["refund 30.00 USD waits for the payment to settle, duplicate"],
        ),
        (
            {"status": RefundStatus.REQUIRES_ACTION, "reason": None},
            ["refund 30.00 USD waits for the customer's bank details"],
        ),
        (
            {"destination": Destination("card", DestinationKind.REVERSAL)},
            ["refund 30.00 USD sent as a reversal, duplicate"],
        ),
        (
            {"reason": Reason.OTHER, "note": "late parcel"},
            ["refund 30.00 USD sent, late parcel"],
        ),
    ],
)
def test_refunds_tell_their_state(changed: dict[str, object], story: list[str]) -> None:
    """A refund that nobody saw go out is told by how it stands."""
    refund = replace(SENT, **changed)  # type: ignore[arg-type]
    payment = replace(WHOLE, refunds=(refund,))
    assert texts(payment)[:-1] == story


def test_what_was_refunded_elsewhere_is_told() -> None:
    """When the last such event says, else with the payment."""
    charge = replace(PAID, refunded_elsewhere=1000, amount_refunded=1000)
    payment = Payment("pi_1", INTENT, charge)
    said = "10.00 USD refunded; the export does not hold the refund"
    assert texts(payment) == [said, "payment 80.00 USD"]
    event = told(5, "charge.refunded", charge_shape(charge), amount_refunded=0)
    newest = tell(payment, [event])[0]
    assert (newest.text, newest.at) == (said, event.created)


def test_disputes_attempts_and_beginnings() -> None:
    """Every attempt is told, and an intent that nobody paid."""
    failed = replace(
        PAID, id="ch_0", status=ChargeStatus.FAILED, failure_message="Too poor."
    )
    opened = Dispute(
        "du_1",
        Money(8000, "usd"),
        "under_review",
        AT + timedelta(1),
        reason="fraudulent",
    )
    payment = Payment("pi_1", INTENT, PAID, dispute=opened, attempts=(failed,))
    assert texts(payment) == [
        "dispute 80.00 USD, under review: fraudulent",
        "payment 80.00 USD failed: Too poor.",
        "payment 80.00 USD",
    ]
    alone = replace(INTENT, status=IntentStatus.REQUIRES_PAYMENT_METHOD)
    assert texts(Payment("pi_1", alone, None)) == ["payment 80.00 USD begun"]
    ended = replace(
        INTENT,
        status=IntentStatus.CANCELED,
        canceled_at=AT + timedelta(2),
        cancellation_reason=CancellationReason.ABANDONED,
    )
    assert texts(Payment("pi_1", ended, None)) == [
        "payment canceled, abandoned",
        "payment 80.00 USD begun",
    ]


def test_an_event_and_its_object_tell_one_step() -> None:
    """The event wins: it knows who and when."""
    event = told(2, "refund.created", refund_shape(SENT))
    entries = tell(WHOLE, [event])
    assert [entry.text for entry in entries] == texts(WHOLE)
    assert (entries[0].actor, entries[0].at) == ("mia", event.created)


def test_a_failure_told_without_its_beginning() -> None:
    """The refund's own time says when it was sent."""
    failed = replace(
        SENT, status=RefundStatus.FAILED, failure_reason=FailureReason.DECLINED
    )
    events = [
        told(seq, kind, refund_shape(failed), status="succeeded")
        for seq, kind in ((7, "refund.failed"), (8, "charge.refund.updated"))
    ]
    assert texts(replace(WHOLE, refunds=(failed,)), *events) == [
        "refund 30.00 USD failed: declined",
        "refund 30.00 USD sent, duplicate",
        "payment 80.00 USD",
    ]


def test_what_changes_nothing_worth_telling_is_left_out() -> None:
    """Metadata, and kinds of events that are new."""
    shape = refund_shape(SENT)
    events = [
        told(3, "refund.updated", shape, metadata={"a": None}),
        told(4, "charge.updated", charge_shape(PAID), description="x"),
    ]
    assert texts(WHOLE, *events) == texts(WHOLE)
