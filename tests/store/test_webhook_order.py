"""Webhooks: whatever becomes of servers and programs, an object's order is kept."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Pay
from store import Store, open_store
from store.clock import StandingClock
from store.event import Actor
from store.webhook.delivery import QUICK, Delivery, DeliveryState, Heard, Parcel

MIA = Actor("mia")
FINE, WRONG = Heard(200, "ok"), Heard(500, "oops")
STEPS = st.lists(
    st.sampled_from(["refund", "other", "fine", "wrong", "lost", "later", "restart"]),
    max_size=30,
)


class Story:
    """An endpoint whose program fails now and then, and a server that ends."""

    def __init__(self, store: Store, pay: Pay, clock: StandingClock, url: str) -> None:
        self._store, self._pay, self._clock, self._url = store, pay, clock, url
        self.endpoint = store.webhook_endpoints.create(
            url="http://127.0.0.1:1/hook", enabled_events=["*"], actor=MIA
        )
        self._payment = pay(amount=50_000)
        self._heard: tuple[Delivery, Heard] | None = None
        self.arrived: list[Parcel] = []

    def go(self, step: str) -> None:
        """Let something happen."""
        match step:
            case "refund":
                given = self._payment.id
                self._store.refunds.create(payment_intent=given, amount=1, actor=MIA)
            case "other":
                self._pay()
            case "later":
                self._clock.at += QUICK.lost_after
            case "restart":
                self._heard = None
                with open_store(self._url, clock=self._clock) as other:
                    self._send(other, "wrong")
            case _:
                self._send(self._store, step)

    def _send(self, store: Store, how: str) -> None:
        parcel = store.webhooks.next(self.endpoint.id, QUICK, self._heard)
        self._heard = None
        if parcel and how != "lost":
            if how == "fine":
                self.arrived.append(parcel)
            self._heard = parcel.delivery, FINE if how == "fine" else WRONG

    def end(self) -> tuple[Delivery, ...]:
        """Let everything arrive that still can; return what became of it all."""
        quiet = 0
        while quiet < 3:
            self.go("fine")
            if self._heard is None:
                quiet += 1
                self.go("later")
        return self._store.webhooks.sent(self.endpoint.id)


@pytest.mark.sqlite
@settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_whatever_happens_the_order_of_each_object_is_kept(
    store: Store, pay: Pay, clock: StandingClock, url: str, steps: list[str]
) -> None:
    """And nothing is lost: each is delivered, or given up after every attempt."""
    story = Story(store, pay, clock, url)
    for step in steps:
        story.go(step)
    ended = story.end()
    order: dict[str, int] = {}
    for parcel in story.arrived:
        event = parcel.event
        assert order.get(event.object_id, 0) <= event.seq
        order[event.object_id] = event.seq
    wanted = store.webhooks.since(story.endpoint.seen, limit=1000)
    assert [one.event for one in ended] == [one.id for one in wanted]
    got = {parcel.event.id for parcel in story.arrived}
    for one in ended:
        is_delivered = one.state is DeliveryState.DELIVERED
        assert (one.event in got) if is_delivered else one.attempts >= QUICK.tries
