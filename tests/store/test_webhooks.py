"""Webhooks in the store: endpoints, and the queue of each one, on both engines."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.event import listen, remove

from conftest import Pay
from store import Store, open_store
from store.clock import StandingClock
from store.errors import Refused
from store.event import Actor, is_own
from store.sql import webhooks
from store.webhook.delivery import QUICK, DeliveryState, Heard, Parcel
from store.webhook.endpoint import Endpoint, EndpointStatus

MIA = Actor("mia")
URL = "http://127.0.0.1:1/hook"
FINE, WRONG = Heard(200, "ok"), Heard(500, "oops")


def add(store: Store, *types: str) -> Endpoint:
    """Add an endpoint for these types, or for all."""
    return store.webhook_endpoints.create(
        url=URL, enabled_events=types or ("*",), actor=MIA
    )


def drained(
    store: Store, endpoint: Endpoint, hear: Callable[[Parcel], Heard] = lambda _: FINE
) -> list[Parcel]:
    """Send everything that is due now; return it in order."""
    sent: list[Parcel] = []
    heard = None
    while parcel := store.webhooks.next(endpoint.id, QUICK, heard):
        sent.append(parcel)
        heard = parcel.delivery, hear(parcel)
    return sent


def test_an_endpoint_is_kept_changed_and_deleted(
    store: Store, clock: StandingClock
) -> None:
    """Each change is told, without the secret, and only to the desk."""
    made = store.webhook_endpoints.create(
        url=URL,
        enabled_events=["charge.refunded", "charge.refunded"],
        description="shop",
        metadata={"a": "b"},
        actor=MIA,
    )
    assert made.secret.startswith("whsec_")
    assert (made.enabled_events, made.created) == (("charge.refunded",), clock.at)
    assert store.webhook_endpoints.retrieve(made.id) == made
    changed = store.webhook_endpoints.update(
        made.id, disabled=True, metadata={"a": ""}, description="", actor=MIA
    )
    assert changed.status is EndpointStatus.DISABLED
    assert (changed.description, dict(changed.metadata)) == (None, {})
    assert list(store.webhook_endpoints.list()) == [changed]
    assert store.webhook_endpoints.delete(made.id, actor=MIA) == made.id
    with pytest.raises(Refused, match="No such webhook endpoint"):
        store.webhook_endpoints.retrieve(made.id)
    told = store.events.newest(object_id=made.id)
    assert [one.type.rpartition(".")[2] for one in told] == [
        "deleted",
        "updated",
        "created",
    ]
    assert all(is_own(one.type) for one in told)
    assert made.secret not in str(told)
    assert store.examine() == ()


def test_the_same_key_adds_one(store: Store) -> None:
    """And answers with the same secret."""
    both = [
        store.webhook_endpoints.create(
            url=URL, enabled_events=["*"], actor=MIA, key="k"
        )
        for _ in range(2)
    ]
    assert both[0] == both[1]
    assert len(store.webhook_endpoints.list()) == 1


def test_what_cannot_be_sent_to_is_refused(store: Store) -> None:
    """When it is made, and when it is changed."""
    with pytest.raises(Refused):
        store.webhook_endpoints.create(url="file:///x", enabled_events=["*"], actor=MIA)
    made = add(store)
    with pytest.raises(Refused):
        store.webhook_endpoints.update(made.id, url="ftp://x", actor=MIA)
    with pytest.raises(Refused):
        store.webhook_endpoints.update(made.id, enabled_events=[], actor=MIA)
    assert store.webhook_endpoints.retrieve(made.id) == made


def test_everything_since_is_sent_once_in_order(store: Store, pay: Pay) -> None:
    """Not what was before, and nothing of the desk's own."""
    pay()
    endpoint = add(store)
    payment = pay()
    store.notes.add(payment=payment.id, text="hm", actor=MIA)
    sent = drained(store, endpoint)
    seqs = [one.event.seq for one in sent]
    expected = store.webhooks.since(endpoint.seen)
    assert [one.event for one in sent] == list(expected)
    assert seqs == sorted(seqs)
    assert len(seqs) >= 2
    assert not any(is_own(one.event.type) for one in sent)
    assert drained(store, endpoint) == []
    assert {one.state for one in store.webhooks.sent(endpoint.id)} == {
        DeliveryState.DELIVERED
    }


def test_only_what_was_asked_for_is_sent(store: Store, pay: Pay) -> None:
    """Each endpoint has a queue of its own."""
    some, every = add(store, "charge.succeeded"), add(store)
    pay()
    assert [one.event.type for one in drained(store, some)] == ["charge.succeeded"]
    assert len(drained(store, every)) > 1


def test_the_next_about_an_object_waits_others_do_not(
    store: Store, pay: Pay, clock: StandingClock
) -> None:
    """Until the one before was delivered, or given up."""
    endpoint = add(store)
    first, second = pay(), pay()
    assert first.charge
    stuck = first.charge.id
    store.refunds.create(charge=stuck, amount=100, actor=MIA)
    sent = drained(
        store, endpoint, lambda one: WRONG if one.event.object_id == stuck else FINE
    )
    assert [one.event.object_id for one in sent].count(stuck) == 1
    assert {second.id, first.id} <= {one.event.object_id for one in sent}
    assert drained(store, endpoint) == []
    for _ in range(QUICK.tries - 2):
        clock.at += QUICK.longest
        assert [one.event for one in drained(store, endpoint, lambda _: WRONG)] == [
            one.event for one in sent if one.event.object_id == stuck
        ]
    clock.at += QUICK.longest
    last = drained(
        store,
        endpoint,
        lambda one: WRONG if one.event.type == "charge.succeeded" else FINE,
    )
    assert [one.event.type for one in last] == ["charge.succeeded", "charge.refunded"]
    ended = [one for one in store.webhooks.sent(endpoint.id) if one.object_id == stuck]
    assert [one.state for one in ended] == [
        DeliveryState.GIVEN_UP,
        DeliveryState.DELIVERED,
    ]
    assert (ended[0].status, ended[0].said) == (500, "oops")


def test_what_is_under_way_is_nobody_else_s_until_it_is_lost(
    store: Store, pay: Pay, clock: StandingClock
) -> None:
    """Who took it over has the last word."""
    endpoint = add(store, "charge.succeeded")
    pay()
    one = store.webhooks.next(endpoint.id, QUICK)
    assert one
    assert store.webhooks.next(endpoint.id, QUICK) is None
    clock.at += QUICK.lost_after
    other = store.webhooks.next(endpoint.id, QUICK)
    assert other
    assert (other.event, other.delivery.attempts) == (one.event, 2)
    store.webhooks.done(one.delivery, FINE, QUICK)
    (still,) = store.webhooks.sent(endpoint.id)
    assert still.state is DeliveryState.WAITING
    store.webhooks.done(other.delivery, FINE, QUICK)
    (ended,) = store.webhooks.sent(endpoint.id)
    assert ended.state is DeliveryState.DELIVERED


def test_a_disabled_endpoint_is_sent_nothing_then_or_later(
    store: Store, pay: Pay
) -> None:
    """What waits is given up; enabled again, it is told of what happens from then."""
    endpoint = add(store, "charge.succeeded")
    pay(), pay()
    under_way = store.webhooks.next(endpoint.id, QUICK)
    assert under_way
    store.webhook_endpoints.update(endpoint.id, disabled=True, actor=MIA)
    assert store.webhooks.enabled() == ()
    pay()
    assert store.webhooks.next(endpoint.id, QUICK, (under_way.delivery, FINE)) is None
    store.webhook_endpoints.update(endpoint.id, disabled=False, actor=MIA)
    assert drained(store, endpoint) == []
    assert {one.state for one in store.webhooks.sent(endpoint.id)} == {
        DeliveryState.GIVEN_UP
    }
    charge = pay().charge
    assert charge
    assert [one.event.object_id for one in drained(store, endpoint)] == [charge.id]
    store.webhook_endpoints.delete(endpoint.id, actor=MIA)
    assert store.webhooks.sent(endpoint.id) == ()
    assert store.webhooks.next(endpoint.id, QUICK) is None


def test_a_long_log_is_looked_through_in_parts(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However much of it is not wanted."""
    monkeypatch.setattr(webhooks, "LOOKED_THROUGH", 10)
    endpoint = add(store, "topup.succeeded")
    for n in range(25):
        add(store)
        if n in (5, 22):
            store.topups.create(amount=100, currency="usd", actor=MIA)
    assert len(drained(store, endpoint)) == 2


def test_what_ended_long_ago_is_forgotten(
    store: Store, pay: Pay, clock: StandingClock
) -> None:
    """As the API forgets its events after a month."""
    endpoint = add(store, "charge.succeeded")
    pay()
    drained(store, endpoint)
    clock.at += timedelta(days=31)
    pay()
    drained(store, endpoint)
    assert len(store.webhooks.sent(endpoint.id)) == 1


def test_what_is_listened_to_has_one_secret(store: Store, url: str) -> None:
    """The same in every process."""
    secret = store.webhooks.listening_secret()
    assert secret.startswith("whsec_")
    with open_store(url) as other:
        assert other.webhooks.listening_secret() == secret


def test_an_event_is_pending_until_every_endpoint_has_ended(
    store: Store, pay: Pay, clock: StandingClock
) -> None:
    """From the moment it is written; what nobody wants is on its way to nobody."""
    pay()
    early = store.events.newest()
    assert store.webhooks.pending(early) == {}
    one, other = add(store), add(store, "charge.succeeded")
    pay()
    events = store.events.newest()

    def pending(type_: str) -> int:
        (event,) = [e for e in events if e.type == type_ and e not in early]
        return store.webhooks.pending(events).get(event.id, 0)

    assert (pending("charge.succeeded"), pending("payment_intent.succeeded")) == (2, 1)
    assert not store.webhooks.pending(early)
    parcel = store.webhooks.next(other.id, QUICK)
    assert parcel is not None
    assert (parcel.event.type, parcel.pending) == ("charge.succeeded", 2)
    assert pending("charge.succeeded") == 2
    store.webhooks.done(parcel.delivery, FINE, QUICK)
    assert pending("charge.succeeded") == 1
    assert drained(store, one, lambda _: WRONG)
    assert pending("payment_intent.succeeded") == 1
    clock.at += QUICK.longest
    drained(store, one)
    assert not any(store.webhooks.pending(events).values())


def test_a_page_of_events_is_asked_about_at_once(store: Store, pay: Pay) -> None:
    """However long the page is, and however many endpoints there are."""
    asked: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        asked.append(statement)

    add(store), add(store)
    for _ in range(5):
        pay()
    page = store.events.newest(limit=40)
    assert len(page) > 10
    listen(Engine, "before_cursor_execute", note)
    try:
        told = store.webhooks.pending(page)
    finally:
        remove(Engine, "before_cursor_execute", note)
    assert set(told.values()) == {2}
    assert len([one for one in asked if one.startswith("SELECT")]) == 2
