"""How a refund begins: at once, held, at the bank, or by asking."""

from datetime import timedelta

import pytest

from conftest import MONDAY, Funds, Later, Pay
from store import Store
from store.badge import Badge, badge
from store.errors import Refused
from store.event import Actor
from store.money import Money
from store.payment import Customer
from store.reference import DestinationKind, ReferenceStatus, ReferenceType
from store.refund import PendingReason, RefundStatus

SHORT = "Insufficient funds in your Stripe balance to refund this amount."


def dollars(amount: int) -> Money:
    """Return an amount of dollars."""
    return Money(amount, "usd")


def test_a_fresh_charge_is_reversed(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later
) -> None:
    """Within two hours the charge is dropped and has no ARN; then it is credited."""
    funds()
    fresh, old = pay(), pay()
    done = store.refunds.create(payment_intent=fresh.id, actor=mia)
    assert done.refund.destination is not None
    assert done.refund.destination.kind is DestinationKind.REVERSAL
    assert done.refund.destination.reference_type is ReferenceType.STAN
    assert badge(done.payment) is Badge.REVERSED
    assert done.cancelable_until is None
    later(timedelta(hours=2))
    credited = store.refunds.create(payment_intent=old.id, actor=mia).refund
    assert credited.destination is not None
    assert credited.destination.kind is DestinationKind.REFUND
    assert credited.destination.reference_type is ReferenceType.ARN
    assert credited.destination.status is ReferenceStatus.PENDING


def test_a_card_refund_waits_when_the_balance_is_short(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """It is held for 45 days, moves no money, and says what is missing."""
    paid = pay(5_000)
    done = store.refunds.create(payment_intent=paid.id, actor=mia)
    assert done.refund.status is RefundStatus.PENDING
    assert done.refund.pending_reason is PendingReason.INSUFFICIENT_FUNDS
    assert done.refund.balance_transaction is None
    assert done.refund.expires_at == MONDAY + timedelta(days=45)
    assert done.cancelable_until == done.refund.expires_at
    assert done.available_before == done.available_after == dollars(4_825)
    assert (done.queue_position, done.short) == (1, dollars(175))
    assert badge(done.payment) is Badge.REFUND_HELD
    assert done.payment.refundable == dollars(0)
    assert store.examine() == ()


def test_a_new_refund_never_overtakes_a_waiting_one(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """While an older one waits, a small one that would fit waits behind it."""
    first, second = pay(5_000), pay(5_000)
    store.refunds.create(payment_intent=first.id, amount=4_900, actor=mia)
    held = store.refunds.create(payment_intent=first.id, amount=100, actor=mia)
    assert held.refund.status is RefundStatus.SUCCEEDED
    big = store.refunds.create(payment_intent=second.id, amount=4_900, actor=mia)
    small = store.refunds.create(payment_intent=second.id, amount=1, actor=mia)
    assert (big.queue_position, small.queue_position) == (1, 2)
    assert big.short is not None
    assert small.short == big.short + dollars(1)


def test_other_methods_are_refused_when_the_balance_is_short(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """Nothing is created: only cards can wait."""
    paid = pay(5_000, method="pm_paypal")
    with pytest.raises(Refused) as refused:
        store.refunds.create(payment_intent=paid.id, actor=mia)
    assert str(refused.value) == SHORT
    assert store.payments.find(paid.id).refunds == ()
    assert store.refunds.pending().waiting == ()


@pytest.mark.parametrize(
    ("method", "status", "waiting"),
    [
        ("pm_paypal", RefundStatus.SUCCEEDED, None),
        ("pm_sepa_debit", RefundStatus.PENDING, PendingReason.PROCESSING),
        ("pm_card_pendingRefund", RefundStatus.PENDING, PendingReason.PROCESSING),
        ("pm_card_refundFail", RefundStatus.SUCCEEDED, None),
        ("pm_konbini", RefundStatus.REQUIRES_ACTION, None),
    ],
)
def test_each_method_begins_its_own_way(
    store: Store,
    mia: Actor,
    pay: Pay,
    funds: Funds,
    later: Later,
    method: str,
    status: RefundStatus,
    waiting: PendingReason | None,
) -> None:
    """Directly, by a bank, or by asking the customer; the money leaves at once."""
    funds()
    paid = pay(5_000, method=method)
    later(timedelta(days=7))
    done = store.refunds.create(payment_intent=paid.id, amount=1_000, actor=mia)
    assert (done.refund.status, done.refund.pending_reason) == (status, waiting)
    assert done.available_before - done.available_after == dollars(1_000)
    assert done.refund.balance_transaction is not None
    prefix = "re_" if "card" in method else "pyr_"
    assert done.refund.id.startswith(prefix)


def test_a_charge_that_still_settles(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later
) -> None:
    """The refund waits for the charge: it goes on when that succeeds."""
    funds()
    paid = pay(5_000, method="pm_sepa_debit")
    done = store.refunds.create(payment_intent=paid.id, amount=1_000, actor=mia)
    assert done.refund.pending_reason is PendingReason.CHARGE_PENDING
    assert done.refund.balance_transaction is None
    assert done.available_before == done.available_after
    assert badge(done.payment) is Badge.REFUND_WAITS_FOR_CHARGE
    later(timedelta(days=30))
    gone = store.refunds.detail(done.refund.id).refund
    assert gone.status is RefundStatus.SUCCEEDED
    assert badge(store.payments.find(paid.id)) is Badge.PARTIAL_REFUND
    assert store.examine() == ()


def test_a_charge_that_fails_takes_its_refunds_along(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later
) -> None:
    """Where the customer's bank returns the payment, its refund is canceled."""
    funds()
    paid = pay(5_000, method="pm_sepa_debit_fails")
    done = store.refunds.create(payment_intent=paid.id, actor=mia)
    later(timedelta(days=30))
    gone = store.refunds.detail(done.refund.id).refund
    assert gone.status is RefundStatus.CANCELED
    assert badge(store.payments.find(paid.id)) is Badge.FAILED
    assert store.refunds.pending().balances[0].available == dollars(100_000)
    assert store.examine() == ()


def test_asking_the_customer_needs_an_address(
    store: Store, mia: Actor, pay: Pay, funds: Funds
) -> None:
    """The bank details are asked for by email: the customer's, or the one given."""
    funds()
    silent = Customer("cus_silent", "No Mail")
    paid = pay(method="pm_konbini", customer=silent)
    with pytest.raises(Refused) as refused:
        store.refunds.create(payment_intent=paid.id, actor=mia)
    assert refused.value.refusal.param == "instructions_email"
    given = store.refunds.create(
        payment_intent=paid.id,
        amount=100,
        instructions_email="here@example.com",
        actor=mia,
    )
    assert given.refund.instructions_email == "here@example.com"
    assert given.refund.expires_at == MONDAY + timedelta(days=45)
    assert given.cancelable_until == given.refund.expires_at
    known = store.refunds.create(payment_intent=pay(method="pm_konbini").id, actor=mia)
    assert known.refund.instructions_email == "ada@example.com"


def test_vouchers_cannot_be_refunded(
    store: Store, mia: Actor, pay: Pay, funds: Funds
) -> None:
    """Boleto and OXXO have no way back."""
    funds()
    paid = pay(method="pm_oxxo")
    with pytest.raises(Refused) as refused:
        store.refunds.create(payment_intent=paid.id, actor=mia)
    assert str(refused.value) == "Payments with oxxo cannot be refunded."
    assert refused.value.refusal.code == "charge_not_refundable"
