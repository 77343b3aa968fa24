"""Capture in several parts: what each takes, what stays, and how the rest ends."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from shares import ACCOUNT, MIA, available, pending, share

from conftest import Later, Pay
from store import Store
from store.badge import Badge, badge
from store.errors import Refused
from store.event import Actor
from store.money import Money
from store.payment import IntentStatus, Payment
from store.timeline.story import tell

AFTER_EXPIRY = timedelta(days=8)


def stands(payment: Payment) -> tuple[str, int, int, int]:
    """Return where a payment stands, and what may be, was and is captured of it."""
    intent, charge = payment.intent, payment.charge
    assert intent is not None
    assert charge is not None
    return intent.status, intent.capturable, intent.received, charge.amount_captured


def story(store: Store, given: str) -> list[str]:
    """Return what the timeline tells of a payment, oldest first."""
    detail = store.payments.detail(given)
    return [one.text for one in reversed(tell(detail.payment, detail.events))]


def test_each_part_moves_by_itself(
    store: Store, mia: Actor, pay: Pay, later: Later
) -> None:
    """All together cost what one capture costs, and what is left stays authorised."""
    held = pay(10_000, method="pm_card_visa", capture_method="manual")
    capture = store.payment_intents.capture
    first = capture(held.id, amount=1_000, final_capture=False, actor=mia)
    assert stands(first.payment) == ("requires_capture", 9_000, 1_000, 1_000)
    assert first.released == Money(0, "usd")
    assert badge(first.payment) is Badge.UNCAPTURED
    later(timedelta(days=1))
    second = capture(held.id, amount=2_000, final_capture=False, actor=mia)
    assert stands(second.payment) == ("requires_capture", 7_000, 3_000, 3_000)
    last = capture(held.id, amount=4_000, actor=mia)
    assert stands(last.payment) == ("succeeded", 0, 7_000, 7_000)
    assert last.released == Money(3_000, "usd")
    assert badge(last.payment) is Badge.SUCCEEDED
    detail = store.payments.detail(held.id)
    assert [one.money.amount for one in detail.movements] == [1_000, 2_000, 4_000]
    assert detail.fee == Money(233, "usd")  # 2.9 % of 70.00, and 0.30
    assert detail.net == Money(6_767, "usd")
    later(timedelta(days=9))
    assert available(store) == 6_767
    assert store.examine() == ()


def test_what_was_captured_can_be_refunded_and_no_more(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """While the rest waits as well as afterwards."""
    held = pay(10_000, capture_method="manual")
    store.payment_intents.capture(held.id, amount=3_000, final_capture=False, actor=mia)
    refund = store.refunds.create
    with pytest.raises(Refused, match=r"\$30\.01.*greater than charge amount"):
        refund(payment_intent=held.id, amount=3_001, actor=mia)
    refund(payment_intent=held.id, amount=1_000, actor=mia)
    found = store.payments.find(held.id)
    assert badge(found) is Badge.PARTIALLY_REVERSED
    store.payment_intents.capture(held.id, amount=500, actor=mia)
    with pytest.raises(Refused, match=r"\$25\.01.*unrefunded amount"):
        refund(payment_intent=held.id, amount=2_501, actor=mia)
    assert refund(payment_intent=held.id, actor=mia).refund.money.amount == 2_500
    assert store.examine() == ()


@pytest.mark.parametrize("how", ["capture", "cancel", "expiry"])
def test_the_rest_is_released_and_what_was_captured_stays(
    store: Store, mia: Actor, pay: Pay, later: Later, how: str
) -> None:
    """Nothing more can be captured; the payment succeeded with what was taken."""
    held = pay(10_000, capture_method="manual")
    intents = store.payment_intents
    intents.capture(held.id, amount=3_000, final_capture=False, actor=mia)
    if how == "capture":
        assert intents.capture(held.id, amount=0, actor=mia).released.amount == 7_000
    elif how == "cancel":
        assert intents.cancel(held.id, actor=mia).released.amount == 7_000
    else:
        later(AFTER_EXPIRY)
    found = store.payments.find(held.id)
    assert stands(found) == ("succeeded", 0, 3_000, 3_000)
    assert badge(found) is Badge.SUCCEEDED
    with pytest.raises(Refused, match="has been released"):
        intents.capture(held.id, amount=1, actor=mia)
    later(AFTER_EXPIRY)
    assert stands(store.payments.find(held.id)) == ("succeeded", 0, 3_000, 3_000)
    assert store.refunds.create(payment_intent=held.id, actor=mia).refund.is_live
    assert sum("70.00 USD released" in one for one in story(store, held.id)) == 1
    assert store.examine() == ()


def test_each_part_is_told_once(store: Store, mia: Actor, pay: Pay) -> None:
    """In the log with what was before, in the timeline as a step of its own."""
    held = pay(10_000, capture_method="manual")
    for amount in (1_000, 2_000):
        store.payment_intents.capture(
            held.id, amount=amount, final_capture=False, actor=mia
        )
    store.payment_intents.capture(held.id, amount=3_000, actor=mia)
    events = [
        one
        for one in store.payments.detail(held.id).events
        if one.actor == mia.name and "amount_captured" in one.previous
    ]
    assert [one.type for one in events] == [
        "charge.captured",
        "charge.updated",
        "charge.updated",
    ]
    assert [one.previous["amount_captured"] for one in events] == [0, 1_000, 3_000]
    told = [
        one
        for one in story(store, held.id)
        if "captured" in one and "not captured" not in one
    ]
    assert [one.count("more") for one in told] == [0, 1, 1]
    assert all(first != second for first, second in pairwise(told))


@pytest.mark.parametrize(
    ("amount", "final", "why"),
    [
        (0, False, "greater than or equal to 1"),
        (0, True, "greater than or equal to 1"),
        (10_001, False, "greater than the amount you can capture"),
    ],
)
def test_no_part_is_nothing_or_too_much(
    store: Store, mia: Actor, pay: Pay, amount: int, why: str, *, final: bool
) -> None:
    """Nothing can be captured, to release the rest, only once something was."""
    held = pay(10_000, capture_method="manual")
    with pytest.raises(Refused, match=why):
        store.payment_intents.capture(
            held.id, amount=amount, final_capture=final, actor=mia
        )


def test_what_was_made_to_be_captured_once_is(store: Store, mia: Actor) -> None:
    """Where the payment was made so, no part is taken."""
    options = {"card": {"request_multicapture": "never"}}
    held = store.payment_intents.create(
        amount=5_000,
        currency="usd",
        capture_method="manual",
        extra={"payment_method_options": options},
        actor=mia,
    ).payment
    with pytest.raises(Refused, match="request_multicapture") as caught:
        store.payment_intents.capture(
            held.id, amount=1_000, final_capture=False, actor=mia
        )
    assert caught.value.refusal.param == "final_capture"
    done = store.payment_intents.capture(held.id, amount=1_000, actor=mia)
    assert stands(done.payment) == ("succeeded", 0, 1_000, 1_000)


def test_all_that_is_left_ends_it(store: Store, mia: Actor, pay: Pay) -> None:
    """However it is said: nothing could be captured any more."""
    held = pay(10_000, capture_method="manual")
    done = store.payment_intents.capture(held.id, final_capture=False, actor=mia)
    assert stands(done.payment) == ("succeeded", 0, 10_000, 10_000)


@pytest.mark.parametrize("direct", [False, True], ids=["destination", "direct"])
def test_each_part_is_shared(store: Store, *, direct: bool) -> None:
    """The fee is of the whole payment, replaced as it is said, never taken back."""
    held = share(store, 10_000, fee=500, direct=direct, manual=True)
    capture = store.payment_intents.capture
    capture(
        held.id,
        amount=1_000,
        final_capture=False,
        application_fee_amount=100,
        actor=MIA,
    )
    first = store.payments.find(held.id)
    assert first.intent is not None
    assert first.intent.extra["application_fee_amount"] == 100
    assert fee_of(first) == 100
    with pytest.raises(Refused, match="cannot become less"):
        capture(held.id, amount=1_000, application_fee_amount=99, actor=MIA)
    done = capture(held.id, amount=2_000, application_fee_amount=300, actor=MIA).payment
    assert done.charge is not None
    assert done.charge.share is not None
    assert fee_of(done) == 300
    processing = 117
    theirs = 3_000 - 300 - (processing if direct else 0)
    assert available(store, ACCOUNT) == theirs
    assert available(store) == (300 if direct else 300 - processing)
    assert pending(store, ACCOUNT) == 0
    store.topups.create(amount=5_000, currency="usd", actor=MIA)
    own = available(store)
    store.refunds.create(
        payment_intent=held.id,
        reverse_transfer=not direct,
        refund_application_fee=True,
        actor=MIA,
    )
    if not direct:
        assert available(store, ACCOUNT) == 0
        assert available(store) == own - 300
    assert store.examine() == ()


def fee_of(payment: Payment) -> int:
    """Return what the platform keeps of a payment."""
    share_ = payment.charge.share if payment.charge else None
    money = share_.fee_money if share_ else None
    return money.amount if money else 0


def test_no_part_is_taken_of_a_fee_that_is_nothing(store: Store) -> None:
    """It is a fee all the same, and is answered so."""
    made = share(store, 1_200, fee=0)
    assert made.intent is not None
    assert made.charge is not None
    assert made.intent.extra["application_fee_amount"] == 0
    assert made.charge.extra["application_fee_amount"] == 0
    assert available(store, ACCOUNT) == 1_200
    held = share(store, 1_200, fee=100, manual=True)
    done = store.payment_intents.capture(
        held.id, application_fee_amount=0, actor=MIA
    ).payment
    assert fee_of(done) == 0
    assert done.intent is not None
    assert done.intent.extra["application_fee_amount"] == 0
    assert store.examine() == ()


def test_only_an_open_authorisation_is_captured_further(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """What was captured in full stays as it is, whoever asks."""
    done = pay(5_000)
    assert done.intent is not None
    assert done.intent.status is IntentStatus.SUCCEEDED
    with pytest.raises(Refused, match="requires_capture"):
        store.payment_intents.capture(done.id, amount=1, final_capture=False, actor=mia)
