"""Partial captures: the rest of an authorisation is released, however it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bringing import dump
from exported import AT, charge, event, intent, movement, refund, refund_movement
from partly import (
    AUTHORISED,
    BACK,
    CAPTURED,
    MORE,
    OWN,
    PAID,
    REAL,
    REST,
    SHAPES,
    Json,
    listed,
    new,
    old,
    release,
    without,
)

from conftest import Import
from store.badge import Badge
from store.errors import Refused
from store.event import Actor
from store.money import Money
from store.shape.objects import charge_shape

if TYPE_CHECKING:
    from store import Store


@pytest.mark.parametrize("shape", SHAPES)
def test_the_rest_was_released(
    store: Store, bring: Import, url: str, shape: str
) -> None:
    """All that was captured can be refunded, and a second import changes nothing."""
    bring(*SHAPES[shape])
    (line,) = store.payments.page().rows
    assert (line.badge, line.refunded.amount) == (Badge.SUCCEEDED, 0)
    found = store.payments.find(line.id)
    assert found.charge is not None
    assert found.refundable == Money(CAPTURED, "usd")
    assert (found.charge.amount_captured, found.refunds) == (CAPTURED, ())
    told = [one.text for one in store.payments.detail(line.id).timeline]
    assert sum("8.00 USD released" in one for one in told) == 1
    assert not any("refund" in one for one in told)
    assert store.examine() == ()
    before = dump(url)
    again = bring(*SHAPES[shape])
    assert (again.added, again.changed) == ({}, {})
    assert dump(url) == before


@pytest.mark.parametrize(
    "shape",
    [
        (PAID, old(release(), REAL, MORE)),
        (PAID, old(OWN, REAL, MORE)),
        (PAID, old(MORE, REAL, release())),
        (PAID, old(release(), REAL, MORE, lists=False), MORE, REAL),
        (PAID, old(release(), REAL, MORE, lists=False), release(), REAL, MORE),
        (PAID, old(release(), REAL, MORE, lists=False), OWN, MORE, REAL),
        (PAID, old(release(), REAL, MORE, BACK)),
        (PAID, old(release(), REAL, MORE, amount_refunded=REST + 1050), BACK),
        (PAID, without(old(release(), REAL, MORE), "amount_captured")),
        (PAID, without(old(OWN, REAL, MORE), "amount_captured")),
        (without(old(release(), REAL, MORE), "amount_captured"),),
        (old(release(), REAL, MORE, payment_intent=None),),
        (PAID, new(REAL, MORE), REAL, MORE),
        (PAID, new(REAL, MORE), REAL, MORE, BACK),
        (PAID, new(REAL, MORE, refunds=listed(REAL, MORE))),
        (PAID, old(release(), REAL), new(REAL, MORE), MORE),
        (PAID, new(), REAL, new(REAL), old(release(), REAL, MORE)),
    ],
)
def test_real_refunds_beside_it_count(
    store: Store, bring: Import, url: str, shape: tuple[Json, ...]
) -> None:
    """Each of them, and no other; a failed one does not."""
    bring(*shape)
    (line,) = store.payments.page().rows
    assert (line.badge, line.refunded.amount) == (Badge.PARTIAL_REFUND, 800)
    found = store.payments.find(line.id)
    assert found.refundable == Money(CAPTURED - 800, "usd")
    live = {one.id for one in found.refunds if one.is_live}
    assert live == {"re_a", "re_b"}
    assert found.charge is not None
    assert found.charge.refunded_elsewhere == 0
    before = dump(url)
    assert bring(*shape).changed == {}
    assert dump(url) == before
    assert store.examine() == ()


@pytest.mark.parametrize("captured", [CAPTURED, 700])
@pytest.mark.parametrize("shape", ["listed", "own", "unlisted", "2026", "flag alone"])
def test_a_full_refund_of_what_was_captured(
    store: Store, bring: Import, shape: str, captured: int
) -> None:
    """Nothing is left, in either shape, also where less was captured than released."""
    rest = {"amount": AUTHORISED - captured}
    all_of_it = refund("a", amount=captured)
    paid = intent(amount_received=captured)
    kept: Json = {"amount_captured": captured}
    flag = {"amount_refunded": captured, "refunded": True}
    shapes: dict[str, tuple[Json, ...]] = {
        "listed": (old(release(**rest), all_of_it, **kept),),
        "own": (old(release(**rest, balance_transaction="txn_r"), all_of_it, **kept),),
        "unlisted": (old(release(**rest), all_of_it, lists=False, **kept),),
        "2026": (new(**kept, **flag), all_of_it),
        "flag alone": (new(**kept, **flag),),
    }
    bring(paid, *shapes[shape])
    (line,) = store.payments.page().rows
    assert (line.badge, line.refunded.amount) == (Badge.REFUNDED, captured)
    with pytest.raises(Refused, match="has already been refunded"):
        store.refunds.create(charge="ch_1", actor=Actor("mia"))


@pytest.mark.parametrize("own", [None, "txn_rest"])
@pytest.mark.parametrize("lists", [True, False])
def test_less_was_captured_than_released(
    store: Store, bring: Import, own: str | None, *, lists: bool
) -> None:
    """Then it is not refunded, and the file not refused."""
    rest = release(amount=1400, balance_transaction=own)
    bring(
        intent(amount_received=600),
        old(rest, lists=lists, amount_captured=600),
        *(() if lists else (rest,)),
    )
    (line,) = store.payments.page().rows
    assert (line.badge, line.refunded.amount) == (Badge.SUCCEEDED, 0)
    assert store.payments.find("pi_1").refundable == Money(600, "usd")


def test_as_recorded_in_2019_and_in_2026(store: Store, bring: Import) -> None:
    """The two shapes that were seen: 206.75 and 65.00 authorised."""
    rest = refund("r19", "19", amount=375, balance_transaction=None, created=AT)
    bring(
        intent("19", amount=20675, amount_received=20300),
        without(
            charge(
                "19",
                amount=20675,
                amount_refunded=375,
                refunds=listed(rest),
            ),
            "amount_captured",
        ),
        intent("26", amount=6500, amount_received=5000),
        charge("26", amount=6500, amount_captured=5000),
    )
    left = {one: store.payments.find(one).refundable for one in ("pi_19", "pi_26")}
    assert left == {"pi_19": Money(20300, "usd"), "pi_26": Money(5000, "usd")}
    told = {one.text for given in left for one in store.payments.detail(given).timeline}
    assert told == {
        "payment 206.75 USD, 203.00 USD captured",
        "3.75 USD released: authorised, not captured",
        "payment 65.00 USD, 50.00 USD captured",
        "15.00 USD released: authorised, not captured",
    }


def test_a_release_that_is_told_later_is_none_either(
    store: Store, bring: Import
) -> None:
    """Its event alone, or its object alone, in another file."""
    bring(PAID, old(release(), REAL, lists=False), REAL)
    bring(event("9", "charge.refund.updated", release()))
    bring(release())
    found = store.payments.find("pi_1")
    assert found.refundable == Money(CAPTURED - 300, "usd")
    assert store.refunds.retrieve("re_rest").charge is None


def test_the_refunds_come_in_a_file_of_their_own(
    store: Store, bring: Import, url: str
) -> None:
    """What the charge counted as released is found among them, once."""
    charges = (PAID, without(old(OWN, REAL, lists=False), "amount_captured"))
    refunds = (OWN, REAL)
    bring(*charges)
    bring(*refunds)
    assert store.payments.find("pi_1").refundable == Money(CAPTURED - 300, "usd")
    before = dump(url)
    for again in (charges, refunds, charges + refunds):
        assert bring(*again).changed == {}
    assert dump(url) == before
    bring(refund("later", amount=REST, created=AT + 9000))
    assert store.payments.find("pi_1").refundable == Money(CAPTURED - 300 - REST, "usd")
    assert store.examine() == ()


def test_the_release_comes_in_a_file_of_its_own(store: Store, bring: Import) -> None:
    """Though it has a balance transaction; the API never says which it was."""
    bring(PAID, old(OWN, lists=False))
    bring(OWN)
    found = store.payments.find("pi_1")
    assert found.refundable == Money(CAPTURED, "usd")
    assert found.charge is not None
    assert "release" not in charge_shape(found.charge)


def test_a_refund_as_large_as_the_rest_is_one_where_something_says_so(
    store: Store, bring: Import
) -> None:
    """Its reason, its money, the charge that does not count it, a full refund."""
    asked = refund("a", amount=REST, reason="requested_by_customer")
    bring(PAID, new(asked, refunds=listed(asked)))
    assert store.payments.find("pi_1").refunded == Money(REST, "usd")
    two = {"payment_intent": "pi_2", "balance_transaction": "txn_2"}
    plain = refund("b", "2", amount=REST)
    bring(
        intent("2", amount_received=CAPTURED),
        charge("2", amount_captured=CAPTURED, amount_refunded=REST, **two),
        movement("2", amount=CAPTURED, net=CAPTURED - 88),
        plain,
        refund_movement("b", amount=-REST, net=-REST),
    )
    assert store.payments.find("pi_2").refunded == Money(REST, "usd")
    later = refund("d", "3", amount=REST, created=AT + 9000)
    bring(
        intent("3", amount_received=CAPTURED),
        charge("3", amount_captured=CAPTURED),
        later,
    )
    assert store.payments.find("pi_3").refunded == Money(REST, "usd")


def test_what_was_imported_can_be_refunded_to_the_last_cent(
    store: Store, bring: Import, mia: Actor
) -> None:
    """And not a cent more; serve goes on answering as in 2026."""
    bring(PAID, old(release(), REAL))
    store.topups.create(amount=5000, currency="usd", actor=mia)
    with pytest.raises(Refused, match=r"greater than unrefunded .* \(\$9\.00\)"):
        store.refunds.create(charge="ch_1", amount=901, actor=mia)
    done = store.refunds.create(charge="ch_1", amount=900, actor=mia)
    assert done.payment.charge is not None
    assert done.payment.charge.unrefunded == Money(0, "usd")
    assert store.examine() == ()


def test_an_export_comes_back_into_its_own_store(
    store: Store, bring: Import, mia: Actor
) -> None:
    """The refunds that were made here count once."""
    bring(PAID, new())
    store.topups.create(amount=5000, currency="usd", actor=mia)
    own = store.refunds.create(charge="ch_1", amount=REST, actor=mia).refund
    bring(intent("2", latest_charge="ch_2"), charge("2"))
    other = store.refunds.create(charge="ch_2", amount=700, actor=mia).refund
    told: Json = {"created": AT + 60, "reason": None}
    bring(
        PAID,
        new(amount_refunded=REST, refunds=listed(), amount_released=REST),
        refund("x", amount=REST, **told) | {"id": own.id},
        charge("2", amount_refunded=700),
        refund("y", "2", amount=700, **told) | {"id": other.id},
    )
    assert store.payments.find("pi_1").refunded == Money(REST, "usd")
    assert store.payments.find("pi_2").refunded == Money(700, "usd")
    assert store.examine() == ()
