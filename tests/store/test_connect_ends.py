"""Shared charges: what failure, cancellation, capture and disputes do to them."""

from datetime import timedelta

import pytest
from shares import ACCOUNT, available, back, pending, share

from conftest import Funds, Later
from store import Store
from store.errors import Refused
from store.event import Actor
from store.money import Money
from store.refund import RefundStatus


def test_failed_money_returns_to_the_platform(
    store: Store, mia: Actor, funds: Funds, later: Later
) -> None:
    """The reversal is not undone, and the next refund does not pull it back again."""
    funds(10_000)
    paid = share(store, 1_200, transfer=880, method="pm_card_refundFail")
    later(timedelta(days=2))
    before = available(store)
    sent = store.refunds.create(
        payment_intent=paid.id, amount=500, reverse_transfer=True, actor=mia
    )
    later(timedelta(days=10))
    failed = store.refunds.detail(sent.refund.id).refund
    assert failed.status is RefundStatus.FAILED
    assert failed.transfer_reversal == sent.refund.transfer_reversal
    assert (available(store), available(store, ACCOUNT)) == (before + 367, 513)
    again = store.refunds.create(
        payment_intent=paid.id, amount=500, reverse_transfer=True, actor=mia
    )
    assert again.refund.transfer_reversal is None
    rest = store.refunds.create(
        payment_intent=paid.id, reverse_transfer=True, actor=mia
    )
    assert back(rest, store, "transfer_refund") == 513
    assert store.examine() == ()


def test_a_canceled_direct_refund_returns_to_the_account(
    store: Store, mia: Actor, later: Later
) -> None:
    """The money comes back to whoever paid it."""
    paid = share(store, 1_200, direct=True)
    share(store, 5_000, direct=True)
    later()
    before = available(store, ACCOUNT)
    sent = store.refunds.create(payment_intent=paid.id, actor=mia)
    store.refunds.cancel(sent.refund.id, actor=mia)
    assert available(store, ACCOUNT) == before
    assert store.examine() == ()


def test_events_tell_what_came_back(store: Store, mia: Actor, funds: Funds) -> None:
    """After the refund's own, with what it was before."""
    funds(10_000)
    paid = share(store, 1_200, fee=120)
    store.refunds.create(
        payment_intent=paid.id,
        amount=600,
        reverse_transfer=True,
        refund_application_fee=True,
        actor=mia,
        key="K",
    )
    told = store.payments.detail(paid.id).events[-4:]
    assert [one.type for one in told] == [
        "refund.created",
        "charge.refunded",
        "transfer.reversed",
        "application_fee.refunded",
    ]
    refund, _, transfer, fee = told
    assert str(refund.data["transfer_reversal"]).startswith("trr_")
    assert transfer.data["amount_reversed"] == 600
    assert transfer.previous == {"amount_reversed": 0}
    assert fee.data["amount_refunded"] == 60
    assert {one.key for one in told} == {"K"}
    story = [entry.text for entry in store.payments.detail(paid.id).timeline]
    assert f"6.00 USD of the transfer to {ACCOUNT} pulled back" in story
    assert f"0.60 USD of the application fee given back to {ACCOUNT}" in story


def test_an_uncaptured_share_moves_with_the_capture(store: Store, mia: Actor) -> None:
    """What is captured is shared; of less, less is there to share."""
    paid = share(store, 1_200, transfer=880, manual=True)
    assert (available(store), pending(store, ACCOUNT)) == (0, 0)
    taken = store.payment_intents.capture(paid.id, amount=500, actor=mia).payment
    assert taken.charge is not None
    assert taken.charge.share is not None
    assert taken.charge.share.transferred == Money(500, "usd")
    assert available(store, ACCOUNT) == 500
    assert store.examine() == ()


def test_what_is_not_shared_cannot_be_pulled_back(
    store: Store, mia: Actor, funds: Funds
) -> None:
    """The API's words; nothing is created."""
    funds()
    paid = share(store, 1_200, direct=True)
    charge = paid.charge.id if paid.charge else ""
    with pytest.raises(Refused) as refused:
        store.refunds.create(payment_intent=paid.id, reverse_transfer=True, actor=mia)
    assert str(refused.value) == (
        f"Cannot reverse transfer on charge {charge} because it does not have an "
        "associated transfer."
    )
    with pytest.raises(Refused) as refused:
        store.refunds.create(
            payment_intent=paid.id, refund_application_fee=True, actor=mia
        )
    assert str(refused.value) == (
        f"Attempting to refund_application_fee on {charge}, but it has no "
        "application fee"
    )
    assert store.payments.find(paid.id).refunds == ()


def test_a_chargeback_takes_from_whoever_earned_it(store: Store, mia: Actor) -> None:
    """A direct charge's dispute is the connected account's."""
    paid = share(store, 1_200, direct=True)
    before = available(store, ACCOUNT)
    charge = paid.charge.id if paid.charge else ""
    dispute = store.disputes.create(charge=charge, actor=mia)
    assert available(store, ACCOUNT) == before - 1_200 - 1_500
    assert available(store) == 0
    store.disputes.close(dispute.id, status="won", actor=mia)
    assert available(store, ACCOUNT) == before - 1_500
    assert store.examine() == ()
