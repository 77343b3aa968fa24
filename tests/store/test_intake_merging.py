"""Two sightings of one object say the same, whichever was seen first."""

from __future__ import annotations

from typing import Any

import pytest
from exported import AT, charge, customer, dispute, event, intent, movement, refund
from hypothesis import given
from hypothesis import strategies as st

from store.dispute import Dispute
from store.intake.fields import Wrong
from store.intake.merging import merged
from store.intake.objects import Thing, understood
from store.intake.reading import Found
from store.payment import Charge, Intent, IntentStatus
from store.reference import ReferenceStatus
from store.refund import FailureReason, Refund, RefundStatus

TEXT = st.sampled_from([None, "a", "b"])
METADATA = st.dictionaries(st.sampled_from(["x", "y"]), st.sampled_from(["1", "2", ""]))
EXTRA = st.sampled_from([None, "", {}, {"a": 1}, {"a": None, "b": [2]}, [1], 3, False])


def read(data: dict[str, Any]) -> Thing:
    """Understand one object."""
    thing = understood(Found(data["object"], data, "export.json", 1))
    assert thing is not None
    return thing


def destination(status: str | None) -> dict[str, Any] | None:
    """Return destination details with a reference in some state."""
    if status is None:
        return None
    reference = {"reference": "745"} if status == "available" else {}
    return {"type": "card", "card": {"reference_status": status, **reference}}


CHARGES = st.builds(
    charge,
    status=st.sampled_from(["succeeded", "pending", "failed"]),
    captured=st.booleans(),
    amount=st.sampled_from([1000, 2000]),
    amount_captured=st.sampled_from([0, 700, 1000]),
    amount_refunded=st.sampled_from([0, 300, 700]),
    disputed=st.booleans(),
    description=TEXT,
    customer=TEXT,
    metadata=METADATA,
    shipping=EXTRA,
)
INTENTS = st.builds(
    intent,
    status=st.sampled_from([one.value for one in IntentStatus]),
    amount=st.sampled_from([1000, 2000]),
    amount_received=st.sampled_from([0, 1000]),
    cancellation_reason=st.sampled_from([None, "duplicate"]),
    canceled_at=st.sampled_from([None, AT]),
    description=TEXT,
    metadata=METADATA,
    transfer_data=EXTRA,
)
REFUNDS = st.builds(
    refund,
    status=st.sampled_from([one.value for one in RefundStatus]),
    pending_reason=st.sampled_from([None, "processing", "insufficient_funds"]),
    failure_reason=st.sampled_from([None, "declined"]),
    destination_details=st.sampled_from(
        [None, "pending", "available", "unavailable"]
    ).map(destination),
    charge=TEXT,
    metadata=METADATA,
)
OTHERS = st.one_of(
    st.builds(customer, name=TEXT, email=TEXT, metadata=METADATA, address=EXTRA),
    st.builds(
        dispute,
        status=st.sampled_from(["needs_response", "won", "lost", "warning_closed"]),
        is_charge_refundable=st.booleans(),
        evidence=EXTRA,
    ),
    st.builds(
        movement, status=st.sampled_from(["pending", "available"]), description=TEXT
    ),
    st.builds(event, st.just("1"), st.just("charge.updated"), CHARGES),
)
PAIRS = st.one_of(*(st.tuples(kind, kind) for kind in (CHARGES, INTENTS, REFUNDS)))


def outcome(one: Thing, other: Thing) -> Thing | str:
    """Return the merged sightings, or what is wrong with them."""
    try:
        return merged(one, other)
    except Wrong as wrong:
        return str(wrong)


@given(st.one_of(PAIRS, st.tuples(OTHERS, OTHERS)))
def test_the_order_of_two_sightings_does_not_matter(
    pair: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    """Merging commutes, changes nothing when repeated, and takes in both."""
    if pair[0]["object"] != pair[1]["object"]:
        return
    one, other = map(read, pair)
    both = outcome(one, other)
    assert outcome(other, one) == both
    assert outcome(one, one) == one
    if not isinstance(both, str):
        assert outcome(both, one) == both
        assert outcome(both, other) == both


def both(one: dict[str, Any], other: dict[str, Any]) -> Thing:
    """Merge two sightings, and see that their order does not matter."""
    result = merged(read(one), read(other))
    assert merged(read(other), read(one)) == result
    return result


def test_a_charge_gets_further() -> None:
    """Captured beats authorised, more refunded beats less, disputed stays."""
    authorised = charge(captured=False, amount_captured=0, disputed=True)
    found = both(authorised, charge(amount_captured=1500, amount_refunded=300))
    assert isinstance(found, Charge)
    assert (found.captured, found.amount_captured) == (True, 1500)
    assert (found.reported_refunded, found.disputed) == (300, True)
    grown = both(charge(amount=1500, captured=False), charge(captured=False))
    assert isinstance(grown, Charge)
    assert grown.money.amount == 2000


def test_what_is_known_beats_what_is_not() -> None:
    """Fields that one sighting left out come from the other."""
    plain = {"name": None, "email": None}
    found = both(
        charge(billing_details=plain, metadata={"a": "1"}, payment_method_details=None),
        charge(customer="cus_1", metadata={"b": "2"}),
    )
    assert isinstance(found, Charge)
    assert (found.name, found.customer) == ("Bo Li", "cus_1")
    assert found.metadata == {"a": "1", "b": "2"}
    assert found.method.last4 == "4242"


def test_an_intent_that_ended_stays_ended() -> None:
    """It cannot end twice."""
    canceled = intent(
        status="canceled", canceled_at=AT, cancellation_reason="duplicate"
    )
    found = both(intent(status="requires_capture", amount_capturable=2000), canceled)
    assert isinstance(found, Intent)
    assert (found.status, found.capturable) == (IntentStatus.CANCELED, 0)
    with pytest.raises(
        Wrong, match="pi_1 cannot have both succeeded and been canceled"
    ):
        both(intent(), canceled)


def test_a_refund_gets_further() -> None:
    """What belongs to an earlier state is not carried into a later one."""
    held = refund(status="pending", pending_reason="insufficient_funds")
    found = both(held, refund())
    assert isinstance(found, Refund)
    assert (found.status, found.pending_reason) == (RefundStatus.SUCCEEDED, None)
    failed = both(refund(), refund(status="failed", failure_reason="declined"))
    assert isinstance(failed, Refund)
    assert failed.failure_reason is FailureReason.DECLINED
    with pytest.raises(Wrong, match="cannot have both failed and been canceled"):
        both(refund(status="failed"), refund(status="canceled"))


def test_a_reference_that_came_stays() -> None:
    """Even when the sighting that holds it is otherwise behind."""
    known = refund(status="pending", destination_details=destination("available"))
    found = both(known, refund())
    assert isinstance(found, Refund)
    assert found.destination is not None
    assert found.destination.status is ReferenceStatus.AVAILABLE
    assert found.destination.reference == "745"
    assert found.destination.kind is not None


def test_a_dispute_gets_further() -> None:
    """From open to closed, with what that means for refunds."""
    found = both(dispute(), dispute(status="won", is_charge_refundable=True))
    assert isinstance(found, Dispute)
    assert (found.status, found.is_charge_refundable) == ("won", True)


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (refund(), refund(amount=600), "re_1 has two different values of amount: 5.00"),
        (
            refund(),
            refund(of="2"),
            "re_1 has two different values of charge: ch_1, ch_2",
        ),
        (
            charge(),
            charge(currency="eur"),
            "two different values of currency: eur, usd",
        ),
        (
            intent(),
            intent(currency="eur"),
            "two different values of currency: eur, usd",
        ),
        (
            movement(),
            movement(amount=1),
            "two different values of amount: 0.01 USD, 20",
        ),
        (movement(), movement(fee=1), "two different values of fee: 1, 88"),
    ],
)
def test_what_never_changes_cannot_differ(
    one: dict[str, Any], other: dict[str, Any], said: str
) -> None:
    """Such a file is wrong, whichever comes first."""
    for first, second in ((one, other), (other, one)):
        with pytest.raises(Wrong) as wrong:
            merged(read(first), read(second))
        assert said in str(wrong.value)
