"""Searches find in the store what they say, and nothing else, by index."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from conftest import Funds, Later, Pay
from store.lists.page import Order, Sort
from store.method import Method
from store.payment import Customer
from store.search.language import parse
from store.sql import gathering, narrowing
from store.sql.tables import PAYMENT

if TYPE_CHECKING:
    from store import Store
    from store.event import Actor

GERMAN = Method("card", "mastercard", "5555", 1, 2030, "DE", "debit", "fp_de")
BOB = Customer("cus_bob", "Bob", "bob@example.com")


@pytest.fixture
def known(store: Store, pay: Pay, later: Later, mia: Actor) -> dict[str, str]:
    """Three payments on three days, by the name this test gives them."""
    ids = {"visa": pay(metadata={"order": "6735", "Channel": "Web"}).id}
    later(timedelta(days=1))
    ids["german"] = pay(7_000, "eur", GERMAN, customer=BOB, metadata={"order": "2"}).id
    later(timedelta(days=1))
    ids["risky"] = pay(100, method="pm_card_riskLevelElevated", customer=None).id
    store.payment_intents.update(ids["german"], metadata={"order": "3"}, actor=mia)
    return ids


def search(store: Store, typed: str, known: dict[str, str]) -> set[str]:
    """Return the names of the payments that a search finds; count them, too."""
    names = {given: name for name, given in known.items()}
    narrowed = parse(typed, now=store.now())
    found = {names[row.id] for row in store.payments.page(narrowed).rows}
    assert store.payments.count(narrowed).number == len(found)
    return found


ALL = {"visa", "german", "risky"}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("brand:visa", {"visa", "risky"}),
        ("-brand:visa", {"german"}),
        ("country:de", {"german"}),
        ("type:card", ALL),
        ("type:sepa_debit", set()),
        ("-type:sepa_debit", ALL),
        ("risk_level:elevated", {"risky"}),
        ("created:yesterday", {"german"}),
        ("created:today", {"risky"}),
        ("created>=2026-03-03", {"german", "risky"}),
        ("created<2026-03-03", {"visa"}),
        ("-created:2026-03-03", {"visa", "risky"}),
        ("metadata:order=6735", {"visa"}),
        ("metadata channel:web", {"visa"}),
        ("metadata:order=3", {"german"}),
        ("metadata:order=2", {"german"}),
        ("metadata:order=9", set()),
        ("-metadata:order=6735", {"german", "risky"}),
        ("-bob", {"visa", "risky"}),
        ("-email:bob@example.com", {"visa", "risky"}),
        ("-currency:usd -country:fr", {"german"}),
        ("amount>1 -amount>60", {"visa"}),
        ("brand:visa -last4:9235", {"visa"}),
    ],
)
def test_finds(
    store: Store, known: dict[str, str], typed: str, found: set[str]
) -> None:
    """Each term narrows the list; a minus leaves what has no such thing at all."""
    assert search(store, typed, known) == found


def test_receipts(
    store: Store, pay: Pay, funds: Funds, mia: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A refund's receipt number finds its payment, whole and by itself alone."""
    funds()
    ids = {"one": pay().id, "two": pay().id}
    numbers = iter(("1234-5678", "1234-567"))
    for given in ids.values():
        refund = store.refunds.create(payment_intent=given, actor=mia).refund
        numbered = replace(refund, receipt_number=next(numbers))
        with store.refunds._begin(mia) as tx:
            tx.set_refund(numbered)
            tx.touch(given)
            tx.commit()
    assert search(store, "receipt:1234-5678", ids) == {"one"}
    assert search(store, "1234-567", ids) == {"one", "two"}
    monkeypatch.setattr(gathering, "TOO_MANY", 1)
    assert search(store, "receipt:1234-5678", ids) == {"one"}


def test_common_metadata(
    store: Store, known: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too many matches to name: the list is walked instead, and finds the same."""
    monkeypatch.setattr(gathering, "TOO_MANY", 1)
    assert search(store, "metadata:order=6735", known) == {"visa"}
    assert search(store, "-metadata:order=6735", known) == {"german", "risky"}


@pytest.mark.parametrize("many", [1, 2, 3, 100])
def test_what_names_have_and_no_address(
    store: Store, pay: Pay, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    """A part of an address is found, however many names have it as well."""
    monkeypatch.setattr(gathering, "TOO_MANY", many)
    for number in range(2):
        pay(customer=Customer(f"cus_{number}", "Ann Becker", "ann@example.com"))
    ids = {"beck": pay(customer=Customer("cus_b", "Bea", "beck@example.com")).id}
    assert search(store, "email:beck", ids) == {"beck"}
    assert search(store, "email:becker", ids) == set()
    assert store.payments.count(parse("beck")).number == 3


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        *((one, {"accents", "plain"}) for one in ("bjork", "Björk", "BJO\u0308RK")),
        *((one, {"accents", "plain"}) for one in ("bjö", "lodz", "łódź", "Łó")),
        ('"björk lodz"', {"accents", "plain"}),
        ("-björk", {"kana"}),
        ("テスト", {"kana"}),
        ("ﾃｽﾄ", {"kana"}),
        ("テズト", set()),
        ("email:bjork@", {"plain"}),
        ("email:björk@", {"accents"}),
        ("email:björk@example.com", {"accents"}),
        ("email:bjork@example.com", {"plain"}),
        ("bjork@example.com", {"accents", "plain"}),
    ],
)
def test_accents_make_no_difference(
    store: Store, pay: Pay, typed: str, found: set[str]
) -> None:
    """Words find names either way, marked all at once too; `email:` is exact."""
    customers = {
        "accents": Customer("cus_1", "Björk Łódź", "björk@example.com"),
        "plain": Customer("cus_2", "Bjork Lodz", "bjork@example.com"),
        "kana": Customer("cus_3", "テスト", "kana@example.com"),
    }
    ids = {name: pay(customer=one).id for name, one in customers.items()}
    assert search(store, typed, ids) == found
    if found:
        marked = store.bulk.plan(filter=parse(typed))
        assert {one.payment for one in marked.items} == {ids[name] for name in found}


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("typed", "index"),
    [
        ("brand:jcb", "ix_payment_brand"),
        ("currency:kwd", "ix_payment_currency"),
        ("country:de", "ix_payment_country"),
        ("type:ideal", "ix_payment_method"),
        ("risk_level:highest", "ix_payment_risk"),
        ("created:2026-03-02", "ix_payment_created"),
        ("metadata:order=1", "ix_payment_charge"),
    ],
)
def test_by_index(store: Store, typed: str, index: str) -> None:
    """No search reads the whole list."""
    order = (PAYMENT.c.created.desc(), PAYMENT.c.seq.desc())
    with store._database.read() as connection:
        wanted = narrowing.conditions(connection, parse(typed))
        query = select(PAYMENT.c.id).where(*wanted).order_by(*order).limit(101)
        said = query.compile(connection, compile_kwargs={"literal_binds": True})
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}").all()
    steps = [str(row[3]) for row in plan]
    assert any(index in step for step in steps), steps
    assert not any(step.startswith("SCAN payment") for step in steps), steps


FILTERS = ("brand:visa", "created:yesterday", "amount>1", "-bob", "us", "type:card")


@pytest.mark.parametrize("typed", FILTERS)
@pytest.mark.parametrize("many", [1, 2, 2000])
@pytest.mark.parametrize("order", Order)
def test_an_order_and_how_many_match_change_nothing(
    store: Store,
    known: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    many: int,
    order: Order,
) -> None:
    """Gathered beforehand or met on a walk: the same rows, in the order asked for."""
    wanted = search(store, typed, known)
    assert wanted
    monkeypatch.setattr(gathering, "TOO_MANY", many)
    narrowed = parse(typed, now=store.now())
    rows = store.payments.page(narrowed, Sort(order)).rows
    assert {row.id for row in rows} == {known[name] for name in wanted}
    keys = [row.money.milli if order is Order.AMOUNT else row.seq for row in rows]
    assert keys == sorted(keys, reverse=True)
    ascending = store.payments.page(narrowed, Sort(order, ascending=True)).rows
    assert ascending == tuple(reversed(rows))


@pytest.mark.sqlite
def test_a_rare_value_is_found_by_its_index_in_either_order(store: Store) -> None:
    """By amount the list is not walked for what few payments have."""
    order = (PAYMENT.c.milli.desc(), PAYMENT.c.seq.desc())
    with store._database.read() as connection:
        wanted = narrowing.conditions(connection, parse("brand:jcb"), Order.AMOUNT)
        query = select(PAYMENT.c.id).where(*wanted).order_by(*order).limit(101)
        said = query.compile(connection, compile_kwargs={"literal_binds": True})
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}").all()
    assert "ix_payment_brand" in str(plan[0][3])
