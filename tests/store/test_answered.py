"""Answers: after a dropped connection, a key says what became of its request."""

import pytest
from bulks import run_out
from failing import fail

from conftest import FUNDED, Funds, Later, Pay
from store import Store
from store.bulk import ItemState
from store.errors import Refused
from store.event import Actor
from store.money import Money


@pytest.fixture(autouse=True)
def funded(funds: Funds) -> None:
    """The balance covers whatever is refunded."""
    funds()


def test_a_key_that_was_never_carried_out(store: Store, pay: Pay, mia: Actor) -> None:
    """Nothing is known of it; a dry run leaves nothing either."""
    payment = pay()
    assert store.answer("k") is None
    store.refunds.create(payment_intent=payment.id, actor=mia, key="k", preview=True)
    assert store.answer("k") is None


def test_a_refund_that_was_done(
    store: Store, pay: Pay, later: Later, mia: Actor
) -> None:
    """It is told as it stands now."""
    payment = pay()
    later()
    made = store.refunds.create(
        payment_intent=payment.id, reason="duplicate", actor=mia, key="k"
    ).refund
    found = store.answer("k")
    assert found is not None
    assert (found.done, found.object_id) == (True, made.id)
    assert found.message == f"Refund 50.00 USD sent, duplicate ({made.id})."
    store.refunds.cancel(made.id, actor=mia, key="x")
    for key in ("k", "x"):
        found = store.answer(key)
        assert found is not None
        assert found.message == f"Refund 50.00 USD canceled ({made.id})."


def test_a_request_that_was_refused(store: Store, pay: Pay, mia: Actor) -> None:
    """The sentence is the one that was said then."""
    payment = pay()
    with pytest.raises(Refused) as refused:
        store.refunds.create(
            payment_intent=payment.id, amount=9_000, actor=mia, key="k"
        )
    found = store.answer("k")
    assert found is not None
    assert (found.done, found.object_id) == (False, None)
    assert found.message == str(refused.value)


def test_every_other_verb(store: Store, pay: Pay, later: Later, mia: Actor) -> None:
    """Cancel and capture of payments, top-ups, notes, what was done about failures."""
    held = pay(method=FUNDED, capture_method="manual")
    store.payment_intents.cancel(held.id, actor=mia, key="cancel")
    taken = pay(method=FUNDED, capture_method="manual")
    store.payment_intents.capture(taken.id, actor=mia, key="capture")
    topup = store.topups.create(amount=100, currency="usd", actor=mia, key="topup").id
    note = store.notes.add(payment=taken.id, text="x", actor=mia, key="note").id
    _, failed = fail(store, pay, later)
    store.refunds.close_failed(failed.id, note="x", actor=mia, key="close")
    said = {}
    for key in ("cancel", "capture", "topup", "note", "close"):
        found = store.answer(key)
        assert found is not None
        assert found.done
        said[key] = found.message
    assert said == {
        "cancel": f"Payment 50.00 USD canceled ({held.id}).",
        "capture": f"Payment 50.00 USD captured ({taken.id}).",
        "topup": f"Added 1.00 USD ({topup}).",
        "note": f"Note created ({note}).",
        "close": f"Failed refund closed ({failed.id}).",
    }


def test_a_bulk_refund_that_was_begun_is_not_told_as_done(
    store: Store, pay: Pay, later: Later, mia: Actor
) -> None:
    """It says how many were refunded and how many are left, until none is."""
    payments = [pay(1_000 + n) for n in range(3)]
    later()
    plan = store.bulk.plan(payments=[one.id for one in payments])
    bulk = store.bulk.start(plan, actor=mia, key="k")
    store.bulk.pause(bulk.id, actor=mia)
    found = store.answer("k")
    assert found is not None
    assert (found.done, found.goes_on, found.object_id) == (True, True, bulk.id)
    assert (found.word, found.message) == ("paused", "0 of 3 sent, 3 left.")
    run_out(store, store.bulk.resume(bulk.id, actor=mia))
    found = store.answer("k")
    assert found is not None
    assert not found.goes_on
    assert (found.word, found.message) == ("done", "3 of 3 sent.")


def test_a_bulk_refund_that_was_stopped_does_not_go_on(
    store: Store, pay: Pay, mia: Actor
) -> None:
    """What is left of it stays as it is, and nothing says that it goes on."""
    plan = store.bulk.plan(payments=[pay().id, pay().id])
    bulk = store.bulk.start(plan, actor=mia, key="k")
    store.bulk.stop(bulk.id, actor=mia)
    found = store.answer("k")
    assert found is not None
    assert not found.goes_on
    assert (found.word, found.message) == (
        "stopped",
        "0 of 2 sent, 2 left as they are.",
    )


def test_every_turn_of_a_bulk_refund_is_answered(
    store: Store, pay: Pay, later: Later, mia: Actor
) -> None:
    """Paused, resumed, stopped or tried again: each key says how it stands now."""
    payments = [pay(1_000 + n) for n in range(2)]
    later()
    bulk = store.bulk.start(
        store.bulk.plan(payments=[one.id for one in payments]), actor=mia, key="start"
    )
    turns = (
        ("pause", store.bulk.pause, "paused"),
        ("resume", store.bulk.resume, "started"),
        ("stop", store.bulk.stop, "stopped"),
    )
    for key, turn, word in turns:
        for _ in range(2):
            turn(bulk.id, actor=mia, key=key)
        for asked in ("start", key):
            found = store.answer(asked)
            assert found is not None
            assert (found.done, found.word, found.object_id) == (True, word, bulk.id)
            assert found.message.startswith("0 of 2 sent, 2 left")
            assert found.goes_on is (key != "stop")
    with pytest.raises(Refused):
        store.bulk.retry(bulk.id, actor=mia, key="retry")
    found = store.answer("retry")
    assert found is not None
    assert not found.done
    run_out(store, store.bulk.resume(bulk.id, actor=mia))
    found = store.answer("stop")
    assert found is not None
    assert (found.word, found.message) == ("done", "2 of 2 sent.")


def test_all_that_was_added_at_once_is_told(store: Store, mia: Actor) -> None:
    """One key covers several currencies, and names each of them."""
    amounts = (Money(500, "usd"), Money(200, "eur"))
    usd, eur = store.topups.cover(amounts=amounts, actor=mia, key="k")
    found = store.answer("k")
    assert found is not None
    assert found.message == f"Added 5.00 USD ({usd.id}), 2.00 EUR ({eur.id})."


def test_held_money_is_not_told_as_sent(store: Store, pay: Pay, mia: Actor) -> None:
    """A bulk refund counts what waits for funds for itself."""
    payments = [pay(1_000), pay(99_999_999)]
    plan = store.bulk.plan(payments=[one.id for one in payments])
    bulk = run_out(store, store.bulk.start(plan, actor=mia, key="k"))
    held = bulk.counts[ItemState.HELD]
    found = store.answer("k")
    assert held == 1
    assert found is not None
    assert found.message == "1 of 2 sent, 1 held."
