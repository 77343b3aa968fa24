"""Connected accounts: each sees its own direct charges, and what came of them."""

import pytest

from conftest import FUNDED, Pay
from store import Store
from store.errors import Refused
from store.event import Actor


def test_what_is_an_account_s_own(store: Store, mia: Actor, pay: Pay) -> None:
    """Its charge, intent, refund and dispute; nothing of the platform's."""
    ours, its = store.connected_accounts, "acct_1"
    assert not ours.is_known(its)
    platform = pay()
    made = store.payment_intents.create(
        amount=5000,
        currency="usd",
        payment_method=FUNDED,
        stripe_account=its,
        actor=mia,
    ).payment
    assert made.charge is not None
    assert platform.charge is not None
    charge = made.charge.id
    refund = store.refunds.create(charge=charge, amount=500, actor=mia).refund
    store.refunds.create(charge=platform.charge.id, amount=500, actor=mia)
    dispute = store.disputes.create(charge=charge, actor=mia).id
    assert ours.is_known(its)
    assert not ours.is_known("acct_2")
    (moved, *_) = store.balance_transactions.list(source=charge)
    for given in (charge, made.id, refund.id, dispute, moved.id):
        assert ours.owner(given) == its
    for given in (platform.id, platform.charge.id, "re_none", "cus_ada"):
        assert ours.owner(given) is None
    assert [one.id for one in ours.charges(its)] == [charge]
    assert [one.id for one in ours.payment_intents(its)] == [made.id]
    assert [one.id for one in ours.refunds(its, charge=charge)] == [refund.id]
    assert [one.id for one in ours.disputes(its)] == [dispute]
    assert len(ours.charges("acct_2")) == 0
    with pytest.raises(Refused, match="No such charge: 'pi_x'"):
        ours.refunds(its, charge="pi_x")
