"""A key that keeps its reply in its own transaction, on both engines."""

import pytest

from conftest import Funds, Pay
from store import Store
from store.desk.replied import Replied, ReplyingKey
from store.errors import Refused
from store.event import Actor
from store.outcome import RefundOutcome

MIA = Actor("mia")


def asked(store: Store, payment: str, amount: int) -> tuple[ReplyingKey, RefundOutcome]:
    """Refund under a key whose reply names the refund."""
    key = ReplyingKey("k")
    key.render = lambda made: Replied("refund", 200, made.refund.id)
    made = store.refunds.create(
        payment_intent=payment, amount=amount, actor=MIA, key=key
    )
    return key, made


def test_the_reply_is_kept_with_what_was_done(
    store: Store, pay: Pay, funds: Funds
) -> None:
    """Asked again, it is the same one, and nothing is written twice."""
    funds()
    payment = pay()
    key, made = asked(store, payment.id, 100)
    assert key.kept == Replied("refund", 200, made.refund.id)
    assert store.replies.find("k") == key.kept
    assert not key.was_used
    again, same = asked(store, payment.id, 100)
    assert (again.was_used, again.kept) == (True, None)
    assert same.refund.id == made.refund.id
    assert type(store.refunds.retrieve(made.refund.id).key) in (str, type(None))
    assert store.examine() == ()


def test_what_was_refused_keeps_no_reply_of_something_done(
    store: Store, pay: Pay, funds: Funds
) -> None:
    """The refusal is kept under the key, as for every other key."""
    funds()
    payment = pay()
    with pytest.raises(Refused):
        asked(store, payment.id, 90_000)
    assert store.replies.find("k") is None
    found = store.answer("k")
    assert found
    assert not found.done


def test_a_reply_that_cannot_be_written_undoes_everything(
    store: Store, pay: Pay, funds: Funds
) -> None:
    """There is no refund that nobody was told of."""
    funds()
    payment = pay()
    key = ReplyingKey("k")

    def breaks(_: object) -> Replied:
        raise ZeroDivisionError

    key.render = breaks
    with pytest.raises(ZeroDivisionError):
        store.refunds.create(payment_intent=payment.id, actor=MIA, key=key)
    assert store.answer("k") is None
    assert not store.refunds.list()
