"""What only the HTTP face asks of a store: replies, parts, the API's own events."""

import pytest
from shares import ACCOUNT, share

from conftest import Funds, Pay
from store import Store
from store.desk.replied import Replied
from store.errors import Refused
from store.event import Actor, Face
from store.method import Method
from store.refund import RefundStatus
from store.settings import Settings

API = Actor("shop", Face.API, "req_1")


def test_the_first_reply_of_a_key_stays(store: Store, pay: Pay, funds: Funds) -> None:
    """A key that nothing was carried out for has none."""
    funds()
    store.replies.keep("k", Replied("c", 200, "{}"))
    assert store.replies.find("k") is None
    store.refunds.create(payment_intent=pay().id, actor=API, key="k")
    store.replies.keep("k", Replied("c", 200, "first"))
    store.replies.keep("k", Replied("c", 200, "second"))
    assert store.replies.find("k") == Replied("c", 200, "first")


def test_an_event_names_the_request_of_its_actor(store: Store, pay: Pay) -> None:
    """With a key or without."""
    refund = store.refunds.create(payment_intent=pay().id, actor=API).refund
    (told,) = store.events.newest(object_id=refund.id)
    assert (told.request, told.key) == ("req_1", None)


def test_a_refund_that_waits_for_its_customer_is_given_up(
    store: Store, funds: Funds, pay: Pay
) -> None:
    """The money is back, and can be refunded again; nothing else can be given up."""
    funds()
    paid = pay(method=Method("konbini"), currency="usd")
    asked = store.refunds.create(payment_intent=paid.id, actor=API).refund
    done = store.refunds.expire(asked.id, actor=API, key="k")
    assert done.refund.status is RefundStatus.FAILED
    assert done.payment.refundable == paid.money
    again = store.refunds.expire(asked.id, actor=API, key="k")
    assert (again.refund, again.replayed) == (done.refund, True)
    for given, said in ((asked.id, "has a status of failed"), ("re_x", "No such")):
        with pytest.raises(Refused, match=said):
            store.refunds.expire(given, actor=API)
    assert store.refunds.count(asked.charge or "") == 1
    assert store.examine() == ()


def test_transfers_and_fees_are_found(store: Store, mia: Actor, funds: Funds) -> None:
    """With what was pulled back of them, and what moved for it."""
    funds()
    paid = share(store, 1_200, transfer=None, fee=120)
    other = share(store, 500, fee=50)
    charge = paid.charge
    assert charge is not None
    assert charge.share is not None
    refund = store.refunds.create(
        charge=charge.id,
        amount=600,
        reverse_transfer=True,
        refund_application_fee=True,
        actor=mia,
    ).refund
    given, fee = str(charge.share.transfer), str(charge.share.fee)
    assert store.transfers.retrieve(given).reversed == 600
    assert store.application_fees.retrieve(fee).refunded == 60
    (back,) = store.transfers.backs(given)
    assert (back.id, back.pulled.refund) == (refund.transfer_reversal, refund.id)
    assert store.transfers.back(given, back.id) == back
    moved = store.balance_transactions.retrieve(str(back.movement))
    assert (moved.source, moved.holder, moved.money.amount) == (back.id, None, 600)
    assert len(store.transfers.list()) == 2
    assert len(store.transfers.list(destination=ACCOUNT)) == 2
    assert len(store.transfers.list(destination="acct_other")) == 0
    assert other.charge is not None
    assert other.charge.share is not None
    newest = str(other.charge.share.transfer)
    listed = store.transfers.list(starting_after=newest)
    assert [one.id for one in listed] == [given]
    assert [one.id for one in store.application_fees.list(charge=charge.id)] == [fee]


def test_unknown_parts_are_refused(store: Store) -> None:
    """By the API's names for them."""
    with pytest.raises(Refused, match="No such transfer: 'tr_x'"):
        store.transfers.retrieve("tr_x")
    with pytest.raises(Refused, match="No such application_fee: 'fee_x'"):
        store.application_fees.backs("fee_x")
    with pytest.raises(Refused, match="No such transfer: 'tr_x'"):
        store.transfers.list(starting_after="tr_x")
    paid = share(store, 500, fee=50)
    assert paid.charge is not None
    assert paid.charge.share is not None
    with pytest.raises(Refused, match="No such transfer_reversal: 'trr_x'"):
        store.transfers.back(str(paid.charge.share.transfer), "trr_x")


def test_the_api_sees_its_own_events_only(store: Store, pay: Pay, mia: Actor) -> None:
    """Not notes, nor what the API tells nobody; `charge.*` is every type of charges."""
    paid = pay()
    store.notes.add(payment=paid.id, text="called", actor=mia)
    store.payment_intents.update(paid.id, description="lamps", actor=mia)
    everything = {one.type for one in store.events.list()}
    seen = {one.type for one in store.events.of_api()}
    assert everything - seen == {"desk.note.created", "payment_intent.updated"}
    assert {one.type for one in store.events.of_api(types=("charge.*",))} == {
        "charge.succeeded"
    }
    both = ("charge.succeeded", "payment_intent.created")
    assert {one.type for one in store.events.of_api(types=both)} == set(both)
    with pytest.raises(Refused, match="Received both"):
        store.events.of_api(starting_after="evt_1", ending_before="evt_2")


def test_the_platform_s_movements_are_its_own(store: Store) -> None:
    """Those of a connected account are asked for by its name."""
    share(store, 1_200, fee=120)
    own = store.balance_transactions.list(own=True)
    theirs = store.balance_transactions.list(holder=ACCOUNT)
    assert {one.holder for one in own} == {None}
    assert {one.holder for one in theirs} == {ACCOUNT}


def test_a_store_may_settle_in_one_currency(store: Store) -> None:
    """Where there is a rate; by itself each currency is kept."""
    assert store.settles_in("eur") is None
    store.configure(Settings(settlement_currency="usd"))
    asked = [store.settles_in(one) for one in ("eur", "usd", "xyz")]
    assert asked == ["usd", None, None]
