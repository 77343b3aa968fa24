"""Shared charges: who gets what, who pays a refund, what comes back."""

from datetime import timedelta

import pytest
from shares import ACCOUNT, available, back, pending, share

from conftest import Funds, Later
from store import Store
from store.connect import ConnectType
from store.errors import Refused
from store.event import Actor
from store.money import Money
from store.refund import RefundStatus
from store.shape.objects import charge_shape, intent_shape


def test_a_destination_charge_fills_both(store: Store) -> None:
    """The transfer goes on to the account; the fee and the rest stay."""
    paid = share(store, 1_200, transfer=880)
    assert (available(store), available(store, ACCOUNT)) == (1_200 - 65 - 880, 880)
    assert paid.charge is not None
    given = paid.charge.share
    assert given is not None
    assert given.type is ConnectType.DESTINATION
    assert given.transferred == Money(880, "usd")
    assert given.transfer is not None
    assert given.transfer.startswith("tr_")
    assert paid.intent is not None
    asked = {"amount": 880, "destination": ACCOUNT}
    assert intent_shape(paid.intent)["transfer_data"] == asked
    shape = charge_shape(paid.charge)
    assert (shape["transfer"], shape["transfer_data"]) == (given.transfer, asked)
    assert store.examine() == ()


def test_a_fee_is_taken_of_the_transfer(store: Store) -> None:
    """Without an amount all is transferred, and the fee comes back from there."""
    share(store, 1_200, fee=109)
    assert (available(store), available(store, ACCOUNT)) == (109 - 65, 1_200 - 109)
    assert store.examine() == ()


def test_the_parts_become_available_with_the_charge(store: Store, later: Later) -> None:
    """Nobody has its part before the money is there."""
    share(store, 1_200, transfer=880, method="pm_card_visa")
    assert (pending(store), pending(store, ACCOUNT)) == (255, 880)
    assert (available(store), available(store, ACCOUNT)) == (0, 0)
    later(timedelta(days=2))
    assert (pending(store), pending(store, ACCOUNT)) == (0, 0)
    assert (available(store), available(store, ACCOUNT)) == (255, 880)
    assert store.examine() == ()


def test_the_platform_pays_and_pulls_back(
    store: Store, mia: Actor, funds: Funds
) -> None:
    """In proportion, to the nearest cent; the last refund leaves nothing over."""
    funds(10_000)
    paid = share(store, 1_200, transfer=880)
    before = available(store)
    first = store.refunds.create(
        payment_intent=paid.id, amount=500, reverse_transfer=True, actor=mia
    )
    assert back(first, store, "transfer_refund") == 367
    assert available(store) == before - 500 + 367
    assert available(store, ACCOUNT) == 880 - 367
    given = first.refund.transfer_reversal
    assert given is not None
    assert given.startswith("trr_")
    last = store.refunds.create(
        payment_intent=paid.id, reverse_transfer=True, actor=mia
    )
    assert back(last, store, "transfer_refund") == 880 - 367
    assert available(store, ACCOUNT) == 0
    assert store.examine() == ()


def test_without_asking_nothing_is_pulled_back(
    store: Store, mia: Actor, funds: Funds
) -> None:
    """The platform alone pays; a later refund pulls back its own part only."""
    funds(10_000)
    paid = share(store, 1_200, transfer=880)
    store.refunds.create(payment_intent=paid.id, amount=600, actor=mia)
    assert available(store, ACCOUNT) == 880
    rest = store.refunds.create(
        payment_intent=paid.id, reverse_transfer=True, actor=mia
    )
    assert back(rest, store, "transfer_refund") == 440
    assert store.examine() == ()


def test_the_fee_comes_back_only_when_asked(store: Store, mia: Actor) -> None:
    """A direct charge: the account pays the refund, the platform gives its fee back."""
    paid = share(store, 153, fee=109, direct=True)
    other = share(store, 2_000, direct=True)
    earned = available(store, ACCOUNT)
    assert earned == (153 - 34 - 109) + (2_000 - 88)
    assert available(store) == 109
    store.refunds.create(payment_intent=other.id, amount=100, actor=mia)
    assert (available(store), available(store, ACCOUNT)) == (109, earned - 100)
    done = store.refunds.create(
        payment_intent=paid.id, amount=50, refund_application_fee=True, actor=mia
    )
    assert done.refund.holder == ACCOUNT
    assert done.available_before == Money(earned - 100, "usd")
    assert back(done, store, "application_fee_refund") == -36
    assert (available(store), available(store, ACCOUNT)) == (73, earned - 150 + 36)
    store.refunds.create(payment_intent=paid.id, refund_application_fee=True, actor=mia)
    assert available(store) == 0
    assert store.examine() == ()


def test_a_direct_refund_waits_for_the_accounts_own_funds(
    store: Store, mia: Actor, funds: Funds
) -> None:
    """What the platform has does not count; what the account earns does."""
    funds(10_000)
    paid = share(store, 1_200, direct=True)
    held = store.refunds.create(payment_intent=paid.id, actor=mia)
    assert held.refund.is_held
    assert held.queue_position == 1
    (purse,) = store.refunds.pending().connected
    assert (purse.holder, purse.held) == (ACCOUNT, Money(1_200, "usd"))
    assert all(not one.held for one in store.refunds.pending().balances)
    assert store.examine() == ()
    share(store, 5_000, direct=True)
    gone = store.refunds.detail(held.refund.id).refund
    assert gone.status is RefundStatus.SUCCEEDED
    assert store.examine() == ()


def test_what_is_pulled_back_lets_others_go(store: Store, mia: Actor) -> None:
    """A refund that waits goes out as soon as a reversal covers it."""
    paid = share(store, 1_200, transfer=1_000)
    poor = share(store, 3_000, transfer=2_800)
    waits = store.refunds.create(
        payment_intent=paid.id, reverse_transfer=True, actor=mia
    )
    behind = store.refunds.create(payment_intent=poor.id, amount=900, actor=mia)
    assert (waits.refund.is_held, behind.queue_position) == (True, 2)
    assert waits.refund.transfer_reversal is None
    store.topups.create(amount=1_000, currency="usd", actor=mia)
    for one in (waits, behind):
        refund = store.refunds.detail(one.refund.id).refund
        assert refund.status is RefundStatus.SUCCEEDED
    assert store.refunds.detail(waits.refund.id).refund.transfer_reversal is not None
    assert store.examine() == ()


def test_a_transfer_can_be_made_later(store: Store, mia: Actor, later: Later) -> None:
    """It waits for the charge's funds too, and refunds pull their part of it back."""
    paid = store.payment_intents.create(
        amount=1_200, currency="usd", payment_method="pm_card_visa", actor=mia
    ).payment
    assert paid.charge is not None
    for _ in range(2):
        given = store.transfers.create(
            source_transaction=paid.charge.id,
            destination=ACCOUNT,
            amount=880,
            actor=mia,
            key="once",
        )
    assert given.type is ConnectType.SEPARATE
    assert (pending(store), pending(store, ACCOUNT)) == (255, 880)
    with pytest.raises(Refused, match="shared already"):
        store.transfers.create(
            source_transaction=paid.charge.id, destination=ACCOUNT, amount=1, actor=mia
        )
    later(timedelta(days=2))
    assert (available(store), available(store, ACCOUNT)) == (255, 880)
    store.topups.create(amount=2_000, currency="usd", actor=mia)
    sent = store.refunds.create(
        payment_intent=paid.id, amount=500, reverse_transfer=True, actor=mia
    )
    assert back(sent, store, "transfer_refund") == 367
    assert store.examine() == ()


@pytest.mark.parametrize(
    ("amount", "charge", "said"),
    [
        (1_201, None, "The amount must be between 1 and the payment's amount."),
        (0, None, "The amount must be between 1 and the payment's amount."),
        (1, "ch_none", "No such charge: 'ch_none'"),
    ],
)
def test_impossible_transfers(
    store: Store, mia: Actor, amount: int, charge: str | None, said: str
) -> None:
    """Nothing is moved."""
    paid = store.payment_intents.create(
        amount=1_200, currency="usd", payment_method="pm_card_bypassPending", actor=mia
    ).payment
    source = charge or (paid.charge.id if paid.charge else "")
    with pytest.raises(Refused) as refused:
        store.transfers.create(
            source_transaction=source, destination=ACCOUNT, amount=amount, actor=mia
        )
    assert str(refused.value) == said
    assert available(store, ACCOUNT) == 0
