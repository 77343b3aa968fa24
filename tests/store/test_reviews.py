"""Reviews: what opens one, what closes it, and why it says it was closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from exported import charge as charge_json

from conftest import MONDAY, Funds, Pay
from store.errors import Refused
from store.intake.reading import Found
from store.method import Method
from store.money import Money
from store.payment import Charge, ChargeStatus
from store.refund import Reason
from store.review import Closed, Opened, Review, close, closed_by_refund, review_shape

if TYPE_CHECKING:
    from store import Store
    from store.event import Actor

RISKY = "pm_card_riskLevelElevated"


@pytest.mark.parametrize(
    ("refunded", "reason", "closed"),
    [
        (400, Reason.FRAUDULENT, Closed.REFUNDED_AS_FRAUD),
        (1_000, Reason.FRAUDULENT, Closed.REFUNDED_AS_FRAUD),
        (1_000, Reason.DUPLICATE, Closed.REFUNDED),
        (1_000, None, Closed.REFUNDED),
        (999, None, None),
        (400, Reason.DUPLICATE, None),
    ],
)
def test_how_a_refund_closes_a_review(
    refunded: int, reason: Reason | None, closed: Closed | None
) -> None:
    """A fraudulent refund always does; any other only when nothing is left."""
    charge = Charge(
        id="ch_1",
        money=Money(1_000, "usd"),
        status=ChargeStatus.SUCCEEDED,
        created=MONDAY,
        method=Method("card"),
        amount_captured=1_000,
        amount_refunded=refunded,
    )
    assert closed_by_refund(charge, reason) is closed


def test_a_review_closes_once() -> None:
    """What closed it first stays."""
    closed = close(Review("prv_1", MONDAY), Closed.APPROVED)
    assert close(closed, Closed.REFUNDED) == closed
    assert review_shape(closed)["closed_reason"] == "approved"


def told_of_reviews(store: Store) -> list[str]:
    """Return the events of reviews, oldest first."""
    types = [one.type for one in store.events.newest()]
    return [one for one in reversed(types) if one.startswith("review.")]


@pytest.mark.parametrize(
    ("reason", "amount", "closed"),
    [
        (Reason.FRAUDULENT, 100, Closed.REFUNDED_AS_FRAUD),
        (Reason.FRAUDULENT, None, Closed.REFUNDED_AS_FRAUD),
        (Reason.DUPLICATE, None, Closed.REFUNDED),
        (None, 100, None),
    ],
)
def test_a_refund_closes_the_review(
    store: Store,
    pay: Pay,
    funds: Funds,
    mia: Actor,
    reason: Reason | None,
    amount: int | None,
    closed: Closed | None,
) -> None:
    """The event says why, after those of the refund."""
    funds()
    paid = pay(method=RISKY)
    assert paid.charge
    assert (paid.charge.outcome_type, paid.charge.risk_level) == (
        "manual_review",
        "elevated",
    )
    (review,) = store.reviews.list()
    assert (review.opened, review.closed) == (Opened.RULE, None)
    assert paid.charge.extra == {"review": review.id}
    store.refunds.create(
        payment_intent=paid.id, amount=amount, reason=reason, actor=mia
    )
    assert store.reviews.retrieve(review.id).closed is closed
    newest = store.events.newest(limit=1)[0]
    if closed is None:
        assert told_of_reviews(store) == ["review.opened"]
        return
    assert told_of_reviews(store) == ["review.opened", "review.closed"]
    assert newest.type == "review.closed"
    assert newest.data["closed_reason"] == closed
    assert newest.previous == {"closed_reason": None, "open": True, "reason": "rule"}
    assert store.payments.detail(paid.id).timeline
    assert store.examine() == ()


def test_partial_refunds_close_it_with_the_last(
    store: Store, pay: Pay, funds: Funds, mia: Actor
) -> None:
    """Only the refund that leaves nothing closes the review, once."""
    funds()
    paid = pay(method=RISKY)
    for amount in (2_000, 3_000):
        assert told_of_reviews(store) == ["review.opened"]
        store.refunds.create(payment_intent=paid.id, amount=amount, actor=mia)
    assert told_of_reviews(store) == ["review.opened", "review.closed"]


def test_other_ends_of_a_review(store: Store, pay: Pay, mia: Actor) -> None:
    """A dispute, a cancellation and an approval close a review too."""
    disputed, approved = pay(method=RISKY), pay(method=RISKY)
    canceled = pay(method=RISKY, capture_method="manual")
    assert disputed.charge
    assert approved.charge
    store.disputes.create(charge=disputed.charge.id, actor=mia)
    store.payment_intents.cancel(canceled.id, actor=mia)
    (review,) = store.reviews.list(charge=approved.charge.id)
    store.reviews.approve(review.id, actor=mia)
    assert [one.closed for one in store.reviews.list()] == [
        Closed.CANCELED,
        Closed.APPROVED,
        Closed.DISPUTED,
    ]
    with pytest.raises(Refused, match=r"This review is closed already: approved\."):
        store.reviews.approve(review.id, actor=mia)
    with pytest.raises(Refused, match="No such review: 'prv_x'"):
        store.reviews.approve("prv_x", actor=mia)


def a_review(**changes: object) -> Found:
    """Return a review as an export holds it."""
    data: dict[str, object] = {
        "id": "prv_1",
        "object": "review",
        "charge": "ch_1",
        "created": 1_700_000_000,
        "open": True,
        "opened_reason": "manual",
        "payment_intent": "pi_1",
        "reason": "manual",
        "ip_address": "192.0.2.1",
        **changes,
    }
    return Found("review", data, "export", 1)


def test_reviews_are_imported(store: Store) -> None:
    """An open review comes in; seen closed later, it stays closed."""
    report = store.take_in("export", [a_review()])
    assert report.added == {"review": 1}
    review = store.reviews.retrieve("prv_1")
    assert (review.opened, review.is_open) == (Opened.MANUAL, True)
    assert review_shape(review)["ip_address"] == "192.0.2.1"
    ended = a_review(open=False, closed_reason="approved", reason="approved")
    assert store.take_in("export", [ended]).changed == {"review": 1}
    assert store.reviews.retrieve("prv_1").closed is Closed.APPROVED
    assert store.take_in("export", [a_review()]).unchanged == 1
    assert store.reviews.retrieve("prv_1").closed is Closed.APPROVED


def test_an_old_review_says_how_it_ended(store: Store) -> None:
    """Versions without closed_reason give it as the reason."""
    store.take_in("export", [a_review(open=False, reason="refunded_as_fraud")])
    assert store.reviews.retrieve("prv_1").closed is Closed.REFUNDED_AS_FRAUD


def test_an_imported_review_is_closed_by_a_refund(
    store: Store, funds: Funds, mia: Actor
) -> None:
    """The rules hold for what came from elsewhere too."""
    funds()
    data = charge_json()
    review = a_review(charge=data["id"], payment_intent=data.get("payment_intent"))
    store.take_in("export", [Found("charge", data, "export", 1), review])
    store.refunds.create(charge=str(data["id"]), reason=Reason.FRAUDULENT, actor=mia)
    assert store.reviews.retrieve("prv_1").closed is Closed.REFUNDED_AS_FRAUD
