"""Whatever happens to a shared payment, nobody's balance comes out wrong."""

import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import FUNDED, MONDAY
from store import Store, open_store
from store.clock import StandingClock
from store.connect import part
from store.errors import Refused
from store.event import Actor
from store.ids import SeededIds
from store.rates import StandingRates
from store.refund import RefundStatus
from store.sql import shared

MIA = Actor("mia")
ACCOUNT = "acct_ann"


@dataclass(frozen=True)
class Act:
    """One thing that an agent or the world does."""

    verb: str
    amount: int = 0
    pulls: bool = False
    fee: bool = False


ACTS = st.one_of(
    st.builds(
        Act, st.just("refund"), st.integers(1, 900), st.booleans(), st.booleans()
    ),
    st.builds(Act, st.just("rest"), st.just(0), st.booleans(), st.booleans()),
    st.builds(Act, st.sampled_from(["cancel", "later", "fund"]), st.integers(1, 2_000)),
    st.builds(
        Act,
        st.sampled_from(["reverse", "give back"]),
        st.integers(0, 900),
        fee=st.booleans(),
    ),
)
METHODS = st.sampled_from([FUNDED, "pm_card_refundFail", "pm_card_pendingRefund"])


def carry_out(store: Store, clock: StandingClock, payment: str, act: Act) -> None:
    """Do it; that a rule refuses is an answer too."""
    with suppress(Refused):
        match act.verb:
            case "refund" | "rest":
                store.refunds.create(
                    payment_intent=payment,
                    amount=act.amount or None,
                    reverse_transfer=act.pulls,
                    refund_application_fee=act.fee,
                    actor=MIA,
                )
            case "cancel":
                if refunds := store.payments.find(payment).refunds:
                    store.refunds.cancel(refunds[0].id, actor=MIA)
            case "reverse" | "give back":
                take_back(store, payment, act)
            case "fund":
                store.topups.create(amount=act.amount, currency="usd", actor=MIA)
            case _:
                clock.at += timedelta(hours=act.amount % 100)
                store.advance()


def take_back(store: Store, payment: str, act: Act) -> None:
    """Reverse a transfer or give a fee back, where there is one; 0 is what is left."""
    charge = store.payments.find(payment).charge
    given = charge.share if charge else None
    amount = act.amount or None
    if act.verb == "reverse" and given and given.transfer:
        store.transfers.reverse(
            given.transfer, amount=amount, refund_application_fee=act.fee, actor=MIA
        )
    if act.verb == "give back" and given and given.fee:
        store.application_fees.refund(given.fee, amount=amount, actor=MIA)


@settings(max_examples=40)
@given(
    transfer=st.none() | st.integers(1, 1_200),
    fee=st.none() | st.integers(1, 1_200),
    direct=st.booleans(),
    method=METHODS,
    acts=st.lists(ACTS, min_size=1, max_size=9),
)
def test_shares_stay_sound(
    transfer: int | None, fee: int | None, acts: list[Act], method: str, *, direct: bool
) -> None:
    """Partial refunds with and without pulling back, failures, cancels, late funds."""
    fee = fee if transfer is None or direct else None
    to: dict[str, str | int] = {"destination": ACCOUNT}
    if transfer is not None:
        to["amount"] = transfer
    clock = StandingClock(MONDAY)
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(
            f"sqlite:///{Path(folder) / 'desk.db'}", clock=clock, ids=SeededIds("s")
        ) as store,
    ):
        paid = store.payment_intents.create(
            amount=1_200,
            currency="usd",
            payment_method=method,
            transfer_data=None if direct else to,
            application_fee_amount=fee,
            stripe_account=ACCOUNT if direct else None,
            actor=MIA,
        ).payment
        for act in acts:
            carry_out(store, clock, paid.id, act)
            assert store.examine() == ()
        _is_in_proportion(store, paid.id)


def _is_in_proportion(store: Store, payment: str) -> None:
    """Check that what is back is what all refunds that asked for it make of it."""
    charge = store.payments.find(payment).charge
    assert charge is not None
    assert charge.share is not None
    refunds = store.payments.find(payment).refunds
    whole = charge.share.transferred
    if whole is None or any(not one.is_live for one in refunds):
        return
    asked = [one for one in refunds if one.reverse_transfer and one.has_moved_money]
    total = sum(one.money.amount for one in asked)
    with store._database.read() as connection:
        back = shared.pulled(connection, shared.TRANSFERS, charge.id)
    due = part(whole, total, charge.amount_captured, 0)
    alone = [
        one.pulled.money.amount
        for one in store.transfers.backs(charge.share.transfer or "", limit=100)
        if one.pulled.refund is None
    ]
    assert max(due, sum(alone)) <= back <= whole.amount
    assert alone or back == due
    if total == charge.amount_captured:
        assert back == whole.amount


@settings(max_examples=25)
@given(
    acts=st.lists(ACTS, min_size=1, max_size=8),
    days=st.lists(st.sampled_from(["0.8", "0.88", "0.95", "1.1"]), min_size=8),
    method=METHODS,
)
def test_converted_payments_stay_sound(
    acts: list[Act], days: list[str], method: str
) -> None:
    """Whatever the rate does, customers get back what they paid, and no cent more."""
    clock = StandingClock(MONDAY)
    rates = StandingRates({("usd", "eur"): "0.88"})
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(
            f"sqlite:///{Path(folder) / 'desk.db'}",
            clock=clock,
            ids=SeededIds("s"),
            rates=rates,
        ) as store,
    ):
        paid = store.payment_intents.create(
            amount=1_200,
            currency="usd",
            settle_in="eur",
            payment_method=method,
            actor=MIA,
        ).payment
        for act, rate in zip(acts, days, strict=False):
            rates.table["usd", "eur"] = rate
            if act.verb == "fund":
                store.topups.create(amount=act.amount, currency="eur", actor=MIA)
            else:
                carry_out(store, clock, paid.id, act)
            assert store.examine() == ()
        found = store.payments.find(paid.id)
        live = [one for one in found.refunds if one.is_live]
        assert found.refunded.amount == sum(one.money.amount for one in live) <= 1_200
        done = RefundStatus.SUCCEEDED
        assert all(one.settlement is not None for one in live if one.status is done)
