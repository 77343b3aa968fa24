"""The payment that a refund answers with is the one that the store then has."""

from dataclasses import replace
from datetime import timedelta

import pytest
from shares import available, share

from conftest import Funds, Later, Pay
from store import Store
from store.clock import StandingClock
from store.event import Actor
from store.outcome import RefundOutcome, with_refund
from store.refund import Reason, RefundStatus
from store.settings import Settings

PARTS = (700, 1_200, None)
"""What is refunded of a payment, one after another."""


def same(store: Store, done: RefundOutcome, holder: str | None = None) -> None:
    """Check that nothing of an answer differs from what is read afterwards."""
    assert done.payment == store.payments.find(done.payment.id)
    assert done.available_after.amount == available(store, holder)


@pytest.mark.parametrize("reason", [None, Reason.FRAUDULENT])
@pytest.mark.parametrize("fresh", [True, False])
@pytest.mark.parametrize("funded", [True, False])
def test_refund_after_refund(
    store: Store,
    mia: Actor,
    pay: Pay,
    funds: Funds,
    later: Later,
    reason: Reason | None,
    *,
    fresh: bool,
    funded: bool,
) -> None:
    """Sent or held: sums, refunds, version, what a fraud writes, and the balance."""
    if funded:
        funds()
    paid = pay(5_000, method="pm_card_visa")
    if not fresh:
        later()
    for part in PARTS:
        asked = {"payment_intent": paid.id, "amount": part, "reason": reason}
        same(store, store.refunds.create(actor=mia, **asked))  # type: ignore[arg-type]


@pytest.mark.parametrize("direct", [True, False])
def test_a_shared_payment(
    store: Store, mia: Actor, funds: Funds, *, direct: bool
) -> None:
    """What is pulled back moves the balance too, and that is counted."""
    funds()
    paid = share(store, 5_000, fee=500, direct=direct)
    for part in PARTS:
        done = store.refunds.create(
            payment_intent=paid.id,
            amount=part,
            reverse_transfer=not direct,
            refund_application_fee=True,
            actor=mia,
        )
        same(store, done, done.refund.holder)


def test_what_waited_goes_out_first(store: Store, mia: Actor, pay: Pay) -> None:
    """The own bank pays for a refund that waits and for the next, of one payment."""
    paid = pay(5_000, method="pm_card_visa")
    held = store.refunds.create(payment_intent=paid.id, amount=1_000, actor=mia)
    assert held.refund.is_held
    store.configure(Settings(auto_debit=True))
    done = store.refunds.create(payment_intent=paid.id, amount=500, actor=mia)
    waited = done.payment.refunds[1]
    assert waited.id == held.refund.id
    assert waited.status is RefundStatus.SUCCEEDED
    same(store, done)


def test_refunds_stand_newest_first(
    store: Store, mia: Actor, pay: Pay, funds: Funds, clock: StandingClock
) -> None:
    """One that an import brought may be dated after one that is made now."""
    funds()
    done = store.refunds.create(payment_intent=pay().id, amount=100, actor=mia)
    ahead = replace(done.refund, created=clock.now() + timedelta(days=1))
    now = replace(done.refund, id="re_now")
    payment = replace(done.payment, refunds=(ahead,))
    assert with_refund(payment, now).refunds == (ahead, now)
    assert with_refund(done.payment, now).refunds == (now, done.refund)
    dead = replace(now, status=RefundStatus.FAILED)
    assert with_refund(payment, dead).refunded == payment.refunded
