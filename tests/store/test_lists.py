"""Lists by the API's rules: newest first, both cursors, bounds, the exact refusals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

import store as door
from conftest import ADA, MONDAY, Pay
from store.clock import StandingClock
from store.errors import Refused
from store.event import Actor
from store.ids import SeededIds
from store.lists.window import Created

if TYPE_CHECKING:
    from store import Store

MIA = Actor("mia")

NOON = int(MONDAY.timestamp())
NOUNS = (
    "charges",
    "payment_intents",
    "refunds",
    "customers",
    "disputes",
    "events",
    "balance_transactions",
)
UNKNOWN = {
    "charges": ("ch_x", "No such charge: 'ch_x'", "id"),
    "payment_intents": ("pi_x", "No such payment_intent: 'pi_x'", "intent"),
    "refunds": ("re_x", "No such refund: 're_x'", "refund"),
    "customers": ("cus_x", "No such customer: 'cus_x'", "id"),
    "disputes": ("du_x", "No such dispute: 'du_x'", "dispute"),
    "events": ("evt_x", "No such event: 'evt_x'", "id"),
    "balance_transactions": ("txn_x", "No such balance transaction: 'txn_x'", "id"),
}


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with twelve payments and refunds, an hour apart, and a dispute."""
    clock = StandingClock(MONDAY)
    url = f"sqlite:///{tmp_path_factory.mktemp('lists') / 'desk.db'}"
    ids = SeededIds("lists")
    with door.open_store(url, clock=clock, ids=ids, mode=door.Mode.DEMO) as made:
        for _ in range(8):
            made.topups.create(amount=10_000, currency="usd", actor=MIA)
        disputed = ""
        for _ in range(12):
            charge = made.payment_intents.create(
                amount=1_000, currency="usd", customer=ADA, actor=MIA
            ).payment.charge
            assert charge
            disputed = charge.id
            for part in (60, 40):
                made.refunds.create(charge=charge.id, amount=part, actor=MIA)
            clock.at += timedelta(hours=1)
        made.disputes.create(charge=disputed, actor=MIA)
        yield made


def listing(store: Store, noun: str) -> Callable[..., Any]:
    """Return the list verb of a noun."""
    verb: Callable[..., Any] = getattr(store, noun).list
    return verb


def test_the_newest_ten_come_first(busy: Store) -> None:
    """Without parameters a list holds ten, newest first, and says that more follow."""
    found = busy.refunds.list()
    assert len(found) == 10
    assert found.has_more
    times = [one.created for one in found]
    assert times == sorted(times, reverse=True)


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("limit", [1, 3, 5])
def test_pages_join(busy: Store, noun: str, limit: int) -> None:
    """Going on after each page, and back before each, shows everything once."""
    verb = listing(busy, noun)
    whole = [one.id for one in verb(limit=100)]
    forwards: list[str] = []
    page = verb(limit=limit)
    while True:
        forwards += [one.id for one in page]
        if not page.has_more:
            break
        page = verb(limit=limit, starting_after=forwards[-1])
    assert forwards[:100] == whole
    assert len(forwards) == len(set(forwards))
    backwards = [forwards[-1]]
    while True:
        page = verb(limit=limit, ending_before=backwards[0])
        backwards = [one.id for one in page] + backwards
        if not page.has_more:
            break
    assert backwards == forwards


@pytest.mark.parametrize(("limit", "shown"), [(0, 1), (-4, 1), (101, 100), (12, 12)])
def test_a_limit_is_clamped(busy: Store, limit: int, shown: int) -> None:
    """A limit out of range is no error."""
    assert len(busy.events.list(limit=limit)) == shown


@pytest.mark.parametrize(
    ("created", "hours"),
    [
        ({"gt": NOON + 3_600}, range(2, 12)),
        ({"gte": NOON + 3_600, "lt": NOON + 4 * 3_600}, range(1, 4)),
        (Created(lte=NOON), range(1)),
        (NOON + 7_200, [2]),
        ({"gt": NOON, "gte": NOON, "lte": NOON + 3_600}, [1]),
        (None, range(12)),
    ],
)
def test_created_bounds(busy: Store, created: Any, hours: range | list[int]) -> None:
    """Each bound counts, alone and together."""
    found = busy.refunds.list(created=created, limit=100)
    assert [int(one.created.timestamp()) for one in found] == [
        NOON + hour * 3_600 for hour in reversed(hours) for _ in "60"
    ]


def test_an_unknown_bound_is_refused(store: Store) -> None:
    """A bound that the API does not know is named as the API names it."""
    with pytest.raises(Refused) as refused:
        store.refunds.list(created={"wat": 1})
    assert str(refused.value) == "Received unknown parameter: created[wat]"
    assert refused.value.refusal.param == "created[wat]"


@pytest.mark.parametrize("noun", NOUNS)
def test_both_cursors_are_refused(store: Store, noun: str) -> None:
    """A page cannot go both ways."""
    with pytest.raises(Refused) as refused:
        listing(store, noun)(starting_after="a", ending_before="b")
    assert str(refused.value) == (
        "Received both starting_after and ending_before parameters. Please pass in "
        "only one."
    )


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("param", ["starting_after", "ending_before"])
def test_an_unknown_cursor_is_refused(store: Store, noun: str, param: str) -> None:
    """The refusal names the object and the parameter."""
    given, said, _ = UNKNOWN[noun]
    with pytest.raises(Refused) as refused:
        listing(store, noun)(**{param: given})
    refusal = refused.value.refusal
    assert (refusal.message, refusal.code, refusal.param, refusal.status) == (
        said,
        "resource_missing",
        param,
        400,
    )


@pytest.mark.parametrize("noun", NOUNS)
def test_retrieve(busy: Store, noun: str) -> None:
    """What a list shows can be retrieved; what is not there is refused."""
    shown = next(iter(listing(busy, noun)()))
    assert getattr(busy, noun).retrieve(shown.id) == shown
    given, said, param = UNKNOWN[noun]
    with pytest.raises(Refused) as refused:
        getattr(busy, noun).retrieve(given)
    refusal = refused.value.refusal
    assert (refusal.message, refusal.param, refusal.status) == (said, param, 404)


def test_refunds_of_a_payment(busy: Store) -> None:
    """A list can be of one charge or intent; an unknown one is refused."""
    charge = busy.charges.list(limit=2).data[1]
    of_charge = busy.refunds.list(charge=charge.id)
    assert [one.charge for one in of_charge] == [charge.id] * 2
    assert [one.money.amount for one in of_charge] == [40, 60]
    assert busy.refunds.list(payment_intent=charge.payment_intent) == of_charge
    with pytest.raises(Refused, match="No such charge: 'ch_x'"):
        busy.refunds.list(charge="ch_x")
    with pytest.raises(Refused, match="No such payment_intent: 'pi_x'"):
        busy.refunds.list(payment_intent="pi_x")


def test_lists_of_a_customer(busy: Store) -> None:
    """Charges, intents and customers are found by whose they are."""
    assert len(busy.charges.list(customer="cus_ada", limit=100)) == 12
    assert len(busy.payment_intents.list(customer="cus_ada", limit=100)) == 12
    assert len(busy.payment_intents.list(customer="cus_bob")) == 0
    assert [one.id for one in busy.customers.list(email="ada@example.com")] == [
        "cus_ada"
    ]


def test_the_balance_as_the_api_writes_it(store: Store, pay: Pay) -> None:
    """What is available and what is pending, per currency."""
    pay(1_000)
    pay(2_000, "eur", "pm_card_visa")
    assert store.balance() == {
        "object": "balance",
        "available": [
            {"amount": 0, "currency": "eur"},
            {"amount": 941, "currency": "usd"},
        ],
        "livemode": False,
        "pending": [
            {"amount": 1_912, "currency": "eur"},
            {"amount": 0, "currency": "usd"},
        ],
    }


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("table", "index"),
    [
        ("charge", "ix_charge_created"),
        ("customer", "ix_customer_created"),
        ("event", "ix_event_created"),
    ],
)
def test_pages_follow_an_index(store: Store, table: str, index: str) -> None:
    """A page deep in a list costs what the first one does."""
    at = "coalesce(created, 0)" if table == "customer" else "created"
    asked = (
        f"EXPLAIN QUERY PLAN SELECT * FROM {table} WHERE ({at}, seq) < (9, 9)"
        f" ORDER BY {at} DESC, seq DESC LIMIT 11"
    )
    with store._database.read() as connection:
        plan = [str(row[3]) for row in connection.exec_driver_sql(asked)]
    assert len(plan) == 1
    assert index in plan[0]
