"""Metadata: what an update keeps, what it unsets, what is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import Pay
from store.errors import Refused
from store.verbs.metadata import merged

if TYPE_CHECKING:
    from store import Store
    from store.event import Actor, Event
    from store.refund import Refund


@pytest.mark.parametrize(
    ("there", "given", "after"),
    [
        ({}, None, {}),
        ({"a": "1"}, None, {"a": "1"}),
        ({"a": "1"}, {}, {"a": "1"}),
        ({"a": "1"}, {"b": "2"}, {"a": "1", "b": "2"}),
        ({"a": "1"}, {"a": "2"}, {"a": "2"}),
        ({"a": "1", "b": "2"}, {"a": ""}, {"b": "2"}),
        ({"a": "1"}, {"c": ""}, {"a": "1"}),
        ({"a": "1", "b": "2"}, "", {}),
        ({str(n): "x" for n in range(50)}, {"0": "", "new": "y"}, None),
    ],
)
def test_merging(
    there: dict[str, str],
    given: dict[str, str] | str | None,
    after: dict[str, str] | None,
) -> None:
    """Keys are added, replaced, or unset by an empty value; '' unsets all."""
    found = merged(there, given)
    if after is None:
        assert len(found) == 50
    else:
        assert found == after


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("text", "Invalid object"),
        (
            {"k" * 41: "x"},
            (
                "Metadata keys can have up to 40 characters, but you passed in a key "
                f"that is 41 characters. Invalid key: {'k' * 41}"
            ),
        ),
        (
            {"k": "v" * 801},
            (
                "Metadata values can have up to 500 characters, but you passed in a "
                f"value that is 801 characters. Invalid value: {'v' * 801}"
            ),
        ),
        (
            {f"more{n}": "x" for n in range(42)},
            "Metadata can have up to 50 keys, but you've set 52",
        ),
    ],
)
def test_limits(given: dict[str, str] | str, said: str) -> None:
    """The limits hold for what is given and for what comes of it."""
    with pytest.raises(Refused) as refused:
        merged({str(n): "x" for n in range(10)}, given)
    assert str(refused.value) == said


@pytest.fixture
def refund(store: Store, pay: Pay, mia: Actor) -> Refund:
    """A refund with one key of metadata."""
    return store.refunds.create(
        payment_intent=pay().id, amount=100, metadata={"order": "1"}, actor=mia
    ).refund


def told_since(store: Store, seq: int) -> list[Event]:
    """Return what was told after an event, in order."""
    return [one for one in reversed(store.events.newest()) if one.seq > seq]


def last(store: Store) -> int:
    """Return where the log ends."""
    return store.events.newest(limit=1)[0].seq


def test_a_refund_is_updated(store: Store, refund: Refund, mia: Actor) -> None:
    """Both names of the event are told, with only the keys that changed."""
    seq = last(store)
    given = {"order": "2", "ticket": "7"}
    after = store.refunds.update(refund.id, metadata=given, actor=mia)
    assert after.metadata == given
    assert store.refunds.retrieve(refund.id) == after
    told = told_since(store, seq)
    assert [one.type for one in told] == ["refund.updated", "charge.refund.updated"]
    for event in told:
        assert event.previous == {"metadata": {"order": "1", "ticket": None}}
        assert event.data["metadata"] == given
        assert event.actor == "mia"
    store.refunds.update(refund.id, metadata={"order": ""}, actor=mia)
    assert store.refunds.retrieve(refund.id).metadata == {"ticket": "7"}
    assert told_since(store, seq)[-1].previous == {"metadata": {"order": "2"}}
    store.refunds.update(refund.id, metadata="", actor=mia)
    assert store.refunds.retrieve(refund.id).metadata == {}
    assert store.examine() == ()


@pytest.mark.parametrize("metadata", [None, {}, {"order": "1"}, {"other": ""}])
def test_nothing_changed_tells_nothing(
    store: Store, refund: Refund, mia: Actor, metadata: dict[str, str] | None
) -> None:
    """An update to what is there already is no event."""
    seq = last(store)
    assert store.refunds.update(refund.id, metadata=metadata, actor=mia) == refund
    assert told_since(store, seq) == []


def test_a_key_answers_once(store: Store, refund: Refund, mia: Actor) -> None:
    """A repeated request changes nothing; another one under the key is refused."""
    store.refunds.update(refund.id, metadata={"a": "1"}, actor=mia, key="k")
    store.refunds.update(refund.id, metadata={"b": "2"}, actor=mia)
    again = store.refunds.update(refund.id, metadata={"a": "1"}, actor=mia, key="k")
    assert again.metadata == {"order": "1", "a": "1", "b": "2"}
    with pytest.raises(Refused, match="Keys for idempotent requests"):
        store.refunds.update(refund.id, metadata={"a": "9"}, actor=mia, key="k")


def test_a_charge_is_updated(store: Store, pay: Pay, mia: Actor) -> None:
    """Metadata, description and receipt email change; charge.updated is told."""
    charge = pay(description="Tea", metadata={"order": "1"}).charge
    assert charge
    seq = last(store)
    after = store.charges.update(
        charge.id, metadata="", description="Coffee", receipt_email="x@y.z", actor=mia
    )
    assert (after.metadata, after.description) == ({}, "Coffee")
    (event,) = told_since(store, seq)
    assert (event.type, event.previous) == (
        "charge.updated",
        {"metadata": {"order": "1"}, "description": "Tea", "receipt_email": None},
    )
    store.charges.update(charge.id, description="", actor=mia)
    assert store.charges.retrieve(charge.id).description is None
    assert store.examine() == ()


def test_an_intent_is_updated(store: Store, pay: Pay, mia: Actor) -> None:
    """The log knows of a change to an intent too; the charge keeps its own words."""
    payment = pay(metadata={"order": "1"})
    seq = last(store)
    store.payment_intents.update(payment.id, metadata={"order": "2"}, actor=mia)
    (event,) = told_since(store, seq)
    assert (event.type, event.previous) == (
        "payment_intent.updated",
        {"metadata": {"order": "1"}},
    )
    found = store.payments.find(payment.id)
    assert found.charge
    assert found.charge.metadata == {"order": "1"}
    assert found.version > payment.version


@pytest.mark.parametrize(
    ("noun", "given", "said", "param"),
    [
        ("refunds", "re_x", "No such refund: 're_x'", "refund"),
        ("charges", "ch_x", "No such charge: 'ch_x'", "id"),
        ("payment_intents", "pi_x", "No such payment_intent: 'pi_x'", "intent"),
    ],
)
def test_what_is_not_there(
    store: Store, mia: Actor, noun: str, given: str, said: str, param: str
) -> None:
    """An unknown object is refused in the API's words."""
    with pytest.raises(Refused) as refused:
        getattr(store, noun).update(given, metadata={"a": "b"}, actor=mia)
    refusal = refused.value.refusal
    assert (refusal.message, refusal.param, refusal.status) == (said, param, 404)
