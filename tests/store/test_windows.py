"""Windows: how long a refund can be called back, and when it drops the charge."""

from datetime import timedelta

import pytest

from conftest import Funds, Later, Pay
from store import Store, open_store
from store.clock import StandingClock
from store.errors import Refused
from store.event import Actor
from store.settings import Settings


@pytest.fixture(autouse=True)
def funded(funds: Funds) -> None:
    """The balance covers whatever is refunded."""
    funds()


@pytest.mark.parametrize("minutes", [0, 5, 90])
def test_a_store_decides_how_long_a_refund_can_be_called_back(
    store: Store,
    pay: Pay,
    later: Later,
    mia: Actor,
    clock: StandingClock,
    minutes: int,
) -> None:
    """To the second; the outcome, the screens and the refusal all say the same."""
    store.configure(Settings(cancel_minutes=minutes))
    window = timedelta(minutes=minutes)
    payment = pay()
    later()
    made = store.refunds.create(payment_intent=payment.id, amount=100, actor=mia)
    assert made.cancelable_until == made.refund.created + window
    assert store.refunds.detail(made.refund.id).cancel_window == window
    assert store.payments.detail(payment.id).cancel_window == window
    clock.at += window + timedelta(seconds=1)
    with pytest.raises(Refused, match=f"Sent more than {minutes} minutes ago"):
        store.refunds.cancel(made.refund.id, actor=mia)
    clock.at -= timedelta(seconds=1)
    canceled = store.refunds.cancel(made.refund.id, actor=mia)
    assert not canceled.refund.is_live


@pytest.mark.parametrize(("minutes", "drops"), [(0, False), (60, False), (61, True)])
def test_a_store_decides_when_a_refund_drops_the_charge(
    store: Store,
    pay: Pay,
    mia: Actor,
    clock: StandingClock,
    minutes: int,
    *,
    drops: bool,
) -> None:
    """An hour after paying, it depends on the store."""
    store.configure(Settings(reversal_minutes=minutes))
    payment = pay()
    clock.at += timedelta(hours=1)
    refund = store.refunds.create(payment_intent=payment.id, actor=mia).refund
    assert refund.is_reversal is drops


def test_a_window_cannot_end_before_it_begins(store: Store) -> None:
    """Less than no minutes is refused, and the store keeps what it had."""
    with pytest.raises(ValueError, match="no window"):
        store.configure(Settings(cancel_minutes=-1))
    with pytest.raises(ValueError, match="no window"):
        store.configure(Settings(reversal_minutes=-1))
    assert store.settings == Settings()


def test_windows_hold_for_everybody(store: Store, url: str) -> None:
    """What one process decides, another one reads, and it lasts."""
    store.configure(Settings(cancel_minutes=5, reversal_minutes=0))
    with open_store(url) as other:
        assert other.settings.cancel_window == timedelta(minutes=5)
        assert other.settings.reversal_window == timedelta()


def test_a_store_begins_with_the_usual_windows(store: Store) -> None:
    """Half an hour and two hours."""
    decided = store.settings
    assert decided.cancel_window == timedelta(minutes=30)
    assert decided.reversal_window == timedelta(hours=2)
