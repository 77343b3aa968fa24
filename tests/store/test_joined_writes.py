"""Several writes of one thread become lasting at once, each alone undone."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from conftest import Funds, Pay
from store import Store, open_store
from store.clock import StandingClock
from store.errors import Refused, StoreBusy, StoreError
from store.event import Actor
from store.payment import Payment
from store.sql import together

MIA = Actor("mia")


@contextmanager
def seen_by_others(url: str, clock: StandingClock) -> Iterator[Store]:
    """Open the same store as another process would."""
    with open_store(url, clock=clock) as other:
        yield other


def refund(store: Store, payment: Payment, amount: int, key: str | None = None) -> str:
    """Refund a part of a payment; return the refund's id."""
    made = store.refunds.create(
        payment_intent=payment.id, amount=amount, actor=MIA, key=key
    )
    return made.refund.id


def ids(store: Store) -> set[str]:
    """Return every refund that there is."""
    return {one.id for one in store.refunds.list(limit=100)}


@pytest.mark.sqlite
def test_all_are_there_at_the_end_and_none_before(
    store: Store, pay: Pay, funds: Funds, url: str, clock: StandingClock
) -> None:
    """But for whoever wrote them; one that is refused is none of them."""
    funds()
    one, other = pay(), pay()
    with seen_by_others(url, clock) as beside:
        with store.together():
            first = refund(store, one, 100, "k1")
            with pytest.raises(Refused, match="greater than"):
                refund(store, one, 90_000, "k2")
            second = refund(store, other, 200, "k3")
            assert refund(store, one, 100, "k1") == first
            assert ids(store) == {first, second}
            assert store.refunds.retrieve(second).money.amount == 200
            assert ids(beside) == set()
        assert ids(beside) == {first, second}
        found = beside.answer("k2")
        assert found
        assert not found.done
    assert store.examine() == ()


def test_what_ends_in_an_error_leaves_nothing(
    store: Store, pay: Pay, funds: Funds, engine: str
) -> None:
    """On a server each write was lasting by itself before."""
    funds()
    payment = pay()

    def breaks() -> None:
        with store.together():
            refund(store, payment, 100)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        breaks()
    assert len(ids(store)) == (0 if engine == "sqlite" else 1)
    assert refund(store, payment, 100) in ids(store)
    assert store.examine() == ()


@pytest.mark.sqlite
def test_a_preview_in_between_changes_nothing(
    store: Store, pay: Pay, funds: Funds
) -> None:
    """It is undone, and what was before it is not."""
    funds()
    payment = pay()
    with store.together():
        made = refund(store, payment, 100)
        shown = store.refunds.create(
            payment_intent=payment.id, amount=300, actor=MIA, preview=True
        )
        assert shown.refund.money.amount == 300
    assert ids(store) == {made}


@pytest.mark.sqlite
def test_nothing_goes_on_after_the_database_ended_the_transaction(
    store: Store, pay: Pay, funds: Funds
) -> None:
    """As SQLite does on a full disk: who wrote before is told that nothing was done."""
    funds()
    payment = pay()
    whole = store._database._joined

    def fails() -> None:
        with store.together():
            refund(store, payment, 100)
            assert whole.whole is not None
            whole.whole.exec_driver_sql("ROLLBACK")
            with pytest.raises(StoreBusy, match="Nothing was done"):
                refund(store, payment, 200)

    with pytest.raises(StoreError):
        fails()
    assert ids(store) == set()
    assert whole.whole is None
    assert refund(store, payment, 300) in ids(store)
    assert store.examine() == ()


@pytest.mark.sqlite
def test_together_within_together_is_one(
    store: Store, pay: Pay, funds: Funds, url: str, clock: StandingClock
) -> None:
    """The outer end counts; another thread's writes are its own."""
    assert together.Joined().whole is None
    funds()
    payment = pay()
    with seen_by_others(url, clock) as beside:
        with store.together():
            with store.together():
                made = refund(store, payment, 100)
            assert ids(beside) == set()
        assert ids(beside) == {made}
