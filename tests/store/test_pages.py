"""The list of payments: every row once, in order, at any depth, under any filter."""

from collections.abc import Iterator
from datetime import timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import MONDAY
from store import Mode, Store, open_store
from store.badge import Badge
from store.clock import StandingClock
from store.event import Actor
from store.ids import SeededIds
from store.lists.page import Count, Cursor, Order, Page, Sort
from store.outcome import PaymentLine
from store.payment import Customer
from store.search.folded import folded
from store.search.language import (
    TAB_BADGES,
    AmountRange,
    Filter,
    SearchError,
    Tab,
    parse,
)

NAMES = (
    *("Jane Doe", "JANE O'Hara", 'Q"uote', "100% _x_", "佐藤 花子", "[/x]\x1b[2J"),
    *("Björk Łódź", "BJORK Lo\u0301dz\u0301", "バガス", "김민준"),
)
SORTS = [Sort(order, ascending=up) for order in Order for up in (False, True)]


@pytest.fixture(scope="module")
def full(shared_url: str) -> Iterator[Store]:
    """A store of 60 payments of every kind, some of them at the same second."""
    clock, mia = StandingClock(MONDAY), Actor("mia")
    url = shared_url
    with open_store(url, clock=clock, ids=SeededIds("p"), mode=Mode.DEMO) as store:
        store.topups.create(amount=100_000, currency="usd", actor=mia)
        for number in range(60):
            if number % 3:
                clock.at += timedelta(minutes=1)
            name = NAMES[number % len(NAMES)]
            paid = store.payment_intents.create(
                amount=1_000 + 100 * (number % 7),
                currency=("usd", "eur", "jpy")[number % 3],
                payment_method=("pm_card_visa", "pm_card_chargeDeclined", "pm_paypal")[
                    number % 5 % 3
                ],
                capture_method="manual" if number % 11 == 5 else "automatic",
                customer=Customer(f"cus_{number}", name, f"c{number}@Example.com"),
                actor=mia,
            ).payment
            if number % 6 == 0 and paid.refundable:
                store.refunds.create(payment_intent=paid.id, amount=500, actor=mia)
        yield store


def every(store: Store) -> list[PaymentLine]:
    """Return every row at once."""
    return list(store.payments.page(size=1_000).rows)


def rank(line: PaymentLine, sort: Sort) -> tuple[int, int]:
    """Return what a row is ordered by."""
    by_amount = sort.order is Order.AMOUNT
    key = line.money.milli if by_amount else int(line.created.timestamp())
    return key, line.seq


def walk(
    store: Store, narrowed: Filter, sort: Sort, size: int, *, backwards: bool
) -> list[str]:
    """Return the ids met from one end of the list to the other."""
    met: list[str] = []
    page: Page[PaymentLine] = store.payments.page(
        narrowed, sort, last=backwards, size=size
    )
    while True:
        ids = [line.id for line in page.rows]
        met = ids + met if backwards else met + ids
        if not page.more:
            return met
        after: Cursor | None = None if backwards else page.last
        before: Cursor | None = page.first if backwards else None
        page = store.payments.page(
            narrowed, sort, after=after, before=before, size=size
        )


@pytest.mark.parametrize("sort", SORTS, ids=str)
@pytest.mark.parametrize("size", [1, 7, 59, 60, 61])
@pytest.mark.parametrize("backwards", [False, True])
def test_every_row_once(full: Store, sort: Sort, size: int, *, backwards: bool) -> None:
    """Pages joined from either end are the whole list, ties included."""
    rows = sorted(
        every(full), key=lambda line: rank(line, sort), reverse=not sort.ascending
    )
    assert len(rows) == 60
    met = walk(full, Filter(), sort, size, backwards=backwards)
    assert met == [line.id for line in rows]


@pytest.mark.parametrize("sort", SORTS, ids=str)
@pytest.mark.parametrize("narrowed", [Filter(), Filter(tab=Tab.SUCCEEDED)], ids=str)
def test_a_row_knows_how_many_precede_it(
    full: Store, sort: Sort, narrowed: Filter
) -> None:
    """Of every row in every order; a search counts no further than it is told to."""
    rows = full.payments.page(narrowed, sort, size=1_000).rows
    assert len(rows) > 9
    counted = [full.payments.preceding(line, narrowed, sort) for line in rows]
    assert counted == [Count(number) for number in range(len(rows))]
    found = Filter(currency="usd", tab=narrowed.tab)
    last = full.payments.page(found, sort, last=True, size=1).rows[0]
    assert full.payments.preceding(last, found, sort, cap=3) == Count(3, capped=True)


@cache
def words_of(store: Store, line: PaymentLine) -> str:
    """Return everything that a payment can be found by."""
    paid = store.payments.find(line.id)
    parts = [line.id, line.charge, line.name, line.email, line.method.last4]
    parts.append(paid.customer.id if paid.customer else None)
    for refund in paid.refunds:
        where = refund.destination
        parts += [refund.id, where.reference if where else None]
    return folded("\n".join(part for part in parts if part))


def matching(store: Store, narrowed: Filter) -> list[str]:
    """Return the ids of the rows that the filter asks for."""
    return [
        line.id
        for line in every(store)
        if all(folded(word) in words_of(store, line) for word in narrowed.words)
        and matches(line, narrowed)
    ]


def matches(line: PaymentLine, narrowed: Filter) -> bool:
    """Tell whether a row's columns are those that the filter asks for."""
    signs = {
        "=": lambda one, two: one == two,
        ">": lambda one, two: one > two,
        ">=": lambda one, two: one >= two,
        "<": lambda one, two: one < two,
        "<=": lambda one, two: one <= two,
    }
    tab = TAB_BADGES[narrowed.tab]
    return (
        (not tab or line.badge in tab)
        and (not narrowed.badges or line.badge in narrowed.badges)
        and all(signs[r.sign](line.money.milli, r.milli) for r in narrowed.amounts)
        and narrowed.email in (None, (line.email or "").lower())
        and narrowed.last4 in (None, line.method.last4)
        and narrowed.currency in (None, line.money.currency)
    )


@pytest.mark.parametrize("tab", list(Tab))
@pytest.mark.parametrize(
    "typed",
    [
        "",
        "jane",
        "JANE o'hara",
        '"jane doe"',
        'q"uote"',
        "100%",
        "_x_",
        "ja",
        "花子",
        "佐藤 花子",
        "bjork",
        "BJÖRK lodz",
        '"björk łódź"',
        "łó",
        "ガス",
        "カス",
        "김민",
        "[/x]",
        "c7@example.com",
        "nobody",
        "email:c7@example.com",
        "last4:4242",
        "amount>12.00 amount<=1300",
        "amount:12",
        "currency:jpy status:succeeded",
        "jane amount>=14 currency:eur",
    ],
)
def test_filters(full: Store, typed: str, tab: Tab) -> None:
    """A filter finds exactly the rows that match it, and counts them."""
    narrowed = parse(typed, tab)
    wanted = matching(full, narrowed)
    assert walk(full, narrowed, Sort(), 7, backwards=False) == wanted
    assert full.payments.count(narrowed) == Count(len(wanted))


@settings(max_examples=60)
@given(st.text(st.characters(exclude_categories=[]), max_size=12))
def test_no_search_breaks_the_store(full: Store, typed: str) -> None:
    """Whatever is typed, quotes, wildcards and operators are plain characters."""
    try:
        narrowed = parse(typed)
    except SearchError:
        narrowed = parse('"' + typed.replace('"', "") + '"')
    found = full.payments.page(narrowed)
    assert [line.id for line in found.rows] == matching(full, narrowed)


@pytest.mark.parametrize(
    "word",
    [
        "a*b",
        "jane* OR jane",
        "NEAR(jane",
        "^jane",
        "name:jane",
        "\x00jane",
        "\ud800jane",
    ],
)
def test_operators_are_words(full: Store, word: str) -> None:
    """The text index's own language cannot be spoken from outside."""
    assert full.payments.page(parse(f'"{word}"')).rows == ()


def test_tabs_count_what_they_show(full: Store) -> None:
    """The counters over the list agree with the rows under them."""
    rows = every(full)
    for tab, number in full.payments.tabs().items():
        badges = TAB_BADGES[tab] or tuple(Badge)
        assert number == sum(line.badge in badges for line in rows)
    assert full.payments.tabs()[Tab.ALL] == 60


def test_counting_stops_at_the_cap(full: Store) -> None:
    """Past the cap only that there are more is known."""
    some = Filter(amounts=(AmountRange(">", 0),))
    assert str(full.payments.count(some, cap=11)) == "10+"
    assert str(full.payments.count(some, cap=61)) == "60"


def test_rows_by_id(full: Store) -> None:
    """Rows are read again by id; unknown ids are left out."""
    some = every(full)[3:5]
    read = full.payments.lines([line.id for line in some] + ["pi_X"])
    assert read == {line.id: line for line in some}


def test_an_empty_store(store: Store) -> None:
    """There is nothing to show, at either end."""
    for last in (False, True):
        page = store.payments.page(last=last)
        assert (page.rows, page.first, page.last, page.more) == ((), None, None, False)
    assert set(store.payments.tabs().values()) == {0}
