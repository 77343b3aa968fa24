"""A charge that says of no payment intent, though one names it as its latest."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from bringing import Json, dump
from exported import charge, intent, refund

from conftest import Import
from store.errors import Refused
from store.money import Money

if TYPE_CHECKING:
    from store import Store
    from store.event import Actor

SILENT = charge(payment_intent=None)
BACK = refund("1", amount=500, payment_intent=None)
OBJECTS = (SILENT, intent(), BACK)


@pytest.mark.parametrize("order", permutations(OBJECTS))
@pytest.mark.parametrize("files", [1, 3])
def test_it_is_one_payment_by_either_name(
    store: Store, bring: Import, mia: Actor, order: tuple[Json, ...], files: int
) -> None:
    """In one file or several, in any order; what is refunded by one name is of both."""
    for file in (order,) if files == 1 else ((one,) for one in order):
        bring(*file)
    assert [one.id for one in store.payments.page().rows] == ["pi_1"]
    by_name = [store.payments.find(one) for one in ("pi_1", "ch_1")]
    assert by_name[0] == by_name[1]
    assert by_name[0].version
    assert by_name[0].refundable == Money(1500, "usd")
    store.topups.create(amount=5000, currency="usd", actor=mia)
    made = store.refunds.create(
        charge="ch_1", amount=700, actor=mia, seen=by_name[1].version
    )
    assert (made.refund.payment_intent, made.payment.id) == ("pi_1", "pi_1")
    assert store.payments.find("pi_1").refundable == Money(800, "usd")
    assert store.examine() == ()


def test_it_changes_nothing_to_bring_it_again(
    store: Store, bring: Import, url: str
) -> None:
    """Its silence does not take back what the intent said."""
    bring(*OBJECTS)
    before = dump(url)
    assert bring(*OBJECTS).changed == {}
    assert bring(SILENT).changed == {}
    assert dump(url) == before
    assert store.examine() == ()


def test_what_its_intent_received_was_captured(store: Store, bring: Import) -> None:
    """A capture in part is told by the intent, as for every charge."""
    old = charge(payment_intent=None, amount_refunded=800)
    del old["amount_captured"]
    bring(intent(amount_received=1200), old)
    assert store.payments.find("ch_1").refundable == Money(1200, "usd")


def test_an_earlier_attempt_stands_beside_it(
    store: Store, bring: Import, mia: Actor
) -> None:
    """It is the charge that is refunded; the failed one is refused."""
    failed = charge("0", payment_intent="pi_1", status="failed", paid=False)
    bring(failed, SILENT, intent())
    found = store.payments.find("ch_1")
    assert found.charge is not None
    assert (found.id, found.charge.id) == ("pi_1", "ch_1")
    assert [one.id for one in found.attempts] == ["ch_0"]
    with pytest.raises(Refused, match="does not have a successful charge"):
        store.refunds.create(charge="ch_0", actor=mia)


def test_the_charge_of_another_intent_is_not_refunded(
    store: Store, bring: Import, mia: Actor
) -> None:
    """Where an intent names what says that it is another's."""
    bring(intent("2", latest_charge="ch_1"), charge(), intent())
    with pytest.raises(Refused, match="does not have a successful charge"):
        store.refunds.create(payment_intent="pi_2", actor=mia)
    assert store.payments.find("ch_1").id == "pi_1"
