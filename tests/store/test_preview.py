"""A dry run tells what will happen and leaves no trace; a stale view does nothing."""

from collections.abc import Callable

import pytest
from shares import share

from conftest import Funds, Later, Pay
from rows import rows
from store import Store
from store.errors import Refused, StaleView
from store.event import Actor
from store.payment import Payment


@pytest.fixture
def dump(url: str) -> Callable[[], list[str]]:
    """Return everything that the database holds, as text."""

    def dumping() -> list[str]:
        found = rows(url)
        return sorted(f"{table} {row}" for table in found for row in found[table])

    return dumping


@pytest.mark.parametrize("key", [None, "K"])
def test_a_preview_leaves_no_trace(
    store: Store,
    mia: Actor,
    pay: Pay,
    funds: Funds,
    later: Later,
    dump: Callable[[], list[str]],
    key: str | None,
) -> None:
    """After the dry run of every verb the database is the same, row for row."""
    funds()
    paid, held = pay(), pay(capture_method="manual")
    shared = share(store, 1_200, fee=120).charge
    assert shared is not None
    assert shared.share is not None
    later()
    sent = store.refunds.create(payment_intent=paid.id, amount=100, actor=mia).refund
    before = dump()
    shown = store.refunds.create(
        payment_intent=paid.id, amount=200, actor=mia, key=key, preview=True
    )
    assert shown.payment.refunded.amount == 300
    back = store.refunds.cancel(sent.id, actor=mia, key=key, preview=True)
    assert back.payment.refunded.amount == 0
    intents = store.payment_intents
    assert intents.cancel(held.id, actor=mia, key=key, preview=True).released.amount
    assert not intents.capture(held.id, actor=mia, key=key, preview=True).released
    store.topups.create(amount=5, currency="usd", actor=mia, key=key, preview=True)
    transfer, fee = str(shared.share.transfer), str(shared.share.fee)
    store.transfers.reverse(transfer, actor=mia, key=key, preview=True)
    store.application_fees.refund(fee, actor=mia, key=key, preview=True)
    with pytest.raises(Refused):
        store.refunds.create(
            payment_intent=paid.id, amount=9_999, actor=mia, key=key, preview=True
        )
    assert dump() == before


def test_the_real_run_does_what_the_preview_said(
    store: Store, mia: Actor, pay: Pay
) -> None:
    """State, balance, queue and shortfall are those of the dry run."""
    paid = pay(5_000)

    def run(*, preview: bool) -> tuple[object, ...]:
        done = store.refunds.create(payment_intent=paid.id, actor=mia, preview=preview)
        return (
            done.refund.status,
            done.refund.pending_reason,
            done.refund.expires_at,
            done.available_after,
            done.queue_position,
            done.short,
            done.cancelable_until,
            done.payment.refunded,
        )

    assert run(preview=True) == run(preview=True) == run(preview=False)


def test_a_stale_view_acts_on_nothing(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later
) -> None:
    """Who changed it, and what is left, is said; the second agent sends nothing."""
    funds()
    seen = pay(5_000)
    later()
    tom = Actor("tom")
    sent = store.refunds.create(
        payment_intent=seen.id, amount=2_000, actor=tom, seen=seen.version
    )
    for preview in (True, False):
        with pytest.raises(StaleView) as stale:
            store.refunds.create(
                payment_intent=seen.id, actor=mia, seen=seen.version, preview=preview
            )
        said = str(stale.value)
        at = "at 12:00 UTC (left 50.00 → 30.00 USD)"
        told = f"Changed while you looked: tom refunded 20.00 {at}. Nothing was sent."
        assert said == told
    with pytest.raises(StaleView):
        store.refunds.cancel(sent.refund.id, actor=mia, seen=seen.version)
    now = store.payments.find(seen.id)
    assert now == sent.payment
    fresh = store.refunds.create(payment_intent=now.id, actor=mia, seen=now.version)
    assert fresh.payment.refunded.amount == 5_000


def test_a_stale_view_of_an_authorisation(store: Store, mia: Actor, pay: Pay) -> None:
    """What was captured meanwhile is not canceled, and the other way round."""
    held = pay(capture_method="manual")
    store.payment_intents.capture(held.id, actor=Actor("tom"), seen=held.version)
    for act in (store.payment_intents.cancel, store.payment_intents.capture):
        with pytest.raises(StaleView) as stale:
            act(held.id, actor=mia, seen=held.version)
        assert "tom" in str(stale.value)


def test_a_stale_key_is_no_answer(
    store: Store, mia: Actor, pay: Pay, funds: Funds
) -> None:
    """After looking again, the same key may be used."""
    funds()
    seen = pay(5_000)
    store.refunds.create(payment_intent=seen.id, amount=100, actor=mia)

    def send(look: Payment) -> int:
        done = store.refunds.create(
            payment_intent=look.id, amount=200, actor=mia, key="K", seen=look.version
        )
        return done.payment.refunded.amount

    with pytest.raises(StaleView):
        send(seen)
    assert send(store.payments.find(seen.id)) == 300
