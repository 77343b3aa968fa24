"""A request that is sent twice under one key is carried out once."""

from collections.abc import Callable

import pytest

from conftest import Funds, Later, Pay
from store import Store
from store.errors import Refused
from store.event import Actor
from store.refund import RefundStatus

OTHER = (
    "Keys for idempotent requests can only be used with the same parameters they were "
    "first used with. Try using a key other than 'K' if you meant to execute a "
    "different request."
)


def test_the_same_request_again(
    store: Store, mia: Actor, pay: Pay, funds: Funds
) -> None:
    """It is answered with the same refund, as a replay; nothing is sent twice."""
    funds()
    paid = pay()

    def send() -> tuple[str, bool]:
        done = store.refunds.create(
            payment_intent=paid.id, amount=1_000, actor=mia, key="K"
        )
        return done.refund.id, done.replayed

    first, replayed = send()
    assert not replayed
    told = store.events.newest()
    assert [send() for _ in range(3)] == [(first, True)] * 3
    assert store.events.newest() == told
    assert store.payments.find(paid.id).refunded.amount == 1_000


def test_a_replay_shows_the_refund_as_it_is_now(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later
) -> None:
    """Whoever asks again later learns what became of it."""
    funds()
    paid = pay()
    later()
    first = store.refunds.create(payment_intent=paid.id, actor=mia, key="K")
    store.refunds.cancel(first.refund.id, actor=mia)
    again = store.refunds.create(payment_intent=paid.id, actor=mia, key="K")
    assert again.replayed
    assert again.refund.id == first.refund.id
    assert again.refund.status is RefundStatus.CANCELED


@pytest.mark.parametrize("changed", ["amount", "payment", "reason", "verb"])
def test_the_key_with_another_request(
    store: Store, mia: Actor, pay: Pay, funds: Funds, changed: str
) -> None:
    """Another amount, payment, reason or verb under a used key is refused."""
    funds()
    paid, other = pay(), pay()
    store.refunds.create(payment_intent=paid.id, amount=100, actor=mia, key="K")
    create = store.refunds.create
    wrong: dict[str, Callable[[], object]] = {
        "amount": lambda: create(
            payment_intent=paid.id, amount=101, actor=mia, key="K"
        ),
        "payment": lambda: create(
            payment_intent=other.id, amount=100, actor=mia, key="K"
        ),
        "reason": lambda: create(
            payment_intent=paid.id, amount=100, reason="duplicate", actor=mia, key="K"
        ),
        "verb": lambda: store.topups.create(
            amount=100, currency="usd", actor=mia, key="K"
        ),
    }
    told = store.events.newest()
    with pytest.raises(Refused) as refused:
        wrong[changed]()
    assert str(refused.value) == OTHER
    assert refused.value.refusal.type == "idempotency_error"
    assert store.events.newest() == told


def test_a_refusal_is_an_answer_too(
    store: Store, mia: Actor, pay: Pay, funds: Funds
) -> None:
    """What was refused once under a key is refused again, even if it would do now."""
    paid = pay(method="pm_paypal")
    for _ in range(2):
        with pytest.raises(Refused) as refused:
            store.refunds.create(payment_intent=paid.id, actor=mia, key="K")
        assert str(refused.value) == (
            "Insufficient funds in your Stripe balance to refund this amount."
        )
        funds()
    done = store.refunds.create(payment_intent=paid.id, actor=mia, key="another")
    assert done.refund.status is RefundStatus.SUCCEEDED


def test_every_verb_keeps_its_keys(store: Store, mia: Actor, pay: Pay) -> None:
    """Payments, captures, cancellations and top-ups are carried out once, too."""
    held, other = pay(capture_method="manual"), pay(capture_method="manual")
    intents, topups = store.payment_intents, store.topups
    for replayed in (False, True):
        paid = intents.create(amount=500, currency="usd", actor=mia, key="pay")
        captured = intents.capture(held.id, amount=100, actor=mia, key="capture")
        canceled = intents.cancel(other.id, actor=mia, key="cancel")
        added = topups.create(amount=700, currency="usd", actor=mia, key="topup")
        seen = {one.replayed for one in (paid, captured, canceled, added)}
        assert seen == {replayed}
    assert len(store.payments.page().rows) == 3
    assert store.refunds.pending().balances[0].available.amount == 67 + 700
    assert store.examine() == ()


def test_a_canceled_refund_is_canceled_once(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later
) -> None:
    """The second press of the key is no error."""
    funds()
    paid = pay()
    later()
    sent = store.refunds.create(payment_intent=paid.id, actor=mia).refund
    first = store.refunds.cancel(sent.id, actor=mia, key="C")
    again = store.refunds.cancel(sent.id, actor=mia, key="C")
    assert (first.replayed, again.replayed) == (False, True)
    assert again.refund == first.refund
