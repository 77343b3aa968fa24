"""An import: all of a file or nothing, twice the same as once, in any order."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from bringing import Json, dump
from exported import (
    AT,
    charge,
    customer,
    dispute,
    event,
    intent,
    lines,
    movement,
    refund,
    refund_movement,
)
from hypothesis import given, settings
from hypothesis import strategies as st

import store as door
from conftest import Import
from store.badge import Badge
from store.clock import StandingClock, from_unix
from store.event import Actor
from store.ids import SeededIds
from store.intake.reading import read
from store.money import Money
from store.verbs import take_in

if TYPE_CHECKING:
    from store import Store


WHOLE = (
    customer(),
    charge(amount_refunded=500, customer="cus_1"),
    intent(customer="cus_1"),
    refund(),
    movement(),
    refund_movement(),
    dispute(),
)


def test_a_second_import_changes_nothing(store: Store, bring: Import, url: str) -> None:
    """Not a row, not a version."""
    first = bring(*WHOLE)
    assert first.added == {
        "balance_transaction": 2,
        "charge": 1,
        "customer": 1,
        "dispute": 1,
        "payment_intent": 1,
        "refund": 1,
    }
    assert (first.read, first.unchanged) == (7, 0)
    before = dump(url)
    again = bring(*WHOLE)
    assert (again.added, again.changed, again.unchanged) == ({}, {}, 7)
    assert dump(url) == before
    assert store.examine() == ()


def test_a_payment_is_whole(store: Store, bring: Import) -> None:
    """Intent, charge, customer, refunds, dispute and money join."""
    bring(*WHOLE)
    found = store.payments.detail("pi_1")
    payment, paid = found.payment, found.payment.charge
    assert paid is not None
    assert payment.customer is not None
    assert payment.dispute is not None
    assert found.badge is Badge.DISPUTE_NEEDS_RESPONSE
    assert payment.refunded == Money(500, "usd")
    assert paid.settlement == Money(2000, "usd")
    assert (found.fee, found.net) == (Money(88, "usd"), Money(1912, "usd"))
    assert [one.id for one in payment.refunds] == ["re_1"]
    assert {one.id for one in found.movements} == {"txn_1", "txn_re_1"}
    (line,) = store.payments.page().rows
    assert (line.id, line.customer, line.refunded.amount) == ("pi_1", "Bo Li", 500)


def snapshots() -> list[Json]:
    """Return one story, seen at several moments and from several sides."""
    sent = refund(status="pending", pending_reason="processing")
    done = refund(reason="duplicate", receipt_number="1-2")
    before = charge(captured=False, amount_captured=0, balance_transaction=None)
    inside = charge(balance_transaction=movement(), refunds={"data": [done]})
    return [
        before,
        inside,
        charge(amount_refunded=500, customer=customer()),
        sent,
        done,
        refund_movement(),
        intent(status="requires_capture", amount_capturable=2000, amount_received=0),
        intent(charges={"object": "list", "data": [before]}, latest_charge=None),
        intent(),
        dispute(status="needs_response"),
        dispute(status="won", is_charge_refundable=True),
        charge("2", payment_intent="pi_1", status="failed", captured=False),
        event("1", "charge.refunded", charge(amount_refunded=500)),
    ]


@settings(max_examples=25)
@given(st.permutations(snapshots()), st.integers(1, 13))
def test_the_order_of_a_file_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, objects: list[Json], chunk: int
) -> None:
    """Nor how much of it is joined at a time."""
    where = tmp_path_factory.mktemp("order")
    results = []
    for name, story, size in (("a", snapshots(), 2000), ("b", objects, chunk)):
        file, url = where / f"{name}.json", f"sqlite:///{where / name}.db"
        file.write_text(lines(*story))
        clock = StandingClock(from_unix(AT) + timedelta(days=60))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(take_in, "CHUNK", size)
            with door.open_store(url, clock=clock, ids=SeededIds("x")) as made:
                made.take_in(file.name, read(file))
                assert made.examine() == ()
        results.append(dump(url))
    assert _settled(results[0]) == _settled(results[1])


def _settled(tables: dict[str, list[tuple[Any, ...]]]) -> dict[str, Any]:
    """Leave out how often a payment was rewritten."""
    return {name: rows for name, rows in tables.items() if name != "payment"}


def test_objects_come_in_without_their_partners(store: Store, bring: Import) -> None:
    """And join when the partner arrives."""
    bring(refund(), dispute())
    assert store.payments.page().rows == ()
    bring(charge())
    (line,) = store.payments.page().rows
    assert (line.id, line.refunded.amount) == ("ch_1", 500)
    assert line.badge is Badge.DISPUTE_NEEDS_RESPONSE
    bring(intent())
    (line,) = store.payments.page().rows
    assert (line.id, line.charge, line.refunded.amount) == ("pi_1", "ch_1", 500)
    bring(intent("2", latest_charge="ch_2"), movement())
    assert {one.id for one in store.payments.page().rows} == {"pi_1", "pi_2"}
    found = store.payments.detail("ch_1").payment.charge
    assert found is not None
    assert found.settlement == Money(2000, "usd")
    bring(charge(customer="cus_7", billing_details=None))
    bring(customer("7", name="Cy"))
    assert store.payments.detail("pi_1").payment.customer is not None
    assert store.examine() == ()


def test_what_was_refunded_elsewhere_counts(store: Store, bring: Import) -> None:
    """A charge that reports more than the refunds in the file."""
    bring(charge(amount_refunded=1700), refund())
    found = store.payments.detail("ch_1")
    assert found.payment.charge is not None
    assert found.payment.charge.refunded_elsewhere == 1200
    assert found.payment.refundable == Money(300, "usd")
    bring(refund("2", amount=1200))
    after = store.payments.detail("ch_1").payment
    assert after.charge is not None
    assert after.charge.refunded_elsewhere == 0
    assert after.refunded == Money(1700, "usd")


def test_a_refund_that_failed_after_the_snapshot(store: Store, bring: Import) -> None:
    """It counts no longer, now and after another import."""
    told = [
        event("1", "refund.created", refund()),
        event("2", "charge.refunded", charge(amount_refunded=500)),
        event(
            "3",
            "refund.failed",
            refund(
                status="failed",
                failure_reason="declined",
                failure_balance_transaction="txn_back",
            ),
            previous={"status": "succeeded"},
            created=AT + 9000,
        ),
    ]
    for _ in range(2):
        bring(*told)
        found = store.payments.detail("ch_1")
        assert found.badge is Badge.REFUND_FAILED
        assert found.payment.refundable == Money(2000, "usd")
    assert [one.text for one in found.timeline] == [
        "refund 5.00 USD failed: declined",
        "refund 5.00 USD sent",
        "payment 20.00 USD",
    ]


def test_what_the_store_did_is_not_undone(store: Store, bring: Import) -> None:
    """A capture made here outlives an older export."""
    waiting = intent(
        status="requires_capture",
        amount_capturable=2000,
        amount_received=0,
        capture_method="manual",
    )
    authorised = charge(captured=False, amount_captured=0, balance_transaction=None)
    bring(waiting, authorised)
    store.payment_intents.capture("pi_1", amount=1500, actor=Actor("mia"))
    again = bring(waiting, authorised)
    assert again.changed == {}
    found = store.payments.detail("pi_1").payment
    assert found.charge is not None
    assert found.charge.amount_captured == 1500
