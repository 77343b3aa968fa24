"""The log: newest first, narrowed by type, object and actor, a page at a time."""

from collections.abc import Callable

import pytest
from failing import fail

from conftest import Funds, Import, Later, Pay
from store import Store
from store.event import Actor, Event, is_own
from store.sql import event_log

TYPES = (None, "refund.created", "refund.", "charge", "desk.", "nothing", "")
REFUND = {
    "id": "re_elsewhere",
    "object": "refund",
    "amount": 700,
    "currency": "usd",
    "charge": None,
    "created": 1_700_000_000,
    "status": "succeeded",
}
ACTORS = (None, "mia", "tom", "bank", "nobody")


@pytest.fixture
def busy(store: Store, pay: Pay, funds: Funds, later: Later) -> Store:
    """A store in which agents and a bank have acted."""
    funds()
    payment, refund = fail(store, pay, later)
    store.notes.add(payment=payment.id, text="asked again", actor=Actor("mia"))
    store.refunds.close_failed(refund.id, note="paid", actor=Actor("tom"))
    pay(1_000)
    return store


def matching(
    store: Store, type_: str | None, about: str | None, actor: str | None
) -> list[int]:
    """Return what the log should hold, by looking at every event there is."""

    def wanted(one: Event) -> bool:
        typed = one.type.startswith(type_ or "")
        named = about is None or about in (one.object_id, one.payment)
        return typed and named and actor in (None, one.actor)

    return [one.seq for one in store.events.newest(limit=1_000) if wanted(one)]


@pytest.mark.parametrize("size", [1, 3, 100])
def test_every_way_to_narrow_it(busy: Store, size: int) -> None:
    """Whatever it is narrowed by, the pages together are what a plain walk finds."""
    newest = busy.events.newest(limit=1_000)
    objects = (None, newest[-1].object_id, newest[0].payment, "pi_none")
    for type_ in TYPES:
        for about in objects:
            for actor in ACTORS:
                expected = matching(busy, type_, about, actor)
                found: list[int] = []
                after = None
                while True:
                    page = busy.events.log(
                        type=type_, object=about, actor=actor, after=after, limit=size
                    )
                    found += [one.seq for one in page.rows]
                    assert page.more is (len(found) < len(expected))
                    if not page.more:
                        break
                    after = page.last
                assert found == expected, (type_, about, actor)


def test_a_payment_has_the_events_of_its_objects(busy: Store) -> None:
    """Its refunds, notes and charge are all there."""
    (noted,) = busy.events.log(type="desk.note.").rows
    kinds = {
        str(one.data["object"]) for one in busy.events.log(object=noted.payment).rows
    }
    assert kinds >= {"payment_intent", "charge", "refund", "note", "failed_refund"}


def test_many_types_are_walked(
    busy: Store, bring: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With more types than are worth hopping over, the answer is the same."""
    bring(
        *(
            {
                "id": f"evt_{number}",
                "object": "event",
                "type": f"charge.kind{number}",
                "created": 1_700_000_000 + number,
                "data": {"object": REFUND},
            }
            for number in range(8)
        )
    )
    ask: Callable[[], list[int]] = lambda: [  # noqa: E731 - asked twice, alike
        one.seq for one in busy.events.log(type="charge.", limit=6).rows
    ]
    hopped = ask()
    monkeypatch.setattr(event_log, "_MOST_TYPES", 3)
    assert ask() == hopped == matching(busy, "charge.", None, None)[:6]


def test_ours_are_told_from_the_apis(busy: Store) -> None:
    """What the API has no event for is recognised by its type alone."""
    ours = {one.type for one in busy.events.newest(limit=1_000) if is_own(one.type)}
    assert ours == {"desk.note.created", "desk.failed_refund.closed"}
    assert is_own("payment_intent.updated")
    assert not is_own("refund.created")
