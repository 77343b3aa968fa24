"""What a balance transaction moves: double entry, by its kind and sign."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from exported import AT, charge, movement, refund, refund_movement

from store.bank import Deed
from store.clock import from_unix
from store.intake.fields import Wrong
from store.intake.joining import booked, check_sum, converted, releases, reported
from store.intake.objects import understood
from store.intake.reading import Found
from store.money import Money
from store.outcome import Movement
from store.payment import Charge
from store.refund import Refund

LATER = from_unix(AT) + timedelta(days=30)


def read(data: dict[str, Any]) -> Any:
    """Understand one object."""
    return understood(Found(data["object"], data, "export.json", 1))


def moves(one: Movement, now: Any = LATER) -> list[tuple[str, str, str, int]]:
    """Return code, debit, credit and amount of everything it moves."""
    return [
        (p.code, p.debit.value, p.credit.value, p.money.amount)
        for p in booked(one, now).postings
    ]


def test_a_payment_that_settled() -> None:
    """Gross in, fee off, the rest available."""
    booking = booked(read(movement()), LATER)
    assert moves(read(movement())) == [
        ("charge", "network", "pending", 2000),
        ("fee", "pending", "fees", 88),
        ("available", "pending", "available", 1912),
    ]
    assert booking.movement.status == "available"
    assert booking.due is None


def test_a_payment_that_settles_later() -> None:
    """It stays pending, and is on the agenda."""
    booking = booked(read(movement()), from_unix(AT))
    assert [posting.code for posting in booking.postings] == ["charge", "fee"]
    assert booking.movement.status == "pending"
    assert booking.due is not None
    assert (booking.due.deed, booking.due.object_id) == (Deed.FUNDS_AVAILABLE, "txn_1")
    assert booking.due.at == from_unix(AT + 2 * 86_400)


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        (
            {"type": "refund", "amount": -500, "fee": 0, "net": -500},
            [("import", "available", "network", 500)],
        ),
        (
            {"type": "refund", "amount": -500, "fee": -64, "net": -436},
            [
                ("import", "available", "network", 500),
                ("import", "fees", "available", 64),
            ],
        ),
        (
            {"type": "payment_refund", "amount": 500, "fee": 0, "net": 500},
            [("import", "network", "available", 500)],
        ),
        (
            {"type": "refund_failure", "amount": 500, "fee": 0, "net": 500},
            [("import", "network", "available", 500)],
        ),
        (
            {"type": "adjustment", "amount": -2000, "fee": 1500, "net": -3500},
            [
                ("import", "available", "opening", 2000),
                ("import", "available", "fees", 1500),
            ],
        ),
        (
            {"type": "payout", "amount": -900, "fee": 0, "net": -900},
            [("import", "available", "opening", 900)],
        ),
        (
            {"type": "topup", "amount": 900, "fee": 0, "net": 900},
            [("import", "opening", "available", 900)],
        ),
        ({"type": "adjustment", "amount": 0, "fee": 0, "net": 0}, []),
        (
            {"type": "charge", "amount": 50, "fee": 80, "net": -30},
            [
                ("import", "network", "available", 50),
                ("import", "available", "fees", 80),
            ],
        ),
        (
            {"type": "payment", "amount": 50, "fee": -5, "net": 55},
            [
                ("charge", "network", "pending", 50),
                ("import", "fees", "pending", 5),
                ("available", "pending", "available", 55),
            ],
        ),
    ],
)
def test_every_kind_moves_what_it_says(
    changed: dict[str, Any], wanted: list[tuple[str, str, str, int]]
) -> None:
    """And what reaches available is exactly its net."""
    one = read(movement(**changed))
    found = moves(one)
    assert found == wanted
    comes = sum(amount for _, _, credit, amount in found if credit == "available")
    goes = sum(amount for _, debit, _, amount in found if debit == "available")
    assert comes - goes == one.net


def test_a_refund_of_a_converted_charge_takes_the_other_currency() -> None:
    """As its balance transaction says."""
    found = converted(
        read(refund()), read(refund_movement(currency="eur", amount=-430))
    )
    assert found.takes == Money(430, "eur")
    assert converted(read(refund()), read(refund_movement())).settlement is None


def test_a_refund_that_came_back_is_none_made_elsewhere() -> None:
    """A snapshot from before it failed still counts it."""
    counted: Charge = read(charge(amount_refunded=500))
    failed: Refund = read(
        refund(status="failed", failure_balance_transaction="txn_back")
    )
    assert reported(counted, [failed]) == 0
    assert reported(counted, [read(refund())]) == 500
    assert reported(counted, []) == 500
    more: Charge = read(charge(amount_refunded=700))
    assert reported(more, [failed]) == 700


def test_the_ceiling_counts_what_was_refunded_elsewhere() -> None:
    """The larger of what is reported and what is known, and our own on top."""
    half: Charge = read(charge(amount_refunded=1600))
    check_sum(half, [read(refund())])
    with pytest.raises(Wrong, match=r"ch_1 would be 25\.00 USD, more than the 20\.00"):
        check_sum(half, [read(refund(str(n))) for n in range(5)])


def test_a_release_is_told_from_a_refund() -> None:
    """It moved no money, and is no more than what was not captured."""
    partly: Charge = read(charge(amount_captured=700))
    let_go = read(refund(amount=1300, balance_transaction=None))
    assert releases(let_go, partly)
    assert not releases(read(refund(amount=1300)), partly)
    assert not releases(read(refund(amount=1301, balance_transaction=None)), partly)
    assert releases(read(refund(reason="expired_uncaptured_charge")), partly)
