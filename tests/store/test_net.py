"""What is left of a payment: after its fee, and after what a dispute took of it."""

from datetime import timedelta

import pytest

from conftest import Import, Later, Pay
from store import Store
from store.event import Actor
from store.money import Money

FEE = 175
"""2.9 % of 50.00 and 0.30."""
TAKEN = 5000 + 1500
"""What a chargeback of it takes: the amount, and a fee of 15.00."""


@pytest.mark.parametrize(("ending", "back"), [("lost", 0), ("won", 5000)])
def test_a_dispute_and_its_fee_are_in_the_net(
    store: Store, pay: Pay, later: Later, mia: Actor, ending: str, back: int
) -> None:
    """Withdrawn, it is gone from the net at once; won, it is back without the fee."""
    payment = pay(5000, method="pm_card_createDispute")
    detail = store.payments.detail(payment.id)
    assert detail.disputed is None
    assert detail.net == Money(5000 - FEE, "usd")
    later(timedelta(days=4))
    detail = store.payments.detail(payment.id)
    dispute = detail.payment.dispute
    assert dispute is not None
    assert detail.disputed == Money(-TAKEN, "usd")
    assert detail.net == Money(5000 - FEE - TAKEN, "usd")
    store.disputes.close(dispute.id, status=ending, actor=mia)
    detail = store.payments.detail(payment.id)
    assert detail.disputed == Money(back - TAKEN, "usd")
    assert detail.net == Money(5000 - FEE - TAKEN + back, "usd")


def test_an_inquiry_takes_nothing(store: Store, pay: Pay, later: Later) -> None:
    """The bank only asks: the net stays as it is."""
    payment = pay(5000, method="pm_card_createDisputeInquiry")
    later(timedelta(days=4))
    detail = store.payments.detail(payment.id)
    assert detail.payment.dispute is not None
    assert detail.disputed is None
    assert detail.net == Money(5000 - FEE, "usd")


@pytest.mark.parametrize("way", ["of the dispute", "of the charge", "inside it"])
def test_an_imported_dispute_is_in_the_net(
    store: Store, bring: Import, way: str
) -> None:
    """Its balance transactions say what it took, wherever an export has them."""
    source = "ch_1" if way == "of the charge" else "du_1"
    taken = moved("txn_2", -5000, 1500, source, "adjustment")
    is_inside = way == "inside it"
    bring(
        {
            "id": "ch_1",
            "object": "charge",
            "amount": 5000,
            "amount_captured": 5000,
            "amount_refunded": 0,
            "balance_transaction": "txn_1",
            "captured": True,
            "created": 1_764_500_000,
            "currency": "usd",
            "disputed": True,
            "paid": True,
            "payment_method_details": {"type": "card", "card": {"brand": "visa"}},
            "refunded": False,
            "status": "succeeded",
        },
        moved("txn_1", 5000, FEE, "ch_1", "charge"),
        {
            "id": "du_1",
            "object": "dispute",
            "amount": 5000,
            "charge": "ch_1",
            "created": 1_764_600_000,
            "currency": "usd",
            "reason": "fraudulent",
            "status": "lost",
            "balance_transactions": [taken] if is_inside else [],
        },
        *(() if is_inside else (taken,)),
    )
    detail = store.payments.detail("ch_1")
    assert detail.disputed == Money(-TAKEN, "usd")
    assert detail.net == Money(5000 - FEE - TAKEN, "usd")


def moved(id_: str, amount: int, fee: int, source: str, kind: str) -> dict[str, object]:
    """Return a balance transaction as an export has it."""
    return {
        "id": id_,
        "object": "balance_transaction",
        "amount": amount,
        "available_on": 1_764_700_000,
        "created": 1_764_600_000,
        "currency": "usd",
        "fee": fee,
        "fee_details": [],
        "net": amount - fee,
        "reporting_category": "dispute" if amount < 0 else "charge",
        "source": source,
        "status": "available",
        "type": kind,
    }
