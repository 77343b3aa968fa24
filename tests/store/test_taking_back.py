"""Transfers are reversed and fees given back without a refund, and never too much."""

from datetime import timedelta
from pathlib import Path

import pytest
from exported import charge as exported_charge
from shared_import import TRANSFER, bring
from shares import ACCOUNT, available, back, share

from conftest import Funds, Later
from store import Store
from store.errors import Refused
from store.event import Actor
from store.money import Money
from store.payment import Payment
from store.refund import RefundStatus


def transfer(payment: Payment) -> str:
    """Return the id of a payment's transfer."""
    assert payment.charge is not None
    assert payment.charge.share is not None
    return str(payment.charge.share.transfer)


def fee(payment: Payment) -> str:
    """Return the id of a payment's application fee."""
    assert payment.charge is not None
    assert payment.charge.share is not None
    return str(payment.charge.share.fee)


def test_a_transfer_is_reversed_in_parts(store: Store, mia: Actor) -> None:
    """The money changes hands, and the rest is what is taken without an amount."""
    paid = share(store, 1_200, transfer=880)
    given, before = transfer(paid), available(store)
    first = store.transfers.reverse(given, amount=300, metadata={"a": "b"}, actor=mia)
    assert (available(store), available(store, ACCOUNT)) == (before + 300, 580)
    assert (first.pulled.money, first.pulled.refund) == (Money(300, "usd"), None)
    assert first == store.transfers.back(given, first.id)
    assert first.pulled.metadata == {"a": "b"}
    moved = store.balance_transactions.retrieve(str(first.movement))
    assert (moved.type, moved.net, moved.holder) == ("transfer_refund", 300, None)
    rest = store.transfers.reverse(given, actor=mia)
    assert rest.pulled.money == Money(580, "usd")
    assert store.transfers.retrieve(given).reversed == 880
    assert [one.id for one in store.transfers.backs(given)] == [rest.id, first.id]
    with pytest.raises(Refused, match="already fully reversed"):
        store.transfers.reverse(given, actor=mia)
    assert available(store, ACCOUNT) == 0
    assert store.examine() == ()


def test_a_fee_is_given_back_in_parts(store: Store, mia: Actor) -> None:
    """The platform pays, the connected account gets it."""
    paid = share(store, 2_000, fee=109, direct=True)
    given, before = fee(paid), available(store, ACCOUNT)
    done = store.application_fees.refund(given, amount=36, actor=mia)
    assert (available(store), available(store, ACCOUNT)) == (73, before + 36)
    moved = store.balance_transactions.retrieve(str(done.movement))
    assert (moved.type, moved.net) == ("application_fee_refund", -36)
    with pytest.raises(Refused) as refused:
        store.application_fees.refund(given, amount=74, actor=mia)
    assert str(refused.value) == (
        "Refund amount ($0.74) is greater than unrefunded amount on fee ($0.73)"
    )
    store.application_fees.refund(given, actor=mia)
    assert available(store) == 0
    with pytest.raises(Refused, match=f"Application fee {given} has already been"):
        store.application_fees.refund(given, actor=mia)
    assert store.examine() == ()


def test_what_is_reversed_is_not_pulled_again(
    store: Store, mia: Actor, funds: Funds
) -> None:
    """A refund pulls what its part lacks; what is left after it can be reversed."""
    funds(10_000)
    paid = share(store, 1_200, transfer=880)
    given = transfer(paid)
    store.transfers.reverse(given, amount=300, actor=mia)
    first = store.refunds.create(
        payment_intent=paid.id, amount=500, reverse_transfer=True, actor=mia
    )
    assert back(first, store, "transfer_refund") == 367 - 300
    with pytest.raises(Refused, match=r"\(\$5.14\) is greater .+ \(\$5.13\)"):
        store.transfers.reverse(given, amount=514, actor=mia)
    store.transfers.reverse(given, amount=513, actor=mia)
    rest = store.refunds.create(
        payment_intent=paid.id, reverse_transfer=True, actor=mia
    )
    assert rest.refund.transfer_reversal is None
    assert store.transfers.retrieve(given).reversed == 880
    assert store.examine() == ()


def test_the_fee_goes_along_where_it_is_asked(store: Store, mia: Actor) -> None:
    """In proportion to what is reversed; without being asked it stays."""
    paid = share(store, 1_200, fee=120)
    given = transfer(paid)
    store.transfers.reverse(given, amount=400, refund_application_fee=True, actor=mia)
    assert store.application_fees.retrieve(fee(paid)).refunded == 40
    store.transfers.reverse(given, amount=200, actor=mia)
    assert store.application_fees.retrieve(fee(paid)).refunded == 40
    types = [one.type for one in store.payments.detail(paid.id).events]
    assert types[-3:] == [
        "transfer.reversed",
        "application_fee.refunded",
        "transfer.reversed",
    ]
    other = share(store, 1_200, transfer=880)
    with pytest.raises(Refused, match="has no application fee"):
        store.transfers.reverse(transfer(other), refund_application_fee=True, actor=mia)
    assert store.transfers.retrieve(transfer(other)).reversed == 0
    assert store.examine() == ()


def test_it_is_told_and_seen_with_the_payment(store: Store, mia: Actor) -> None:
    """An event with what was before, the movement, and a line of the story."""
    paid = share(store, 1_200, fee=120)
    version = store.payments.find(paid.id).version
    made = store.transfers.reverse(transfer(paid), amount=600, actor=mia, key="K")
    store.application_fees.refund(fee(paid), amount=60, actor=mia)
    seen = store.payments.detail(paid.id)
    reversed_, given = seen.events[-2:]
    assert (reversed_.type, reversed_.key) == ("transfer.reversed", "K")
    assert reversed_.data["amount_reversed"] == 600
    assert reversed_.previous == {"amount_reversed": 0}
    assert given.type == "application_fee.refunded"
    assert given.previous == {"amount_refunded": 0}
    assert made.movement in [one.id for one in seen.movements]
    story = [entry.text for entry in seen.timeline]
    assert f"6.00 USD of the transfer to {ACCOUNT} pulled back" in story
    assert store.payments.find(paid.id).version > version


def test_a_key_is_carried_out_once(store: Store, mia: Actor) -> None:
    """The same answer to the same request; refused for another, and as refused."""
    paid = share(store, 1_200, transfer=880, fee=None)
    given = transfer(paid)

    def send(amount: int | None) -> str:
        return store.transfers.reverse(given, amount=amount, actor=mia, key="K").id

    first = send(100)
    assert [send(100), send(100)] == [first, first]
    assert store.transfers.retrieve(given).reversed == 100
    with pytest.raises(Refused, match="Keys for idempotent requests"):
        send(None)
    for _ in range(2):
        with pytest.raises(Refused, match="greater than unreversed"):
            store.transfers.reverse(given, amount=781, actor=mia, key="L")


def test_a_preview_changes_nothing(store: Store, mia: Actor) -> None:
    """It tells what would come back."""
    paid = share(store, 1_200, fee=120)
    told = store.events.newest()
    made = store.transfers.reverse(transfer(paid), actor=mia, preview=True)
    assert made.pulled.money == Money(1_200, "usd")
    gone = store.application_fees.refund(fee(paid), actor=mia, preview=True)
    assert gone.pulled.money == Money(120, "usd")
    assert store.transfers.retrieve(transfer(paid)).reversed == 0
    assert store.application_fees.retrieve(fee(paid)).refunded == 0
    assert store.events.newest() == told


def test_what_comes_back_lets_refunds_go(store: Store, mia: Actor) -> None:
    """The platform's by a reversal, the connected account's by its fee."""
    paid = share(store, 1_200, transfer=1_000)
    held = store.refunds.create(payment_intent=paid.id, amount=1_100, actor=mia)
    assert held.refund.is_held
    store.transfers.reverse(transfer(paid), actor=mia)
    gone = store.refunds.detail(held.refund.id).refund
    assert gone.status is RefundStatus.SUCCEEDED
    own = share(store, 2_000, fee=500, direct=True)
    waits = store.refunds.create(payment_intent=own.id, amount=1_500, actor=mia)
    assert waits.refund.is_held
    short = 1_500 - available(store, ACCOUNT)
    store.application_fees.refund(fee(own), amount=short, actor=mia)
    gone = store.refunds.detail(waits.refund.id).refund
    assert gone.status is RefundStatus.SUCCEEDED
    assert store.examine() == ()


def test_what_an_account_no_longer_has_stays_there(
    store: Store, mia: Actor, later: Later
) -> None:
    """A transfer that was made by itself waits for its money to be available."""
    paid = store.payment_intents.create(
        amount=1_200, currency="usd", payment_method="pm_card_visa", actor=mia
    ).payment
    assert paid.charge is not None
    given = store.transfers.create(
        source_transaction=paid.charge.id, destination=ACCOUNT, amount=880, actor=mia
    )
    with pytest.raises(Refused) as refused:
        store.transfers.reverse(str(given.transfer), amount=1, actor=mia)
    assert refused.value.refusal.code == "balance_insufficient"
    later(timedelta(days=2))
    store.transfers.reverse(str(given.transfer), actor=mia)
    assert available(store, ACCOUNT) == 0
    assert store.examine() == ()


def test_unknown_ids_and_wrong_metadata_are_refused(store: Store, mia: Actor) -> None:
    """By the API's names and limits; nothing moves."""
    for act, kind in (
        (store.transfers.reverse, "transfer"),
        (store.application_fees.refund, "application_fee"),
    ):
        with pytest.raises(Refused, match=f"No such {kind}: 'x_1'") as refused:
            act("x_1", actor=mia)
        assert refused.value.refusal.status == 404
    paid = share(store, 1_200, fee=120)
    with pytest.raises(Refused, match="up to 40 characters"):
        store.transfers.reverse(transfer(paid), metadata={"k" * 41: "x"}, actor=mia)
    with pytest.raises(Refused, match="Invalid object"):
        store.application_fees.refund(fee(paid), metadata="x", actor=mia)
    kept = store.application_fees.refund(fee(paid), metadata="", actor=mia)
    assert kept.pulled.metadata == {}
    assert store.transfers.retrieve(transfer(paid)).reversed == 0


def test_what_was_reversed_elsewhere_is_gone(
    store: Store, mia: Actor, tmp_path: Path
) -> None:
    """Of an imported transfer the rest can be reversed, and no cent more."""
    bring(store, tmp_path, exported_charge(transfer=TRANSFER))
    with pytest.raises(Refused, match=r"unreversed amount on transfer \(\$11.25\)"):
        store.transfers.reverse("tr_1", amount=1_126, actor=mia)
    store.transfers.reverse("tr_1", amount=1_125, actor=mia)
    assert store.transfers.retrieve("tr_1").reversed == 1_500
    with pytest.raises(Refused, match="already fully reversed"):
        store.transfers.reverse("tr_1", actor=mia)
    assert store.examine() == ()
