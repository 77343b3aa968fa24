"""Who pays a refund of a shared charge: foretold by the dry run, and so it comes."""

from __future__ import annotations

import pytest
from bulks import run_out
from hypothesis import given
from hypothesis import strategies as st
from shares import ACCOUNT, MIA, available, share

from conftest import Funds, Later
from store import Store
from store.bulk import ItemState
from store.connect import ConnectType
from store.money import Money
from store.shared_refund import SharedRefund, told_of

NO, YES = (False, False), (True, True)


@pytest.fixture
def settled(store: Store, funds: Funds, later: Later) -> None:
    """Everybody has enough for every refund, and no refund is a reversal."""
    funds()
    share(store, 100_000, direct=True)
    later()


rich = pytest.mark.usefixtures("settled")


def usd(amount: int) -> Money:
    """Return so many cents."""
    return Money(amount, "usd")


@rich
@pytest.mark.parametrize("asked", [NO, (True, False), (False, True), YES])
@pytest.mark.parametrize("direct", [False, True])
@pytest.mark.parametrize("amount", [1, 333, 1_200])
def test_it_comes_as_foretold(
    store: Store,
    asked: tuple[bool, bool],
    direct: bool,  # noqa: FBT001 - a parameter of the test
    amount: int,
) -> None:
    """The balances of both move by what the preview said, for every choice."""
    reverse, fee = asked
    reverse = reverse and not direct
    payment = share(store, fee=107, direct=direct)

    def refunding(*, preview: bool) -> SharedRefund:
        """Refund that much, or only say what would come of it."""
        told = store.refunds.create(
            payment_intent=payment.id,
            amount=amount,
            reverse_transfer=reverse,
            refund_application_fee=fee,
            actor=MIA,
            preview=preview,
        ).shared
        assert told is not None
        return told

    foretold = refunding(preview=True)
    platform, account = available(store), available(store, ACCOUNT)
    done = refunding(preview=False)
    assert done == foretold
    assert platform - available(store) == foretold.platform_pays.amount
    gone = amount - foretold.platform_pays.amount
    assert account - available(store, ACCOUNT) == gone
    assert foretold.account == ACCOUNT
    assert (foretold.transfer is None) == direct


@rich
def test_each_choice_is_known_before_it_is_made(store: Store) -> None:
    """What either would come to is told though neither is asked."""
    payment = share(store, 1_200, fee=120)
    told = store.refunds.create(
        payment_intent=payment.id, amount=600, actor=MIA, preview=True
    ).shared
    assert told is not None
    assert told.parts == (usd(600), usd(60))
    assert told.told == "the platform pays 6.00 USD, nothing comes back from acct_ann"


@rich
def test_what_is_back_does_not_come_back_again(store: Store) -> None:
    """A transfer that was reversed by itself has nothing left to come."""
    payment = share(store, 1_200, fee=120)
    transfer = payment.charge and payment.charge.share and payment.charge.share.transfer
    store.transfers.reverse(transfer or "", actor=MIA)
    told = store.refunds.create(
        payment_intent=payment.id, actor=MIA, reverse_transfer=True, preview=True
    ).shared
    assert told is not None
    assert told.transfer == usd(0)
    assert told.platform_pays == usd(1_200)


@rich
def test_nobody_shares_a_plain_payment(store: Store) -> None:
    """There is nothing to be told of it."""
    payment = store.payment_intents.create(
        amount=500, currency="usd", payment_method="pm_card_visa", actor=MIA
    ).payment
    assert store.refunds.create(payment_intent=payment.id, actor=MIA).shared is None


amounts = st.integers(0, 10**8).map(usd)


@given(
    st.sampled_from(ConnectType),
    amounts,
    st.none() | amounts,
    st.none() | amounts,
    st.booleans(),
    st.booleans(),
)
def test_the_sentence_names_what_moves(
    type_: ConnectType,
    money: Money,
    transfer: Money | None,
    fee: Money | None,
    reverse: bool,  # noqa: FBT001 - drawn by hypothesis
    give: bool,  # noqa: FBT001 - same
) -> None:
    """Whatever is chosen, the account is named and so is every amount that moves."""
    one = SharedRefund(type_, ACCOUNT, money, transfer, fee, reverse, give)
    assert ACCOUNT in one.told
    if one.fee_back:
        assert str(one.fee_back) in one.told
    if type_ is not ConnectType.DIRECT:
        assert str(one.platform_pays) in one.told
        assert one.platform_pays == money - one.reversed + one.fee_back


@rich
@pytest.mark.parametrize("asked", [NO, (True, False), (False, True), YES])
def test_a_bulk_asks_once_for_all_that_are_shared(
    store: Store, asked: tuple[bool, bool]
) -> None:
    """Each shared payment is refunded by the one choice, as far as it has the part."""
    plain = store.payment_intents.create(
        amount=500, currency="usd", payment_method="pm_card_visa", actor=MIA
    ).payment
    both, no_fee = share(store, fee=120), share(store, 900, transfer=800)
    direct = share(store, 1_000, fee=100, direct=True)
    payments = [plain.id, both.id, no_fee.id, direct.id]
    plan = store.bulk.plan(
        payments=payments,
        reverse_transfer=asked[0],
        refund_application_fee=asked[1],
    )
    assert len(plan.refundable) == 4
    assert len(plan.shared) == 3
    platform = available(store)
    started = store.bulk.start(plan, actor=MIA)
    assert (started.reverse_transfer, started.refund_application_fee) == asked
    assert store.bulk.retrieve(started.id) == started
    done = run_out(store, started)
    assert done.counts[ItemState.SENT] == 4
    made = [store.payments.find(one).refunds[0] for one in payments]
    assert [one.reverse_transfer for one in made] == [
        False,
        asked[0],
        asked[0],
        False,
    ]
    assert [one.refund_application_fee for one in made] == [
        False,
        asked[1],
        False,
        asked[1],
    ]
    pays = sum(one.platform_pays.amount for one in plan.shared) + 500
    assert platform - available(store) == pays
    assert store.examine() == ()


def test_many_are_told_in_one_sentence() -> None:
    """What comes back, what they pay themselves, and what is left to the platform."""
    one = SharedRefund(ConnectType.DESTINATION, ACCOUNT, usd(1_200), usd(880), usd(80))
    direct = SharedRefund(ConnectType.DIRECT, ACCOUNT, usd(500), None, usd(50))
    both = [
        each.by(reverse_transfer=True, refund_application_fee=True)
        for each in (one, direct)
    ]
    assert told_of((one,)) == (
        "nothing comes back from connected accounts, the platform pays 12.00 USD"
    )
    assert told_of(both) == (
        "8.80 USD comes back from connected accounts,"
        " 5.00 USD is paid by connected accounts,"
        " 1.30 USD of application fees goes back to them,"
        " the platform pays 4.50 USD"
    )
